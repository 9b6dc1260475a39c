"""What the lead corrects of a tender: what is known of it, its lots, and which of them the team answers."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import steps
from .errors import NoLotAnswered
from .models import Lot, Tender
from .notices.facts import LotFacts
from .updates import lot_row

# What is typed of a lot; the rest is as its notice says it.
OF_A_LOT = ("title", "estimated_value_cents")


def edit(
    session: Session,
    tender: Tender,
    values: Mapping[str, Any],
    lots: Sequence[tuple[int | None, LotFacts]] = (),
    *,
    party: Party,
    act: Act,
) -> Tender:
    """Correct what is known of a tender: columns by name, lots by their id, those without one are added.

    A lot is never removed: what was prepared for it stays. What is already so is not noted again. Raises
    WrongState, WrongRole.
    """
    tender = steps.lock(session, tender)
    steps.check(tender, "steer", party)
    changed = [_set(tender, name, value) for name, value in values.items()]
    rows = {lot.id: lot for lot in tender.lots}
    for lot_id, facts in lots:
        if lot_id in rows:
            changed += [_set(rows[lot_id], name, getattr(facts, name)) for name in OF_A_LOT]
        elif not _known(tender, facts):
            tender.lots.append(_added(tender, facts))
            changed.append(True)
    if any(changed):
        remember(session, tender, "edit", act)
    session.flush()  # a second click compares with what the first wrote
    return tender


def choose_lots(
    session: Session, tender: Tender, answered: Collection[int], *, party: Party, act: Act
) -> Tender:
    """Say which lots the team answers, by their ids. Raises NoLotAnswered, WrongState, WrongRole."""
    tender = steps.lock(session, tender)
    steps.check(tender, "steer", party)
    if not any(lot.id in answered for lot in tender.lots):
        raise NoLotAnswered
    changed = [_set(lot, "answered", lot.id in answered) for lot in tender.lots]
    if any(changed):
        remember(session, tender, "choose_lots", act)
    session.flush()  # a second click compares with what the first wrote
    return tender


def _set(row: Any, name: str, value: Any) -> bool:
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _known(tender: Tender, facts: LotFacts) -> bool:
    """Whether a lot of that title is there: the form was sent twice."""
    return any(lot.title == facts.title for lot in tender.lots)


def _added(tender: Tender, facts: LotFacts) -> Lot:
    """Return a new lot behind the others; its number is the next that is free."""
    taken, position = {lot.key for lot in tender.lots}, len(tender.lots) + 1
    number = next(number for number in range(position, position + len(taken) + 1) if str(number) not in taken)
    row = lot_row(position, facts)
    row.key = facts.key if facts.key and facts.key not in taken else str(number)
    return row
