"""Who does which line of the price schedule, and for how much of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from . import members, prices, shares, steps
from .models import Tender
from .price_errors import NothingChosen, NotInTheTeam, PercentagesExceed, SharesChanged, SharesExceed
from .price_models import PriceLine, PriceShare
from .shares import Claim

# One part, in the thousandths that are kept.
ONE_PART = 1000


@dataclass(frozen=True)
class Wanted:
    """The shares wanted for a line; `seen` is what the form said of them (`said`), none if nobody looked."""

    claims: Sequence[Claim]
    seen: str | None = None


def said(line: PriceLine) -> str:
    """Return the shares of a line in one short text, to know whether they changed meanwhile."""
    return ",".join(f"{one.member}:{one.kind}:{one.value}" for one in claims_of(line))


def claims_of(line: PriceLine) -> list[Claim]:
    """Return the shares of a line, by member."""
    found = [Claim(share.member_id, share.kind, share.value) for share in line.shares]
    return sorted(found, key=lambda claim: claim.member)


def assign(session: Session, tender: Tender, wanted: Mapping[int, Wanted], *, party: Party, act: Act) -> int:
    """Set the shares of lines, by id; a line that has them already is left alone. Return how many changed.

    Raises WrongState, WrongRole, NotInTheTeam, SharesChanged, PercentagesExceed, SharesExceed.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "steer", party)
    team = {member.id for member in members.active(locked)}
    changed = 0
    for line in prices.locked_lines(session, locked, wanted.keys()):
        session.expire(line, ["shares"])
        changed += _assign(line, wanted[line.id], team)
    if changed:
        prices.note(session, locked, "change_shares", act)
    return changed


def share_equally(
    session: Session,
    tender: Tender,
    line_ids: Collection[int],
    member_ids: Collection[int],
    *,
    party: Party,
    act: Act,
) -> int:
    """Give lines to members, in equal parts, in the place of whoever had them. Return how many changed.

    Raises WrongState, WrongRole, NothingChosen, NotInTheTeam.
    """
    if not line_ids or not member_ids:
        raise NothingChosen
    claims = [Claim(member_id, shares.PARTS, ONE_PART) for member_id in sorted(member_ids)]
    wanted = {line_id: Wanted(claims) for line_id in line_ids}
    return assign(session, tender, wanted, party=party, act=act)


def write(line: PriceLine, claims: Sequence[Claim]) -> None:
    """Write the shares of a line in the place of those it has."""
    known = {share.member_id: share for share in line.shares}
    for claim in claims:
        share = known.pop(claim.member, None)
        if share is None:
            share = PriceShare(member_id=claim.member)
            line.shares.append(share)
        share.kind, share.value = claim.kind, claim.value
    for share in known.values():
        line.shares.remove(share)


def check(line: PriceLine, claims: Sequence[Claim]) -> None:
    """Refuse to give more than a line is worth. Raises PercentagesExceed, SharesExceed."""
    percents = sum(claim.value for claim in claims if claim.kind == shares.PERCENT)
    if percents > shares.WHOLE_BP:
        raise PercentagesExceed(line=line.description)
    excess_cents = -shares.split_line(line.total_cents, claims).unassigned_cents
    if excess_cents > 0:
        raise SharesExceed(line=line.description, total_cents=line.total_cents, excess_cents=excess_cents)


def _assign(line: PriceLine, wanted: Wanted, team: set[int]) -> bool:
    before = said(line)
    claims = sorted(wanted.claims, key=lambda claim: claim.member)
    after = ",".join(f"{one.member}:{one.kind}:{one.value}" for one in claims)
    if after in (before, wanted.seen):
        return False  # as it is, or not touched in the form: what others changed meanwhile stays
    if wanted.seen not in (None, before):
        raise SharesChanged(line=line.description)
    if {claim.member for claim in claims} - team:
        raise NotInTheTeam
    check(line, claims)
    write(line, claims)
    return True
