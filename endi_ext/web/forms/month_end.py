"""Forms of the month end: close it, let something wait."""

from ..i18n import _
from . import base

WHAT_CLOSING_MEANS = _(
    "Nombre d’écritures du mois {month} : {entries}. Une fois clôturé, le mois n’en recevra plus : une "
    "annulation ou un import daté de ce mois sera refusé. Un certificat signé (balance, empreinte du "
    "livre) sera conservé. Le dernier mois clôturé peut être rouvert, avec un motif."
)
# What a page closes within a minute; a longer month is for the command, which shows how far it is.
MOST_ENTRIES = 20_000
LONG = _(
    "C’est beaucoup : la clôture relit chaque ligne et peut durer plusieurs minutes. La commande « endi-ext "
    "close --period {month} » en montre l’avancement."
)
LONGEST_REASON = 300


def closing_schema(*, needs_reason: bool) -> base.Schema:
    """Return the form that closes a month; what is left is passed with one reason."""
    schema = base.Schema()
    if needs_reason:
        schema.add(
            base.text(
                _("Motif pour passer outre ce qui reste"),
                name="reason",
                longest=LONGEST_REASON,
                rows=3,
                description=_("Conservé dans l’historique du mois, avec votre nom."),
            )
        )
    return schema


def passing_schema() -> base.Schema:
    """Return the form that lets a check wait."""
    schema = base.Schema()
    said = _("Par exemple : « avoir attendu de l’enseigne, promis pour le 5 ».")
    schema.add(base.text(_("Motif"), name="reason", longest=LONGEST_REASON, rows=3, description=said))
    return schema
