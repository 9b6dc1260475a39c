"""The journal in the shape of the statutory file: every rule of the administration, and those it forgets."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.exchanges import titles
from endi_ext.ledger import exports, fec, spans
from endi_ext.ledger import service as ledger
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.ledger.fec_rules import COLUMNS, rows_of, wrongs_of

NAME = "000543215FEC20261231.txt"
NAMES = fec.Names({"EXI": "Achats et ventes internes"}, {"411900": "Clients internes"})
LABELS = (
    "Pose d’un parquet « chêne », 3 œuvres à 12 €",
    'Un "guillemet" ouvert, et | une barre',
    "\tTabulé\tdeux fois\r\net sur\n\ndeux lignes\x85ou trois\u2028  ",
    "Łódź, Ελλάδα, 日本, 🎨 \x00\x1b[0m\ufeff",
    "\u200b\xa0 ",
)


def written(session, name="2026"):
    rows = exports.recorded_lines(session, spans.span_of(session, name))
    return fec.heading() + b"".join(fec.lines(rows, titles.names(session)))


def a_year(session):
    """Two journals, awkward texts, entries recorded in another order than their dates, one reversed."""
    buyer = a_party(session, "L’Atelier\tdu\nLac", analytic_code="LAC é")
    seller = a_party(session, "Œuvres & Cie", analytic_code="")
    days = [TODAY - timedelta(days=number * 37 % 300) for number in range(40)]
    for number, (on, text) in enumerate(zip(days, LABELS * 8, strict=True)):
        journal = ("EXI", "RGI")[number % 2]
        draft = a_draft(
            buyer.id, seller.id, 105 + number, journal=journal, effective_on=on, text=text,
            document=("", "FA\t1", "F-“2”")[number % 3],
        )  # fmt: skip
        act = an_act(at=datetime(2026, 11, 16, 9, number, tzinfo=UTC))
        entry = ledger.post(session, draft, act)
    ledger.reverse(session, entry, on=TODAY, source="test:reversal", text="Extourne : erreur", act=an_act())


def test_a_year_breaks_no_rule_in_either_database(either_session):
    a_year(either_session)
    content = written(either_session)
    assert wrongs_of(content, NAME) == []
    rows = rows_of(content)
    assert len(rows) == 41 * 4
    assert {row["JournalLib"] for row in rows} == {"Achats et ventes internes", "Règlements internes"}
    assert {row["CompteLib"] for row in rows} == {
        "Achats internes", "Fournisseurs internes", "Clients internes", "Ventes internes",
    }  # fmt: skip
    assert {row["CompAuxLib"] for row in rows} == {"L'Atelier du Lac", "Œuvres & Cie"}
    texts = {row["EcritureLib"] for row in rows}
    assert "Pose d'un parquet « chêne », 3 œuvres à 12 €" in texts
    assert "Tabulé deux fois et sur deux lignes ou trois" in texts
    assert "Écriture EXI 3" in texts
    assert {"EXI 1", "FA 1", 'F-"2"'} <= {row["PieceRef"] for row in rows}
    assert rows[-4]["EcritureLib"] == "Extourne : erreur"


def test_a_month_holds_its_own_days_alone_and_its_numbers_grow(session):
    a_year(session)
    content = written(session, "2026-11")
    assert wrongs_of(content, NAME, whole_year=False) == []
    assert {row["EcritureDate"][:6] for row in rows_of(content)} == {"202611"}


def test_the_windows_of_ids_lose_nothing(session, monkeypatch):
    a_year(session)
    whole = written(session)
    monkeypatch.setattr(exports, "BATCH", 3)
    assert written(session) == whole


def test_an_erased_entry_is_called_by_its_number(session):
    buyer, seller = a_party(session), a_party(session)
    entry = ledger.post(session, a_draft(buyer.id, seller.id, document="F-1"), an_act())
    ledger.erase_text(session, entry)
    session.flush()
    content = written(session)
    assert wrongs_of(content, NAME) == []
    assert rows_of(content)[0]["EcritureLib"] == "Écriture EI 1"
    assert rows_of(content)[0]["PieceRef"] == "EI 1"


def test_the_day_of_validation_is_that_of_paris(session):
    late = an_act(at=datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
    ledger.post(session, a_draft(a_party(session).id, a_party(session).id), late)
    assert {row["ValidDate"] for row in rows_of(written(session))} == {"20261117"}


def a_row(**facts):
    values = {
        "id": 1, "code": "EXI", "number": 1, "effective_on": TODAY, "document": "F-1", "text": "Pose",
        "debit_cents": 1, "credit_cents": 0, "letter": None, "analytic_code": "LAC", "party": "Lac",
        "recorded_at": datetime(2026, 11, 16, tzinfo=UTC), **facts,
    }  # fmt: skip
    holder = exports.Holder("411900", "", 7, values["analytic_code"], values["party"])
    return SimpleNamespace(**values, holder=holder)


anything = st.text(st.characters(), max_size=40)


@given(text=anything, document=anything, party=anything, code=anything, cents=st.integers(1, 2**53))
def test_no_label_breaks_a_rule(text, document, party, code, cents):
    facts = {"text": text, "document": document, "party": party, "analytic_code": code}
    one, other = a_row(**facts, debit_cents=cents), a_row(**facts, debit_cents=0, credit_cents=cents)
    content = fec.heading() + b"".join(fec.lines([(one, one), (one, other)], NAMES))
    assert wrongs_of(content, NAME) == []


@given(st.text(st.characters(codec="iso8859-15", exclude_categories=["Cc", "Cf", "Zs"])))
def test_what_the_encoding_holds_is_kept(text):
    kept = text.translate({ord(letter): None for letter in fec.READABLE})
    assert fec.readable(kept) == kept


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("e\u0301te\u0301", "été"),
        ("№ 4 ½ ﬁn", "No 4 1/2 fin"),
        ("1\u202f234,50\u00a0€", "1 234,50 €"),
        ("日本 🎨", "?? ?"),
        ("a\u00adb\u200bc", "abc"),
        ("Nguyễn Đặng", "Nguyen Dang"),
    ],
)
def test_what_the_encoding_lacks_stays_readable(text, shown):
    assert fec.readable(text) == shown


@pytest.mark.parametrize(("number", "siren"), [("00054321500016", "000543215"), ("000 543 215", "000543215")])
def test_a_file_is_named_after_the_siren_and_the_last_day(number, siren):
    assert fec.file_name(fec.siren_of(number), date(2026, 12, 31)) == f"{siren}FEC20261231.txt"


@pytest.mark.parametrize(("number", "refusal"), [("", fec.SirenUnknown), ("123456789", fec.SirenWrong)])
def test_without_a_true_siren_there_is_no_name(number, refusal):
    with pytest.raises(refusal):
        fec.siren_of(number)


SIDES = [(a_row(), a_row()), (a_row(), a_row(debit_cents=0, credit_cents=1))]
GOOD = fec.heading() + b"".join(fec.lines(SIDES, NAMES))


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        (b"0,01", b"0.01", "amount"),
        (b"0,01", b'"0,01"', "amount"),
        (b"20261116", b"20260230", "EcritureDate is no date"),
        (b"\tF-1\t", b"\t\xa0\t", "PieceRef is empty"),
        (b"Pose", b"Po\tse", "field count"),
        (b"Pose", b"Po\nse", "mixed ends of line"),
        (b"Debit\tCredit", b"Credit\tDebit", "columns"),
        (b"\r\nEXI", b"\r\n\r\nEXI", "a blank line"),
        (b"411900", b"4A1900", "account"),
        (b"\t0,00\t0,01", b"\t0,00\t0,02", "EXI 1 is unbalanced"),
        (b"internes\t1\t", b"internes\t2\t", "EXI 2 after 0"),
        (b"\tLac\t", b"\t\t", "half of CompAuxNum"),
    ],
)
def test_the_rules_see_what_breaks_them(before, after, wrong):
    assert wrongs_of(GOOD, NAME) == []
    assert wrong in wrongs_of(GOOD.replace(before, after), NAME)
    assert "name" in wrongs_of(GOOD, "journal.txt")
    assert list(fec.COLUMNS) == COLUMNS
