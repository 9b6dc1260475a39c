"""Each defect of two documents is named once, by its own code; sound documents are left in peace."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from endi_ext.reconciliation import finding_codes as codes
from endi_ext.reconciliation.findings import findings_of
from endi_ext.reconciliation.pairs import (
    DRAFT,
    INVALID,
    PARTLY_PAID,
    RESULTED,
    VALIDATION,
    WAITING,
    Status,
)
from tests.reconciliation import pair_builders as make
from tests.reconciliation.pair_builders import a_credit_note, a_pair, a_quotation


def told(pair, now=make.NOW):
    return [one.code for one in findings_of(pair, now=now)]


@given(make.sound_pairs())
def test_a_sound_pair_says_nothing(pair):
    assert told(pair) == []


def paper(pair, side, **facts):
    return replace(pair, **{side: replace(getattr(pair, side), **facts)})


def part(pair, side, place=0, **facts):
    """Change one payment of a side."""
    paid = list(getattr(pair, side).payments)
    paid[place] = replace(paid[place], **facts)
    return paper(pair, side, payments=tuple(paid))


TWO = ((30_000, 10), (30_000, 40))
DRAFTED = make.as_draft(a_pair())
LATE = make.ON + timedelta(days=300)
TWIN = make.a_purchase(key="supplier_invoice:32", id=32)

DEFECTS = {
    codes.MIRROR_MISSING: replace(a_pair(), purchase=None),
    codes.ORDER_MISSING: replace(a_quotation(), purchase=None),
    codes.MIRROR_DOUBLED: replace(make.as_draft(a_pair()), twins=(TWIN,)),
    codes.ORDER_DOUBLED: replace(a_quotation(), twins=(TWIN,)),
    codes.PURCHASE_ALONE: replace(a_pair(), sale=None),
    codes.ORDER_ALONE: replace(a_quotation(), sale=None),
    codes.AMOUNT_DIFFERS: paper(a_pair(), "purchase", total_units=99_999_000),
    codes.DATE_DIFFERS: paper(a_pair(), "purchase", on=LATE),
    codes.NUMBER_DIFFERS: paper(a_pair(), "purchase", remote_number="INT-70"),
    codes.PARTIES_DIFFER: paper(a_pair(), "purchase", partner_key="company:9"),
    codes.VAT_CHARGED: paper(a_pair(), "sale", vat_units=16_666_667),
    codes.YEAR_DIFFERS: paper(a_pair(), "sale", expected_year=2027),
    codes.TYPE_MISSING: paper(a_pair(), "purchase", lines_without_type=1),
    codes.EXPORTED_EARLY: paper(DRAFTED, "sale", exported=True),
    codes.EXPORTED_ALONE: paper(a_pair(), "purchase", exported=True),
    codes.PAYMENT_EXPORTED_ALONE: part(a_pair(paid=TWO), "sale", exported=True),
    codes.PAYMENT_CHANGED: part(
        a_pair(paid=TWO), "purchase", exported=True, exported_at=make.SOLD_AT, changed_at=make.NOW
    ),
    codes.PAYMENT_CROSSED: part(a_pair(paid=TWO), "purchase", on=LATE),
    codes.PAYMENT_ALONE: paper(a_pair(paid=TWO), "purchase", payments=()),
    codes.PAYMENT_CENTS: part(a_pair(paid=TWO), "sale", units=29_999_600),
    codes.FORCED: paper(a_pair(paid=TWO), "sale", paid_status=RESULTED),
    codes.SETTLED_BY_CREDIT: paper(a_pair(refunded=10_000), "purchase", paid_status=RESULTED),
    codes.CREDIT_NOT_DEDUCTED: paper(
        a_pair(refunded=10_000, paid=((90_000, 10),)), "purchase", paid_status=PARTLY_PAID
    ),
    codes.LEFT_SETTLED: paper(a_pair(paid=TWO), "purchase", paid_status=RESULTED),
    codes.SETTLED_AS_DRAFT: paper(DRAFTED, "purchase", paid_status=RESULTED),
    codes.VALIDATED_BY_PAYMENT: paper(
        a_pair(paid=((40_000, 0),)),
        "purchase",
        history=(make.validated(make.ACCOUNTANT, make.PAID_AT),),
    ),
    codes.REFUSED_THEN_PAID: paper(
        a_pair(paid=((40_000, 0),)),
        "purchase",
        history=(
            Status(VALIDATION, INVALID, make.BOUGHT_AT, make.STAFF),
            make.validated(make.ACCOUNTANT, make.PAID_AT),
        ),
    ),
    codes.ORDER_TIED: paper(
        replace(a_quotation(), invoiced=make.invoiced(1, 2)), "purchase", tied_key="supplier_invoice:2"
    ),
}


def test_every_code_has_its_defect_here():
    assert DEFECTS.keys() == codes.ABOUT.keys()


@pytest.mark.parametrize("code", DEFECTS)
def test_a_defect_gives_its_own_finding_and_no_other(code):
    (found,) = findings_of(DEFECTS[code], now=make.NOW)
    assert (found.code, found.key) == (code, DEFECTS[code].key)
    assert (found.severity, found.repair) == codes.ABOUT[code]
    assert found.amount_cents > 0
    assert (found.seller_key, found.buyer_key) == (make.SELLER, make.BUYER)


@pytest.mark.parametrize(
    ("code", "cents"),
    [
        (codes.VAT_CHARGED, 16_667),
        (codes.AMOUNT_DIFFERS, 1),
        (codes.FORCED, 40_000),
        (codes.SETTLED_BY_CREDIT, 90_000),
        (codes.CREDIT_NOT_DEDUCTED, 10_000),
        (codes.PAYMENT_CROSSED, 30_000),
        (codes.PAYMENT_ALONE, 60_000),
        (codes.PAYMENT_CENTS, 1),
    ],
)
def test_what_is_at_stake_is_what_is_wrong(code, cents):
    (found,) = findings_of(DEFECTS[code], now=make.NOW)
    assert found.amount_cents == cents


@given(make.sound_pairs())
def test_whatever_else_is_true_of_it_a_doubled_mirror_is_one_finding(pair):
    doubled = {"quotation": codes.ORDER_DOUBLED}.get(pair.kind, codes.MIRROR_DOUBLED)
    assert told(replace(pair, twins=(TWIN,))) == [doubled]


def test_a_mirror_still_on_its_way_is_not_missing():
    on_its_way = replace(a_pair(), purchase=None)
    assert told(on_its_way, make.SOLD_AT + timedelta(seconds=14)) == []
    assert told(on_its_way, make.SOLD_AT + timedelta(seconds=15)) == [codes.MIRROR_MISSING]


def test_a_document_nobody_validated_is_nobodys_business():
    for pair in (replace(a_pair(), purchase=None), replace(a_quotation(), purchase=None)):
        assert told(paper(pair, "sale", status=DRAFT, vat_units=1)) == []


def test_an_aborted_quotation_needs_no_order():
    aborted = paper(replace(a_quotation(), purchase=None), "sale", signed_status="aborted")
    assert told(aborted) == []


def test_a_purchase_settled_by_a_full_credit_note_is_sound_though_nothing_was_paid():
    assert told(a_pair(refunded=100_000)) == []
    assert told(a_credit_note()) == []


def test_vat_on_an_invoice_is_put_right_by_taking_it_back():
    charged = paper(a_pair(refunded=100_000), "sale", vat_units=16_666_667)
    assert told(charged) == []
    assert told(paper(a_credit_note(), "sale", vat_units=-16_666_667)) == []


def test_a_credit_note_whose_mirror_is_missing_is_told_of_the_credit_note_alone():
    lost = replace(a_credit_note(), purchase=None)
    assert told(lost) == [codes.MIRROR_MISSING]
    assert told(replace(a_pair(refunded=100_000), refunds=(lost,))) == []


def test_two_instalments_of_a_day_may_be_recorded_in_another_order():
    pair = a_pair(paid=((10_000, 10), (20_000, 10)))
    assert told(paper(pair, "purchase", payments=pair.purchase.payments[::-1])) == []


def test_payments_known_to_be_the_same_are_compared_with_each_other():
    crossed = part(
        part(a_pair(paid=TWO), "purchase", on=make.payments("", TWO)[1].on), "purchase", 1, on=LATE
    )
    assert told(crossed) == [codes.PAYMENT_CROSSED]
    known = replace(crossed, payment_pairs=((1, 1), (2, 2)))
    (found,) = findings_of(known, now=make.NOW)
    assert (found.code, found.amount_cents, found.facts["payments"]) == (codes.PAYMENT_CROSSED, 60_000, 2)


def test_a_payment_put_back_and_forth_comes_to_nothing():
    inverted = paper(a_pair(paid=((100_000, 10), (-100_000, 12))), "purchase", paid_status=RESULTED)
    assert told(paper(inverted, "sale", paid_status=WAITING)) == [codes.LEFT_SETTLED]


def test_one_person_alone_who_does_everything_in_one_moment_skips_nobody():
    pair = DEFECTS[codes.VALIDATED_BY_PAYMENT]
    alone = paper(pair, "sale", history=(make.validated(make.ACCOUNTANT, make.SOLD_AT),))
    assert told(alone) == []


def test_an_export_marks_payments_in_the_same_moment_and_changes_none():
    exported = {"exported": True, "exported_at": make.NOW, "changed_at": make.NOW + timedelta(seconds=2)}
    pair = part(part(a_pair(paid=((10_000, 1),)), "sale", **exported), "purchase", **exported)
    assert told(pair) == []


def test_a_payment_edited_after_its_mirror_was_exported_is_told_though_the_export_left_no_note():
    edited = {"changed_at": make.NOW}
    pair = part(part(a_pair(paid=TWO), "sale", **edited), "purchase", exported=True, **edited)
    assert told(pair) == [codes.PAYMENT_CHANGED]
    exported_later = part(pair, "purchase", changed_at=make.NOW + timedelta(hours=1))
    assert told(exported_later) == [codes.PAYMENT_EXPORTED_ALONE]


def test_of_papers_we_make_the_comparison_with_the_books_tells_what_it_knows():
    ours = {"exchange_id": 4, "adopted": False}
    assert told(replace(DEFECTS[codes.MIRROR_DOUBLED], **ours)) == []
    assert told(replace(DEFECTS[codes.EXPORTED_ALONE], **ours)) == [codes.EXPORTED_ALONE]
    adopted = {"exchange_id": 4, "adopted": True}
    assert told(replace(DEFECTS[codes.MIRROR_DOUBLED], **adopted)) == [codes.MIRROR_DOUBLED]
