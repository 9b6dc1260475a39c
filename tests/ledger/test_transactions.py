"""Posting under a transaction manager, as both hosts do: what it is not told of is rolled back."""

from dataclasses import replace

import pytest
import transaction
import zope.sqlalchemy
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.ledger import audit
from endi_ext.ledger import service as ledger
from endi_ext.ledger.draft_models import Draft
from endi_ext.ledger.models import Entry
from tests.builders import a_draft, a_party, an_act


@pytest.fixture
def managed(engine):
    """A session joined to a transaction manager, and two parties."""
    with Session(engine, future=True) as session:
        parties = a_party(session).id, a_party(session).id
        session.commit()
    manager = transaction.TransactionManager(explicit=True)
    manager.begin()
    session = Session(engine, future=True)
    zope.sqlalchemy.register(session, transaction_manager=manager)
    yield manager, session, parties
    manager.abort()


@pytest.mark.parametrize(
    "post", [ledger.post, lambda *given: ledger.post_many(given[0], [given[1]], given[2])]
)
def test_an_entry_alone_in_its_transaction_is_committed(engine, managed, post):
    manager, session, parties = managed
    draft = a_draft(*parties)
    post(session, draft, an_act())
    manager.commit()
    manager.begin()
    with Session(engine, future=True) as other:
        assert other.execute(select(Entry.source)).scalars().all() == [draft.source]
        assert audit.verify(other).sound


def test_an_entry_put_aside_alone_in_its_transaction_is_committed(engine, managed):
    manager, session, parties = managed
    draft = replace(a_draft(*parties), waits=True)
    ledger.post(session, draft, an_act())
    manager.commit()
    manager.begin()
    with Session(engine, future=True) as other:
        assert other.execute(select(Draft.source)).scalars().all() == [draft.source]


def test_an_entry_is_gone_when_what_follows_is_refused(engine, managed):
    manager, session, parties = managed
    ledger.post(session, a_draft(*parties), an_act())
    manager.abort()
    manager.begin()
    with Session(engine, future=True) as other:
        assert audit.verify(other).entries == 0
