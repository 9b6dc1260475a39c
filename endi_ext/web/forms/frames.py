"""The form of an order on a frame agreement."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import colander

from ...subcontracts.models import SubcontractLine, SubcontractVersion
from ..i18n import _
from . import base, widgets

USUAL_DAYS = 30


def order_schema(lines: Sequence[SubcontractLine]) -> base.Schema:
    """Return the form of an order: how much of each line, until when."""
    schema = base.Schema()
    rows = colander.MappingSchema(
        name="lines",
        title=_("Ce que vous commandez"),
        description=_("Laissez vide ce que vous ne commandez pas."),
        widget=widgets.OrderWidget(facts={_field_of(line): line for line in lines}),
        validator=_something_ordered,
    )
    for line in lines:
        rows.add(base.quantity(line.description, name=_field_of(line), missing=0, zero=True))
    schema.add(rows)
    schema.add(base.day(_("À terminer pour le"), name="due_on"))
    schema.add(base.text(_("Message à votre partenaire"), longest=2000, rows=2, missing="", name="message"))
    schema.add(base.request_key(name="request_key"))
    return schema


def ordered(values: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed as facts of a call-off."""
    typed = values["lines"].items()
    return {
        **{name: values[name] for name in ("due_on", "message", "request_key")},
        "quantities": {int(name.removeprefix("line_")): quantity for name, quantity in typed if quantity},
    }


def usual_order(version: SubcontractVersion, today: date) -> dict[str, Any]:
    """Return the form filled in with the quantities the frame agreement gives as usual."""
    quantities = {_field_of(line): line.quantity_thousandths for line in version.lines}
    return {"lines": quantities, "due_on": today + timedelta(days=USUAL_DAYS), "message": ""}


def _field_of(line: SubcontractLine) -> str:
    return f"line_{line.id}"


def _something_ordered(node: Any, quantities: dict[str, int]) -> None:
    if not any(quantities.values()):
        raise colander.Invalid(node, _("Indiquez la quantité commandée d’au moins une ligne."))
