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
    schema.add(
        base.money(
            _("Montant réglé"),
            name="amount_cents",
            default=exchange.remaining_cents,
            description=_("Laissez le montant entier pour tout régler, ou saisissez une partie."),
        )
    )
    schema.add(base.day(_("Date du règlement"), name="settled_on", default=today))
    schema.add(base.request_key(name="request_key"))
    return schema


def reversal_schema(today: date) -> base.Schema:
    """Return the form that undoes what was posted."""
    schema = base.Schema()
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
    schema.add(base.day(_("Date de l’écriture d’annulation"), name="on", default=today))
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
            validator=_no_larger_than(limit_bytes),
        )
    )
    return schema


def reopening_schema() -> base.Schema:
    """Return the form that reopens a month."""
    schema = base.Schema()
    schema.add(base.text(_("Motif de la réouverture"), name="reason", longest=300, rows=3))
    return schema


def _no_larger_than(limit_bytes: int) -> Any:
    def check(node: Any, upload: Any) -> None:
        upload.file.seek(0, 2)
        size = upload.file.tell()
        upload.file.seek(0)
        if size > limit_bytes:
            raise colander.Invalid(node, TOO_LARGE)

    return check


TOO_LARGE = _(
    "Ce fichier est trop gros : découpez-le, ou confiez-le à la commande « endi-ext import exchanges »."
)
