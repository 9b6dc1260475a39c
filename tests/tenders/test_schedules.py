"""Price schedules are read as buyers write them; what cannot be read is said, line by line."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.exchanges.spreadsheets import FileRefused, Limits
from endi_ext.tenders import schedules, share_words
from endi_ext.tenders.schedules import LotName
from endi_ext.tenders.shares import AMOUNT, PARTS, PERCENT, Claim

from . import sheets

LOTS = [LotName(11, "LOT-0001", 1, "Menuiseries"), LotName(12, "LOT-0002", 2, "Peinture")]
TEAM = {"Menuiserie du Lac": 1, "Trait: Juste": 2}
LIMITS = Limits(file_bytes=2**22, unpacked_bytes=2**24)


def read(stream):
    return schedules.read(stream, lots=LOTS, lot_id=11, team=TEAM, limits=LIMITS)


def only(stream):
    found = read(stream)
    assert found.refused == []
    (line,) = found.lines
    return line


def refusal(stream):
    (refused,) = read(stream).refused
    return refused.line, refused.column, refused.code


def test_a_workbook_of_forty_lines_is_read_whole_and_its_titles_and_totals_are_left_aside():
    found = read(sheets.forty_lines())
    assert found.refused == []
    assert len(found.lines) == 40
    assert [text for _line, text in found.aside] == [
        "CHAPITRE 1", "Sous-total chapitre 1", "CHAPITRE 2", "Sous-total chapitre 2", "CHAPITRE 3",
        "Sous-total chapitre 3", "CHAPITRE 4", "Sous-total chapitre 4", "TOTAL GÉNÉRAL HT",
    ]  # fmt: skip
    assert {line.facts.lot_id for line in found.lines[:20]} == {11}
    assert {line.facts.lot_id for line in found.lines[20:]} == {12}
    first, last = found.lines[0].facts, found.lines[-1].facts
    assert (first.reference, first.description, first.unit) == ("1.1", "Ouvrage n° 11", "u")
    assert (first.quantity_thousandths, first.unit_price_cents, first.total_cents) == (1000, 10_725, 10_725)
    assert (last.quantity_thousandths, last.unit_price_cents, last.total_cents) == (10_000, 47_250, 472_500)


def test_a_schedule_without_prices_is_read_too():
    assert {line.facts.unit_price_cents for line in read(sheets.forty_lines(priced=False)).lines} == {None}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_in_the_encodings_of_spreadsheets(encoding):
    line = only(sheets.text((1, "Fenêtre", "u", "2,5", "1 250,00", "3 125,00 €"), encoding=encoding))
    assert line.facts.description == "Fenêtre"
    assert (line.facts.quantity_thousandths, line.facts.unit_price_cents) == (2500, 125_000)


def test_the_separator_is_that_of_the_header_below_its_title():
    for separator in (",", "\t"):
        rows = (("Poste", "Désignation", "Qté", "PU HT"), (1, "Pose", 2, 10))
        line = only(sheets.text(*rows, header=("DPGF ; lot 1", "", "", ""), separator=separator))
        assert line.facts.total_cents == 2000


@pytest.mark.parametrize(
    ("header", "row", "quantity", "price"),
    [
        (("N°", "Désignation", "Unité", "PU HT"), ("1", "Pose", "h", "45"), None, 4500),
        (("Poste", "Libellé", "Montant HT"), ("1", "Dépose", "800"), 1000, 80_000),
        (("Poste", "Libellé", "Unité", "Montant HT"), ("1", "Dépose", "Ft", ""), 1000, None),
        (
            ("Désignation", "Qté", "PU", "Total HT", "TVA", "Total TTC"),
            ("Pose", 2, 10, 20, 4, 24),
            2000,
            1000,
        ),
        (("Désignation", "Qté", "Prix unitaire en € HT"), ("Pose", 0, 10), None, 1000),
    ],
)
def test_columns_are_called_as_buyers_call_them(header, row, quantity, price):
    line = only(sheets.text(row, header=header))
    assert (line.facts.quantity_thousandths, line.facts.unit_price_cents) == (quantity, price)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ((1, "Pose", "u", "deux", "10", ""), "Quantité", "number_unreadable"),
        ((1, "Pose", "u", "-2", "10", ""), "Quantité", "number_negative"),
        ((1, "Pose", "u", "1,2345", "10", ""), "Quantité", "too_many_decimals"),
        ((1, "Pose", "u", "2", "10,001", ""), "Prix unitaire HT", "too_many_decimals"),
        ((1, "Pose", "u", "2", "=1+1", ""), "Prix unitaire HT", "formula"),
        ((1, "Pose", "u", "2", "", "20"), "Prix unitaire HT", "schedule_unit_price_missing"),
        ((1, "Pose", "u", "2", "10", "21"), "Montant HT", "schedule_total_differs"),
        ((1, "", "u", "2", "10", "20"), "Désignation", "cell_missing"),
        ((1, "=HYPERLINK(1)", "u", "2", "10", "20"), "Désignation", "formula"),
        ((1, "Pose", "u", "99999999999", "10", ""), "Quantité", "amount_too_long"),
    ],
)
def test_a_wrong_cell_is_said_with_its_line_and_column(row, column, code):
    assert refusal(sheets.text((9, "Bonne", "u", 1, 5, 5), row)) == (3, column, code)


def test_shares_may_be_in_the_file():
    header = ("Désignation", "Quantité", "Prix unitaire HT", "Répartition")
    rows = (
        ("Pose", 1, 100, "Menuiserie du Lac : 60 % ; Trait: Juste : 10,50 €"),
        ("Dépose", 1, 100, "trait: juste"),
        ("Vernis", 1, 100, None),
    )
    found = read(sheets.workbook(*rows, header=header))
    assert found.refused == []
    assert [line.claims for line in found.lines] == [
        (Claim(1, PERCENT, 6000), Claim(2, AMOUNT, 1050)),
        (Claim(2, PARTS, 1000),),
        None,
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Inconnu : 60 %", "share_of_nobody"),
        ("Menuiserie du Lac : beaucoup", "share_unreadable"),
        ("Menuiserie du Lac : 101 %", "share_above_whole"),
        ("Menuiserie du Lac ; Menuiserie du Lac", "share_doubled"),
    ],
)
def test_shares_that_cannot_be_read_are_said(said, code):
    header = ("Désignation", "Quantité", "Prix unitaire HT", "Répartition")
    assert refusal(sheets.workbook(("Pose", 1, 100, said), header=header)) == (2, "Répartition", code)


def test_options_variants_and_lots_are_told_apart():
    header = ("Lot", "Partie", "Option ou variante", "Désignation", "Quantité", "PU HT")
    rows = (("2", "Option", "PSE 1", "Store", 1, 10), ("lot 1", "variante", "Chêne", "Porte", 1, 10))
    found = [line.facts for line in read(sheets.text(*rows, header=header)).lines]
    assert [(one.lot_id, one.part, one.label) for one in found] == [
        (12, "option", "PSE 1"),
        (11, "variant", "Chêne"),
    ]
    assert refusal(sheets.text(("3", "", "", "Store", 1, 10), header=header))[1:] == (
        "Lot",
        "schedule_lot_unknown",
    )
    wrong = refusal(sheets.text(("1", "peut-être", "", "Store", 1, 10), header=header))
    assert wrong[1:] == ("Partie", "schedule_part_unknown")


def test_a_file_that_is_no_schedule_is_refused_with_a_reason():
    def why(stream):
        with pytest.raises(FileRefused) as caught:
            read(stream)
        return caught.value.code

    assert why(sheets.text(("a", "b"), header=("Nom", "Prénom"))) == "schedule_without_header"
    assert why(sheets.text(header=("Désignation", "Qté", "Quantité", "PU"))) == "column_doubled"
    assert why(io.BytesIO(b"%PDF-1.7\x00")) == "file_binary"
    assert why(sheets.text(*[(1, "Pose", "u", 1, 1, 1)] * 2001)) == "schedule_too_long"
    macros = sheets.workbook((1, "Pose", "u", 1, 1, 1))
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    macros.seek(0)
    assert why(macros) == "file_macros"


def test_a_million_empty_rows_are_refused_early():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(sheets.HEADER)
    for _row in range(1_200):
        sheet.append([""])
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    many = _with_many_rows(kept)
    with pytest.raises(FileRefused) as caught:
        read(many)
    assert caught.value.code == "sheet_too_long"


def _with_many_rows(kept):
    """The same workbook, its sheet having a million rows without a cell."""
    made = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part.filename)
            if part.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b"<row/>" * 1_000_000 + b"</sheetData>")
            new.writestr(part, content)
    made.seek(0)
    return made


@given(st.sampled_from([AMOUNT, PERCENT, PARTS]), st.integers(1, 10_000))
def test_a_share_written_is_read_again(kind, value):
    assert share_words.read(share_words.write(kind, value)) == (kind, value)


@pytest.mark.parametrize("nothing", ["", "  ", "0", "0 %", "0,00 €", "0 part"])
def test_no_share_is_nothing(nothing):
    assert share_words.read(nothing) is None


cells = st.one_of(
    st.none(),
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.booleans(),
    st.text(max_size=12),
    st.sampled_from(
        ["Total", "sous-total", "1 250,00 €", "-", "=A1", "1/2", "Lac : 40 %", "N°", "option", "2 u"]
    ),
)


@given(st.lists(st.lists(cells, max_size=8), max_size=6))
def test_whatever_stands_in_the_cells_is_read_said_or_left_aside(rows):
    """No row is lost without a word, and none breaks the reader."""
    header = ("Lot", "Partie", "Option ou variante", "N°", "Désignation", "Quantité", "PU HT", "Montant HT")
    found = schedules.read_rows(
        iter(enumerate([header, *rows], start=1)), lots=LOTS, lot_id=11, team={"Lac": 1}
    )
    told = {line.line for line in found.lines} | {one.line for one in found.refused}
    told |= {line for line, _text in found.aside}
    blank = [all(cell is None or not str(cell).strip() for cell in row) for row in rows]
    assert told == {line for line, nothing in enumerate(blank, start=2) if not nothing}
    for line in found.lines:
        assert line.facts.total_cents >= 0
        assert line.facts.description.strip()
