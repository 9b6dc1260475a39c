"""The shares of a tender as they stand: line by line, lot by lot, member by member."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ..exchanges import choices, rules
from ..kernel import money
from . import members, shares
from .models import Member, Tender
from .price_models import BASE, PriceLine
from .shares import MemberShare


@dataclass(frozen=True)
class LineSplit:
    """A line and what each member has of it in cents; `unassigned_cents` is negative if too much is said."""

    line: PriceLine
    parts: Mapping[int, int]
    unassigned_cents: int

    @property
    def settled(self) -> bool:
        """Whether the line has a price, and all of it belongs to somebody."""
        return self.line.priced and self.unassigned_cents == 0


@dataclass(frozen=True)
class Apart:
    """An option or a variant: its total and what each member has of it. It does not count in the bid."""

    part: str
    label: str
    total_cents: int
    members: Mapping[int, int]
    unassigned_cents: int


@dataclass(frozen=True)
class Split:
    """The shares of a bid. Only the base of the lots answered counts; `apart` are options and variants.

    `lines` are all lines in order, `lots` and `members` by id, members in the order of the team. `complete`:
    every line that counts has a price and belongs to somebody.
    """

    lines: list[LineSplit]
    lots: dict[int, int]
    members: dict[int, MemberShare]
    by_lot: dict[int, dict[int, int]]
    apart: list[Apart]
    total_cents: int
    unassigned_cents: int
    complete: bool
    lead_member_id: int


def split_of(session: Session, tender: Tender, *, lots: Collection[int] | None = None) -> Split:
    """Return the shares of a tender as it stands, or of some of its lots only (those won, by id).

    Of the common expenses those lots bear their part. Shares of people who are not in the team (any more)
    count as unassigned.
    """
    team = members.active(tender)
    split = [_shared(line, team) for line in lines_of(session, tender)]
    answered = {lot.id for lot in tender.lots if lot.answered}
    base = [one for one in split if one.line.part == BASE and one.line.lot_id in answered]
    counted = base if lots is None else [one for one in base if one.line.lot_id in set(lots)]
    gross = {member.id: sum(one.parts.get(member.id, 0) for one in counted) for member in team}
    total_cents = sum(one.line.total_cents for one in counted)
    whole_cents = sum(one.line.total_cents for one in base)
    lead = next(member.id for member in team if member.party_id == tender.lead_id)
    deductions = _deductions(tender, total_cents, whole_cents)
    return Split(
        lines=split,
        lots=_lots(tender, counted, lots),
        members=shares.split_bid(gross, lead, deductions, _rates(session, team)),
        by_lot=_by_lot(tender, counted, team),
        apart=_apart([one for one in split if one.line.part != BASE and one.line.lot_id in answered], team),
        total_cents=total_cents,
        unassigned_cents=sum(one.unassigned_cents for one in counted),
        complete=bool(counted) and all(one.settled for one in counted),
        lead_member_id=lead,
    )


def agreement_lines(
    split: Split, member_id: int, *, lots: Collection[int] | None = None
) -> list[tuple[PriceLine, int]]:
    """Return the lines a member does and what an agreement with the lead is about, line by line.

    The fee and the common expenses are spread over them in proportion: they sum to `agreed_cents`. Give the
    `lots` the split was made for.
    """
    mine = [
        one
        for one in split.lines
        if one.line.part == BASE
        and one.line.lot_id in split.lots
        and (lots is None or one.line.lot_id in lots)
        and one.parts.get(member_id, 0) > 0
    ]
    spread = shares.spread(split.members[member_id].agreed_cents, [one.parts[member_id] for one in mine])
    return [(one.line, cents) for one, cents in zip(mine, spread, strict=True)]


def earning(tender: Tender) -> list[Member]:
    """Return those whose shares count, in the order of the team."""
    return members.active(tender)


def lines_of(session: Session, tender: Tender) -> list[PriceLine]:
    """Return the price schedule in order: lot by lot, its base, options and variants as they were entered."""
    places = {lot.id: lot.position for lot in tender.lots}
    found = select(PriceLine).where(PriceLine.tender_id == tender.id).order_by(PriceLine.position)
    lines = session.execute(found.options(selectinload(PriceLine.shares))).scalars()
    return sorted(lines, key=lambda line: (places[line.lot_id], line.position))


def _shared(line: PriceLine, team: list[Member]) -> LineSplit:
    said = {share.member_id: share for share in line.shares}
    claims = [
        shares.Claim(member.id, said[member.id].kind, said[member.id].value)
        for member in team
        if member.id in said
    ]
    parts = shares.split_line(line.total_cents, claims)
    return LineSplit(line, parts.by_member, parts.unassigned_cents)


def _deductions(tender: Tender, total_cents: int, whole_cents: int) -> shares.Deductions:
    common_cents = tender.common_cents
    if total_cents != whole_cents:
        common_cents = money.allocate(common_cents, [total_cents, whole_cents - total_cents])[0]
    return shares.Deductions(tender.fee_bp, common_cents, tender.retention_rate_bp)


def _rates(session: Session, team: list[Member]) -> dict[int, int]:
    """Return the contribution rate of each member; an outside firm owes the cooperative none."""
    chosen = choices.read(session)
    return {member.id: 0 if member.outside else rules.rate_bp_of(member.party, chosen) for member in team}


def _lots(tender: Tender, counted: list[LineSplit], wanted: Collection[int] | None) -> dict[int, int]:
    return {
        lot.id: sum(one.line.total_cents for one in counted if one.line.lot_id == lot.id)
        for lot in tender.lots
        if lot.answered and (wanted is None or lot.id in wanted)
    }


def _by_lot(tender: Tender, counted: list[LineSplit], team: list[Member]) -> dict[int, dict[int, int]]:
    return {
        lot.id: {
            member.id: sum(one.parts.get(member.id, 0) for one in counted if one.line.lot_id == lot.id)
            for member in team
        }
        for lot in tender.lots
        if lot.answered
    }


def _apart(split: list[LineSplit], team: list[Member]) -> list[Apart]:
    found: dict[tuple[str, str], list[LineSplit]] = {}
    for one in split:
        found.setdefault((one.line.part, one.line.label), []).append(one)
    return [
        Apart(
            part,
            label,
            sum(one.line.total_cents for one in lines),
            {member.id: sum(one.parts.get(member.id, 0) for one in lines) for member in team},
            sum(one.unassigned_cents for one in lines),
        )
        for (part, label), lines in sorted(found.items())
    ]
