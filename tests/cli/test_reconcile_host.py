"""`endi-ext reconcile` without lists names what the host's own documents do not agree on."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from endi_ext.cli import main
from endi_ext.hosts.demo import internal_story, people, seeding
from endi_ext.hosts.demo.internal_story import Clerk, Told
from endi_ext.kernel.engine import make_engine
from tests.cli.inis import an_ini
from tests.copies import copy_file

LAST_DAY = date(2026, 11, 20)
COMPANIES = people.COMPANIES[:3]
LOGINS = ("helene", "karim", "solene", "odile", "marc")
PERSONS = [person for person in people.PEOPLE if person.login in LOGINS]
SOUND = Told("TRAITJ", "MENLAC", "Plans d'un kiosque", 450, 60, internal_story.PAID_WHOLE, quoted=True)
FORCED = Told("ECUME", "MENLAC", "Flyer", 140, 40, internal_story.FORCED)
CROSSED = Told("ECUME", "MENLAC", "Logo", 120, 80, internal_story.CROSSED)


@pytest.fixture(scope="module")
def populated(once_installed, tmp_path_factory):
    """The engine of a demo with its people; no test writes there."""
    url = f"sqlite:///{tmp_path_factory.mktemp('populated')}/books.sqlite"
    copy_file(once_installed, url)
    engine = make_engine(url)
    with Session(engine, future=True) as session, session.begin():
        seeding.populate(session, PERSONS, COMPANIES)
        seeding.directory().sync(session)
    yield engine
    engine.dispose()


@pytest.fixture
def reconcile(populated, tmp_path):
    """Run the command on a demo whose platform kept these documents."""
    url = f"sqlite:///{tmp_path}/books.sqlite"
    ini = str(an_ini(tmp_path, url))

    def run(*kept, options=()):
        if kept:
            copy_file(populated, url)
            with Session(make_engine(url), future=True) as session:
                clerk = Clerk(session, LAST_DAY)
                for told in kept:
                    clerk.invoice(told)
                session.commit()
        return CliRunner().invoke(main, ["-c", ini, "reconcile", *map(str, options)])

    return run


def test_what_disagrees_is_told_by_code_with_both_parties_and_what_to_do(reconcile):
    said = reconcile(SOUND, FORCED, CROSSED)
    assert said.exit_code == 0, said.output
    assert "Écarts : 2." in said.output
    assert "Soldée de force (settled_by_force, à corriger) : 1" in said.output
    assert "Règlements croisés (payment_crossed" in said.output
    assert "Menuiserie du Lac" in said.output


def test_sound_documents_are_only_counted(reconcile):
    said = reconcile(SOUND, options=["--check"])
    assert said.exit_code == 0
    assert "Écarts : 0." in said.output
    assert "Enjeu" not in said.output


def test_a_scheduled_task_is_told_and_a_program_reads_both_documents(reconcile):
    said = reconcile(SOUND, FORCED, CROSSED, options=["--check", "--format", "json", "--period", "2026-10"])
    assert said.exit_code == 1
    (found,) = json.loads(said.output)["findings"]
    assert (found["code"], found["title"]) == ("settled_by_force", "Soldée de force")
    assert found["on"].startswith("2026-10-")
    assert (found["seller"], found["buyer"]) == ("Studio Écume", "Menuiserie du Lac")
    assert found["sale"]["paid_status"] == "resulted"
    assert found["purchase"]["amount_cents"] == 14_000
    assert 0 < found["amount_cents"] < 14_000


def test_findings_are_written_for_a_spreadsheet_and_never_over_another_file(reconcile, tmp_path):
    out = tmp_path / "ecarts.csv"
    said = reconcile(FORCED, options=["--format", "csv", "--out", out])
    assert said.exit_code == 0, said.output
    heading, line = out.read_text("utf-8-sig").splitlines()
    assert heading.startswith("Écart;Code;Gravité;Date;Vendeur;Acheteur;Montant en jeu")
    assert line.startswith("Soldée de force;settled_by_force;À corriger;")
    assert "existe déjà" in reconcile(options=["--format", "csv", "--out", out]).output
    book = tmp_path / "ecarts.xlsx"
    reconcile(options=["--format", "xlsx", "--out", book])
    _heading, (title, *_rest) = load_workbook(book).active.iter_rows(values_only=True)
    assert title == "Soldée de force"


def test_one_list_alone_is_refused(tmp_path):
    path = tmp_path / "ventes.csv"
    path.write_text("id;seller;buyer;date;amount\n")
    said = CliRunner().invoke(main, ["reconcile", "--sales", str(path)])
    assert said.exit_code == 2
    assert "--sales et --purchases ensemble" in said.output
