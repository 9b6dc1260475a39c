"""Internal revenue and expense neutralised at the end of a year; what the next year begins with."""

from collections import defaultdict
from datetime import date
from threading import Thread

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants, roles
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import DomainError, ReasonMissing
from endi_ext.ledger import audit, openings, queries, spans
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Period
from endi_ext.reconciliation import elimination, year_end
from tests.builders import a_draft, an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import an_exchange, books, settled
from tests.exchanges.test_properties import STEPS, Play

DECEMBER = date(2026, 12, 15)
RESULTS = ("604020", "704900", "186", "187", "6223", "7083")


@pytest.fixture
def world(session):
    """A cooperative with an exchange of 1 000,00 in December and its contribution."""
    made = World(session)
    settled(made, an_exchange(made, accepted_on=DECEMBER), 40_000, settled_on=DECEMBER)
    return made


def year(session, name="2026"):
    return spans.span_of(session, name)


def eliminate(session, group, **changed):
    (wanted,) = [one for one in elimination.proposals(session, year(session)) if one.group == group]
    options = {"seen": wanted.digest, "code": "COMPENS", "text": "Élimination", "act": an_act(), **changed}
    return elimination.post(session, year(session), group, **options)


def eliminate_all(session):
    return [
        eliminate(session, one.group) for one in elimination.proposals(session, year(session)) if one.accounts
    ]


def general(session):
    """Each general account's balance, all parties together, without those at zero."""
    sums = defaultdict(int)
    for row in queries.trial_balance(session):
        sums[row.number] += row.balance_cents
    return {number: cents for number, cents in sums.items() if cents}


def results_of_parties(session):
    rows = queries.trial_balance(session)
    return {(row.party_id, row.number): row.balance_cents for row in rows if row.party_name != "Compensation"}


def test_each_scheme_is_one_entry_on_the_compensation_code(world):
    session = world.session
    posted = eliminate_all(session)
    party = elimination.known_compensation(session)
    names = {
        party.id: party.analytic_code,
        world.seller.id: "LAC",
        world.buyer.id: "DUV",
        world.cooperative.id: "CAE",
    }
    assert books(session, names).split("\n\n")[-2:] == [
        "ODI 31/12/2026 Élimination\nD 704900 COMPENS 1 000,00\nC 604020 COMPENS 1 000,00",
        "ODI 31/12/2026 Élimination\nD 7083   COMPENS   100,00\nC 6223   COMPENS   100,00",
    ]
    assert [entry.source for entry in posted] == ["elimination:2026:4/6/7", "elimination:2026:contributions"]
    assert general(session) == {"401900": -60_000, "411900": 60_000}
    assert year_end.read(session, year(session)).result_cents == 0
    assert world.broken() == []


def test_it_is_posted_once_and_undone_with_a_reason(world):
    session = world.session
    first = eliminate(session, "4/6/7")
    seen = elimination.Proposal("2026", "4/6/7", [
        elimination.Account("604020", 100_000), elimination.Account("704900", -100_000)
    ], None).digest  # fmt: skip
    assert eliminate(session, "4/6/7", seen=seen) is first
    with pytest.raises(elimination.AlreadyEliminated):
        eliminate(session, "4/6/7")
    with pytest.raises(ReasonMissing):
        elimination.undo(session, year(session), "4/6/7", reason=" ", act=an_act())
    elimination.undo(session, year(session), "4/6/7", reason="Facture oubliée", act=an_act())
    assert general(session)["704900"] == -100_000
    assert eliminate(session, "4/6/7").source == "elimination:2026:4/6/7:2"
    assert audit.verify(session).breaks == ()
    assert world.broken() == []


