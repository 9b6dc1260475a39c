"""Plans of repairs: what would be done to a pair, and what is left to people."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.reconciliation import finding_codes as codes
from endi_ext.reconciliation.pairs import CREDIT_NOTE, INVOICE, UNITS_PER_CENT, PaidPart, Pair, Paper
from endi_ext.reconciliation.repair_plans import EXPORTED, FRACTION, NOTHING_LEFT, TWIN_IN_USE, plan_of

ON = date(2026, 10, 5)


def a_paper(key, cents=50_000, status="valid", **facts):
    seller, buyer = "company:2", "company:1"
    owner, partner = (buyer, seller) if key.startswith("supplier") else (seller, buyer)
    number = facts.pop("number", "VI-1")
    facts = {"paid_status": "waiting", **facts}
    return Paper(key, int(key[-1]), number, ON, cents * UNITS_PER_CENT, 0, status, owner, partner, **facts)


def a_pair(sale=None, purchase=None, **facts):
    sale = a_paper("invoice:1") if sale is None else sale
    purchase = a_paper("supplier_invoice:2", number="AI-1") if purchase is None else purchase
    return Pair(facts.pop("kind", INVOICE), sale, purchase or None, **facts)


def paid(number, cents, on=ON, side="supplier_payment", **facts):
    return PaidPart(f"{side}:{number}", number, on, cents * UNITS_PER_CENT, **facts)


def steps(repair, pair):
    plan = plan_of(repair, pair)
    assert plan.refused is None, plan.refused
    return [(one.code, one.key) for one in plan.steps]


@pytest.mark.parametrize("repair", sorted({repair for _severity, repair in codes.ABOUT.values() if repair}))
def test_nothing_is_left_to_do_to_a_sound_pair_or_to_one_that_is_gone(repair):
    assert plan_of(
        repair, a_pair(a_paper("invoice:1"), a_paper("supplier_invoice:2", remote_number="VI-1"))
    ) == (plan_of(repair, None))
    assert plan_of(repair, None).refused == NOTHING_LEFT


def test_a_missing_mirror_is_made_and_that_of_a_credit_note_comes_valid():
    assert steps(codes.MAKE_MIRROR, a_pair(purchase=False)) == [("mirror_made", "invoice:1")]
    refund = a_pair(a_paper("cancelinvoice:3", -5_000), False, kind=CREDIT_NOTE)
    assert steps(codes.MAKE_MIRROR, refund) == [("mirror_made_valid", "cancelinvoice:3")]


def test_of_several_mirrors_the_one_in_use_is_kept():
    draft, valid = a_paper("supplier_invoice:3", status="draft"), a_paper("supplier_invoice:4")
    assert steps(codes.REMOVE_TWINS, a_pair(twins=(draft,))) == [("twin_removed", "supplier_invoice:3")]
    tied_draft = a_pair(purchase=draft, twins=(valid,))
    assert steps(codes.REMOVE_TWINS, tied_draft) == [
        ("mirror_tied", "invoice:1"),
        ("twin_removed", "supplier_invoice:3"),
    ]
    assert plan_of(codes.REMOVE_TWINS, a_pair(twins=(valid,))).refused == TWIN_IN_USE


def test_what_is_exported_or_no_whole_cent_is_left_to_people():
    sale = a_paper("invoice:1", payments=(paid(1, 300, side="payment"),))
    exported = a_paper("supplier_invoice:2", payments=(paid(2, 200, exported=True),))
    assert plan_of(codes.ALIGN_PAYMENTS, a_pair(sale, exported)).refused == EXPORTED
    fraction = replace(sale, payments=(replace(sale.payments[0], units=300_001),))
    whole = a_paper("supplier_invoice:2", payments=(paid(2, 300),))
    assert plan_of(codes.ALIGN_PAYMENTS, a_pair(fraction, whole)).refused == FRACTION
    untyped = a_paper("supplier_invoice:2", exported=True, lines_without_type=1)
    assert plan_of(codes.CHOOSE_TYPE, a_pair(purchase=untyped)).refused == EXPORTED


def test_a_draft_is_validated_with_a_type_where_one_is_missing():
    draft = a_paper("supplier_invoice:2", status="draft", paid_status="resulted", lines_without_type=1)
    plan = plan_of(codes.VALIDATE_PURCHASE, a_pair(purchase=draft))
    assert [one.code for one in plan.steps] == ["purchase_validated", "purchase_status"]
    assert plan.needs_type


amounts = st.lists(st.tuples(st.integers(1, 9_999), st.integers(0, 20)), max_size=5)


@given(ours=amounts, theirs=amounts)
def test_aligned_payments_are_those_of_the_seller_to_the_cent(ours, theirs):
    def parts(side, some):
        return tuple(paid(n, cents, ON.replace(day=1 + day), side) for n, (cents, day) in enumerate(some, 1))

    sale = a_paper("invoice:1", payments=parts("payment", ours))
    purchase = a_paper("supplier_invoice:2", payments=parts("supplier_payment", theirs))
    plan = plan_of(codes.ALIGN_PAYMENTS, a_pair(sale, purchase))
    left = {one.key: (one.on.isoformat(), one.units // UNITS_PER_CENT) for one in purchase.payments}
    made = []
    for one in plan.steps:
        if one.code == "payment_removed":
            del left[one.key]
        elif one.code == "payment_changed":
            left[one.key] = (one.values["on"], one.values["amount_cents"])
        elif one.code == "payment_added":
            made.append((one.values["on"], one.values["amount_cents"]))
    wanted = sorted((one.on.isoformat(), one.units // UNITS_PER_CENT) for one in sale.payments)
    # Payments a cent apart on the same day are one to the rules: their amount is the seller's afterwards too.
    assert sorted([*left.values(), *made]) == wanted
