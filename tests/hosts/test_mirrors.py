"""Both sides of enDI's documents compared with the books: each difference has its name and its amount."""

from dataclasses import replace
from pathlib import Path

import pytest

from endi_ext.hosts.endi import mirrors, paper_errors
from endi_ext.hosts.endi.mirrors import Books, Compared, Difference, Purchase, Sale, compare
from endi_ext.kernel.errors import DomainError
from endi_ext.web.messages import MESSAGES
from endi_ext.web.views.documents import ALIGNABLE

UNITS = mirrors.SALE_UNITS_PER_CENT
SALE = Sale("INT-7", 100_000 * UNITS, 0, 0, "paid", {1: 30_000 * UNITS, 2: 30_000 * UNITS})
PURCHASE = Purchase(100_000, 0, "valid", "paid", 0, {11: 30_000, 12: 30_000}, 0)
BOOKS = Books(100_000, 100_000, 60_000)
EQUAL = Compared(BOOKS, SALE, PURCHASE, ((1, 11), (2, 12)))


def with_sale(**facts):
    return replace(EQUAL, sale=replace(SALE, **facts))


def with_purchase(**facts):
    return replace(EQUAL, purchase=replace(PURCHASE, **facts))


def with_books(**facts):
    return replace(EQUAL, books=replace(BOOKS, **facts))


def found(pair):
    return {one.code: one.amount_cents for one in compare(pair)}


def test_documents_that_say_what_the_books_say_do_not_differ():
    assert compare(EQUAL) == []


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (replace(EQUAL, sale=None), {"document_sale_missing": 100_000}),
        (replace(EQUAL, purchase=None), {"document_mirror_missing": 100_000}),
        (with_purchase(twins=1), {"document_doubled": 100_000}),
        (with_purchase(total_cents=99_999), {"document_totals_differ": 1}),
        (with_sale(vat_units=20_000 * UNITS), {"document_vat": 20_000}),
        (with_purchase(status="draft"), {"document_not_valid": 100_000}),
        (with_purchase(lines_without_type=1), {"document_without_type": 100_000}),
        # The wrong one of two equal instalments: each side adds up, and the pair tells.
        (
            with_purchase(payments={11: 31_000, 12: 29_000}),
            {"document_payment_crossed": 1_000},
        ),
        (with_sale(paid_status="resulted"), {"document_settled_by_force": 40_000}),
        (with_purchase(paid_status="resulted"), {"document_settled_by_force": 40_000}),
        (with_books(net_cents=110_000), {"document_amount_differs": 10_000}),
        (with_books(settled_cents=30_000), {"document_payment_unknown": 30_000}),
        (with_books(settled_cents=90_000), {"document_payment_missing": 30_000}),
    ],
)
def test_each_difference_is_named_with_what_is_at_stake(pair, expected):
    assert found(pair) == expected


def test_a_payment_on_one_side_alone_is_told():
    pair = replace(with_purchase(payments={11: 30_000}), payment_pairs=((1, 11),))
    assert found(pair) == {"document_payment_one_sided": 30_000}


def test_a_credit_note_the_books_do_not_know_is_told_until_they_do():
    credited = replace(
        EQUAL,
        sale=replace(SALE, credited_units=10_000 * UNITS),
        purchase=replace(PURCHASE, credited_cents=10_000),
    )
    assert found(credited) == {"document_credit_unknown": 10_000}
    assert compare(replace(credited, books=replace(BOOKS, net_cents=90_000))) == []


def test_a_credit_note_not_passed_on_is_a_difference_once_nobody_is_at_it():
    pair = replace(with_sale(credited_units=10_000 * UNITS), books=replace(BOOKS, net_cents=90_000))
    assert found(pair) == {"document_credit_differs": 10_000}
    assert compare(replace(pair, books=replace(pair.books, untransmitted=True))) == []


def test_what_the_worker_has_still_to_make_is_no_difference():
    assert compare(with_books(settled_cents=90_000, unfinished=True)) == []


def test_a_part_of_a_cent_counts_for_a_cent():
    pair = with_sale(payments={1: 30_000 * UNITS + 1, 2: 30_000 * UNITS})
    assert found(pair) == {"document_payment_crossed": 1, "document_payment_unknown": 1}


def test_a_cancelled_exchange_credited_whole_does_not_differ():
    gone = Compared(
        replace(BOOKS, net_cents=0, settled_cents=0),
        replace(SALE, credited_units=100_000 * UNITS, paid_status="resulted", payments={}),
        replace(PURCHASE, credited_cents=100_000, paid_status="resulted", payments={}),
    )
    assert compare(gone) == []


def codes():
    words = Path(mirrors.__file__).read_text("utf-8").split('"')
    differences = {word for word in words if word.startswith("document_")}
    refusals = {one.code for one in paper_errors.CannotMakePaper.__subclasses__()}
    return sorted(differences | refusals | {"paper_unexpected", "paper_busy", *ALIGNABLE})


@pytest.mark.parametrize("code", codes())
def test_each_has_its_sentence(code):
    assert code in MESSAGES


def test_an_amount_has_no_sign_and_a_difference_no_session():
    assert mirrors.cents_of(-10_001) == 11
    assert Difference("document_vat", 5) == Difference("document_vat", 5, {})
    assert issubclass(paper_errors.CannotMakePaper, DomainError)
