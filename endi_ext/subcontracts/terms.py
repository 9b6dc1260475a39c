"""What is proposed, how it is digested, and what a part of it is worth. Pure: no session, no clock."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..kernel import money


@dataclass(frozen=True)
class ProposedLine:
    """One line of a proposal; `key` names the line of the agreement it continues, none a new one.

    `agreed_cents` is its price when that is not what quantity and unit price make: what was delivered of it
    before an amendment reduced it to that.
    """

    description: str
    quantity_thousandths: int
    unit: str
    unit_price_cents: int
    key: int | None = None
    agreed_cents: int | None = None

    @property
    def total_cents(self) -> int:
        """The price of the whole line."""
        if self.agreed_cents is not None:
            return self.agreed_cents
        return money.line_total(self.quantity_thousandths, self.unit_price_cents)

    @property
    def said(self) -> list[str | int]:
        """What is signed of the line: its price too, where one could not work it out."""
        said: list[str | int] = [self.description, self.quantity_thousandths, self.unit]
        said.append(self.unit_price_cents)
        usual_cents = money.line_total(self.quantity_thousandths, self.unit_price_cents)
        return said if self.total_cents == usual_cents else [*said, self.total_cents]


CONTRACT, FRAME = "contract", "frame"
ON_DATE, ON_ACCEPTANCE = "on_date", "on_acceptance"
DAYS, END_OF_MONTH, FIXED_DATE, CLIENT_PAYS = "days", "end_of_month", "on_date", "client"
PRO_RATA, BY_LINE = "pro_rata", "by_line"


@dataclass(frozen=True)
class Conditions:
    """How the work is paid and held back: the words are explained at models.SubcontractVersion."""

    retention_rate_bp: int = 0
    retention_release: str = ON_DATE
    retention_release_on: date | None = None
    payment_kind: str = DAYS
    payment_days: int | None = None
    payment_on: date | None = None
    client_mode: str = PRO_RATA
    silence_days: int | None = None
    silence_accepts: bool = False


USUAL = Conditions()


@dataclass(frozen=True)
class Terms:
    """What one side proposes; the work is due on `due_on`, an answer by the end of `answer_by`."""

    due_on: date
    lines: Sequence[ProposedLine]
    message: str = ""
    answer_by: date | None = None
    conditions: Conditions = USUAL

    @property
    def total_cents(self) -> int:
        """The price of everything."""
        return sum(line.total_cents for line in self.lines)


def digest(
    title: str, buyer_key: str, seller_key: str, terms: Terms, kind: str = CONTRACT, amends: int | None = None
) -> str:
    """Return the SHA-256 of the canonical JSON of what both sides sign; the parties by their host keys.

    `amends` is the number of the version an amendment changes. What is left as usual is not written: what
    was signed before there was a choice keeps its digest.
    """
    content: dict[str, Any] = {
        "title": title,
        "buyer": buyer_key,
        "seller": seller_key,
        "due_on": terms.due_on.isoformat(),
        "message": terms.message,
        "lines": [line.said for line in terms.lines],
    }
    if kind != CONTRACT:
        content["kind"] = kind
    if amends is not None:
        content["amends"] = amends
    if terms.answer_by is not None:
        content["answer_by"] = terms.answer_by.isoformat()
    for name, value in vars(terms.conditions).items():
        if value != getattr(USUAL, name):
            content[name] = value.isoformat() if isinstance(value, date) else value
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def part_cents(
    quantity_thousandths: int,
    *,
    agreed_thousandths: int,
    unit_price_cents: int,
    total_cents: int,
    delivered_thousandths: int,
    delivered_cents: int,
) -> int:
    """Return what delivering some more of a line is worth; below one cent it is too little to deliver alone.

    It is the price of all that is delivered then, less what standing deliveries are worth already, so that
    roundings never add up. The last of a line takes what remains of its total: a line delivered in full is
    worth its total to the cent, in whatever order deliveries were contested and made again. Before that, one
    cent always remains for the rest: otherwise the rest could never be delivered.
    """
    worth_then = done_cents(
        delivered_thousandths + quantity_thousandths,
        agreed_thousandths=agreed_thousandths,
        unit_price_cents=unit_price_cents,
        total_cents=total_cents,
    )
    return worth_then - delivered_cents


# A cumulative percentage has one decimal at most: it is counted in tenths of a percent.
WHOLE_PERMILLE = 1000


def permille_of(done_thousandths: int, agreed_thousandths: int) -> int:
    """Return how far a line is, in tenths of a percent: 0 and 100 % are only said of nothing and of all."""
    if done_thousandths in (0, agreed_thousandths):
        return WHOLE_PERMILLE if done_thousandths else 0
    rounded = money.round_half_up(Decimal(done_thousandths * WHOLE_PERMILLE) / agreed_thousandths)
    return min(max(rounded, 1), WHOLE_PERMILLE - 1)


def thousandths_at(permille: int, agreed_thousandths: int) -> int:
    """Return how much of a line is done at a cumulative percentage; all of it at 100 %."""
    return money.round_half_up(Decimal(agreed_thousandths * permille) / WHOLE_PERMILLE)


def done_cents(
    done_thousandths: int, *, agreed_thousandths: int, unit_price_cents: int, total_cents: int
) -> int:
    """Return what is done of a line is worth: its total when all is, and never that much before."""
    if done_thousandths == agreed_thousandths:
        return total_cents
    return min(money.line_total(done_thousandths, unit_price_cents), total_cents - 1)


def accepted_cents(net_cents: int, claimed_thousandths: int, accepted_thousandths: int) -> int:
    """Return what an accepted share of a claim is worth: a part of it neither nothing nor all."""
    if accepted_thousandths in (0, claimed_thousandths):
        return net_cents if accepted_thousandths else 0
    share = money.round_half_up(Decimal(net_cents * accepted_thousandths) / claimed_thousandths)
    return min(max(share, 1), net_cents - 1)
