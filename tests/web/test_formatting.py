"""Money, quantities and dates as people read them."""

from datetime import UTC, date, datetime

import pytest

from endi_ext.web import formatting


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (95_000, "950,00\u00a0€"),
        (123_456, "1\u202f234,56\u00a0€"),
        (100_000_000_00, "100\u202f000\u202f000,00\u00a0€"),
        (-123_456, "\u22121\u202f234,56\u00a0€"),
    ],
)
def test_money_is_written_the_french_way_with_spaces_that_do_not_break(cents, shown):
    assert formatting.money(cents) == shown


def test_money_in_english():
    assert formatting.money(123_456, "en") == "€1,234.56"
    assert formatting.money(-5, "en") == "\u2212€0.05"


@pytest.mark.parametrize(
    ("thousandths", "shown"), [(1000, "1"), (1500, "1,5"), (125, "0,125"), (2_000_000, "2\u202f000")]
)
def test_a_quantity_has_no_useless_zeros(thousandths, shown):
    assert formatting.quantity(thousandths) == shown


@pytest.mark.parametrize(
    ("basis_points", "shown"), [(1000, "10\u00a0%"), (1250, "12,5\u00a0%"), (0, "0\u00a0%")]
)
def test_a_rate(basis_points, shown):
    assert formatting.percent(basis_points) == shown


def test_a_date():
    assert formatting.day(date(2026, 2, 3)) == "03/02/2026"


def test_an_instant_is_told_in_paris_summer_and_winter():
    assert formatting.moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "22/11/2026 à 14:05"
    assert formatting.moment(datetime(2026, 7, 31, 22, 30, tzinfo=UTC)) == "01/08/2026 à 00:30"
