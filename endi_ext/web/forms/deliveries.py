"""Forms of deliveries: declared by quantities or by cumulative percentages, accepted in part line by line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import colander
import deform

from ...subcontracts import service
from ...subcontracts.models import Delivery, DeliveryLine, SubcontractLine
from ...subcontracts.terms import permille_of
from ..i18n import _
from . import base, widgets

QUANTITY, PERCENT = "quantity", "percent"
SEEN = re.compile(r"(\d{1,15}:\d{1,15})(,\d{1,15}:\d{1,15})*", re.ASCII)


def delivery_schema(lines: Sequence[SubcontractLine], by: str) -> base.Schema:
    """Return the form of a delivery, lines delivered in full left out of its table.

    By quantity it asks how much of each line is delivered this time, by percentage how far each line is.
    """
    schema = base.Schema()
    facts = {field_of(line): LineFacts(line) for line in lines}
    rows = colander.MappingSchema(
        name="lines",
        title=_("Ce que vous livrez"),
        description=DESCRIPTIONS[by],
        widget=widgets.TableRowsWidget(facts=facts, percent=by == PERCENT),
        validator=_something_delivered if by == QUANTITY else None,
    )
    for line in lines:
        rows.add(_asked(line, by))
    schema.add(base.day(_("Date de la livraison"), name="delivered_on"))
    schema.add(rows)
    schema.add(base.text(_("Remarque"), longest=2000, rows=3, missing="", name="note"))
    schema.add(base.request_key(name="request_key"))
    schema.add(_hidden(colander.String(), name="by", default=by, missing=by))
    schema.add(_hidden(_Seen(), name="seen", default=seen_of(lines), missing=None))
    return schema


DESCRIPTIONS = {
    QUANTITY: _("Laissez vide ce que vous ne livrez pas cette fois."),
    PERCENT: _(
        "Indiquez où en est chaque ligne en tout, depuis le début ; laissez tel quel ce qui n’a pas avancé."
    ),
}


def _asked(line: SubcontractLine, by: str) -> colander.SchemaNode:
    name = field_of(line)
    if by == PERCENT:
        return base.progress(line.description, name=name, missing=None)
    return base.quantity(line.description, name=name, missing=0, zero=True)


def _something_delivered(node: Any, quantities: dict[str, int]) -> None:
    if not any(quantities.values()):
        raise colander.Invalid(node, _("Indiquez la quantité livrée d’au moins une ligne."))


def _hidden(typ: Any, **options: Any) -> colander.SchemaNode:
    widget = deform.widget.HiddenWidget(template="hidden")
    return colander.SchemaNode(typ, widget=widget, title="", **options)


class _Seen(colander.SchemaType):
    """How far each line was when the form was shown, as "12:4000,13:0"."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        if appstruct in (colander.null, None):
            return colander.null
        return ",".join(f"{line_id}:{thousandths}" for line_id, thousandths in appstruct.items())

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        return _read_seen(str(cstruct)) or colander.null


def _read_seen(text: str) -> dict[int, int]:
    if not SEEN.fullmatch(text):
        return {}
    pairs = (pair.split(":") for pair in text.split(","))
    return {int(line_id): int(thousandths) for line_id, thousandths in pairs}


def refuse_other_lines(posted: Mapping[str, str], lines: Iterable[SubcontractLine]) -> None:
    """Refuse a form opened before an amendment: it is about other lines. Raises AgreementChanged."""
    seen = _read_seen(posted.get("seen", ""))
    if seen and set(seen) != {line.id for line in lines}:
        raise service.AgreementChanged


class LineFacts:
    """What the delivery table says of an agreed line."""

    def __init__(self, line: SubcontractLine) -> None:
        self.description = line.description
        self.unit = line.unit
        self.agreed_thousandths = line.quantity_thousandths
        self.done_thousandths = line.delivered_thousandths
        self.done_permille = permille_of(line.delivered_thousandths, line.quantity_thousandths)
        self.remaining_thousandths = line.remaining_thousandths
        self.unit_price_cents = line.unit_price_cents


