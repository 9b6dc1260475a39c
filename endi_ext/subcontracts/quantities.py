"""What deliveries take off the agreed lines, and give back when they are contested, withdrawn or reversed."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import steps, terms
from .errors import MoreThanAgreed, NothingInIt, TooSmall
from .models import Delivery, DeliveryLine, Subcontract, SubcontractLine


def take(session: Session, subcontract: Subcontract, quantities: dict[int, int]) -> list[DeliveryLine]:
    """Take `quantities` off what remains of the agreed lines, and return them with what they are worth."""
    asked = wanted(quantities)
    if not asked or min(asked.values()) < 0:
        raise NothingInIt
    lines = {line.id: line for line in _lines(session, asked)}
    agreed_id = steps.version_on_the_table(session, subcontract).id
    parts = []
    for line_id, quantity in sorted(asked.items()):
        line = lines.get(line_id)
        if line is None or line.version_id != agreed_id:
            raise MoreThanAgreed(line="", remaining_thousandths=0)
        parts.append(_part(line, quantity))
    return parts


def give_back(session: Session, delivery: Delivery) -> Delivery:
    """Let the quantities of `delivery` be declared again."""
    for part, line in parts(session, delivery):
        line.delivered_thousandths -= part.quantity_thousandths
        line.delivered_cents -= part.net_cents
    return delivery


def parts(session: Session, delivery: Delivery) -> list[tuple[DeliveryLine, SubcontractLine]]:
    """Return what `delivery` contains, each part with its line, kept for this transaction."""
    lines = {line.id: line for line in _lines(session, [part.line_id for part in delivery.lines])}
    return [(part, lines[part.line_id]) for part in delivery.lines]


def wanted(quantities: dict[int, int]) -> dict[int, int]:
    """Return the quantities without those that are zero."""
    return {line_id: quantity for line_id, quantity in quantities.items() if quantity}


def taken_by(session: Session, delivery: Delivery) -> dict[int, int]:
    """Return the quantity of each line `delivery` contains, even when it is younger than our snapshot."""
    statement = select(DeliveryLine).where(DeliveryLine.delivery_id == delivery.id)
    found = session.execute(statement.with_for_update(read=True)).scalars()
    return {part.line_id: part.quantity_thousandths for part in found}


def _part(line: SubcontractLine, quantity_thousandths: int) -> DeliveryLine:
    if quantity_thousandths > line.remaining_thousandths:
        raise MoreThanAgreed(line=line.description, remaining_thousandths=line.remaining_thousandths)
    net_cents = terms.part_cents(
        quantity_thousandths,
        agreed_thousandths=line.quantity_thousandths,
        unit_price_cents=line.unit_price_cents,
        total_cents=line.total_cents,
        delivered_thousandths=line.delivered_thousandths,
        delivered_cents=line.delivered_cents,
    )
    if net_cents < 1:
        raise TooSmall(line=line.description)
    line.delivered_thousandths += quantity_thousandths
    line.delivered_cents += net_cents
    return DeliveryLine(line=line, quantity_thousandths=quantity_thousandths, net_cents=net_cents)


def _lines(session: Session, keys: Iterable[int]) -> list[SubcontractLine]:
    statement = select(SubcontractLine).where(SubcontractLine.id.in_(sorted(keys))).with_for_update()
    return list(session.execute(statement.execution_options(populate_existing=True)).scalars())
