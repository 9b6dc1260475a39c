"""The price schedule filled in together: lines typed, changed and taken away."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel.history import Act, Event, remember
from ..kernel.parties import Party
from ..subcontracts import steps as agreements
from . import steps
from .models import Tender
from .price_errors import LabelMissing, LineTooExpensive, LotUnknown, NothingChosen, TooManyLines
from .price_facts import LineFacts
from .price_models import BASE, PriceLine

MOST_LINES = 2_000
MOST_CENTS = 10**12


def add_line(
    session: Session, tender: Tender, facts: LineFacts, *, party: Party, request_key: str, act: Act
) -> PriceLine:
    """Add a line at the end of the schedule; the same request_key again returns the one added.

    Raises WrongState, WrongRole, LotUnknown, LabelMissing, LineTooExpensive, TooManyLines.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)

    def make() -> PriceLine:
        check(locked, facts)
        (line,) = new_lines(session, locked, [facts])
        line.request_key = request_key
        note(session, locked, "change_prices", act)
        return line

    return agreements.once(session, PriceLine, request_key, make)


def change_line(session: Session, line: PriceLine, facts: LineFacts, *, party: Party, act: Act) -> PriceLine:
    """Change a line; the same facts again change nothing.

    Raises WrongState, WrongRole, LotUnknown, LabelMissing, LineTooExpensive.
    """
    locked = steps.lock(session, line.tender)
    steps.check(locked, "prepare", party)
    check(locked, facts)
    found: PriceLine = steps.lock_row(session, PriceLine, line.id)
    if facts_of(found) != facts:
        write(found, facts)
        note(session, locked, "change_prices", act)
    return found


def remove_lines(session: Session, tender: Tender, ids: Collection[int], *, party: Party, act: Act) -> int:
    """Take lines away with their shares; those gone already are no matter. Return how many there were.

    Raises WrongState, WrongRole, NothingChosen.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    if not ids:
        raise NothingChosen
    lines = locked_lines(session, locked, ids)
    for line in lines:
        session.delete(line)
    if lines:
        note(session, locked, "change_prices", act)
    return len(lines)


def check(tender: Tender, facts: LineFacts) -> None:
    """Refuse what no line may be. Raises LotUnknown, LabelMissing, LineTooExpensive."""
    if facts.lot_id not in {lot.id for lot in tender.lots}:
        raise LotUnknown
    if facts.part != BASE and not facts.label:
        raise LabelMissing
    if facts.total_cents > MOST_CENTS:
        raise LineTooExpensive(total_cents=facts.total_cents, most_cents=MOST_CENTS)


def new_lines(session: Session, tender: Tender, wanted: Sequence[LineFacts]) -> list[PriceLine]:
    """Return lines added at the end of a locked tender's schedule. Raises TooManyLines."""
    found = select(func.max(PriceLine.position), func.count()).where(PriceLine.tender_id == tender.id)
    last, count = session.execute(found).one()
    if count + len(wanted) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    lines = []
    for position, facts in enumerate(wanted, start=(last or 0) + 1):
        line = PriceLine(tender_id=tender.id, position=position)
        write(line, facts)
        lines.append(line)
    session.add_all(lines)
    session.flush()  # callers use their ids
    return lines


def write(line: PriceLine, facts: LineFacts) -> None:
    """Write what is known of a line on its row; only an option or a variant has a label."""
    for name, value in vars(facts).items():
        setattr(line, name, value)
    line.label = "" if facts.part == BASE else facts.label
    line.total_cents = facts.total_cents


def facts_of(line: PriceLine) -> LineFacts:
    """Return what is known of a line."""
    return LineFacts(**{name: getattr(line, name) for name in LineFacts.__dataclass_fields__})


def locked_lines(session: Session, tender: Tender, ids: Collection[int]) -> list[PriceLine]:
    """Return the lines of a locked tender among `ids`, as they are now."""
    found = select(PriceLine).where(PriceLine.tender_id == tender.id, PriceLine.id.in_(ids))
    found = found.order_by(PriceLine.position).with_for_update()
    return list(session.execute(found.execution_options(populate_existing=True)).scalars())


def note(session: Session, tender: Tender, action: str, act: Act) -> None:
    """Remember that prices or shares changed: once for a run of changes of the same hand."""
    latest = select(Event).where(Event.subject == "tender", Event.subject_id == tender.id)
    last = session.execute(latest.order_by(Event.id.desc()).limit(1)).scalars().one_or_none()
    if last is None or (last.action, last.actor_key) != (action, act.actor_key):
        remember(session, tender, action, act)
