"""Two people at the same lines at the same moment: one letters them, the other is told."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import DomainError
from endi_ext.ledger import lettering
from endi_ext.ledger.lettering_models import FULL, UNDONE, Matching, OpenItem
from endi_ext.ledger.models import Account
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, settled


@pytest.fixture
def lines(engine):
    """A debt and its payment, their letter undone: two open lines of one account."""
    with Session(engine, future=True) as session:
        world = World(session)
        settled(world, an_exchange(world))
        debts = select(Matching).join(Account, Account.id == Matching.account_id)
        made = session.execute(debts.where(Account.number == "401900")).scalars().one()
        lettering.undo(session, made, reason="Essai", act=an_act())
        account_id, ids = made.account_id, lettering.lines_of(session, made)
        session.commit()
    return account_id, ids


def at_once(engine, *tasks):
    """Run each in a transaction of its own, begun together; what they raised, by their place."""
    ready, raised = Barrier(len(tasks)), {}

    def run(place, task):
        with Session(engine, future=True) as session:
            if engine.dialect.name != "sqlite":
                session.execute(select(Exchange.id)).all()  # our snapshot is older than what the other does
            ready.wait(timeout=60)
            try:
                task(session)
                session.commit()
            except DomainError as refusal:
                raised[place] = refusal

    threads = [Thread(target=run, args=one) for one in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()
    return raised


def test_lines_are_lettered_by_one_of_two_people_and_the_other_is_told(engine, lines):
    account_id, ids = lines

    def letter(session):
        lettering.letter(session, account_id, ids, an_act())

    raised = at_once(engine, letter, letter)
    assert [refusal.code for refusal in raised.values()] == ["already_lettered"]
    with Session(engine, future=True) as session:
        assert [state for state in session.execute(select(Matching.state)).scalars() if state == FULL]
        assert invariants.check(session) == []


def test_a_letter_is_undone_by_one_of_two_people(engine, lines):
    account_id, ids = lines
    with Session(engine, future=True) as session:
        key = lettering.letter(session, account_id, ids, an_act()).id
        session.commit()

    def undo(session):
        lettering.undo(session, session.get(Matching, key), reason="Erreur", act=an_act())

    raised = at_once(engine, undo, undo)
    assert [refusal.facts["state"] for refusal in raised.values()] == [UNDONE]
    with Session(engine, future=True) as session:
        assert session.execute(select(OpenItem.line_id).where(OpenItem.account_id == account_id)).all()
        assert invariants.check(session) == []


def test_settling_and_lettering_by_hand_at_once_leave_every_line_once(engine):
    with Session(engine, future=True) as session:
        world = World(session)
        first, second = an_exchange(world), an_exchange(world)
        settled(world, first, 40_000)
        settled(world, second, 40_000)
        wanted = select(OpenItem.line_id, OpenItem.account_id).join(
            Account, Account.id == OpenItem.account_id
        )
        rows = session.execute(wanted.where(Account.number == "411900")).all()
        key, ids, account_id = first.id, [row[0] for row in rows], rows[0][1]
        session.commit()

    def settle(session):
        exchange = session.get(Exchange, key)
        exchanges.settle(
            session, exchange, amount_cents=60_000, settled_on=ON, request_key="at-once", act=an_act()
        )

    def letter(session):
        lettering.letter(session, account_id, ids, an_act())

    raised = at_once(engine, settle, letter)
    assert {refusal.code for refusal in raised.values()} <= {"already_lettered"}
    with Session(engine, future=True) as session:
        assert invariants.check(session) == []
