"""`endi-ext close` in a demo of its own: what is left, what a reason passes, who was first."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from endi_ext.cli import main
from endi_ext.hosts.clock import SystemClock
from endi_ext.hosts.demo import people, seeding
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import by_host_key
from tests.cli.inis import an_ini
from tests.web.dealings import an_exchange

PERSONS = (people.Person(1, "helene", "Hélène Marchand", people.ENTREPRENEUR),)
COMPANIES = (
    people.Company(1, "Menuiserie du Lac", "MENLAC", "Menuiserie", "Talloires", ("helene",)),
    people.Company(2, "Atelier Trait Juste", "TRAITJ", "Dessin", "Grenoble", ("helene",)),
)
LAST_MONTH = SystemClock().today().replace(day=1) - timedelta(days=1)
NAME = f"{LAST_MONTH:%Y-%m}"


@pytest.fixture
def ini(installed, tmp_path):
    """The ini of a small demo with an exchange of last month."""
    engine = make_engine(installed)
    with Session(engine, future=True) as session, session.begin():
        seeding.populate(session, PERSONS, COMPANIES)
        seeding.directory().sync(session)
        clock = SystemClock()
        act = Act("user:1", "Hélène Marchand", clock.now(), clock.today())
        sides = by_host_key(session, "company:1"), by_host_key(session, "company:2")
        an_exchange(session, *sides, act, on=LAST_MONTH)
    engine.dispose()
    return an_ini(tmp_path, installed)


def close(ini, *options):
    outcome = CliRunner().invoke(main, ["-c", str(ini), "close", "--period", NAME, *options])
    return outcome.exit_code, " ".join(outcome.output.split())


def test_a_month_is_closed_by_a_command_once_nothing_is_left_or_it_is_passed(ini):
    status, said = close(ini)
    assert status == 1
    assert f"Le mois {NAME} a encore 2 point(s) à régler" in said
    assert close(ini, "--dry-run")[0] == 0
    status, said = close(ini, "--reason", "Reprise du livre")
    assert status == 0, said
    assert f"Le mois {NAME} est clôturé" in said
    status, said = close(ini, "--reason", "Encore")
    assert (status, "est déjà clôturé" in said) == (1, True)


def test_a_year_is_not_closed_by_it(ini):
    outcome = CliRunner().invoke(main, ["-c", str(ini), "close", "--period", "2026"])
    assert outcome.exit_code == 1
    assert "n’est ni un mois" in outcome.output
