"""Two jobs with their clients in the demo's year: partly and fully paid, lines on a draft and waiting."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.exchanges.models import Exchange
from endi_ext.hosts.demo import client_story, story
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit
from endi_ext.subcontracts.client_models import ClientClaim, ClientLine, NamedInvoice


@pytest.fixture(scope="module")
def told(whole_demo, tmp_path_factory):
    engine = make_engine(whole_demo(tmp_path_factory.mktemp("clients")))
    with Session(engine, future=True) as session:
        story.tell(session, date(2026, 11, 22), client_story.scenes)
        yield session
    engine.dispose()


def test_the_books_and_what_is_owed_are_sound(told):
    assert invariants.check(told) == []
    assert audit.verify(told).sound


def test_one_client_has_paid_a_part_and_the_other_everything(told):
    paid = told.execute(select(NamedInvoice.paid_bp).order_by(NamedInvoice.paid_bp)).scalars().all()
    assert paid == [5_500, 10_000]
    waiting = select(func.count()).join(Exchange).where(Exchange.awaiting_cents > 0)
    assert told.execute(waiting.select_from(ClientClaim)).scalar_one() == 2


def test_lines_are_on_a_draft_or_wait_for_one(told):
    states = told.execute(select(ClientLine.state).order_by(ClientLine.state)).scalars().all()
    assert states == ["added", "added", "waiting"]
