"""The tenders of the demo: one in each state, the money of the one that is won followed to the books."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.hosts.demo import story, tender_endings
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit
from endi_ext.tenders import checklist, memory, outcomes, splits, trace
from endi_ext.tenders.models import Tender


@pytest.fixture(scope="module")
def told(whole_demo, tmp_path_factory):
    engine = make_engine(whole_demo(tmp_path_factory.mktemp("tenders")))
    with Session(engine, future=True) as session:
        # A Friday on which what is held back of an old claim is all that remains of it.
        story.tell(session, date(2026, 11, 27), tender_endings.scenes)
        yield session
    engine.dispose()


@pytest.fixture
def by_state(told):
    return {tender.state: tender for tender in told.execute(select(Tender)).scalars()}


def test_there_is_a_tender_in_each_state_and_the_books_are_sound(told, by_state):
    assert sorted(by_state) == ["abandoned", "answering", "lost", "preparing", "submitted", "won"]
    assert invariants.check(told) == []
    assert audit.verify(told).sound


def test_what_is_won_was_complete_when_it_was_deposited_and_its_money_is_followed(told, by_state):
    won = by_state["won"]
    assert checklist.missing(told, won) == []
    deposit = outcomes.submission_of(told, won)
    assert (deposit.total_cents, deposit.file is not None) == (splits.split_of(told, won).total_cents, True)
    found = trace.of_tender(told, won, won.lead)
    settled = [one for one in found if one.settled_cents]
    line = trace.of_line(told, won, settled[0].line, won.lead)
    assert any(step.entries for part in line.parts for step in part.steps)
    assert len(outcomes.living_agreements(told, won)) == 2


def test_what_is_being_answered_still_lacks_something(told, by_state):
    answering = by_state["answering"]
    assert checklist.missing(told, answering)
    assert splits.split_of(told, answering).unassigned_cents > 0


def test_what_was_lost_says_to_whom_and_by_how_much(told, by_state):
    lost = by_state["lost"]
    (row,) = [one for one in memory.of_party(told, lost.lead) if one.tender == lost]
    assert row.winner.name.startswith("Bâti Grésy")
    assert row.gap_bp > 0
