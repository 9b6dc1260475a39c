"""What an amendment makes of the lines in force: what is done stays as it was agreed. Pure: no session.

A quantity may not go below what is delivered; when it equals it the line is worth what was delivered of it.
A new price is for what is left only: the line is split, what is delivered at the old price, the rest at the
new one under a key of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from ..kernel import money
from .agreement_errors import (
    DeliveredInFull,
    LessThanDelivered,
    ProgressMoved,
    StartedLineRemoved,
    UnitOfStartedLine,
)
from .errors import AgreementChanged, TooSmall
from .models import SubcontractLine, SubcontractVersion
from .terms import Conditions, ProposedLine, Terms


def amended(
    in_force: Sequence[SubcontractLine], terms: Terms, *, on_the_table: Collection[int] = ()
) -> Terms:
    """Return terms whose lines keep what is done; `on_the_table` are keys of new lines already proposed.

    Raises AgreementChanged, StartedLineRemoved, LessThanDelivered, UnitOfStartedLine, DeliveredInFull,
    TooSmall.
    """
    known = {line.key: line for line in in_force}
    keys = [line.key for line in terms.lines if line.key is not None]
    if len(keys) != len(set(keys)) or not set(keys) <= {*known, *on_the_table}:
        raise AgreementChanged
    for line in in_force:
        if line.delivered_thousandths and line.key not in keys:
            raise StartedLineRemoved(
                line=line.description, delivered_thousandths=line.delivered_thousandths, unit=line.unit
            )
    lines = [part for line in terms.lines for part in _continued(known.get(line.key or 0), line)]
    return replace(terms, lines=lines)


def refuse_what_does_not_fit(in_force: Sequence[SubcontractLine], agreed: Sequence[SubcontractLine]) -> None:
    """Refuse an amendment that deliveries have overtaken. Raises ProgressMoved."""
    coming = {line.key: line for line in agreed}
    for line in in_force:
        if line.delivered_thousandths and not _fits(line, coming.get(line.key)):
            raise ProgressMoved(line=line.description)


def says(terms: Terms) -> tuple[Any, ...]:
    """Return what would be in force by these terms, to tell whether anything changes."""
    return terms.due_on, terms.conditions, [(line.key, *line.said) for line in terms.lines]


def said_by(
    version: SubcontractVersion, lines: Sequence[SubcontractLine], conditions: Conditions
) -> tuple[Any, ...]:
    """Return what is in force, as `says` does."""
    return says(Terms(version.due_on, [_as_proposed(line) for line in lines], conditions=conditions))


def comes_from(lines: Sequence[SubcontractLine], terms: Terms) -> bool:
    """Say whether the lines of a version are what was made of these terms, whatever was split then."""
    left = list(lines)
    for wanted in terms.lines:
        taken = _made_of(wanted, left)
        if not taken:
            return False
        del left[:taken]
    return not left


def _made_of(wanted: ProposedLine, lines: Sequence[SubcontractLine]) -> int:
    """Return how many of the first lines were made of this one: one, two if it was split, none."""
    asked = (wanted.description, wanted.quantity_thousandths, wanted.unit, wanted.unit_price_cents)
    first, second = [*lines[:2], None, None][:2]
    if first is not None and _asked(first, first.quantity_thousandths) == asked:
        return 1
    if first is None or second is None or first.key != wanted.key:
        return 0
    both = first.quantity_thousandths + second.quantity_thousandths
    return 2 if _asked(second, both) == asked else 0


def _asked(line: SubcontractLine, quantity_thousandths: int) -> tuple[Any, ...]:
    return line.description, quantity_thousandths, line.unit, line.unit_price_cents


def _as_proposed(line: SubcontractLine) -> ProposedLine:
    return ProposedLine(
        line.description,
        line.quantity_thousandths,
        line.unit,
        line.unit_price_cents,
        line.key,
        line.total_cents,
    )


def _fits(line: SubcontractLine, coming: SubcontractLine | None) -> bool:
    if coming is None or coming.quantity_thousandths < line.delivered_thousandths:
        return False
    # A line delivered in full is worth its total; of any other one cent at least is left for the rest.
    if coming.quantity_thousandths == line.delivered_thousandths:
        return bool(coming.total_cents == line.delivered_cents)
    same_price = coming.unit_price_cents == line.unit_price_cents and coming.unit == line.unit
    return bool(same_price and coming.total_cents > line.delivered_cents)


def _continued(line: SubcontractLine | None, wanted: ProposedLine) -> list[ProposedLine]:
    if line is None:
        return [wanted]
    if not line.delivered_thousandths:
        return [replace(wanted, agreed_cents=line.total_cents) if _same_worth(line, wanted) else wanted]
    if wanted.unit != line.unit:
        raise UnitOfStartedLine(line=line.description, unit=line.unit)
    if wanted.quantity_thousandths < line.delivered_thousandths:
        raise LessThanDelivered(
            line=line.description, delivered_thousandths=line.delivered_thousandths, unit=line.unit
        )
    if wanted.unit_price_cents == line.unit_price_cents:
        return [_at_the_same_price(line, wanted)]
    return _split(line, wanted)


def _same_worth(line: SubcontractLine, wanted: ProposedLine) -> bool:
    return bool(
        wanted.quantity_thousandths == line.quantity_thousandths
        and wanted.unit_price_cents == line.unit_price_cents
    )


def _at_the_same_price(line: SubcontractLine, wanted: ProposedLine) -> ProposedLine:
    if wanted.quantity_thousandths == line.delivered_thousandths:
        return replace(wanted, agreed_cents=line.delivered_cents)
    if _same_worth(line, wanted):
        return replace(wanted, agreed_cents=line.total_cents)
    worth = money.line_total(wanted.quantity_thousandths, wanted.unit_price_cents)
    if worth <= line.delivered_cents:
        raise TooSmall(line=line.description)
    return wanted


def _split(line: SubcontractLine, wanted: ProposedLine) -> list[ProposedLine]:
    left = wanted.quantity_thousandths - line.delivered_thousandths
    if not left:
        raise DeliveredInFull(line=line.description)
    done = replace(
        wanted,
        description=line.description,
        quantity_thousandths=line.delivered_thousandths,
        unit_price_cents=line.unit_price_cents,
        agreed_cents=line.delivered_cents,
    )
    return [done, replace(wanted, quantity_thousandths=left, key=None)]
