"""What a finding says of the two documents, and where each rule of docs/findings.md begins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from endi_ext.reconciliation import finding_codes as codes
from endi_ext.reconciliation.findings import findings_of, side_of
from endi_ext.reconciliation.found import PaperSide
from endi_ext.reconciliation.pairs import (
    DRAFT,
    INVALID,
    PARTLY_PAID,
    RESULTED,
    VALID,
    VALIDATION,
    WAIT,
    WAITING,
    Status,
    cents_of,
)
from tests.reconciliation import pair_builders as make
from tests.reconciliation.pair_builders import a_credit_note, a_pair, a_quotation
from tests.reconciliation.test_findings import DEFECTS, LATE, TWIN, TWO, paper, part, told


def only(pair, now=make.NOW):
    (found,) = findings_of(pair, now=now)
    return found


def facts(code):
    return {**only(DEFECTS[code]).facts}


def after(moment, seconds):
    return moment + timedelta(seconds=seconds)


def test_an_amount_is_brought_to_whole_cents_a_part_of_one_counted_whole():
    assert [cents_of(units) for units in (0, 1, 999, 1_000, 1_001, -1, -1_000, -1_001)] == [
        0, 1, 1, 1, 2, -1, -1, -2
    ]  # fmt: skip


def test_a_finding_shows_both_documents_as_they_stand_and_whose_they_are():
    pair = paper(DEFECTS[codes.EXPORTED_ALONE], "sale", number="INT-7")
    found = only(replace(pair, exchange_id=4, adopted=True))
    assert found.sale == PaperSide("invoice:12", "invoice", "INT-7", make.ON, 100_000, VALID, WAITING)
    assert found.purchase == PaperSide(
        "supplier_invoice:31", "supplier_invoice", "INT-4", make.ON, 100_000, VALID, WAITING, exported=True
    )
    assert (found.key, found.on, found.exchange_id) == ("invoice:12", make.ON, 4)
    alone = only(DEFECTS[codes.PURCHASE_ALONE])
    assert (alone.sale, alone.key, alone.on) == (None, "supplier_invoice:31", make.ON)
    assert (alone.seller_key, alone.buyer_key, alone.facts) == (make.SELLER, make.BUYER, {"number": "INT-4"})
    assert side_of(None) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (codes.MIRROR_DOUBLED, {"twins": 1}),
        (codes.ORDER_DOUBLED, {"twins": 1}),
        (codes.ORDER_TIED, {"invoices": 2}),
        (codes.YEAR_DIFFERS, {"year": 2026, "expected_year": 2027}),
        (codes.DATE_DIFFERS, {"sale_on": "2026-03-02", "purchase_on": LATE.isoformat()}),
        (codes.NUMBER_DIFFERS, {"other": "INT-70"}),
        (codes.EXPORTED_ALONE, {"side": "purchase"}),
        (codes.PAYMENT_EXPORTED_ALONE, {"payments": 1}),
        (codes.PAYMENT_CHANGED, {"payments": 1}),
        (codes.PAYMENT_CROSSED, {"payments": 1}),
        (codes.PAYMENT_ALONE, {"sales": 2, "purchases": 0}),
        (codes.VALIDATED_BY_PAYMENT, {"who": make.ACCOUNTANT}),
        (codes.REFUSED_THEN_PAID, {"who": make.ACCOUNTANT}),
        (codes.PAYMENT_CENTS, {}),
        (codes.MIRROR_MISSING, {}),
    ],
)
def test_a_finding_says_what_its_sentence_needs(code, said):
    number = only(DEFECTS[code]).facts["number"]
    assert facts(code) == {"number": number, **said}
    assert number == DEFECTS[code].sale.number


@pytest.mark.parametrize(
    ("code", "cents"),
    [
        (codes.MIRROR_MISSING, 100_000),
        (codes.ORDER_MISSING, 100_000),
        (codes.MIRROR_DOUBLED, 100_000),
        (codes.ORDER_DOUBLED, 100_000),
        (codes.PURCHASE_ALONE, 100_000),
        (codes.DATE_DIFFERS, 100_000),
        (codes.NUMBER_DIFFERS, 100_000),
        (codes.PARTIES_DIFFER, 100_000),
        (codes.YEAR_DIFFERS, 100_000),
        (codes.TYPE_MISSING, 100_000),
        (codes.EXPORTED_EARLY, 100_000),
        (codes.EXPORTED_ALONE, 100_000),
        (codes.PAYMENT_EXPORTED_ALONE, 30_000),
        (codes.PAYMENT_CHANGED, 30_000),
        (codes.LEFT_SETTLED, 40_000),
        (codes.SETTLED_AS_DRAFT, 100_000),
        (codes.VALIDATED_BY_PAYMENT, 100_000),
        (codes.ORDER_TIED, 100_000),
    ],
)
def test_what_is_at_stake_is_the_document_or_the_part_that_is_wrong(code, cents):
    assert only(DEFECTS[code]).amount_cents == cents


def test_all_doubled_documents_are_at_stake_whatever_their_sign():
    back = replace(TWIN, total_units=-TWIN.total_units)
    for doubled in (a_pair(), a_quotation()):
        found = only(replace(doubled, twins=(TWIN, back)))
        assert (found.amount_cents, found.facts["twins"]) == (200_000, 2)


def test_totals_differ_from_one_cent_on():
    for made in (a_pair(), a_quotation()):
        units = made.sale.total_units
        for less, codes_told in (
            (999, []),
            (1_000, [codes.AMOUNT_DIFFERS]),
            (-1_000, [codes.AMOUNT_DIFFERS]),
        ):
            assert told(paper(made, "purchase", total_units=units - less)) == codes_told
        assert only(paper(made, "purchase", total_units=units - 5_000)).amount_cents == 5


def test_spaces_around_a_number_are_not_another_number():
    assert told(paper(paper(a_pair(), "purchase", remote_number=" INT-7"), "sale", number="INT-7 ")) == []


def test_either_party_may_be_the_wrong_one():
    for side, name in (("sale", "partner_key"), ("purchase", "owner_key"), ("purchase", "partner_key")):
        assert told(paper(a_pair(), side, **{name: "company:9"})) == [codes.PARTIES_DIFFER]
    assert told(paper(a_pair(), "purchase", partner_key=None)) == [codes.PARTIES_DIFFER]


def test_a_year_is_wrong_only_where_the_host_and_the_cooperative_both_say_one():
    assert told(paper(a_pair(), "sale", financial_year=None)) == []
    assert told(paper(a_pair(), "sale", expected_year=None)) == []
    assert told(paper(a_pair(), "sale", financial_year=2025)) == [codes.YEAR_DIFFERS]


def test_a_draft_needs_no_type_of_expense_yet():
    assert told(paper(make.as_draft(a_pair()), "purchase", lines_without_type=1)) == []


def test_which_of_the_two_is_in_the_accounts_is_said():
    assert only(paper(a_pair(), "sale", exported=True)).facts["side"] == "sale"
    draft = make.as_draft(a_pair())
    assert told(paper(draft, "purchase", exported=True)) == [codes.EXPORTED_ALONE]
    assert told(paper(paper(draft, "sale", exported=True), "purchase", exported=True)) == [
        codes.EXPORTED_EARLY
    ]


def test_vat_is_put_right_by_taking_all_of_it_back_and_only_an_invoice_bears_it():
    assert codes.VAT_CHARGED in told(paper(a_pair(refunded=99_999), "sale", vat_units=1_000))
    assert told(paper(a_quotation(), "sale", vat_units=1_000)) == []


def test_an_order_that_waits_is_on_its_way_and_follows_its_only_invoice():
    fresh = replace(a_quotation(), purchase=None)
    assert told(fresh, after(make.SOLD_AT, 14)) == []
    assert told(fresh, after(make.SOLD_AT, 15)) == [codes.ORDER_MISSING]
    one = replace(a_quotation(), invoiced=make.invoiced(1))
    assert told(paper(one, "purchase", tied_key="supplier_invoice:1")) == []
    two = replace(a_quotation(), invoiced=make.invoiced(1, 2))
    assert told(paper(two, "purchase", tied_key="supplier_invoice:9")) == []
    half = replace(two, invoiced=(two.invoiced[0], replace(two.invoiced[1], purchase_key=None)))
    assert told(paper(half, "purchase", tied_key="supplier_invoice:1")) == []


def test_of_papers_whose_sale_is_missing_or_a_draft_nothing_else_is_told():
    assert told(replace(a_pair(), sale=None, twins=(TWIN,))) == [codes.PURCHASE_ALONE]
    for status in (DRAFT, WAIT, INVALID):
        assert told(paper(DEFECTS[codes.AMOUNT_DIFFERS], "sale", status=status)) == []


def test_a_credit_note_is_compared_as_an_invoice_but_for_its_payments():
    note = a_credit_note()
    assert told(paper(note, "purchase", total_units=note.sale.total_units + 1_000)) == [codes.AMOUNT_DIFFERS]
    assert told(paper(note, "purchase", paid_status=WAITING)) == []
    assert only(paper(note, "purchase", on=LATE)).amount_cents == 100_000


# Payments.


def test_two_payments_are_the_same_to_the_cent_on_one_day():
    cents = a_pair(paid=TWO)
    for units, said in (
        (30_001_000, [codes.PAYMENT_CENTS]),
        (29_999_000, [codes.PAYMENT_CENTS]),
        (30_001_001, [codes.PAYMENT_ALONE]),
    ):
        assert told(part(cents, "purchase", units=units)) == said
    assert only(part(cents, "purchase", units=30_000_400)).amount_cents == 1
    both = part(part(cents, "purchase", units=30_000_700), "purchase", 1, units=29_999_500)
    assert only(both).amount_cents == 2
    moved = part(cents, "purchase", on=LATE)
    assert told(part(moved, "purchase", units=30_001_000)) == [codes.PAYMENT_CROSSED]
    assert told(part(moved, "purchase", units=30_001_001)) == [codes.PAYMENT_ALONE]
    assert told(part(moved, "purchase", units=29_998_999)) == [codes.PAYMENT_ALONE]


def test_a_payment_of_the_purchase_alone_is_told_with_what_is_missing():
    lost = paper(a_pair(paid=TWO), "sale", payments=a_pair(paid=TWO).sale.payments[:1])
    found = only(lost)
    assert (found.code, found.amount_cents) == (codes.PAYMENT_ALONE, 30_000)
    assert (found.facts["sales"], found.facts["purchases"]) == (0, 1)


def test_payments_of_one_day_are_held_against_the_like_amount_before_a_nearly_like_one():
    pair = a_pair(paid=((30_000, 10), (30_001, 10)))
    turned = paper(pair, "purchase", payments=pair.purchase.payments[::-1])
    assert told(turned) == []
    known = replace(turned, payment_pairs=((1, 2), (2, 1)))
    assert told(known) == [codes.PAYMENT_CENTS]


def test_payments_of_a_draft_are_not_compared():
    assert told(paper(make.as_draft(a_pair(paid=TWO)), "purchase", payments=())) == []


def exported(pair, side, at, changed=None, place=0):
    return part(pair, side, place, exported=True, exported_at=at, changed_at=changed)


def test_an_export_writes_the_payment_within_seconds_and_who_writes_later_changes_it():
    pair = exported(a_pair(paid=((10_000, 1),)), "sale", make.NOW)
    for seconds, said in ((None, []), (5, []), (6, [codes.PAYMENT_CHANGED])):
        changed = None if seconds is None else after(make.NOW, seconds)
        assert told(exported(pair, "purchase", make.NOW, changed)) == said
    # Without a note of when it was exported, a later change proves nothing.
    assert told(part(pair, "purchase", exported=True, changed_at=after(make.NOW, 600))) == []


def test_an_edit_of_the_sale_since_its_mirror_was_exported_is_a_change_of_what_was_exported():
    def edited(seconds, **mirror):
        pair = part(a_pair(paid=((10_000, 1),)), "sale", changed_at=after(make.NOW, seconds))
        return told(part(pair, "purchase", exported=True, **mirror))

    noted = {"exported_at": make.NOW}
    assert edited(0, **noted) == [codes.PAYMENT_CHANGED]
    assert edited(-1, **noted) == [codes.PAYMENT_EXPORTED_ALONE]
    unnoted = {"changed_at": make.NOW}
    assert edited(1, **unnoted) == edited(-1, **unnoted) == [codes.PAYMENT_CHANGED]
    assert edited(2, **unnoted) == edited(-2, **unnoted) == [codes.PAYMENT_EXPORTED_ALONE]
    assert edited(0) == [codes.PAYMENT_EXPORTED_ALONE]


def test_a_changed_payment_is_told_though_the_sale_has_lost_its_own():
    pair = exported(a_pair(paid=TWO), "purchase", make.NOW, after(make.NOW, 60))
    lost = paper(pair, "sale", payments=pair.sale.payments[1:])
    assert told(lost) == [codes.PAYMENT_CHANGED, codes.PAYMENT_ALONE]
    assert findings_of(lost, now=make.NOW)[0].amount_cents == 30_000
    both = exported(pair, "purchase", make.NOW, after(make.NOW, 60), place=1)
    found = only(both)
    assert (found.amount_cents, found.facts["payments"]) == (60_000, 2)


def test_payments_exported_on_one_side_are_counted():
    one = part(part(a_pair(paid=TWO), "sale", exported=True), "sale", 1, exported=True)
    found = only(one)
    assert (found.code, found.amount_cents, found.facts["payments"]) == (
        codes.PAYMENT_EXPORTED_ALONE,
        60_000,
        2,
    )


# What counts as paid, and who agreed.


@pytest.mark.parametrize("side", ["sale", "purchase"])
def test_what_is_settled_may_lack_less_than_a_cent(side):
    pair = a_pair(paid=((100_000, 10),))
    for lacking, is_told in ((999, False), (1_000, True)):
        paid = part(part(pair, "sale", units=100_000_000 - lacking), "purchase", units=100_000_000 - lacking)
        if side == "purchase":
            paid = paper(paid, "sale", paid_status=PARTLY_PAID)
        assert told(paid) == (
            [{"sale": codes.FORCED, "purchase": codes.LEFT_SETTLED}[side]] if is_told else []
        )


def test_a_credit_note_is_deducted_from_the_purchase_to_the_cent():
    def left(cents, status):
        return told(
            paper(a_pair(refunded=10_000, paid=((90_000 - cents, 10),)), "purchase", paid_status=status)
        )

    assert left(0, PARTLY_PAID) == [codes.CREDIT_NOT_DEDUCTED]
    assert left(1, PARTLY_PAID) == []
    assert left(1, RESULTED) == [codes.SETTLED_BY_CREDIT]
    assert left(0, RESULTED) == []


def test_only_a_valid_credit_note_takes_anything_back():
    pair = a_pair(refunded=10_000)
    draft = replace(pair.refunds[0], sale=replace(pair.refunds[0].sale, status=DRAFT))
    two = replace(pair, refunds=(*pair.refunds, draft, replace(draft, sale=None)))
    assert (two.refunded_units, two.refunded_purchase_units) == (10_000_000, 30_000_000)
    lost = replace(pair, refunds=(replace(pair.refunds[0], purchase=None),))
    assert (lost.refunded_units, lost.refunded_purchase_units) == (10_000_000, 0)


def agreed(seconds=0, sold_by=make.ENTREPRENEUR, before=(), **payment):
    """A purchase validated by the accountant so long after the accountant recorded a payment."""
    at = after(make.PAID_AT, seconds)
    pair = a_pair(paid=((40_000, 0),))
    pair = paper(pair, "purchase", history=(*before, make.validated(make.ACCOUNTANT, at)))
    history = (make.validated(sold_by, make.SOLD_AT),) if sold_by else ()
    return told(part(paper(pair, "sale", history=history), "sale", **payment))


def test_who_validates_and_pays_within_two_seconds_asked_nobody():
    by_payment = [codes.VALIDATED_BY_PAYMENT]
    assert agreed(2) == agreed(-2) == agreed(0) == by_payment
    assert agreed(3) == agreed(-3) == []
    assert agreed(user_key="user:99") == agreed(user_key=None) == agreed(made_at=None) == []
    # Who made the sale is not known: somebody else, then.
    assert agreed(sold_by=None) == by_payment
    assert agreed(sold_by=make.ACCOUNTANT) == []


def test_a_refusal_just_before_counts_whoever_sold_and_an_older_one_does_not():
    refused = Status(VALIDATION, INVALID, make.BOUGHT_AT, make.STAFF)
    again = Status(VALIDATION, WAIT, make.BOUGHT_AT, make.STAFF)
    paid = Status("paid", WAITING, make.BOUGHT_AT, make.STAFF)
    assert agreed(before=(refused,), sold_by=make.ACCOUNTANT) == [codes.REFUSED_THEN_PAID]
    assert agreed(before=(refused, paid)) == [codes.REFUSED_THEN_PAID]
    assert agreed(before=(refused, again)) == [codes.VALIDATED_BY_PAYMENT]
    # What counts is the last time it was validated.
    earlier = make.validated(make.STAFF, make.BOUGHT_AT)
    assert agreed(before=(earlier, refused)) == [codes.REFUSED_THEN_PAID]


def test_a_pair_knows_its_parties_from_either_document():
    assert (a_pair().seller_key, a_pair().buyer_key) == (make.SELLER, make.BUYER)
    alone = replace(a_pair(), sale=None)
    assert (alone.seller_key, alone.buyer_key) == (make.SELLER, make.BUYER)
    assert a_pair().both == (a_pair().sale, a_pair().purchase)
    assert a_pair(paid=TWO).sale.paid_units == 60_000_000
