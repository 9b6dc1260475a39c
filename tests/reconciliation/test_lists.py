"""Lists of documents are read as people write them, or refused with line and column."""

import io

import openpyxl
import pytest

from endi_ext.exchanges import spreadsheets
from endi_ext.exchanges.spreadsheets import FileRefused
from endi_ext.reconciliation import lists
from endi_ext.reconciliation.documents import Document
from endi_ext.web.messages import sentence
from endi_ext.web.speech import Speech

DAY = 739_575  # the 20th of November 2025


def read(text, encoding="utf-8"):
    return lists.read(io.BytesIO(text.encode(encoding)))


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("1234.5", 123_450),
        ("1 234,50", 123_450),
        ("-12", -1_200),
        ("−0,01", -1),
        ("(1 200,00)", -120_000),
        ("15,00-", -1_500),
        ("0", 0),
        ("1.234,56 €", 123_456),
    ],
)
def test_amounts_are_read_with_comma_or_point_and_negative_for_credit_notes(amount, cents):
    assert lists.signed_cents(amount) == cents


@pytest.mark.parametrize("day", ["2025-11-20", "20/11/2025", "20.11.2025"])
@pytest.mark.parametrize("separator", [";", ","])
def test_a_list_is_read_whatever_its_separator_order_case_and_accents(day, separator):
    row = ("Façade  nord", "12.50", day, "Trait", "Lac Éco", "7", "fi 12")
    head = ("Label", "amount", "DATE", "buyer", "seller", "id", "reference")
    found = read("\n".join(separator.join(one) for one in (head, row)), "cp1252")
    assert found.refused == []
    assert found.documents == [Document("7", "LAC ECO", "TRAIT", DAY, 1_250, "FACADE NORD", "FI12")]


def test_a_workbook_is_read_too_with_its_own_dates_and_numbers():
    book = openpyxl.Workbook()
    book.active.append(["id", "vendeur", "acheteur", "date", "montant"])
    book.active.append([1, "Lac", "Trait", "20/11/2025", -12.5])
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    assert lists.read(content).documents == [Document("1", "LAC", "TRAIT", DAY, -1_250)]


def test_a_sheet_of_blank_rows_is_refused_where_they_begin_and_nothing_below_is_lost(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BLANK_ROWS", 3)
    head, row = "id;seller;buyer;date;amount\n", "1;A;B;2025-11-20;1\n"
    assert read(head + row + ";;;;\n" * 3 + row.replace("1;A", "2;A")).refused == []
    (refused,) = read(head + row + ";;;;\n" * 4 + row).refused
    assert (refused.line, refused.code) == (3, "too_many_blank_rows")


def test_each_cell_that_cannot_be_read_is_named_and_no_other_is_lost():
    head = "id;seller;buyer;date;amount\n"
    found = read(
        f"{head}1;A;B;2025-11-20;1\n2;A;B;2025-02-30;1\n3;A;;2025-11-20;1\n1;A;B;2025-11-20;x\n1;A;B;2025-11-20;2"
    )
    told = [(one.line, one.column, one.code) for one in found.refused]
    assert told == [
        (3, "date", "date_impossible"),
        (4, "buyer", "cell_missing"),
        (5, "amount", "amount_unreadable"),
        (6, "id", "list_number_doubled"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("id;seller;date;amount\n1;A;2025-11-20;1", "column_missing"),
        ("id;seller;buyer;date;amount;montant\n", "column_doubled"),
    ],
)
def test_a_file_that_is_no_list_is_refused(text, code):
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.code == code
    assert "{" not in sentence(refused.value, Speech("fr"))
