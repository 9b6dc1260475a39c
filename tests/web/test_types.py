"""What people may type, and what it becomes."""

from datetime import date

import colander
import pytest
from hypothesis import given
from hypothesis import strategies as some

from endi_ext.kernel.parties import Party
from endi_ext.web.forms import types

NODE = colander.SchemaNode(colander.String())


def read(kind, typed):
    return kind.deserialize(NODE, typed)


def refusal(kind, typed):
    with pytest.raises(colander.Invalid) as refused:
        read(kind, typed)
    return refused.value.msg


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("950", 95_000),
        ("950,5", 95_050),
        ("1 234,56", 123_456),
        ("1\u202f234,56\u00a0€", 123_456),
        ("1234.56", 123_456),
        (",5", 50),
        ("0,01", 1),
    ],
)
def test_money_is_understood_as_french_people_type_it(typed, cents):
    assert read(types.Money(), typed) == cents


@pytest.mark.parametrize(
    "typed", ["abc", "1,2,3", "12e3", "=1+1", "--5", "NaN", "١٢", "1" * 50, "€", "0x10", "1_000"]
)
def test_what_is_no_amount_is_refused(typed):
    assert refusal(types.Money(), typed) == types.Money.not_a_number


def test_money_has_two_decimals_is_positive_and_has_an_end():
    assert refusal(types.Money(), "1,234") == types.Money.too_precise
    assert refusal(types.Money(), "0") == types.Money.not_positive
    assert refusal(types.Money(), "-3") == types.Money.not_positive
    assert refusal(types.Money(), "99999999999999") == types.Money.too_large


@given(some.integers(min_value=1, max_value=10**12))
def test_an_amount_shown_in_a_field_reads_back_the_same(cents):
    assert read(types.Money(), types.Money().serialize(NODE, cents)) == cents


@given(some.integers(min_value=1, max_value=10**12))
def test_a_quantity_shown_in_a_field_reads_back_the_same(thousandths):
    assert read(types.Quantity(), types.Quantity().serialize(NODE, thousandths)) == thousandths


def test_a_quantity_has_three_decimals():
    assert read(types.Quantity(), "0,125") == 125
    assert refusal(types.Quantity(), "0,1255") == types.Quantity.too_precise


def test_a_rate_lies_between_zero_and_a_hundred():
    assert read(types.Rate(), "12,5 %") == 1250
    assert read(types.Rate(), "0") == 0
    assert refusal(types.Rate(), "100,01") == types.Rate.out_of_range


@pytest.mark.parametrize("typed", ["2026-02-03", "03/02/2026", "3/2/2026", "03.02.2026", "03-02-2026"])
def test_a_date_is_understood_from_a_browser_and_from_a_person(typed):
    assert read(types.Day(), typed) == date(2026, 2, 3)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "demain", "03/02/26", "٣/2/2026", "1/2"])
def test_a_date_that_does_not_exist_is_refused(typed):
    assert refusal(types.Day(), typed) == types.Day.not_a_date


def test_text_loses_spaces_at_its_ends_and_refuses_what_cannot_be_shown():
    assert read(types.Text(10), "  bonjour ") == "bonjour"
    assert read(types.Text(10), "   ") is colander.null
    assert refusal(types.Text(10), "bon\x00jour") == types.Text.not_text
    assert refusal(types.Text(10), "bonjour à tous") == types.Text.too_long


@pytest.mark.parametrize("typed", ["0001-01-01", "03/02/0001", "01/01/1999", "2100-01-01", "9999-12-31"])
def test_a_year_that_is_surely_a_slip_is_named(typed):
    assert refusal(types.Day(), typed) == types.Day.not_our_time


def test_a_text_of_one_line_stays_on_one_line_and_others_keep_theirs():
    assert read(types.Text(20), "bon\r\njour\tà tous") == "bon jour à tous"
    assert read(types.Text(20, lines=True), "bon\r\njour") == "bon\njour"


@pytest.mark.parametrize("typed", ["\u200b", "\u2066menuiserie\u2069", "\u202eesireiunem", "a\x85b", "a\x07"])
def test_a_text_that_hides_something_or_shows_nothing_is_refused(typed):
    assert refusal(types.Text(20), typed) == types.Text.not_text
    assert refusal(types.Text(20, lines=True), typed) == types.Text.not_text


@pytest.mark.parametrize("typed", ["👩‍🌾", "مرحبا", "!", "½ journée", "l’été"])
def test_a_text_of_any_script_is_a_text(typed):
    assert read(types.Text(20), typed) == typed


def test_zero_is_a_quantity_where_nothing_is_an_answer():
    assert read(types.Quantity(zero=True), "0") == 0
    assert refusal(types.Quantity(), "0") == types.Quantity.not_positive


def a_choice(*names):
    parties = [Party(name=name, analytic_code=f"A{place}") for place, name in enumerate(names)]
    return types.PartyByName(parties)


@pytest.mark.parametrize("typed", ["Studio Écume", "studio ecume", "  STUDIO   ECUME ", "écu"])
def test_a_party_is_found_without_minding_accents_and_capitals(typed):
    assert read(a_choice("Menuiserie du Lac", "Studio Écume"), typed).name == "Studio Écume"


def test_a_name_that_begins_another_is_still_found():
    assert read(a_choice("Lac", "Menuiserie du Lac"), "lac").name == "Lac"


def test_a_party_is_found_by_its_analytic_code():
    choice = a_choice("Menuiserie du Lac", "Studio Écume", "Atelier a1 bis")
    assert read(choice, " a1 ").name == "Studio Écume"


def test_an_unknown_and_an_ambiguous_name_are_told_apart():
    choice = a_choice("Atelier Nord", "Atelier Sud")
    assert refusal(choice, "boulangerie") == types.PartyByName.not_found
    assert refusal(choice, "atelier") == types.PartyByName.ambiguous


def test_namesakes_are_told_apart_by_their_code():
    choice = a_choice("Atelier", "Atelier")
    assert [choice.label(party) for party in choice.parties] == ["Atelier (A0)", "Atelier (A1)"]
    assert read(choice, "Atelier (A1)").analytic_code == "A1"
