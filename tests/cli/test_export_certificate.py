"""The command `endi-ext export certificate`: of a closed month, whole or not at all."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from endi_ext import installation
from endi_ext.cli import main
from endi_ext.installation import writing
from endi_ext.ledger import seals
from endi_ext.ledger import service as ledger
from tests.builders import a_draft, a_party, an_act
from tests.cli.inis import an_ini

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_certificate.py"


@pytest.fixture
def ini(installed, tmp_path):
    """An installation whose October is closed, with two entries; November is open."""
    ini = an_ini(tmp_path, installed)
    seals.keep_key_at(tmp_path / "key.pem")
    with writing(installation.read(ini)) as session:
        buyer, seller = a_party(session, "=Lac"), a_party(session, "Trait Juste")
        for day in (date(2026, 10, 2), date(2026, 10, 30), date(2026, 11, 3)):
            ledger.post(session, a_draft(buyer.id, seller.id, 4_250, effective_on=day, text="=1"), an_act())
        ledger.close_period(session, ledger.period_of(session, date(2026, 10, 1)), an_act())
    yield ini
    seals.keep_key_at(None)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(ini, what, *arguments):
    return CliRunner().invoke(main, ["-c", str(ini), "export", what, *map(str, arguments)])


def test_what_two_commands_write_agrees_on_another_machine(ini, out):
    outcome = export(ini, "certificate", "--period", "2026-10", "--out", out)
    assert outcome.exit_code == 0, outcome.output
    assert "Certificat du mois 2026-10, 2 écriture(s)" in outcome.output
    key = outcome.output.rpartition("Clé publique : ")[2].strip()
    assert export(ini, "journal", "--period", "2026-10", "--format", "csv", "--out", out).exit_code == 0
    files = (out / "certificat-2026-10.json", "--journal", out / "journal-2026-10.csv", "--key", key)
    done = subprocess.run([sys.executable, "-I", SCRIPT, *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 entries, 8 lines, 170.00 posted." in done.stdout


@pytest.mark.parametrize("period", ["2026-11", "2031-01", "2026", "octobre"])
def test_what_is_no_closed_month_has_none(ini, out, period):
    outcome = export(ini, "certificate", "--period", period, "--out", out / "a.json")
    assert (outcome.exit_code, list(out.iterdir())) == (1, [])
    assert f"« {period} »" in outcome.output
    assert len(outcome.output.splitlines()) == 1


def test_nothing_is_replaced(ini, out):
    (out / "a.json").write_text("mine")
    outcome = export(ini, "certificate", "--period", "2026-10", "--out", out / "a.json")
    assert (outcome.exit_code, (out / "a.json").read_text()) == (1, "mine")