def test_two_at_once_post_one_entry(engine):
    with Session(engine, future=True) as session:
        an_exchange(World(session), accepted_on=DECEMBER)
        session.commit()
        seen = elimination.proposals(session, year(session))[0].digest
    posted = []

    def at_work():
        with Session(engine, future=True) as session:
            session.execute(select(Period.id)).all()  # a snapshot as old as the request
            posted.append(eliminate(session, "4/6/7", seen=seen).id)
            session.commit()

    threads = [Thread(target=at_work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(posted) == 3
    assert len(set(posted)) == 1
    with Session(engine, future=True) as session:
        assert audit.verify(session).entries == 2


def test_what_is_undone_needs_something_to_undo(world):
    with pytest.raises(elimination.NotEliminated):
        elimination.undo(world.session, year(world.session), "4/6/7", reason="Erreur", act=an_act())


def test_amounts_that_changed_since_they_were_shown_are_not_posted(world):
    session = world.session
    (shown, _contributions) = elimination.proposals(session, year(session))
    an_exchange(world, accepted_on=DECEMBER)
    with pytest.raises(elimination.EliminationChanged):
        eliminate(session, "4/6/7", seen=shown.digest)


def test_the_months_before_the_last_are_closed_first(world):
    session = world.session
    an_exchange(world, accepted_on=date(2026, 11, 3))
    with pytest.raises(elimination.MonthsOpen):
        eliminate(session, "4/6/7")
    ledger.close_period(session, ledger.period_of(session, date(2026, 11, 3)), an_act())
    assert eliminate(session, "4/6/7").total_cents == 200_000


def test_a_closed_last_month_is_to_be_opened_again(world):
    session = world.session
    ledger.close_period(session, ledger.period_of(session, DECEMBER), an_act())
    with pytest.raises(elimination.LastMonthClosed):
        eliminate(session, "4/6/7")


def test_one_side_alone_is_not_eliminated(world):
    session = world.session
    whole = a_draft(world.buyer.id, world.seller.id, 700, effective_on=DECEMBER).lines
    lines = (whole[0], whole[2]._replace(debit_cents=0, credit_cents=700))
    ledger.post(
        session, a_draft(world.buyer.id, world.seller.id, lines=lines, effective_on=DECEMBER), an_act()
    )
    with pytest.raises(elimination.EliminationUnbalanced) as refused:
        eliminate(session, "4/6/7")
    assert refused.value.facts["left_cents"] == 700


def test_a_year_without_exchanges_has_nothing_to_eliminate(world):
    for group in ("181/186/187", "unknown"):
        with pytest.raises(elimination.NothingToEliminate):
            elimination.post(
                world.session, year(world.session), group, seen="", code="C", text="", act=an_act()
            )


def test_schemes_that_share_an_account_are_eliminated_together(session):
    numbers = roles.ever(session)
    assert list(elimination.groups(numbers)) == ["4/6/7", "181/186/187", "contributions"]
    shared = {code: {**scheme, "revenue": {"704900"}} for code, scheme in numbers.items()}
    assert list(elimination.groups(shared)) == ["4/6/7+181/186/187", "contributions"]


def test_the_next_year_begins_with_what_is_owed_and_nothing_of_the_results(world):
    session = world.session
    preferences.choose(session, "scheme", "181/186/187", an_act())
    an_exchange(world, accepted_on=DECEMBER, net_cents=5_000)
    eliminate_all(session)
    results = year_end.results_of(roles.ever(session))
    found = openings.of_span(session, year(session, "2027"), results)
    assert [(one.number, one.party_id, one.cents) for one in found] == [
        ("181", world.seller.id, 5_000),
        ("181", world.buyer.id, -5_000),
        ("401900", world.buyer.id, -60_000),
        ("411900", world.seller.id, 60_000),
    ]
    accounts = year_end.read(session, year(session)).accounts
    assert {one.number: one.carried_cents for one in accounts} == {
        "181": 0, "186": 0, "187": 0, "401900": -60_000, "411900": 60_000, "604020": 0, "6223": 0,
        "704900": 0, "7083": 0,
    }  # fmt: skip


def test_what_results_left_before_goes_to_the_result_account(world):
    session = world.session
    preferences.choose(session, "account.4/6/7.expense", "467000", an_act())
    an_exchange(world, accepted_on=DECEMBER)
    found = {one.number: one.cents for one in openings.of_span(session, year(session, "2027"))}
    assert found["467000"] == 100_000
    assert found[openings.PROFIT] == -100_000
    assert sum(found.values()) == 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=6, max_size=24))
def test_after_any_year_elimination_empties_results_and_changes_nobodys_own(session, steps):
    with session.begin_nested() as play_only:
        play = Play(session)
        play.record(100_000, backwards=False, on=DECEMBER)
        for name, *details in steps:
            try:
                with session.begin_nested():
                    getattr(play, name)(*details)
            except (DomainError, IndexError):
                continue  # refused, or there is nothing to do it to
        close_all_but_december(session)
        before = results_of_parties(session)
        owed = {number: cents for number, cents in general(session).items() if number not in RESULTS}
        event(f"{len(eliminate_all(session))} eliminations")
        of_year = year_end.read(session, year(session))
        assert of_year.result_cents == 0
        assert of_year.to_eliminate == []
        assert results_of_parties(session) == before
        after = year_end.read(session, year(session, "2027"))  # a step may date in January
        assert sum(one.opening_cents for one in after.accounts) == 0
        left = {number: cents for number, cents in general(session).items() if number not in RESULTS}
        assert left == owed
        assert invariants.check(session) == []
        assert audit.verify(session).breaks == ()
        play_only.rollback()


def close_all_but_december(session):
    before = select(Period).where(Period.ends_on < date(2026, 12, 1), Period.state == "open")
    for period in session.execute(before.order_by(Period.starts_on)).scalars().all():
        ledger.close_period(session, period, an_act())
