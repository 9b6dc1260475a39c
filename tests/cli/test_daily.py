"""`endi-ext daily` in a demo of its own: what it prints, what it leaves, what doctor says of it."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from endi_ext import doctor
from endi_ext.cli import main
from endi_ext.hosts.clock import SystemClock
from endi_ext.hosts.demo import people, seeding
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import by_host_key
from tests.cli.inis import an_ini
from tests.subcontracts.builders import a_proposal

PERSONS = (
    people.Person(1, "helene", "Hélène Marchand", people.ENTREPRENEUR),
    people.Person(2, "karim", "Karim Benali", people.ENTREPRENEUR),
)
COMPANIES = (
    people.Company(1, "Menuiserie du Lac", "MENLAC", "Menuiserie", "Talloires", ("helene",)),
    people.Company(2, "Atelier Trait Juste", "TRAITJ", "Dessin", "Grenoble", ("karim",)),
)


@pytest.fixture
def ini(installed, tmp_path):
    """The ini of a small demo in which helene proposed something to karim nine days ago."""
    engine = make_engine(installed)
    with Session(engine, future=True) as session, session.begin():
        seeding.populate(session, PERSONS, COMPANIES)
        seeding.directory().sync(session)
        clock = SystemClock()
        act = Act("user:1", "Hélène Marchand", clock.now() - timedelta(days=9), clock.today())
        buyer, seller = by_host_key(session, "company:1"), by_host_key(session, "company:2")
        a_proposal(session, buyer=buyer, seller=seller, title="Une mezzanine", act=act)
    engine.dispose()
    return an_ini(tmp_path, installed, more="endi_ext.site = https://endi.example.coop/")


def daily(ini):
    return CliRunner().invoke(main, ["-c", str(ini), "daily"])


def found(ini, subject):
    outcome = CliRunner().invoke(main, ["-c", str(ini), "doctor"])
    return next(line for line in outcome.output.splitlines() if f" {subject} : " in line)


def test_it_tells_reminds_and_says_so_in_a_table(ini, tmp_path):
    outcome = daily(ini)
    assert outcome.exit_code == 0, outcome.output
    rows = {line.split("│")[1].strip(): line.split("│")[2].strip() for line in table(outcome.output)}
    assert rows["Rappels de ce qui attend"] == "1"
    assert (rows["Personnes prévenues"], rows["Lettres parties"]) == ("2", "2")
    first = min((tmp_path / "var" / "mail").glob("*.eml"))
    assert b"https://endi.example.coop/companies/2/exchanges/subcontracts/1" in first.read_bytes().replace(
        b"=\n", b""
    )


def table(output):
    return [line for line in output.splitlines() if line.startswith("│")]


def test_the_second_time_it_does_nothing(ini, tmp_path):
    daily(ini)
    outcome = daily(ini)
    assert outcome.exit_code == 0
    assert {line.split("│")[2].strip() for line in table(outcome.output)} == {"0"}
    assert len(list((tmp_path / "var" / "mail").glob("*.eml"))) == 2


def test_doctor_says_when_it_ran(ini):
    assert found(ini, "tâches du jour").startswith("NON")
    daily(ini)
    assert found(ini, "tâches du jour").startswith("ok ")
    assert found(ini, "lettres").startswith("ok ")


def test_doctor_warns_when_it_has_not_run_for_two_days(ini, tmp_path):
    daily(ini)
    engine = make_engine(f"sqlite:///{tmp_path}/books.sqlite")
    now = SystemClock().now()
    with engine.connect() as connection:
        assert doctor.daily_duties(connection, now + timedelta(days=1)).sound
        late = doctor.daily_duties(connection, now + timedelta(days=2, minutes=1))
    engine.dispose()
    assert not late.sound
    assert "il y a plus de deux jours" in late.sentence


def test_an_application_that_does_not_load_us_is_told_what_to_do(ini, tmp_path):
    ini.write_text(ini.read_text().replace("demo.includes = endi_ext", "demo.includes ="))
    outcome = daily(ini)
    assert outcome.exit_code == 1
    assert "includes" in outcome.output


def test_without_tables_it_says_which_command_to_run(tmp_path):
    outcome = daily(an_ini(tmp_path, f"sqlite:///{tmp_path}/none.sqlite"))
    assert outcome.exit_code == 1
    assert "upgrade" in outcome.output
