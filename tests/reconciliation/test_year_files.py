"""The file of a year begins with what the year before left, and still breaks no rule."""

import io
from collections import defaultdict
from datetime import date

import pytest

from endi_ext.ledger import exports, fec, queries, spans
from endi_ext.reconciliation import elimination
from endi_ext.web import journal_files
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import an_exchange, settled
from tests.ledger.fec_rules import cents, rows_of, wrongs_of

LAST_YEAR, THIS_YEAR = date(2026, 12, 15), date(2027, 1, 10)


def written(session, name):
    out = io.BytesIO()
    span = spans.span_of(session, name)
    journal_files.write(session, span, "fec", out, str, lambda *_so_far: None)
    return out.getvalue(), fec.file_name("000543215", span.ends_on)


@pytest.fixture
def two_years(either_session):
    """An exchange of each year; the first is eliminated, half settled, and settled in full in the second."""
    world = World(either_session)
    first = an_exchange(world, accepted_on=LAST_YEAR)
    settled(world, first, 50_000, settled_on=LAST_YEAR)
    span = spans.span_of(either_session, "2026")
    for one in elimination.proposals(either_session, span):
        facts = {"seen": one.digest, "code": "COMPENS", "text": "Élimination", "act": an_act()}
        elimination.post(either_session, span, one.group, **facts)
    settled(world, first, settled_on=THIS_YEAR)
    an_exchange(world, accepted_on=THIS_YEAR, net_cents=700)
    return either_session


def test_a_year_begins_with_the_balances_of_the_one_before(two_years):
    content, name = written(two_years, "2027")
    assert wrongs_of(content, name) == []
    rows = rows_of(content)
    opening = [row for row in rows if row["JournalCode"] == "AN"]
    assert rows[: len(opening)] == opening
    assert [(row["CompteNum"], row["Debit"], row["Credit"]) for row in opening] == [
        ("401900", "0,00", "500,00"),
        ("411900", "500,00", "0,00"),
    ]
    assert {(row["JournalLib"], row["EcritureDate"], row["EcritureLib"]) for row in opening} == {
        ("À nouveaux", "20270101", "À nouveaux au 01/01/2027")
    }


def test_what_opens_and_what_moved_are_the_balances_of_now_but_for_results(two_years):
    rows = rows_of(written(two_years, "2027")[0])
    sums, now = defaultdict(int), defaultdict(int)
    for row in rows:
        sums[row["CompteNum"], row["CompAuxNum"]] += cents(row["Debit"]) - cents(row["Credit"])
    codes = {"Menuiserie du Lac": "LAC", "Atelier Duval": "DUV", "Coopérative": "CAE"}
    for row in queries.trial_balance(two_years):
        if row.number.startswith("4"):
            now[row.number, codes[row.party_name]] += row.balance_cents
    assert {key: left for key, left in sums.items() if key[0].startswith("4")} == dict(now)
    assert sum(sums.values()) == 0


def test_the_first_year_opens_with_nothing_and_holds_the_elimination(two_years):
    content, name = written(two_years, "2026")
    assert wrongs_of(content, name) == []
    rows = rows_of(content)
    assert {row["JournalCode"] for row in rows} == {"EXI", "RGI", "ODI"}
    results = [row for row in rows if row["CompteNum"][0] in "67"]
    assert sum(cents(row["Debit"]) - cents(row["Credit"]) for row in results) == 0


def test_an_entry_recorded_before_its_year_does_not_come_before_the_opening(either_session):
    world = World(either_session)
    an_exchange(world, accepted_on=LAST_YEAR)
    an_exchange(world, accepted_on=THIS_YEAR)
    content, name = written(either_session, "2027")
    assert wrongs_of(content, name) == []
    assert rows_of(content)[0]["JournalCode"] == "AN"


def test_a_month_and_what_is_narrowed_open_with_nothing(two_years):
    content, _name = written(two_years, "2027-01")
    assert "AN" not in {row["JournalCode"] for row in rows_of(content)}
    assert exports.entries_of(two_years, spans.span_of(two_years, "2027-01")) == 2
