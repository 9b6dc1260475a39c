"""Forms of what is held back and of final accounts."""

from datetime import date

from ...exchanges.models import Retention
from ..i18n import _
from . import base
from .accounting import BEFORE_EXCHANGE, within


def release_schema(retention: Retention) -> base.Schema:
    """Return the form that lets go all or part of what is held."""
    schema = base.Schema()
    schema.add(
        base.money(
            _("Montant à libérer"),
            name="amount_cents",
            default=retention.remaining_cents,
            description=_("Laissez le montant entier pour tout libérer, ou saisissez une partie."),
        )
    )
    schema.add(base.hidden_integer(name="number", default=retention.release_count + 1))
    return schema


def release_in_place_schema(retention: Retention, since: date, today: date) -> base.Schema:
    """Return the form by which an accountant lets go all that is held."""
    schema = base.Schema()
    schema.add(
        base.text(
            _("Motif"),
            name="reason",
            longest=300,
            rows=3,
            description=_("Il figurera dans l’historique, lu par les deux enseignes."),
        )
    )
    schema.add(
        base.day(
            _("Date de la libération"),
            name="on",
            default=max(since, today),
            validator=within(since, today, BEFORE_EXCHANGE),
        )
    )
    schema.add(base.hidden_integer(name="number", default=retention.release_count + 1))
    return schema


def nothing_to_type() -> base.Schema:
    """Return the form that only asks for a confirmation."""
    return base.Schema()


def account_schema() -> base.Schema:
    """Return the form that draws up a final account."""
    schema = base.Schema()
    schema.add(base.text(_("Message à votre partenaire"), longest=2000, rows=4, missing="", name="message"))
    schema.add(base.request_key(name="request_key"))
    return schema
