"""Files that cannot be read as a whole: which one, and what is said of it. Workbooks besides."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from endi_ext.exchanges import imports
from endi_ext.exchanges.spreadsheets import MEBIBYTE, Limits, column_name
from tests.builders import an_act
from tests.exchanges.test_imports import GOOD, HEADER, lines, nothing_posted, recorded, refusals, take

COLUMNS = HEADER.split(";")


def workbook(*rows, header=COLUMNS):
    book = openpyxl.Workbook()
    for cells in (header, *rows):
        book.active.append(cells)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_row(**cells):
    values = {
        "date": date(2026, 11, 2),
        "vendeur": "LAC",
        "acheteur": "DUV",
        "montant_ht": 1000,
        "libelle": "Pose de la cuisine",
        "reference": "F-1",
        **cells,
    }
    return list(values.values())


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 0, "file_empty"),
        (b" \r\n\n", 0, "file_empty"),
        (b"\xef\xbb\xbf", 0, "file_empty"),
        (b";;;\n", 0, "file_empty"),
        (HEADER.encode(), 1, "file_no_rows"),
        ((HEADER + "\n;;;;;\n").encode(), 1, "file_no_rows"),
        (b"\x00\x01\x02\x03" * 50, 0, "file_binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", 0, "file_binary"),
        (lines(GOOD).encode("utf-16"), 1, "file_encoding"),
        (lines(GOOD, GOOD).encode() + "é".encode() + "\né".encode("cp1252"), 5, "file_encoding"),
        (lines(GOOD).encode() + b"\n\x81\x8d", 4, "file_encoding"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, 0, "file_old_format"),
        (lines('02/11/2026;LAC;DUV;1;"Pose;F-1', GOOD).encode(), 2, "line_unreadable"),
        (lines("x" * 200_000).encode(), 2, "line_unreadable"),
        (b"PK\x03\x04not a workbook", 0, "file_damaged"),
        (lines(GOOD, header=HEADER + ";Date").encode(), 1, "column_doubled"),
        ("Date;Vendeur;Acheteur;Libellé;Référence\nx".encode("cp1252"), 1, "column_missing"),
        (b"a;b\n1;2\n", 1, "column_missing"),
        (b"<html><body>Session expir\xc3\xa9e</body></html>", 1, "column_missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(world, content, line, code):
    report = take(world, content)
    assert [(refusal.line, refusal.code) for refusal in report.refused] == [(line, code)]
    assert report.refused[0].facts["filename"] == "echanges.csv"
    assert nothing_posted(world)


def test_the_missing_column_is_named_with_those_found(world):
    (refusal,) = take(world, "Date;Vendeur;Acheteur;Libellé;Référence\nx").refused
    assert (refusal.column, refusal.facts["found"]) == (
        "montant_ht",
        "Date, Vendeur, Acheteur, Libellé, Référence",
    )


def test_fifty_megabytes_are_refused_after_the_limit_is_read(world):
    class Endless(io.RawIOBase):
        read_bytes = 0

        def read(self, size=-1):
            assert size > 0, "never all of it"
            self.read_bytes += size
            return b"x" * size

    stream = Endless()
    report = imports.import_file(world.session, stream, "gros.csv", an_act())
    assert refusals(report) == [(0, "", "file_too_large")]
    assert report.refused[0].facts["most_mb"] == 10
    assert stream.read_bytes <= 10 * MEBIBYTE + 1


def test_more_rows_than_the_limit_are_refused_at_the_first_too_many(world):
    content = lines(*(GOOD.replace("F-1", f"F-{number}") for number in range(4)))
    assert take(world, content, limits=Limits(rows=4), dry_run=True).accepted == 4
    assert refusals(take(world, content, limits=Limits(rows=3))) == [(5, "", "too_many_rows")]


@pytest.mark.parametrize(
    "header", ["Montant H.T. (€)", "montant_ht", " MONTANT  HT ", "Montant-HT", "montant h.t", "MONTANT_HT €"]
)
def test_headers_are_known_without_case_accents_and_ornaments(header):
    assert column_name(header) == "montant_ht"


def test_a_workbook_is_read_with_its_own_dates_and_numbers(either_world):
    header = ["Référence", "Date", "Échéance", "Réglé le", "Vendeur", "Acheteur", "Montant HT", "Libellé"]
    day = datetime(2026, 11, 2)
    rows = (
        ["F-1", day, date(2026, 12, 31), None, "LAC", "Atelier Duval", 1234.5, "Pose"],
        [],
        [2026042, "03/11/2026", None, date(2026, 11, 20), "DUV", "LAC", "1 000,10 €", "Dépose"],
    )
    report = take(either_world, workbook(*rows, header=header), filename="echanges.xlsx")
    assert (report.accepted, report.settled, report.refused) == (2, 1, [])
    first, second = recorded(either_world)
    assert (first.net_cents, first.accepted_on, first.due_on) == (
        123_450,
        date(2026, 11, 2),
        date(2026, 12, 31),
    )
    assert (second.reference, second.net_cents, second.accepted_on) == ("2026042", 100_010, date(2026, 11, 3))


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"montant_ht": "=1000+1"}, "montant_ht", "formula"),
        ({"libelle": "=CONCATENATE(1)"}, "libelle", "formula"),
        ({"date": "=TODAY()"}, "date", "formula"),
        ({"vendeur": "=A1"}, "vendeur", "formula"),
        ({"montant_ht": 12.345}, "montant_ht", "three_decimals"),
        ({"montant_ht": 0}, "montant_ht", "amount_not_positive"),
        ({"montant_ht": -5}, "montant_ht", "amount_not_positive"),
        ({"montant_ht": True}, "montant_ht", "amount_unreadable"),
        ({"montant_ht": None}, "montant_ht", "cell_missing"),
        ({"montant_ht": "#REF!"}, "montant_ht", "cell_error"),
        ({"date": 45963}, "date", "date_unreadable"),
        ({"date": date(1926, 1, 1)}, "date", "date_out_of_range"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_refused(world, cells, column, code):
    report = take(world, workbook(a_row(reference="F-0"), a_row(**cells)), filename="echanges.xlsx")
    assert refusals(report) == [(3, column, code)]
    assert nothing_posted(world)


def test_a_sum_of_floats_is_read_as_the_spreadsheet_shows_it(world):
    take(world, workbook(a_row(montant_ht=0.1 + 0.2)))
    assert recorded(world)[0].net_cents == 30


def test_a_workbook_is_known_by_its_content_whatever_its_name(world):
    assert take(world, workbook(a_row()), filename="echanges.csv").accepted == 1


def test_cells_beside_the_table_of_a_workbook_do_not_matter(world):
    assert take(world, workbook([*a_row(), None, "vu par Paul"])).accepted == 1


def test_a_workbook_with_macros_is_refused(world):
    assert refusals(take(world, added(workbook(a_row()), "xl/vbaProject.bin", b"x"))) == [
        (0, "", "file_macros")
    ]


def test_a_workbook_that_would_fill_the_memory_is_refused(world):
    bomb = added(workbook(a_row()), "xl/media/big.bin", b"\0" * (2 * MEBIBYTE))
    assert len(bomb) < MEBIBYTE
    report = take(world, bomb, limits=Limits(unpacked_bytes=MEBIBYTE))
    assert refusals(report) == [(0, "", "file_too_large")]


def test_a_workbook_that_declares_entities_is_refused(world):
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert refusals(take(world, added(workbook(a_row()), "xl/evil.xml", evil))) == [(0, "", "file_damaged")]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused(world, part):
    assert refusals(take(world, added(workbook(a_row()), part, b"<broken"))) == [(0, "", "file_damaged")]


def test_a_workbook_that_claims_a_thousand_million_rows_is_refused(world):
    sheet = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1"><v>1</v></c></row><row r="1000000000"><c r="A1000000000"><v>1</v></c></row>
    </sheetData></worksheet>"""
    headed = sheet.replace('<c r="A1"><v>1</v></c>', "".join(cell_of(*one) for one in enumerate(COLUMNS)))
    content = added(workbook(a_row()), "xl/worksheets/sheet1.xml", headed.encode())
    assert refusals(take(world, content)) == [(2, "", "too_many_blank_rows")]


def cell_of(place, text):
    return f'<c r="{"ABCDEF"[place]}1" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_of_columns_far_to_the_right_is_read_where_columns_are(world):
    assert take(world, workbook([*a_row(), *[None] * 16_000, "x"])).accepted == 1


def test_a_truncated_workbook_is_refused(world):
    content = workbook(a_row())
    assert refusals(take(world, content[: len(content) // 2])) == [(0, "", "file_damaged")]


def test_an_archive_that_is_no_workbook_is_refused(world):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notes.txt", "rien")
    assert refusals(take(world, stream.getvalue())) == [(0, "", "file_binary")]


@pytest.mark.parametrize("rows", [(), ([None, None],)])
def test_a_workbook_without_rows_is_refused(world, rows):
    assert refusals(take(world, workbook(*rows))) == [(1, "", "file_no_rows")]


def added(content, name, part):
    """Return a workbook with one more part, or another in place of the one of that name."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for known in old.namelist():
            if known != name:
                new.writestr(known, old.read(known))
        new.writestr(name, part)
    return stream.getvalue()
