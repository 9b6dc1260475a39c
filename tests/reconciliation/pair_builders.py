"""Pairs of documents for tests: sound ones, whatever their payments, credit notes and marks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from endi_ext.reconciliation.pairs import (
    CREDIT_NOTE,
    DRAFT,
    INVOICE,
    PAID,
    PARTLY_PAID,
    QUOTATION,
    RESULTED,
    UNITS_PER_CENT,
    VALID,
    VALIDATION,
    WAITING,
    Invoiced,
    PaidPart,
    Pair,
    Paper,
    Status,
)

ON = date(2026, 3, 2)
SOLD_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOUGHT_AT, PAID_AT = SOLD_AT + timedelta(days=2), SOLD_AT + timedelta(days=20)
NOW = SOLD_AT + timedelta(days=90)
SELLER, BUYER = "company:2", "company:1"
ENTREPRENEUR, STAFF, ACCOUNTANT = "user:2", "user:14", "user:13"


def validated(by, at):
    return Status(VALIDATION, VALID, at, by, by)


def a_sale(cents=100_000, *, paid=(), refunded=0, **facts):
    """A valid invoice; `paid` are (cents, days after the sale)."""
    left = cents - refunded - sum(one for one, _days in paid)
    state = RESULTED if left <= 0 else PARTLY_PAID if paid else WAITING
    plain = {
        "key": "invoice:12",
        "id": 12,
        "number": "INT-7",
        "on": ON,
        "total_units": cents * UNITS_PER_CENT,
        "vat_units": 0,
        "status": VALID,
        "owner_key": SELLER,
        "partner_key": BUYER,
        "paid_status": state,
        "history": (validated(STAFF, SOLD_AT), Status(PAID, state, PAID_AT, ACCOUNTANT)),
        "payments": payments("payment", paid),
        "financial_year": 2026,
        "expected_year": 2026,
    }
    return Paper(**plain | facts)


def a_purchase(cents=100_000, *, paid=(), refunded=0, **facts):
    """Its mirror, validated by the buyer's side; a draft has no number and no step."""
    left = cents - refunded - sum(one for one, _days in paid)
    state = RESULTED if left <= 0 else PARTLY_PAID if paid else WAITING
    plain = {
        "key": "supplier_invoice:31",
        "id": 31,
        "number": "INT-4",
        "on": ON,
        "total_units": cents * UNITS_PER_CENT,
        "vat_units": 0,
        "status": VALID,
        "owner_key": BUYER,
        "partner_key": SELLER,
        "paid_status": state,
        "history": (validated(STAFF, BOUGHT_AT),),
        "payments": payments("supplier_payment", paid),
        "remote_number": "INT-7",
    }
    return Paper(**plain | facts)


def payments(name, paid):
    made = ((place, cents, days) for place, (cents, days) in enumerate(paid, start=1))
    return tuple(
        PaidPart(
            key=f"{name}:{place}",
            id=place,
            on=ON + timedelta(days=days),
            units=cents * UNITS_PER_CENT,
            made_at=PAID_AT + timedelta(days=days),
            user_key=ACCOUNTANT,
        )
        for place, cents, days in made
    )


def a_pair(cents=100_000, *, paid=(), refunded=0, sale=None, purchase=None, **facts):
    """A sound pair, and what of it is to be otherwise."""
    ours = a_sale(cents, paid=paid, refunded=refunded, **(sale or {}))
    theirs = a_purchase(cents, paid=paid, refunded=refunded, **(purchase or {}))
    refunds = (a_credit_note(refunded),) if refunded else ()
    return Pair(**{"kind": INVOICE, "sale": ours, "purchase": theirs, "refunds": refunds} | facts)


def a_credit_note(cents=100_000, **facts):
    sale = a_sale(-cents, key="cancelinvoice:14", id=14, number="INT-8", paid_status="")
    purchase = a_purchase(-cents, key="supplier_invoice:33", id=33, number="INT-5", remote_number="INT-8")
    return Pair(**{"kind": CREDIT_NOTE, "sale": sale, "purchase": purchase, "of_key": "invoice:12"} | facts)


def a_quotation(cents=100_000, **facts):
    sale = a_sale(cents, key="estimation:5", id=5, number="D1", paid_status="", expected_year=None)
    order = a_purchase(cents, key="supplier_order:6", id=6, number="", remote_number="", status=DRAFT)
    return Pair(**{"kind": QUOTATION, "sale": sale, "purchase": order} | facts)


def invoiced(*purchases):
    return tuple(Invoiced(f"invoice:{one}", f"supplier_invoice:{one}") for one in purchases)


@st.composite
def sound_pairs(draw):
    """A pair in any of the states it may rightly be in."""
    cents = draw(st.integers(2, 10_000_000))
    kind = draw(st.sampled_from(("draft", "paid", "credited", "quotation", "credit note")))
    if kind == "draft":
        return as_draft(a_pair(cents))
    if kind == "quotation":
        return a_quotation(cents, invoiced=draw(st.sampled_from(((), invoiced(1)))))
    if kind == "credit note":
        return marked(a_credit_note(cents), draw(st.booleans()))
    refunded = draw(st.integers(1, cents)) if kind == "credited" else 0
    parts = draw(st.lists(st.integers(1, cents), max_size=4))
    paid, left = [], cents - refunded
    for part in parts:
        if part <= left:
            paid.append((part, draw(st.integers(0, 60))))
            left -= part
    return marked(a_pair(cents, paid=tuple(paid), refunded=refunded), draw(st.booleans()))


def as_draft(pair):
    draft = replace(pair.purchase, status=DRAFT, number="", history=())
    return replace(pair, purchase=draft)


def marked(pair, exported):
    """Return the pair with all its records in the accounts, or none."""
    if not exported:
        return pair
    return replace(pair, sale=_marked(pair.sale), purchase=_marked(pair.purchase))


def _marked(paper):
    at = NOW - timedelta(days=1)
    parts = tuple(replace(one, exported=True, exported_at=at, changed_at=at) for one in paper.payments)
    return replace(paper, exported=True, exported_at=at, payments=parts)
