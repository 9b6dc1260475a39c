"""The command `endi-ext export journal`: a file that is whole or is not there."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from endi_ext import installation
from endi_ext.cli import main
from endi_ext.installation import writing
from endi_ext.kernel.parties import Party
from endi_ext.ledger import fec
from endi_ext.ledger import service as ledger
from endi_ext.web import sheets
from tests.builders import a_draft, a_party, an_act
from tests.cli.inis import an_ini
from tests.ledger.fec_rules import rows_of, wrongs_of


@pytest.fixture
def ini(installed, tmp_path):
    """An installation whose books have three entries, two of them in November."""
    ini = an_ini(tmp_path, installed)
    with writing(installation.read(ini)) as session:
        buyer, seller = a_party(session, "=Lac"), a_party(session, "Trait Juste")
        for day, text in ((30, "=1+1"), (2, "Pose\x0b\td’une porte"), (5, "+33 6")):
            on = date(2026, 10 if day == 30 else 11, day)
            act = an_act(at=datetime(2026, 11, 16, tzinfo=UTC))
            ledger.post(session, a_draft(buyer.id, seller.id, 123_456, effective_on=on, text=text), act)
    return ini


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(ini, *arguments):
    return CliRunner().invoke(main, ["-c", str(ini), "export", "journal", *map(str, arguments)])


def test_a_folder_gets_a_file_of_the_right_name_that_breaks_no_rule(ini, out):
    outcome = export(ini, "--period", "2026", "--format", "fec", "--out", out)
    assert outcome.exit_code == 0, outcome.output
    assert "3 écriture(s) du journal, du 01/01/2026 au 31/12/2026" in outcome.output
    (path,) = out.iterdir()
    assert wrongs_of(path.read_bytes(), path.name) == []


def test_another_name_is_taken_and_the_expected_one_told(ini, out):
    path = out / "internes.txt"
    outcome = export(ini, "--period", "2026-11", "--out", path, "--siren", "732829320")
    assert "732829320FEC20261130.txt" in outcome.output
    assert len(rows_of(path.read_bytes())) == 8


def test_a_csv_is_never_run_as_a_formula(ini, out):
    export(ini, "--period", "2026", "--format", "csv", "--out", out / "a.csv")
    text = (out / "a.csv").read_bytes().decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert (heading[0], heading[10], len(rows)) == ("Journal", "Crédit", 12)
    assert {row[6] for row in rows} == {"'=Lac", "Trait Juste"}
    assert {row[8] for row in rows} == {"'=1+1", "Pose\x0b\td’une porte", "'+33 6"}
    assert sum(row[9] == "1234,56" for row in rows) == 6


def test_a_workbook_has_true_dates_and_numbers_and_no_formula(ini, out):
    assert export(ini, "--period", "2026-11", "--format", "xlsx", "--out", out).exit_code == 0
    (sheet,) = openpyxl.load_workbook(out / "journal-2026-11.xlsx").worksheets
    rows = [row for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 8
    assert "f" not in {cell.data_type for row in rows for cell in row}
    assert {row[6].value for row in rows} == {"=Lac", "Trait Juste"}
    assert (rows[0][2].value, rows[0][9].value) == (datetime(2026, 11, 2), 1234.56)


def test_rows_that_no_sheet_holds_go_on_in_another(out):
    with (out / "a.xlsx").open("wb") as file:
        sheets.write([(str(number), number) for number in range(5)], file, ["Ligne", "Nombre"], most=2)
    book = openpyxl.load_workbook(out / "a.xlsx")
    assert [[cell.value for cell in sheet["B"]] for sheet in book.worksheets] == [
        ["Nombre", 0, 1], ["Nombre", 2, 3], ["Nombre", 4],
    ]  # fmt: skip
    assert zipfile.ZipFile(out / "a.xlsx").testzip() is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--period", "2026-13"), "ni un mois"),
        (("--period", "2031"), "Aucune écriture"),
        (("--period", "2026", "--siren", "123"), "n’est pas un SIREN"),
    ],
)
def test_what_is_refused_is_one_sentence_and_leaves_nothing(ini, out, arguments, said):
    outcome = export(ini, *arguments, "--out", out / "a.txt")
    assert outcome.exit_code == 1
    assert said in outcome.output
    assert len(outcome.output.splitlines()) == 1
    assert list(out.iterdir()) == []


def test_without_a_siren_the_file_has_no_name(ini, out, monkeypatch):
    monkeypatch.setattr("endi_ext.hosts.demo.people.COOPERATIVE_IDENTITY", {})
    outcome = export(ini, "--period", "2026", "--out", out / "a.txt")
    assert (outcome.exit_code, list(out.iterdir())) == (1, [])
    assert "--siren" in outcome.output
    assert export(ini, "--period", "2026", "--format", "csv", "--out", out / "a.csv").exit_code == 0


def test_nothing_is_replaced_and_a_folder_that_is_missing_is_told(ini, out):
    (out / "a.csv").write_text("mine")
    outcome = export(ini, "--period", "2026", "--format", "csv", "--out", out / "a.csv")
    assert (outcome.exit_code, (out / "a.csv").read_text()) == (1, "mine")
    assert "existe déjà" in outcome.output
    outcome = export(ini, "--period", "2026", "--format", "csv", "--out", out / "none" / "a.csv")
    assert "introuvable" in outcome.output


def test_an_export_that_breaks_half_way_leaves_nothing(ini, out, monkeypatch):
    def broken(rows, names):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fec, "lines", broken)
    outcome = export(ini, "--period", "2026", "--out", out)
    assert (outcome.exit_code, list(out.iterdir())) == (1, [])


def test_what_goes_to_the_accounting_software_goes_twice_only_when_asked(ini, out):
    def sage(name, *options):
        return export(ini, "--period", "2026-11", "--format", "sage", "--out", out / name, *options)

    assert "2 écriture(s)" in sage("first.zip").output
    refused = sage("again.zip")
    assert refused.exit_code == 1
    assert "2 écriture(s) de la période 2026-11 ont déjà été exportées" in refused.output
    assert [path.name for path in out.iterdir()] == ["first.zip"]
    assert "Tout ce que contient la période" in sage("rest.zip", "--only-new").output
    assert "2 écriture(s) avaient déjà été exportées" in sage("again.zip", "--again").output
    assert (out / "again.zip").read_bytes() == (out / "first.zip").read_bytes()
    post_again(ini)
    assert "1 écriture(s) du journal" in sage("rest.zip", "--only-new").output


def post_again(ini):
    with writing(installation.read(ini)) as session:
        _cooperative, *parties = session.execute(select(Party.id).order_by(Party.id)).scalars()
        ledger.post(session, a_draft(*parties, 100, effective_on=date(2026, 11, 20)), an_act())


def test_the_files_of_sage_run_no_formula_and_say_what_has_no_place_in_them(ini, out):
    export(ini, "--period", "2026", "--format", "sage", "--out", out / "sage.zip")
    with zipfile.ZipFile(out / "sage.zip") as archive:
        # These entries are of no exchange: a host has no file for them.
        assert archive.namelist() == ["autres_ecritures.txt"]
        text = archive.read("autres_ecritures.txt")
    _heading, *rows = csv.reader(io.StringIO(text.decode("iso-8859-15"), newline=""), delimiter=";")
    assert {row[7] for row in rows} == {"1+1", "Pose\x0b\td’une porte".replace("’", "?"), "33 6"}
    assert [row[11] for row in rows] == ["G", "A"] * 12
