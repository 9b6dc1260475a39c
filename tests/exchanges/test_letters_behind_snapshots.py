"""Letters made since our snapshot was taken are seen all the same: MariaDB alone shows an older book."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import bulk, invariants
from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import lettering
from endi_ext.ledger.lettering_models import PARTIAL, Matching, OpenItem
from endi_ext.ledger.models import Account
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, facts_of, settled


def open_lines(session):
    wanted = select(OpenItem.line_id, OpenItem.account_id, OpenItem.cents)
    wanted = wanted.join(Account, Account.id == OpenItem.account_id).where(Account.number == "411900")
    return session.execute(wanted.order_by(OpenItem.line_id)).all()


def an_old_snapshot(session):
    session.execute(select(Exchange.id)).all()


def a_partial_letter(engine):
    """Three invoices, the first paid in part: its letter, its account, and the open lines."""
    with Session(engine, future=True) as session:
        world = World(session)
        settled(world, an_exchange(world), 40_000)
        an_exchange(world)
        an_exchange(world)
        matching = session.execute(
            select(Matching)
            .join(Account, Account.id == Matching.account_id)
            .where(Account.number == "411900")
        ).scalar_one()
        found = matching.id, matching.account_id, open_lines(session)
        session.commit()
    return found


def test_a_letter_that_grew_meanwhile_is_undone_whole(mariadb_engine):
    key, account_id, lines = a_partial_letter(mariadb_engine)
    with Session(mariadb_engine, future=True) as ours, Session(mariadb_engine, future=True) as theirs:
        an_old_snapshot(ours)
        lettering.letter(theirs, account_id, [line.line_id for line in lines], an_act())
        theirs.commit()
        lettering.undo(ours, ours.get(Matching, key), reason="Erreur", act=an_act())
        ours.commit()
    with Session(mariadb_engine, future=True) as session:
        assert invariants.check(session) == []


def test_a_bulk_recording_leaves_what_was_lettered_in_part_meanwhile(mariadb_engine):
    with Session(mariadb_engine, future=True) as session:
        world = World(session)
        settled(world, an_exchange(world), 40_000)
        made = session.execute(select(Matching).where(Matching.state == PARTIAL)).scalars().all()
        keys = [(one.id, one.account_id, lettering.lines_of(session, one)) for one in made]
        for one in made:
            lettering.undo(session, one, reason="Erreur", act=an_act())
        many = facts_of(world, source="import:behind")
        session.commit()
    with Session(mariadb_engine, future=True) as ours, Session(mariadb_engine, future=True) as theirs:
        an_old_snapshot(ours)
        for _key, account_id, ids in keys:
            lettering.letter(theirs, account_id, ids, an_act())
        theirs.commit()
        bulk.record_many(ours, [many], an_act(), settled_on={"import:behind": ON})
        ours.commit()
    with Session(mariadb_engine, future=True) as session:
        assert invariants.check(session) == []