def field_of(line: SubcontractLine) -> str:
    """Return the name of the field that asks for a line."""
    return f"line_{line.id}"


def seen_of(lines: Iterable[SubcontractLine]) -> dict[int, int]:
    """Return how far each line is."""
    return {line.id: line.delivered_thousandths for line in lines}


def delivered(values: dict[str, Any], lines: Sequence[SubcontractLine]) -> dict[str, Any]:
    """Return what was typed as facts of a delivery.

    Percentages are counted from where the lines were when the form was shown: sent twice they mean the same.
    Raises ProgressGoesBack.
    """
    typed = {int(name.removeprefix("line_")): value for name, value in values["lines"].items()}
    facts = {name: values[name] for name in ("delivered_on", "note", "request_key")}
    if values["by"] != PERCENT:
        return {**facts, "quantities": {line_id: value for line_id, value in typed.items() if value}}
    seen = {line.id: (values["seen"] or {}).get(line.id, 0) for line in lines}
    return {**facts, "quantities": service.quantities_at(lines, typed, seen), "seen": seen}


def first_values(lines: Iterable[SubcontractLine], today: date, by: str) -> dict[str, Any]:
    """Return the form filled in with all that remains, or with how far each line is."""
    filled = {
        field_of(line): (
            permille_of(line.delivered_thousandths, line.quantity_thousandths)
            if by == PERCENT
            else line.remaining_thousandths or None
        )
        for line in lines
    }
    return {"delivered_on": today, "lines": filled, "note": ""}


def values_again(
    lines: Iterable[SubcontractLine], delivery: Delivery, today: date, by: str
) -> dict[str, Any]:
    """Return the form filled in with what a delivery contained, as far as it still remains."""
    before = {part.line.key: part.quantity_thousandths for part in delivery.lines}
    filled = {}
    for line in lines:
        again = min(before.get(line.key, 0), line.remaining_thousandths)
        reached = permille_of(line.delivered_thousandths + again, line.quantity_thousandths)
        filled[field_of(line)] = reached if by == PERCENT else again or None
    return {"delivered_on": min(delivery.delivered_on, today), "lines": filled, "note": delivery.note}


def acceptance_schema(parts: Sequence[DeliveryLine]) -> base.Schema:
    """Return the form that accepts less than what was claimed: how much of each part, and why less."""
    schema = base.Schema()
    rows = colander.MappingSchema(
        name="lines",
        title=_("Ce que vous acceptez"),
        description=_(
            "Réduisez ce qui n’est pas fait ou pas conforme, en disant pourquoi. Le reste pourra être "
            "déclaré de nouveau."
        ),
        widget=widgets.SharesWidget(facts={share_of(part): part for part in parts}),
    )
    for part in parts:
        rows.add(_share(part))
    schema.add(rows)
    return schema


def _share(part: DeliveryLine) -> colander.MappingSchema:
    share = colander.MappingSchema(name=share_of(part), title=part.line.description)
    share.add(base.quantity(_("Accepté"), name="accepted", zero=True, missing=0))
    share.add(base.text(_("Motif si vous acceptez moins"), longest=500, name="refusal", missing=""))
    return share


def share_of(part: DeliveryLine) -> str:
    """Return the name of the fields about one part of a delivery."""
    return f"part_{part.id}"


def accepted(values: dict[str, Any]) -> dict[str, Mapping[int, Any]]:
    """Return what was typed as facts of an acceptance in part."""
    shares = {int(name.removeprefix("part_")): share for name, share in values["lines"].items()}
    return {
        "accepted": {part_id: share["accepted"] for part_id, share in shares.items()},
        "refusals": {part_id: share["refusal"] for part_id, share in shares.items()},
    }


def claimed_values(parts: Iterable[DeliveryLine]) -> dict[str, Any]:
    """Return the form filled in with all that was claimed."""
    shares = {
        share_of(part): {"accepted": part.quantity_thousandths, "refusal": part.refusal} for part in parts
    }
    return {"lines": shares}
