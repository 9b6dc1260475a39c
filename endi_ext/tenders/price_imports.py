"""A price schedule read from a file, put in the place of what is there: seen first, then done."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import assignments, members, prices, splits, steps, workflow
from .models import Tender
from .price_errors import FileChanged, PercentagesExceed, SharesExceed
from .price_facts import LineFacts
from .price_models import PriceLine
from .schedules import LotName, ReadLine, Refused, Schedule

Thing = TypeVar("Thing")
Key = tuple[int, str, str, str, str, int]


@dataclass
class Plan:
    """What a file would do: lines added, changed (and to what), the same, removed; what refuses it.

    `digest` says what the plan was made of: done only while it is still that.
    """

    new: list[ReadLine] = field(default_factory=list)
    changed: list[tuple[PriceLine, ReadLine]] = field(default_factory=list)
    same: int = 0
    removed: list[PriceLine] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    before_cents: int = 0
    after_cents: int = 0
    digest: str = ""

    @property
    def changes(self) -> bool:
        """Whether it does anything."""
        return bool(self.new or self.changed or self.removed)


def lots_of(tender: Tender) -> list[LotName]:
    """Return how a file may call the lots of a tender."""
    return [LotName(lot.id, lot.key, lot.position, lot.title) for lot in tender.lots]


def team_of(tender: Tender) -> dict[str, int]:
    """Return the ids of those who may have shares, by name."""
    return {member.name: member.id for member in members.active(tender)}


def compare(session: Session, tender: Tender, schedule: Schedule, *, keep_others: bool) -> Plan:
    """Return what a file would do, leaving prices where it has none.

    A line is known again by lot, part, label, number and description; the second of two that say the same is
    the second. Lines of the lots the file speaks of go where it does not name them, unless all are kept.
    """
    here = splits.lines_of(session, tender)
    known = _keyed([prices.facts_of(line) for line in here], here)
    plan = Plan(refused=list(schedule.refused))
    plan.before_cents = sum(line.total_cents for line in here)
    for key, read in _keyed([read.facts for read in schedule.lines], schedule.lines).items():
        line = known.pop(key, None)
        if line is None:
            plan.new.append(read)
            continue
        read = _with_known_price(line, read)  # noqa: PLW2901 - what the file says of a line we know
        if _differs(line, read):
            plan.changed.append((line, read))
        else:
            plan.same += 1
    spoken_of = {read.facts.lot_id for read in schedule.lines}
    if not keep_others:
        plan.removed = [line for line in known.values() if line.lot_id in spoken_of]
    plan.refused += _exceeding([*plan.new, *(read for _line, read in plan.changed)])
    plan.after_cents = _after(plan)
    plan.digest = _digest(here, schedule)
    return plan


def carry_out(
    session: Session,
    tender: Tender,
    schedule: Schedule,
    *,
    keep_others: bool,
    digest: str,
    party: Party,
    act: Act,
) -> Plan:
    """Do what a file would do, all of it, if it is still what was seen.

    Only the lead says who does what: shares in a file of another member are not looked at.
    Raises WrongState, WrongRole, FileChanged, TooManyLines, LotUnknown, LineTooExpensive.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    plan = compare(session, locked, schedule, keep_others=keep_others)
    if plan.digest != digest or plan.refused:
        raise FileChanged
    for line in plan.removed:
        session.delete(line)
    session.flush()  # their places are counted no more
    shares = workflow.role_in(locked, party) == workflow.LEAD
    for line, read in plan.changed:
        prices.check(locked, read.facts)
        prices.write(line, read.facts)
        _share(line, read, shares)
    for read in plan.new:
        prices.check(locked, read.facts)
    added = prices.new_lines(session, locked, [read.facts for read in plan.new])
    for line, read in zip(added, plan.new, strict=True):
        _share(line, read, shares)
    if plan.changes:
        prices.note(session, locked, "import_prices", act)
    return plan


def _share(line: PriceLine, read: ReadLine, allowed: bool) -> None:
    if allowed and read.claims is not None:
        assignments.write(line, read.claims)


def _keyed(facts: Sequence[LineFacts], things: Sequence[Thing]) -> dict[Key, Thing]:
    """Return lines by what tells them apart, the order kept."""
    seen: Counter[tuple[int, str, str, str, str]] = Counter()
    keyed = {}
    for one, thing in zip(facts, things, strict=True):
        said = (one.lot_id, one.part, one.label, one.reference, one.description)
        seen[said] += 1
        keyed[(*said, seen[said])] = thing
    return keyed


def _with_known_price(line: PriceLine, read: ReadLine) -> ReadLine:
    """Return a line whose price the file leaves blank with the price it has: buyers send empty schedules."""
    if read.facts.unit_price_cents is not None:
        return read
    return replace(read, facts=replace(read.facts, unit_price_cents=line.unit_price_cents))


def _differs(line: PriceLine, read: ReadLine) -> bool:
    if prices.facts_of(line) != read.facts:
        return True
    if read.claims is None:
        return False
    return sorted(read.claims, key=lambda one: one.member) != assignments.claims_of(line)


def _exceeding(lines: Sequence[ReadLine]) -> list[Refused]:
    refused = []
    for read in lines:
        line = PriceLine(description=read.facts.description, total_cents=read.facts.total_cents)
        try:
            assignments.check(line, read.claims or ())
        except (SharesExceed, PercentagesExceed) as error:
            refused.append(Refused(read.line, "Répartition", error.code, error.facts))
    return refused


def _after(plan: Plan) -> int:
    gone = sum(line.total_cents for line in plan.removed) + sum(
        line.total_cents for line, _read in plan.changed
    )
    come = sum(read.facts.total_cents for read in plan.new) + sum(
        read.facts.total_cents for _line, read in plan.changed
    )
    return plan.before_cents - gone + come


def _digest(here: Sequence[PriceLine], schedule: Schedule) -> str:
    said = [
        [[line.id, repr(prices.facts_of(line)), assignments.said(line)] for line in here],
        [repr(read) for read in schedule.lines],
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()
