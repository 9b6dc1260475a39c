"""Whether a pair of the host's documents is sound enough for the books, and what the books make of it. Pure.

A pair is left out for the first reason that holds. What only hurts the host's own exports (a missing type of
expense, one side not exported yet) does not: the two documents say the same, and that is what is adopted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..kernel.money import round_half_up
from ..ledger import seals
from .pairs import (
    CREDIT_NOTE,
    QUOTATION,
    RESULTED,
    UNITS_PER_CENT,
    VALID,
    PaidPart,
    Pair,
    Paper,
)

# Why a pair is left out.
ALREADY_OURS, ORPHAN, NOT_VALID = "already_ours", "orphan", "not_valid"
MIRROR_MISSING, MIRROR_DOUBLED, MIRROR_NOT_VALID = "mirror_missing", "mirror_doubled", "mirror_not_valid"
PARTIES_DIFFER, VAT, AMOUNTS_DIFFER, DATES_DIFFER = "parties_differ", "vat", "amounts_differ", "dates_differ"
NOT_WHOLE_CENTS, NOT_POSITIVE = "not_whole_cents", "not_positive"
CREDIT_UNSOUND, PAYMENTS_DIFFER, OVERPAID, PAID_DIFFERS = (
    "credit_unsound", "payments_differ", "overpaid", "paid_differs",
)  # fmt: skip


@dataclass(frozen=True)
class Paid:
    """A payment that both sides know: the ids of the host's rows."""

    sale_id: int
    purchase_id: int
    cents: int
    on: date


@dataclass(frozen=True)
class Refund:
    """A credit note that both sides know."""

    sale: Paper
    purchase: Paper
    cents: int

    @property
    def on(self) -> date:
        """The day of the credit note."""
        return self.sale.on


@dataclass(frozen=True)
class Plan:
    """What the books make of a sound invoice: what it was worth, what was taken back and what was paid.

    No contribution means that the seller's rate decides.
    """

    sale: Paper
    purchase: Paper
    cents: int
    contribution_cents: int | None
    refunds: tuple[Refund, ...]
    payments: tuple[Paid, ...]

    @property
    def is_cancelled(self) -> bool:
        """Whether credit notes took the whole back."""
        return sum(one.cents for one in self.refunds) == self.cents

    @property
    def settled_at_once(self) -> date | None:
        """The day one payment settled the whole, if that is all there is to tell."""
        alone = not self.refunds and len(self.payments) == 1 and self.payments[0].cents == self.cents
        return self.payments[0].on if alone else None


def reason_against(pair: Pair) -> str | None:
    """Return why a pair must be left out, none when it is sound."""
    return _of_both(pair) or _OF_A_KIND.get(pair.kind, _of_an_invoice)(pair)


def plan_of(pair: Pair) -> Plan:
    """Return what the books make of a sound invoice."""
    sale, purchase = pair.both
    cents, contribution = sale.total_units // UNITS_PER_CENT, sale.contribution_units
    refunds = [Refund(*one.both, -one.both[0].total_units // UNITS_PER_CENT) for one in _valid_refunds(pair)]
    return Plan(
        sale,
        purchase,
        cents,
        None if contribution is None else min(cents, round_half_up(Decimal(contribution) / UNITS_PER_CENT)),
        tuple(refunds),
        tuple(
            Paid(one.id, other.id, one.units // UNITS_PER_CENT, one.on)
            for one, other in same_payments(pair) or ()
        ),
    )


def same_payments(pair: Pair) -> list[tuple[PaidPart, PaidPart]] | None:
    """Return the payments of both sides two by two, by day and amount; none when some stay alone."""
    if pair.sale is None or pair.purchase is None:
        return None
    others: dict[tuple[date, int], list[PaidPart]] = {}
    for one in pair.purchase.payments:
        others.setdefault((one.on, one.units), []).append(one)
    if len(pair.sale.payments) != len(pair.purchase.payments):
        return None
    found = []
    for one in pair.sale.payments:
        left = others.get((one.on, one.units))
        if not left:
            return None
        found.append((one, left.pop(0)))
    return found


def digest(pair: Pair) -> str:
    """Return the digest of what was read: another one says that something was written since.

    What the books know of it is left out: it is ours, not the host's.
    """
    return seals.digest_of(repr(_bare(pair)))


def _bare(pair: Pair) -> Pair:
    refunds = tuple(_bare(one) for one in pair.refunds)
    return replace(pair, refunds=refunds, exchange_id=None, adopted=False, payment_pairs=())


def _of_both(pair: Pair) -> str | None:
    sale, purchase = pair.sale, pair.purchase
    if pair.is_ours:
        return ALREADY_OURS
    if sale is None:
        return ORPHAN
    if sale.status != VALID:
        return NOT_VALID
    if pair.twins:
        return MIRROR_DOUBLED
    if purchase is None:
        return MIRROR_MISSING
    if (sale.partner_key, purchase.partner_key) != (purchase.owner_key, sale.owner_key):
        return PARTIES_DIFFER
    if sale.vat_units:
        return VAT
    if sale.total_units != purchase.total_units:
        return AMOUNTS_DIFFER
    return NOT_WHOLE_CENTS if sale.total_units % UNITS_PER_CENT else None


def _of_a_quotation(pair: Pair) -> str | None:
    # An order waits for the buyer as long as it takes: that is what the quotation is for.
    return None


def _of_a_credit_note(pair: Pair) -> str | None:
    sale, purchase = pair.both
    if purchase.status != VALID:
        return MIRROR_NOT_VALID
    return NOT_POSITIVE if sale.total_units >= 0 else None


def _of_an_invoice(pair: Pair) -> str | None:
    sale, purchase = pair.both
    if purchase.status != VALID:
        return MIRROR_NOT_VALID
    if sale.on != purchase.on:
        return DATES_DIFFER
    if sale.total_units <= 0:
        return NOT_POSITIVE
    if any(reason_against(one) for one in _valid_refunds(pair)):
        return CREDIT_UNSOUND
    return _of_its_money(pair, sale, purchase)


def _of_its_money(pair: Pair, sale: Paper, purchase: Paper) -> str | None:
    if same_payments(pair) is None or any(one.units <= 0 for one in sale.payments):
        return PAYMENTS_DIFFER
    left = sale.total_units - pair.refunded_units - sale.paid_units
    if left < 0:
        return OVERPAID
    if any(one.units % UNITS_PER_CENT for one in sale.payments):
        return NOT_WHOLE_CENTS
    is_settled = left == 0
    if any((paper.paid_status == RESULTED) != is_settled for paper in (sale, purchase)):
        return PAID_DIFFERS
    return None


_OF_A_KIND = {QUOTATION: _of_a_quotation, CREDIT_NOTE: _of_a_credit_note}


def _valid_refunds(pair: Pair) -> Iterable[Pair]:
    """Return the credit notes that count: one that nobody validated yet takes nothing back."""
    return (one for one in pair.refunds if one.sale is not None and one.sale.status == VALID)
