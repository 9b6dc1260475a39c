"""What the host exported of an exchange beside what the books say of it."""

from datetime import date

import pytest

from endi_ext.reconciliation.export_compare import (
    ACCOUNT_DIFFERS,
    AMOUNT_DIFFERS,
    BOOKS,
    HOST,
    LINE_MISSING,
    LINE_UNKNOWN,
    Exported,
    Place,
    compare,
)

REVENUE, CUSTOMER, OTHER = (Place("sales", account, "A") for account in ("704900", "411900", "411901"))


def an_export(host, books, parts=("sales",)):
    told = Exported(12, "company:1", "company:2", date(2026, 11, 2), parts=set(parts))
    for side, amounts in ((HOST, host), (BOOKS, books)):
        for place, units in amounts:
            told.add(side, place, units)
    return told


@pytest.mark.parametrize(
    ("host", "books", "found"),
    [
        ([(REVENUE, -100_000)], [(REVENUE, -100_000)], []),
        # Half a cent, rounded down by one and up by the other.
        ([(REVENUE, -12_500)], [(REVENUE, -13_000)], []),
        ([(REVENUE, -100_000)], [(REVENUE, -99_000)], [(AMOUNT_DIFFERS, 1)]),
        # Debit instead of credit is twice the amount.
        ([(REVENUE, -100_000)], [(REVENUE, 100_000)], [(AMOUNT_DIFFERS, 200)]),
        ([(CUSTOMER, 100_000)], [(OTHER, 100_000)], [(ACCOUNT_DIFFERS, 100)]),
        ([(CUSTOMER, 100_000)], [(OTHER, 90_000)], [(LINE_UNKNOWN, 100), (LINE_MISSING, 90)]),
        ([], [(REVENUE, -5_000), (CUSTOMER, 5_000)], [(LINE_MISSING, 5)]),
        # Settled and taken back.
        ([], [(CUSTOMER, -5_000), (CUSTOMER, 5_000)], []),
    ],
)
def test_each_difference_is_named_with_what_is_at_stake(host, books, found):
    told = list(compare(an_export(host, books)))
    assert [(one.code, one.amount_cents) for one in told] == found
    assert len({one.key for one in told}) == len(told) or found[0][0] == LINE_UNKNOWN
    assert all(
        (one.exchange_id, one.seller_key, one.buyer_key) == (12, "company:1", "company:2") for one in told
    )


def test_what_the_host_has_not_exported_yet_is_no_difference():
    payment = Place("payments", "401900", "B")
    told = an_export([(REVENUE, -5_000)], [(REVENUE, -5_000), (payment, 5_000)])
    assert list(compare(told)) == []
