"""What a client's payments make due, and the margin on what is invoiced on. Pure: no session, no clock.

The rule, in words both sides read (docs/fr/entrepreneur.md): of an accepted claim under "when the client
pays", the part due is its price times what the client paid, over what the client has to pay. A credit note
lessens what is waited for: once the client paid all that is left, all is due. An invoice credited as a whole
leaves nothing to wait for: what waits goes on waiting until the principal names another invoice or lifts the
wait. What is held back (retenue de garantie) never becomes due by a receipt; nothing settled is undone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from ..kernel import money


class Receipt(Protocol):
    """Money a client paid: ports.ClientReceipt."""

    @property
    def key(self) -> str: ...
    @property
    def received_on(self) -> date: ...
    @property
    def amount_cents(self) -> int: ...


class Invoice(Protocol):
    """A client invoice as it stands: ports.ClientInvoice."""

    @property
    def key(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def net_cents(self) -> int: ...
    @property
    def total_cents(self) -> int: ...
    @property
    def credited_cents(self) -> int: ...
    @property
    def receipts(self) -> Sequence[Receipt]: ...


class Receipts(Protocol):
    """Where client invoices are read: ports.ExternalReceipts."""

    def invoice(self, session: Any, host_key: str, key: str) -> Invoice | None: ...


@dataclass(frozen=True)
class Step:
    """By the end of a day, so much of a price was made due by all the receipts until then."""

    on: date
    released_cents: int


@dataclass(frozen=True)
class Claim:
    """An accepted claim that waits for the client, in the seller's cents.

    Of `held_cents` held back at its acceptance `freed_cents` have been let go: they are due by that alone.
    """

    net_cents: int
    settled_cents: int
    accepted_on: date
    held_cents: int = 0
    freed_cents: int = 0

    @property
    def payable_cents(self) -> int:
        """What may be paid: all that is not held back any more, and what was paid anyway."""
        return max(self.net_cents - self.held_cents + self.freed_cents, self.settled_cents)

    def released_cents(self, step: Step) -> int:
        """What is due or paid of it at most once the client has made `step` due: never what is held back."""
        return min(step.released_cents, self.net_cents - self.held_cents) + self.freed_cents


@dataclass(frozen=True)
class Position:
    """Where a claim stands: `due_on` is none when no receipt made it due; `early_cents` was paid before."""

    due_cents: int
    awaiting_cents: int
    due_on: date | None
    early_cents: int


def expected_cents(invoices: Iterable[Invoice]) -> int:
    """Return what the client has to pay in all: credit notes taken off; never less than nothing."""
    return max(0, sum(invoice.total_cents - invoice.credited_cents for invoice in invoices))


def received_cents(invoices: Iterable[Invoice]) -> int:
    """Return what the client has paid, refunds taken off; never less than nothing."""
    return max(0, sum(receipt.amount_cents for invoice in invoices for receipt in invoice.receipts))


def paid_bp(invoices: Sequence[Invoice]) -> int:
    """Return how much of what is expected the client has paid, in basis points, cut so that 100 % is all."""
    expected = expected_cents(invoices)
    return min(received_cents(invoices), expected) * money.BASIS_POINTS // expected if expected else 0


def part_cents(net_cents: int, received: int, expected: int) -> int:
    """Return the part of a price that `received` of `expected` makes due, halves up."""
    if expected <= 0:
        return 0
    return money.round_half_up(Decimal(net_cents) * min(max(received, 0), expected) / expected)


def steps_pro_rata(net_cents: int, invoices: Sequence[Invoice]) -> list[Step]:
    """Return what the receipts made due of a price, day after day."""
    expected, received, steps = expected_cents(invoices), 0, []
    for on, cents in _by_day(invoices):
        received += cents
        steps.append(Step(on, part_cents(net_cents, received, expected)))
    return steps


def steps_by_line(
    net_cents: int, invoices: Sequence[Invoice], said: Mapping[tuple[str, str], int]
) -> list[Step]:
    """Return what the receipts made due of a price, as was `said` of each by its (invoice, receipt).

    A receipt of which nothing was said makes nothing due yet. Once the client has paid everything all of it
    is due, whatever was said. What was said of a receipt that was cancelled since counts no more.
    """
    expected, received, released, steps = expected_cents(invoices), 0, 0, []
    parts: dict[date, int] = {}
    for invoice in invoices:
        for receipt in invoice.receipts:
            part = said.get((invoice.key, receipt.key), 0) if receipt.amount_cents > 0 else 0
            parts[receipt.received_on] = parts.get(receipt.received_on, 0) + part
    for on, cents in _by_day(invoices):
        received += cents
        released += parts[on]
        paid_up = 0 < expected <= received
        steps.append(Step(on, net_cents if paid_up else min(released, net_cents)))
    return steps


def position(claim: Claim, steps: Sequence[Step], *, days: int = 0) -> Position:
    """Return where a claim stands after the steps of its receipts, due so many days after them.

    Without a step nothing came from the client. What is settled stays settled.
    """
    last = steps[-1] if steps else Step(claim.accepted_on, 0)
    released = claim.released_cents(last)
    covered = max(released, claim.settled_cents)
    since = _due_since(claim, steps)
    return Position(
        due_cents=covered - claim.settled_cents,
        awaiting_cents=claim.payable_cents - covered,
        due_on=since + timedelta(days=days) if since else None,
        early_cents=max(0, claim.settled_cents - released),
    )


def all_due(claim: Claim, on: date) -> Position:
    """Return where a claim stands when it need not wait any more, since a day."""
    return position(claim, [Step(on, claim.net_cents)])


def receipt_net_cents(invoice: Invoice, receipt: Receipt) -> int:
    """Return what a receipt is without VAT, in proportion of its invoice."""
    return part_cents(invoice.net_cents, receipt.amount_cents, invoice.total_cents)


def share_pro_rata(net_cents: int, invoices: Sequence[Invoice], key: tuple[str, str]) -> int:
    """Return what one receipt makes due of a price pro rata: all until then, less all before it."""
    expected, before = expected_cents(invoices), 0
    for invoice_key, receipt in _in_order(invoices):
        then = before + receipt.amount_cents
        if (invoice_key, receipt.key) == key:
            return max(0, part_cents(net_cents, then, expected) - part_cents(net_cents, before, expected))
        before = then
    return 0


def line_margin_cents(
    kind: str, *, rate_bp: int, margin_cents: int, cost_cents: int, agreed_cents: int, before: tuple[int, int]
) -> int:
    """Return the margin on one accepted claim; `before` is what was accepted, and its margin, before it.

    A percentage is taken of the claim. An amount for the whole job is spread over what is accepted of the
    agreed price, so that the last claim brings the sum to the cent; it never goes back when the agreed
    price grows meanwhile.
    """
    if kind == PERCENT:
        return money.percent_of(cost_cents, rate_bp)
    accepted_before, margin_before = before
    accepted = min(accepted_before + cost_cents, agreed_cents)
    return max(0, part_cents(margin_cents, accepted, agreed_cents) - margin_before)


NO_MARGIN, PERCENT, AMOUNT = "none", "percent", "amount"


def _in_order(invoices: Sequence[Invoice]) -> list[tuple[str, Receipt]]:
    found = [(invoice.key, receipt) for invoice in invoices for receipt in invoice.receipts]
    return sorted(found, key=lambda one: (one[1].received_on, one[0], one[1].key))


def _by_day(invoices: Sequence[Invoice]) -> list[tuple[date, int]]:
    days: dict[date, int] = {}
    for _key, receipt in _in_order(invoices):
        days[receipt.received_on] = days.get(receipt.received_on, 0) + receipt.amount_cents
    return sorted(days.items())


def _due_since(claim: Claim, steps: Sequence[Step]) -> date | None:
    """Return since when receipts have made something due without a break; none when no receipt has."""
    since = None
    for step in reversed(steps):
        if claim.released_cents(step) - claim.freed_cents <= claim.settled_cents:
            break
        since = step.on
    return max(since, claim.accepted_on) if since else None
