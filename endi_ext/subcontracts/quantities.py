"""What deliveries take off the agreed lines, and give back when they are withdrawn, reduced or reversed.

Progress is kept on the lines of the version in force. An amendment may have bound since a delivery was
declared: what it contains then finds its line by key.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import steps, terms
from .errors import (
    AgreementChanged,
    MoreThanAgreed,
    MoreThanClaimed,
    NotDivisible,
    NothingInIt,
    ProgressChanged,
    RefusalMissing,
    TooSmall,
)
from .models import Delivery, DeliveryLine, Subcontract, SubcontractLine

Share = tuple[DeliveryLine, SubcontractLine]


def take(
    session: Session,
    subcontract: Subcontract,
    quantities: Mapping[int, int],
    seen: Mapping[int, int] | None = None,
) -> list[DeliveryLine]:
    """Take `quantities` off what remains of the agreed lines, and return them with what they are worth.

    `seen` is how far each line was when someone decided on a cumulative percentage: it must be so still.
    """
    asked = wanted(quantities)
    if not asked or min(asked.values()) < 0:
        raise NothingInIt
    lines = {line.id: line for line in locked_lines(session, {*asked, *(seen or ())})}
    agreed_id = steps.version(session, subcontract, subcontract.version_number).id
    for line_id in {*asked, *(seen or ())}:
        if line_id not in lines or lines[line_id].version_id != agreed_id:
            raise AgreementChanged
    for line_id, thousandths in (seen or {}).items():
        if lines[line_id].delivered_thousandths != thousandths:
            raise ProgressChanged(line=lines[line_id].description)
    return [_part(lines[line_id], quantity) for line_id, quantity in sorted(asked.items())]


def give_back(session: Session, subcontract: Subcontract, delivery: Delivery) -> Delivery:
    """Let the quantities of `delivery` be declared again."""
    for part, line in shares(session, subcontract, delivery):
        line.delivered_thousandths -= part.quantity_thousandths
        line.delivered_cents -= part.net_cents
    return delivery


def accept(
    session: Session,
    subcontract: Subcontract,
    delivery: Delivery,
    accepted: Mapping[int, int],
    refusals: Mapping[int, str],
) -> int:
    """Accept what `accepted` says of each part, by its id, else all of it; the rest is given back.

    Returns what is accepted, in cents. Raises MoreThanClaimed, RefusalMissing, NotDivisible.
    """
    for part, line in shares(session, subcontract, delivery):
        thousandths = accepted.get(part.id, part.quantity_thousandths)
        refusal = refusals.get(part.id, "").strip()
        _refuse_wrong_share(part, thousandths, refusal)
        part.accepted_thousandths = thousandths
        part.accepted_cents = terms.accepted_cents(part.net_cents, part.quantity_thousandths, thousandths)
        part.refusal = refusal if thousandths < part.quantity_thousandths else ""
        line.accepted_thousandths += part.accepted_thousandths
        line.accepted_cents += part.accepted_cents
        line.delivered_thousandths -= part.quantity_thousandths - part.accepted_thousandths
        line.delivered_cents -= part.net_cents - part.accepted_cents
    return sum(part.accepted_cents for part in delivery.lines)


def take_back(session: Session, subcontract: Subcontract, delivery: Delivery) -> Delivery:
    """Undo what was accepted: it may be declared again."""
    for part, line in shares(session, subcontract, delivery):
        line.accepted_thousandths -= part.accepted_thousandths
        line.accepted_cents -= part.accepted_cents
        line.delivered_thousandths -= part.accepted_thousandths
        line.delivered_cents -= part.accepted_cents
    return delivery


def shares(session: Session, subcontract: Subcontract, delivery: Delivery) -> list[Share]:
    """Return what `delivery` contains, each part with its line of the version in force, kept for us."""
    in_force = steps.version(session, subcontract, subcontract.version_number).id
    return [(part, _line_in_force(session, in_force, part.line)) for part in delivery.lines]


def wanted(quantities: Mapping[int, int]) -> dict[int, int]:
    """Return the quantities without those that are zero."""
    return {line_id: quantity for line_id, quantity in quantities.items() if quantity}


def taken_by(session: Session, delivery: Delivery) -> dict[int, int]:
    """Return the quantity of each line `delivery` contains, even when it is younger than our snapshot."""
    statement = select(DeliveryLine).where(DeliveryLine.delivery_id == delivery.id)
    found = session.execute(statement.with_for_update(read=True)).scalars()
    return {part.line_id: part.quantity_thousandths for part in found}


def locked_lines(session: Session, keys: Iterable[int]) -> list[SubcontractLine]:
    """Return lines by their ids as they are now, kept for this transaction."""
    statement = select(SubcontractLine).where(SubcontractLine.id.in_(sorted(keys))).with_for_update()
    return list(session.execute(statement.execution_options(populate_existing=True)).scalars())


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
    part = DeliveryLine(
        line=line,
        quantity_thousandths=quantity_thousandths,
        net_cents=net_cents,
        previous_thousandths=line.delivered_thousandths,
    )
    line.delivered_thousandths += quantity_thousandths
    line.delivered_cents += net_cents
    return part


def refuse_wrong_shares(delivery: Delivery, accepted: Mapping[int, int], refusals: Mapping[int, str]) -> None:
    """Refuse what could not be accepted so, before anybody agrees to it.

    Raises MoreThanClaimed, RefusalMissing, NotDivisible.
    """
    for part in delivery.lines:
        thousandths = accepted.get(part.id, part.quantity_thousandths)
        _refuse_wrong_share(part, thousandths, refusals.get(part.id, "").strip())


def _refuse_wrong_share(part: DeliveryLine, thousandths: int, refusal: str) -> None:
    name = part.line.description
    if not 0 <= thousandths <= part.quantity_thousandths:
        raise MoreThanClaimed(line=name, claimed_thousandths=part.quantity_thousandths)
    if thousandths == part.quantity_thousandths:
        return
    if thousandths and part.net_cents < 2:
        raise NotDivisible(line=name)
    if not refusal:
        raise RefusalMissing(line=name)


def _line_in_force(session: Session, version_id: int, line: SubcontractLine) -> SubcontractLine:
    # One by one: a range would be locked together with the gap after it, where others write their versions.
    by_key = select(SubcontractLine).where(
        SubcontractLine.version_id == version_id, SubcontractLine.key == line.key
    )
    locking = by_key.with_for_update().execution_options(populate_existing=True)
    return session.execute(locking).scalars().one()
