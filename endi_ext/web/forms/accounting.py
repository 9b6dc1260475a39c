"""Forms of accountants: settle, reverse, import, close and reopen a month."""

from datetime import date
from typing import Any

import colander

from ...exchanges.models import Exchange
from ..i18n import _
from . import base


def settlement_schema(exchange: Exchange, today: date) -> base.Schema:
    """Return the form that settles all or part of an exchange."""
    schema = base.Schema()
    inside = within(exchange.accepted_on, today, BEFORE_EXCHANGE)
    schema.add(
        base.money(
            _("Montant réglé"),
            name="amount_cents",
            default=exchange.due_cents or exchange.payable_cents,
            description=_("Laissez le montant entier pour tout régler, ou saisissez une partie."),
        )
    )
    schema.add(base.day(_("Date du règlement"), name="settled_on", default=today, validator=inside))
    schema.add(base.request_key(name="request_key"))
    return schema


def reversal_schema(since: date, today: date) -> base.Schema:
    """Return the form that undoes what was posted; the last of it is dated `since`."""
    schema = base.Schema()
    inside = within(since, today, BEFORE_VICTIM)
    schema.add(
        base.text(
            _("Motif"),
            name="reason",
            longest=300,
            rows=3,
            description=_(
                "Il figurera dans le libellé de l’écriture et dans l’historique, lus par les deux enseignes."
            ),
        )
    )
    schema.add(
        base.day(_("Date de l’écriture d’annulation"), name="on", default=max(since, today), validator=inside)
    )
    return schema


def upload_schema(limit_bytes: int) -> base.Schema:
    """Return the form that takes a file of exchanges."""
    schema = base.Schema()
    schema.add(
        base.upload(
            _("Fichier d’échanges (CSV ou XLSX)"),
            name="file",
            accept=".csv,.xlsx",
            missing_msg=_("Choisissez un fichier."),
            validator=no_larger_than(limit_bytes),
        )
    )
    return schema


def reopening_schema() -> base.Schema:
    """Return the form that reopens a month."""
    schema = base.Schema()
    schema.add(base.text(_("Motif de la réouverture"), name="reason", longest=300, rows=3))
    return schema


def giving_up_schema() -> base.Schema:
    """Return the form that leaves a paper unmade."""
    schema = base.Schema()
    schema.add(base.text(_("Motif"), name="reason", longest=300, rows=3))
    return schema


def wrong_day(on: date, since: date, today: date, too_early: str) -> str | None:
    """Return why nothing that follows a fact of `since` can be dated `on`: the books say what happened."""
    if on < since:
        return too_early
    return IN_THE_FUTURE if on > max(since, today) else None


def within(since: date, today: date, too_early: str) -> Any:
    """Return the validator of a day that follows a fact of `since` and is not in the future."""

    def check(node: Any, on: date) -> None:
        wrong = wrong_day(on, since, today, too_early)
        if wrong:
            raise colander.Invalid(node, wrong)

    return check


def no_larger_than(limit_bytes: int) -> Any:
    """Return what refuses a file of more than so many bytes."""

    def check(node: Any, upload: Any) -> None:
        upload.file.seek(0, 2)
        size = upload.file.tell()
        upload.file.seek(0)
        if size > limit_bytes:
            raise colander.Invalid(node, TOO_LARGE)

    return check


BEFORE_EXCHANGE = _("Cette date précède l’acceptation de l’échange.")
BEFORE_ONE = _("Cette date précède l’acceptation d’un des échanges cochés.")
BEFORE_VICTIM = _("Cette date précède ce qui est à annuler.")
IN_THE_FUTURE = _("Cette date est dans le futur.")
TOO_LARGE = _(
    "Ce fichier est trop gros : découpez-le, ou confiez-le à la commande « endi-ext import exchanges »."
)
