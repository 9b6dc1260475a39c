"""Refused steps of what waits in the drafts, and of exchanges whose entries wait; what to do instead."""

from ..i18n import _
from .words import ANY

_WAITING = _(
    "Cet échange attend d’être validé par la comptabilité (brouillard) : il n’est pas encore au livre. "
    "Validez-le d’abord, ou écrivez à la comptabilité."
)

STATES = {
    ("exchange", ANY, "waiting"): _WAITING,
    ("retention", ANY, "waiting"): _WAITING,
}

ROLES = {
    ("exchange", "enter", ANY): _(
        "Les écritures en attente sont validées par la comptabilité : écrivez à l’équipe d’appui."
    ),
}

REASONS = {
    "reject_draft": _("Dites pourquoi vous rejetez cette écriture : les deux enseignes le liront."),
}

MESSAGES = {
    "entry_waits": _(
        "Une écriture de l’échange « {exchange} » attend d’être validée par la comptabilité : rien d’autre "
        "ne s’y fait d’ici là. Validez-la ou rejetez-la d’abord, page Brouillard."
    ),
    "exchange_waits": _(
        "L’échange « {exchange} » attend lui-même d’être validé : cochez aussi son écriture, ou validez-la "
        "d’abord."
    ),
    "drafts_wait": _(
        "Des écritures du journal {journal} attendent encore ({count}) : validez-les ou rejetez-les, puis "
        "désactivez le brouillard."
    ),
    "draft_rejected": _(
        "« {what} » a été validée ou rejetée entre-temps par quelqu’un d’autre : rouvrez la liste, rien n’a "
        "été changé."
    ),
    "draft_day_not_open": _(
        "Le {on} est dans un mois clôturé, ou avant la date de l’écriture : choisissez le {first_open_on} ou "
        "un jour plus tard."
    ),
    # What a verification of the books finds (ledger/draft_audit.py).
    "draft_unbalanced": _("L’écriture en attente « {source} » n’est pas équilibrée."),
    "draft_posted_twice": _("« {source} » est à la fois en attente et au livre."),
    "draft_without_entry": _("« {source} » est dite validée et n’est pas au livre."),
}
