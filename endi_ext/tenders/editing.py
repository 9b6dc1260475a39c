"""What the lead corrects of a tender: what is known of it, its lots, and which of them the team answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import notice_store, service, steps
from .errors import NoLotAnswered, NoticeAttached
from .models import Lot, Tender, TenderNotice
from .notices.facts import LotFacts, TenderFacts, between
from .rivals import number_of
from .updates import lot_row, update_from

# What is typed of a lot; the rest is as its notice says it.
OF_A_LOT = ("title", "estimated_value_cents")
FIGURES = ("cpv", "estimated_value_cents", "deadline", "criteria", "answered")


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


def attach(session: Session, tender: Tender, notice: TenderNotice, *, party: Party, act: Act) -> Tender:
    """Let a tender typed by hand follow a notice: what it says is written into the tender, shown as changes.

    The title stays the team's. Lots meet by their number or their title; those the team did not type are
    added, not answered. Raises NoticeReplaced, NoticeAttached, WrongState, WrongRole.
    """
    notice_store.refuse_replaced(session, notice)
    tender = steps.lock(session, tender)
    if tender.notice_id == notice.id:
        return tender
    steps.check(tender, "steer", party)
    if tender.notice_id is not None:
        raise NoticeAttached
    after = replace(service.facts_of(notice), title=str(tender.title))
    _renumber(tender, after.lots)
    update_from(session, tender, notice, between(_as_typed(tender, after), after), after, act)
    return tender


def _renumber(tender: Tender, lots: Sequence[LotFacts]) -> None:
    """Give typed lots the number that the notice gives them."""
    for facts in lots:
        same = [lot for lot in tender.lots if _meets(lot, facts)]
        if len(same) == 1 and all(lot.key != facts.key for lot in tender.lots):
            same[0].key = facts.key


def _meets(lot: Lot, facts: LotFacts) -> bool:
    if lot.title.casefold() == facts.title.casefold():
        return True
    return bool(lot.key) and number_of(lot.key) == number_of(facts.key)


def _as_typed(tender: Tender, after: TenderFacts) -> TenderFacts:
    """Return what is known of a tender in the shape of a notice's facts."""
    lots = [
        LotFacts(**{name: getattr(lot, name) for name in ("title", "key", "description", *FIGURES)})
        for lot in tender.lots
    ]
    return TenderFacts(str(tender.title), lots, {name: getattr(tender, name) for name in after.values})


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
