"""Pairs of documents for tests, sound unless said otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime

from endi_ext.reconciliation import pairs
from endi_ext.reconciliation.pairs import UNITS_PER_CENT, PaidPart, Pair, Paper

ON, LATER = date(2026, 3, 2), date(2026, 4, 1)
SELLER, BUYER = "company:1", "company:2"
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def a_sale(cents=100_000, *, name="invoice", id=12, **facts):
    said = {
        "number": f"VI-{id}",
        "on": ON,
        "vat_units": 0,
        "status": pairs.VALID,
        "paid_status": pairs.WAITING,
        "owner_key": SELLER,
        "partner_key": BUYER,
        "label": "Une étagère",
    }
    return Paper(f"{name}:{id}", id, total_units=cents * UNITS_PER_CENT, **{**said, **facts})


def a_purchase(cents=100_000, *, id=13, **facts):
    said = {"number": f"AI-{id}", "owner_key": BUYER, "partner_key": SELLER}
    return a_sale(cents, name="supplier_invoice", id=id, **{**said, **facts})


def payments(*paid, name="payment"):
    """Payments of (cents, day) or of cents alone."""
    found = []
    for place, one in enumerate(paid):
        cents, on = one if isinstance(one, tuple) else (one, LATER)
        found.append(PaidPart(f"{name}:{place + 1}", place + 1, on, cents * UNITS_PER_CENT, AT))
    return tuple(found)


def an_invoice(cents=100_000, *, paid=(), others=None, refunds=(), **facts):
    """A pair of an invoice: `paid` on the sale and, unless `others` says so, on the purchase too."""
    taken_back = sum(-one.sale.total_units for one in refunds) // UNITS_PER_CENT
    left = cents - taken_back - sum(one[0] if isinstance(one, tuple) else one for one in paid)
    status = pairs.RESULTED if left <= 0 else pairs.PARTLY_PAID if paid or refunds else pairs.WAITING
    sale = a_sale(cents, paid_status=status, payments=payments(*paid))
    mirrored = payments(*(paid if others is None else others), name="supplier_payment")
    purchase = a_purchase(cents, paid_status=status, payments=mirrored)
    return Pair(pairs.INVOICE, sale, purchase, refunds=tuple(refunds), **facts)


def a_refund(cents, *, id=20, **facts):
    sale = a_sale(-cents, name="cancelinvoice", id=id, on=LATER)
    return Pair(
        pairs.CREDIT_NOTE, sale, a_purchase(-cents, id=id + 1, on=LATER), of_key="invoice:12", **facts
    )


def with_sale(pair, **facts):
    return replace(pair, sale=replace(pair.sale, **facts))


def with_purchase(pair, **facts):
    return replace(pair, purchase=replace(pair.purchase, **facts))
