"""Refused steps on the side of the client, which is the principal's alone, and what to do instead."""

from ..i18n import _
from .words import ANY

_TOO_LATE = _("Cette ligne est déjà notée comme facturée : rien n’est à faire, ne la facturez pas deux fois.")

STATES = {
    ("client_line", ANY, "waiting"): _(
        "Cette ligne attend d’être facturée : ajoutez-la à une facture en brouillon, ou facturez-la "
        "vous-même."
    ),
    ("client_line", ANY, "added"): _TOO_LATE,
    ("client_line", ANY, "by_hand"): _TOO_LATE,
    ("client_line", ANY, "to_remove"): _(
        "La livraison a été annulée : retirez cette ligne de votre facture, puis notez ici que c’est fait."
    ),
    ("client_line", ANY, "dropped"): _(
        "Cette ligne a été retirée : la prochaine livraison acceptée en préparera une autre."
    ),
}

_PRINCIPAL = _(
    "Le client et ses factures sont l’affaire de qui a confié le travail : demandez-lui de le faire depuis "
    "sa page."
)

ROLES = {
    **{
        ("subcontract", action, ANY): _PRINCIPAL
        for action in (
            "name_invoice",
            "forget_invoice",
            "lift_wait",
            "divide_receipt",
            "name_deal",
            "fix_margin",
        )
    },
    **{
        ("client_line", action, ANY): _PRINCIPAL for action in ("add", "invoice_by_hand", "remove", "reverse")
    },
}
