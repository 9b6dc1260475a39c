"""A year that lives with a mistake ends by naming it; all of them: `python -m tests.simulation.breaks`."""

import itertools
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from endi_ext.kernel.preferences import Preference
from endi_ext.ledger import seals
from endi_ext.simulation import jobs, run
from endi_ext.simulation.world import Operation

from . import breaks

numbers = itertools.count()


@pytest.fixture(autouse=True)
def signed(tmp_path):
    """Months are closed with a key of their own."""
    seals.keep_key_at(tmp_path / "key.pem")
    yield
    seals.keep_key_at(None)


def noted(session, name=None):
    """A row that is new each time, unless it has a name."""
    facts = {"value": "1", "changed_at": datetime(2026, 1, 5, tzinfo=UTC), "changed_by": "x"}
    session.merge(Preference(name=name or f"noted-{next(numbers)}", **facts))
    session.flush()


def in_two_halves(name):
    def do(session):
        noted(session, f"{name}-0")
        session.commit()
        for place in range(9):
            noted(session, f"{name}-{place}")

    return do


def removed_beside(session):
    """A row is removed without the application: by the driver."""
    connection = session.connection().connection.dbapi_connection
    connection.execute("DELETE FROM endi_ext_party WHERE id = (SELECT MAX(id) FROM endi_ext_party)")


def only_once_in_three(session, real=Session.commit):
    return session.rollback() if next(numbers) % 3 == 2 else real(session)


def how_it_ends(engine, monkeypatch, *planners, **facts):
    monkeypatch.setattr(run, "PLANNERS", planners)
    monkeypatch.setattr(run, "WEIGHTS", [1] * len(planners))
    with pytest.raises(run.Failed) as failed:
        run.Year(engine, **{"seed": 3, "months": 1, "party_count": 6, **facts}).live()
    return failed.value.broken.args[0]


@pytest.mark.parametrize(
    ("do", "named"),
    [
        (lambda: noted, "done_twice"),
        (lambda: in_two_halves(next(numbers)), "half_done"),
        (lambda: removed_beside, "changed_beside"),
    ],
)
def test_what_is_done_twice_by_halves_or_beside_is_named(copy, monkeypatch, do, named):
    facts = {"party_count": 20, "with_faults": named == "half_done"}
    planner = lambda *_said: Operation("broken", do())  # noqa: E731
    assert how_it_ends(copy("sqlite"), monkeypatch, planner, **facts) == named


def test_a_commit_that_was_told_and_did_not_happen_is_named(copy, monkeypatch):
    monkeypatch.setattr(Session, "commit", only_once_in_three)
    assert how_it_ends(copy("sqlite"), monkeypatch, jobs.propose) == "rows_not_there"


def test_an_agreement_that_one_side_signed_is_named(copy, monkeypatch):
    breaks.one_signature(monkeypatch)
    assert how_it_ends(copy("sqlite"), monkeypatch, jobs.propose, jobs.answer) == "signatures_differ"
