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
    VALID,
    WAIT,
    WAITING,
    cents_of,
)
from tests.reconciliation import pair_builders as make
from tests.reconciliation.pair_builders import a_credit_note, a_pair, a_quotation
from tests.reconciliation.test_findings import DEFECTS, LATE, TWIN, TWO, paper, told


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


def test_a_pair_knows_its_parties_from_either_document():
    assert (a_pair().seller_key, a_pair().buyer_key) == (make.SELLER, make.BUYER)
    alone = replace(a_pair(), sale=None)
    assert (alone.seller_key, alone.buyer_key) == (make.SELLER, make.BUYER)
    assert a_pair().both == (a_pair().sale, a_pair().purchase)
    assert a_pair(paid=TWO).sale.paid_units == 60_000_000
