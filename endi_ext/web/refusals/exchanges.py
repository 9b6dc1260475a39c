"""Refused steps of an exchange and of its settlements, and what to do instead."""

from ..i18n import _
from .words import ANY

STATES = {
    ("exchange", ANY, "open"): _("Cet échange n’a aucun règlement : il n’y en a pas à annuler."),
    ("exchange", ANY, "settled"): _(
        "Cet échange est réglé en entier : pour corriger, annulez d’abord le règlement erroné."
    ),
    ("exchange", ANY, "partly_settled"): _(
        "Cet échange est réglé en partie : réglez le reste, ou annulez d’abord le règlement erroné."
    ),
    ("exchange", ANY, "cancelled"): _(
        "Cet échange est annulé : il ne se règle plus et ne s’annule pas deux fois. S’il reste dû, faites-en "
        "enregistrer un nouveau."
    ),
    ("settlement", ANY, "reversed"): _(
        "Ce règlement est déjà annulé : enregistrez-en un nouveau si l’échange a bien été réglé."
    ),
}

ROLES = {
    ("exchange", action, ANY): _(
        "Les règlements et les annulations sont faits par la comptabilité : écrivez à l’équipe d’appui."
    )
    for action in ("settle", "reverse_settlement", "reverse")
}
