"""Why a month or a year is not closed, and what to do."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}

REASONS = {
    "pass": _("Donnez un motif : il reste dans l’historique, avec votre nom."),
}

MESSAGES = {
    "month_not_ready": _(
        "Le mois {period} ne peut pas être clôturé : {count} point(s) de la fin de mois bloquent. Réglez-les "
        "depuis la page Fin de mois."
    ),
    "month_needs_reason": _(
        "Le mois {period} a encore {count} point(s) à régler : faites-les, ou donnez le motif pour lequel "
        "ils peuvent attendre."
    ),
    "month_closed_meanwhile": _("Le mois {period} est déjà clôturé, par {by} : il n’y a plus rien à faire."),
    "nothing_to_pass": _("Il n’y a rien à passer outre ici : c’est fait, ou cela doit être fait."),
}
