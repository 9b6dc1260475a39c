"""How the price of a joint bid is shared: whole cents that always add up. Pure: no session, no clock.

The order in which a line is shared, documented because everybody's money depends on it:

1. amounts, as they are said;
2. percentages, of the whole line: largest remainder, what nobody claims taking part as one more claimant that
   stands last, so that 100 % leaves nothing;
3. parts, of what the two leave: largest remainder; nothing where amounts and percentages already exceed the
   line.

Among equal remainders the cent goes to whoever stands first: members are taken in the order of the team. What
is left over is told apart; it is negative where more was claimed than the line is worth. A line looks at its
own price and claims alone, so that no change of another line moves a cent of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kernel import money

AMOUNT, PERCENT, PARTS = "amount", "percent", "parts"
KINDS = (AMOUNT, PERCENT, PARTS)
WHOLE_BP = money.BASIS_POINTS


@dataclass(frozen=True)
class Claim:
    """What a member has of a line: cents, basis points of it, or thousandths of a part."""

    member: int
    kind: str
    value: int


@dataclass(frozen=True)
class Parts:
    """A line shared: what each member gets, and what remains unassigned (negative: too much is claimed)."""

    by_member: Mapping[int, int]
    unassigned_cents: int


@dataclass(frozen=True)
class Deductions:
    """What is settled inside the team: the lead's fee on what others get, and what all pay together."""

    fee_bp: int = 0
    common_cents: int = 0
    retention_rate_bp: int = 0


@dataclass(frozen=True)
class MemberShare:
    """What a member has of a bid, from the price of the work down to what stays with them.

    `gross_cents` is the work; `fee_cents` what the lead's fee changes (positive for the lead, negative for
    the others), `common_cents` their part of the common expenses, `agreed_cents` gross + fee - common: what
    an agreement with the lead is about, and for the lead what is kept. `contribution_cents` goes to the
    cooperative, `net_cents` is what remains. `retention_cents` of the agreed amount is paid later.
    """

    gross_cents: int
    fee_cents: int = 0
    common_cents: int = 0
    agreed_cents: int = 0
    contribution_cents: int = 0
    retention_cents: int = 0
    net_cents: int = 0


def split_line(total_cents: int, claims: Sequence[Claim]) -> Parts:
    """Share the price of a line among its claims, at most one a member, in the order above."""
    given = {claim.member: claim.value for claim in claims if claim.kind == AMOUNT}
    percents = [claim for claim in claims if claim.kind == PERCENT]
    given |= _percentages(total_cents, percents)
    left = total_cents - sum(given.values())
    sharing = [claim for claim in claims if claim.kind == PARTS and claim.value]
    # What exceeds the line is nobody's to share: it is shown, and refused where shares are typed.
    shared = (
        money.allocate(left if left * total_cents > 0 else 0, [one.value for one in sharing])
        if sharing
        else []
    )
    given |= {claim.member: cents for claim, cents in zip(sharing, shared, strict=True)}
    return Parts(
        {claim.member: given.get(claim.member, 0) for claim in claims}, total_cents - sum(given.values())
    )


def split_bid(
    gross: Mapping[int, int], lead: int, deductions: Deductions, rates_bp: Mapping[int, int]
) -> dict[int, MemberShare]:
    """Return what stays with each member of a bid; `rates_bp` are the contributions, none for outside firms.

    What all keep and the common expenses together are the bid to the cent.
    """
    members = list(gross)
    common = _common(deductions.common_cents, list(gross.values()))
    fees = {one: money.percent_of(gross[one], deductions.fee_bp) for one in members if one != lead}
    shares = {}
    for member, its_common in zip(members, common, strict=True):
        fee = sum(fees.values()) if member == lead else -fees[member]
        agreed = gross[member] + fee - its_common
        contribution = money.percent_of(max(agreed, 0), rates_bp.get(member, 0))
        held = 0 if member == lead else money.percent_of(max(agreed, 0), deductions.retention_rate_bp)
        shares[member] = MemberShare(
            gross[member], fee, its_common, agreed, contribution, held, agreed - contribution
        )
    return shares


def spread(agreed_cents: int, parts: Sequence[int]) -> list[int]:
    """Return what is agreed with a member, line by line in proportion to their parts: it sums to the cent."""
    return money.allocate(agreed_cents, parts) if any(parts) else [0 for _part in parts]


def _percentages(total_cents: int, percents: Sequence[Claim]) -> dict[int, int]:
    said = sum(claim.value for claim in percents)
    if not said:
        return {}
    weights = [claim.value for claim in percents]
    if said <= WHOLE_BP:
        shares = money.allocate(total_cents, [*weights, WHOLE_BP - said])
    else:
        shares = [money.percent_of(total_cents, weight) for weight in weights]
    return {claim.member: cents for claim, cents in zip(percents, shares, strict=False)}


def _common(common_cents: int, gross: Sequence[int]) -> list[int]:
    """Share common expenses in proportion to the work; nobody pays any before there is work."""
    return money.allocate(common_cents, gross) if any(gross) else [0 for _cents in gross]
