"""Which pairs of a host's documents the books take, and what they make of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.reconciliation import adoption_rules as rules
from endi_ext.reconciliation import pairs
from tests.reconciliation.a_pair import (
    LATER,
    ON,
    a_purchase,
    a_refund,
    a_sale,
    an_invoice,
    with_purchase,
    with_sale,
)

UNPAID, PAID = an_invoice(), an_invoice(paid=(100_000,))
LEFT_OUT = {
    "made by us": (replace(UNPAID, exchange_id=4), rules.ALREADY_OURS),
    "an orphan": (pairs.Pair(pairs.INVOICE, None, a_purchase()), rules.ORPHAN),
    "a draft": (with_sale(UNPAID, status=pairs.DRAFT), rules.NOT_VALID),
    "no mirror": (replace(UNPAID, purchase=None), rules.MIRROR_MISSING),
    "two mirrors": (replace(UNPAID, twins=(a_purchase(id=14),)), rules.MIRROR_DOUBLED),
    "a mirror nobody validated": (with_purchase(UNPAID, status=pairs.DRAFT), rules.MIRROR_NOT_VALID),
    "a mirror of somebody else": (with_purchase(UNPAID, owner_key="company:3"), rules.PARTIES_DIFFER),
    "a card that names nobody": (with_sale(UNPAID, partner_key=None), rules.PARTIES_DIFFER),
    "VAT": (with_sale(UNPAID, vat_units=1), rules.VAT),
    "another amount": (with_purchase(UNPAID, total_units=1_000), rules.AMOUNTS_DIFFER),
    "another day": (with_purchase(UNPAID, on=LATER), rules.DATES_DIFFER),
    "part of a cent": (
        with_purchase(with_sale(UNPAID, total_units=1_500), total_units=1_500),
        rules.NOT_WHOLE_CENTS,
    ),
    "less than nothing": (an_invoice(-100), rules.NOT_POSITIVE),
    "a payment on one side": (replace(PAID, purchase=UNPAID.purchase), rules.PAYMENTS_DIFFER),
    "payments crossed": (
        an_invoice(paid=((50_000, ON), (50_000, LATER)), others=((50_000, LATER), (50_000, LATER))),
        rules.PAYMENTS_DIFFER,
    ),
    "paid twice": (an_invoice(paid=(100_000, 100_000)), rules.OVERPAID),
    "paid, then credited": (an_invoice(paid=(100_000,), refunds=[a_refund(100_000)]), rules.OVERPAID),
    "settled by force": (
        with_sale(an_invoice(paid=(40_000,)), paid_status=pairs.RESULTED),
        rules.PAID_DIFFERS,
    ),
    "settled by a part taken back": (
        with_purchase(an_invoice(refunds=[a_refund(10_000)]), paid_status=pairs.RESULTED),
        rules.PAID_DIFFERS,
    ),
    "a credit note without mirror": (
        an_invoice(refunds=[replace(a_refund(10_000), purchase=None)]),
        rules.CREDIT_UNSOUND,
    ),
}
SOUND = {
    "unpaid": UNPAID,
    "paid": PAID,
    "paid in two equal parts": an_invoice(paid=((50_000, ON), (50_000, LATER))),
    "paid in part": an_invoice(paid=(1,)),
    "taken back whole": an_invoice(refunds=[a_refund(100_000)]),
    "taken back in part, the rest paid": an_invoice(paid=(90_000,), refunds=[a_refund(10_000)]),
    "with a credit note nobody validated": replace(
        UNPAID, refunds=(replace(a_refund(5), sale=a_sale(-5, status=pairs.DRAFT)),)
    ),
    "adopted before": replace(UNPAID, exchange_id=4, adopted=True),
    "without a type of expense, exported on one side": with_purchase(
        with_sale(UNPAID, exported=True), lines_without_type=1
    ),
    "a quotation nobody answered": replace(with_purchase(UNPAID, status=pairs.DRAFT), kind=pairs.QUOTATION),
    "a credit note": a_refund(10_000),
}


@pytest.mark.parametrize(("pair", "reason"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_does_not_agree_is_left_out_with_its_reason(pair, reason):
    assert rules.reason_against(pair) == reason


@pytest.mark.parametrize("pair", SOUND.values(), ids=SOUND.keys())
def test_what_agrees_is_sound(pair):
    assert rules.reason_against(pair) is None


def test_a_plan_tells_what_was_taken_back_and_paid_by_the_ids_of_both_sides():
    plan = rules.plan_of(an_invoice(paid=(30_000, 60_000), refunds=[a_refund(10_000)]))
    assert (plan.cents, plan.contribution_cents, plan.is_cancelled) == (100_000, None, False)
    assert [(one.sale_id, one.purchase_id, one.cents) for one in plan.payments] == [
        (1, 1, 30_000),
        (2, 2, 60_000),
    ]
    assert [(one.sale.id, one.purchase.id, one.cents, one.on) for one in plan.refunds] == [
        (20, 21, 10_000, LATER)
    ]
    assert plan.settled_at_once is None
    assert rules.plan_of(PAID).settled_at_once == LATER


@given(cents=st.integers(1, 10**9), units=st.integers(0, 10**12))
def test_a_contribution_is_whole_cents_and_no_more_than_the_price(cents, units):
    plan = rules.plan_of(with_sale(an_invoice(cents), contribution_units=units))
    assert 0 <= plan.contribution_cents <= cents
    assert plan.contribution_cents == cents or abs(plan.contribution_cents * 1_000 - units) <= 500


@given(
    parts=st.lists(st.tuples(st.integers(1, 5), st.sampled_from((ON, LATER))), min_size=1, max_size=6),
    data=st.data(),
)
def test_payments_are_paired_whatever_their_order_and_none_twice(parts, data):
    others = data.draw(st.permutations(parts))
    pair = an_invoice(sum(cents for cents, _on in parts), paid=tuple(parts), others=tuple(others))
    found = rules.same_payments(pair)
    assert len({other.id for _one, other in found}) == len(parts)
    assert all((one.on, one.units) == (other.on, other.units) for one, other in found)
    assert rules.reason_against(pair) is None


def test_a_digest_changes_with_what_the_host_wrote_and_not_with_what_we_know():
    digest = rules.digest(PAID)
    assert digest == rules.digest(replace(PAID, exchange_id=4, adopted=True, payment_pairs=((1, 1),)))
    assert digest != rules.digest(with_purchase(PAID, exported=True))
    assert digest != rules.digest(UNPAID)
