"""When what is accepted is due, and what is held back of it: days, ends of months, leap days, cents."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel import money
from endi_ext.subcontracts import payment_terms
from endi_ext.subcontracts.terms import (
    CLIENT_PAYS,
    DAYS,
    END_OF_MONTH,
    FIXED_DATE,
    ON_ACCEPTANCE,
    Conditions,
)

FIVE_PERCENT = Conditions(retention_rate_bp=500, retention_release_on=date(2028, 2, 29))
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("kind", "days", "accepted_on", "due_on"),
    [
        (DAYS, 0, "2026-11-16", "2026-11-16"),
        (DAYS, 30, "2026-11-16", "2026-12-16"),
        (DAYS, 30, "2028-01-31", "2028-03-01"),  # over a leap day
        (DAYS, 28, "2027-01-31", "2027-02-28"),
        (DAYS, 45, "2026-12-20", "2027-02-03"),
        (END_OF_MONTH, 0, "2026-11-01", "2026-11-30"),
        (END_OF_MONTH, 0, "2026-11-30", "2026-11-30"),
        (END_OF_MONTH, 30, "2026-11-16", "2026-12-31"),
        (END_OF_MONTH, 30, "2026-01-31", "2026-03-31"),  # the second of March
        (END_OF_MONTH, 29, "2028-01-31", "2028-02-29"),
        (END_OF_MONTH, 45, "2026-12-31", "2027-02-28"),
        (END_OF_MONTH, None, "2026-12-05", "2026-12-31"),
    ],
)
def test_days_are_counted_from_the_acceptance(kind, days, accepted_on, due_on):
    conditions = Conditions(payment_kind=kind, payment_days=days)
    found = payment_terms.due_on(conditions, date.fromisoformat(accepted_on))
    assert found == date.fromisoformat(due_on)


def test_without_a_number_of_days_the_cooperative_s_choice_decides():
    assert payment_terms.due_on(Conditions(), date(2026, 11, 16)) is None
    assert not payment_terms.awaits_client(Conditions())


def test_when_the_client_pays_there_is_no_date():
    conditions = Conditions(payment_kind=CLIENT_PAYS, payment_days=10)
    assert payment_terms.due_on(conditions, date(2026, 11, 16)) is None
    assert payment_terms.awaits_client(conditions)


def test_a_fixed_date_that_has_passed_is_the_day_of_the_acceptance():
    conditions = Conditions(payment_kind=FIXED_DATE, payment_on=date(2026, 12, 31))
    assert payment_terms.due_on(conditions, date(2026, 11, 16)) == date(2026, 12, 31)
    assert payment_terms.due_on(conditions, date(2026, 12, 31)) == date(2026, 12, 31)
    assert payment_terms.due_on(conditions, date(2027, 1, 1)) == date(2027, 1, 1)


@given(st.sampled_from([DAYS, END_OF_MONTH]), st.integers(0, 365), DATES)
def test_nothing_is_due_before_it_is_accepted_nor_a_month_later_than_said(kind, days, accepted_on):
    due_on = payment_terms.due_on(Conditions(payment_kind=kind, payment_days=days), accepted_on)
    earliest = accepted_on + timedelta(days=days)
    assert earliest <= due_on <= earliest + timedelta(days=30)
    if kind == END_OF_MONTH:
        assert (due_on + timedelta(days=1)).day == 1


@given(DATES)
def test_a_year_later_is_the_same_day_or_the_last_of_february(on):
    later = payment_terms.a_year_after(on)
    assert (later.year, later.month) == (on.year + 1, on.month)
    assert later.day == on.day or (on.month, on.day, later.day) == (2, 29, 28)


def retained(amounts, conditions=FIVE_PERCENT, accepted_on=date(2026, 11, 16)):
    accepted = held = 0
    parts = []
    for cents in amounts:
        part = payment_terms.retained_cents(
            conditions, accepted_on, cents, accepted_before=accepted, held_before=held
        )
        accepted, held, parts = accepted + cents, held + part, [*parts, part]
    return parts


def test_five_percent_of_each_acceptance_makes_five_percent_of_all():
    assert retained([100_000, 33_333, 33_333, 33_334]) == [5_000, 1_667, 1_666, 1_667]
    assert retained([9]) == [0]
    assert retained([10]) == [1]  # half a cent is rounded up
    assert retained([9, 9, 9]) == [0, 1, 0]


@given(st.lists(st.integers(1, 10**9), max_size=30), st.integers(0, 10_000))
def test_whatever_is_accepted_no_cent_is_lost_by_rounding(amounts, rate_bp):
    conditions = Conditions(retention_rate_bp=rate_bp, retention_release=ON_ACCEPTANCE)
    parts = retained(amounts, conditions)
    assert sum(parts) == money.percent_of(sum(amounts), rate_bp)
    assert all(0 <= part <= amount for part, amount in zip(parts, amounts, strict=True))


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10_000))
def test_whatever_was_held_before_at_another_rate_this_amount_bears_its_own(amount, accepted, held, rate_bp):
    conditions = Conditions(retention_rate_bp=rate_bp, retention_release=ON_ACCEPTANCE)
    day = date(2026, 11, 16)
    part = payment_terms.retained_cents(conditions, day, amount, accepted_before=accepted, held_before=held)
    assert abs(part * 10_000 - amount * rate_bp) < 10_000


def test_after_the_day_of_the_release_nothing_is_held():
    assert retained([1_000], accepted_on=date(2028, 2, 28)) == [50]
    assert retained([1_000], accepted_on=date(2028, 2, 29)) == [0]
    assert payment_terms.release_on(FIVE_PERCENT) == date(2028, 2, 29)


def test_held_until_the_acceptance_of_the_whole_there_is_no_date():
    conditions = Conditions(retention_rate_bp=500, retention_release=ON_ACCEPTANCE)
    assert payment_terms.release_on(conditions) is None
    assert retained([1_000], conditions) == [50]
    # Not even one that was typed before the choice was changed.
    assert payment_terms.release_on(replace(conditions, retention_release_on=date(2027, 1, 1))) is None
