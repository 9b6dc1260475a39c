"""Why lines are not put under a letter, or a letter not undone, and what to do."""

from ..i18n import _

STATES = {
    ("matching", "undo", "undone"): _(
        "Ce lettrage est déjà annulé : ses lignes sont de nouveau ouvertes, relettrez-les s’il le faut."
    ),
}
ROLES: dict[tuple[str, str, str], str] = {}

REASONS = {
    "undo_letter": _("Donnez un motif : il reste dans l’historique, avec votre nom."),
}

MESSAGES = {
    "already_lettered": _(
        "Une de ces lignes vient d’être lettrée par quelqu’un d’autre, ou n’est pas du compte {account} : "
        "regardez ce qui reste ouvert, puis recommencez."
    ),
    "one_sided": _(
        "Ces lignes sont toutes du même côté ({cents}) : un lettrage réunit au moins un débit et un crédit."
    ),
    "too_many_lines": _("Un lettrage prend {most} lignes au plus : lettrez-les en plusieurs fois."),
}
