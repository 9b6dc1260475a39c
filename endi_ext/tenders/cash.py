"""When the money of a tender is expected to reach each member. Pure: no session, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..kernel import money
from .shares import WHOLE_BP, MemberShare

INSTALMENT, RELEASE, UNDATED = "instalment", "release", "undated"


@dataclass(frozen=True)
class Expected:
    """A part of the price expected to be invoiced: `rate_bp` of it."""

    invoiced_on: date
    rate_bp: int
    label: str = ""


@dataclass(frozen=True)
class Payment:
    """What reaches the members on a day, after contribution and retention; without a day nobody knows when.

    `kind` is an instalment, the release of what was held back, or what no instalment covers. `by_member` are
    net cents.
    """

    kind: str
    on: date | None
    label: str
    by_member: Mapping[int, int]

    @property
    def total_cents(self) -> int:
        """What reaches all of them."""
        return sum(self.by_member.values())


def calendar(
    members: Mapping[int, MemberShare],
    expected: Sequence[Expected],
    *,
    payment_days: int,
    release_on: date | None,
) -> list[Payment]:
    """Return the payments to expect, the earliest first; those of each member sum to what they net.

    Each instalment pays its part of what is agreed, less contribution and retention, so many days after it is
    invoiced; the retention comes when it is let go. Parts are by largest remainder, ties to the earliest.
    """
    ordered = sorted(expected, key=lambda one: one.invoiced_on)
    rates = [one.rate_bp for one in ordered]
    rest_bp = WHOLE_BP - sum(rates)
    parts = {member: _paid(share, [*rates, rest_bp]) for member, share in members.items()}
    payments = [
        Payment(INSTALMENT, one.invoiced_on + timedelta(days=payment_days), one.label, _at(parts, place))
        for place, one in enumerate(ordered)
    ]
    if rest_bp:
        payments.append(Payment(UNDATED, None, "", _at(parts, len(ordered))))
    held = {member: share.retention_cents for member, share in members.items()}
    if any(held.values()):
        payments.append(Payment(RELEASE, release_on, "", held))
    return sorted(payments, key=lambda one: (one.on is None, one.on or date.max))


def _paid(share: MemberShare, rates: Sequence[int]) -> list[int]:
    return money.allocate(share.net_cents - share.retention_cents, rates)


def _at(parts: Mapping[int, Sequence[int]], place: int) -> dict[int, int]:
    return {member: cents[place] for member, cents in parts.items()}
