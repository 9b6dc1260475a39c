"""Why internal results are not eliminated, and what to do."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}

REASONS = {
    "undo_elimination": _("Donnez un motif : il reste dans l’historique, avec votre nom."),
}

MESSAGES = {
    "nothing_to_eliminate": _(
        "Il n’y a rien à éliminer sur l’exercice {year} : ces comptes généraux sont déjà à zéro."
    ),
    "elimination_unbalanced": _(
        "Produits et charges internes diffèrent de {left_cents} sur l’exercice {year} : il manque un côté. "
        "Trouvez-le d’abord, dans la page Fin de mois du mois concerné."
    ),
    "elimination_changed": _(
        "Les montants ont changé depuis que vous avez ouvert cette page : relisez les lignes, puis passez "
        "l’écriture."
    ),
    "already_eliminated": _(
        "L’élimination de l’exercice {year} est déjà passée : annulez-la d’abord si elle doit être refaite."
    ),
    "not_eliminated": _("Il n’y a pas d’élimination à annuler sur l’exercice {year}."),
    "last_month_closed": _(
        "L’écriture se passe au {on}, et ce mois est clôturé : rouvrez-le dans sa page Fin de mois s’il est "
        "le dernier clôturé, passez l’élimination, puis clôturez-le de nouveau."
    ),
    "months_open": _(
        "Sur l’exercice {year}, {count} mois avant le dernier ne sont pas clôturés : clôturez-les, puis "
        "éliminez."
    ),
}
