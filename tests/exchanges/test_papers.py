"""What is asked of a host that makes papers: with the exchange, once, and only where a host makes them."""

import pytest
from sqlalchemy import select

from endi_ext.exchanges import papers
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.paper_models import DONE, FAILED, GIVEN_UP, NOT_NEEDED, PENDING, DocumentTask
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import WrongState
from endi_ext.kernel.history import history_of
from tests.builders import an_act
from tests.exchanges.makers import ON, an_exchange, facts_of, settled


@pytest.fixture
def making(world):
    """A world whose host makes papers."""
    papers.offer(world.session, an_act())
    return world


def kinds(world, exchange):
    return [task.kind for task in papers.tasks_of(world.session, exchange.id)]


def the_task(world, exchange, state):
    (task,) = papers.tasks_of(world.session, exchange.id)
    task.state, task.attempts, task.error_code = state, 3, "paper_no_address"
    world.session.flush()
    return task


def test_a_host_that_makes_no_papers_is_asked_for_none(world):
    exchange = an_exchange(world)
    settled(world, exchange)
    assert not papers.made_by_host(world.session)
    assert kinds(world, exchange) == []


def test_each_step_of_an_exchange_asks_for_its_paper(making):
    exchange = an_exchange(making)
    payment = settled(making, exchange, 40_000)
    exchanges.reverse_settlement(making.session, payment, reason="Erreur", on=ON, act=an_act())
    exchanges.reverse(making.session, exchange, reason="Erreur", on=ON, act=an_act())
    of_payment = [f"payment:{payment.id}", f"payment_reversal:{payment.id}"]
    assert kinds(making, exchange) == ["invoice", *of_payment, "credit_note"]


def test_cancelling_a_settled_exchange_takes_its_payment_back_before_its_invoice(making):
    exchange = an_exchange(making)
    payment = settled(making, exchange)
    exchanges.reverse(making.session, exchange, reason="Erreur", on=ON, act=an_act())
    assert kinds(making, exchange)[2:] == [f"payment_reversal:{payment.id}", "credit_note"]


def test_the_same_exchange_recorded_twice_asks_once(making):
    facts = facts_of(making)
    first = exchanges.record(making.session, facts, an_act())
    exchanges.record(making.session, facts, an_act())
    assert kinds(making, first) == ["invoice"]


def test_an_import_asks_for_nothing(making):
    exchanges.record_many(making.session, [facts_of(making)], an_act())
    assert list(making.session.execute(select(DocumentTask)).scalars()) == []


def test_what_the_cooperative_sells_has_no_papers(making):
    exchange = an_exchange(making, seller_id=making.cooperative.id)
    assert kinds(making, exchange) == []


def test_ledger_only_stops_new_exchanges_and_goes_on_with_those_begun(making):
    begun = an_exchange(making)
    preferences.choose(making.session, papers.CHOICE, papers.LEDGER_ONLY, an_act())
    new = an_exchange(making)
    payment = settled(making, begun)
    settled(making, new)
    assert kinds(making, begun) == ["invoice", f"payment:{payment.id}"]
    assert kinds(making, new) == []


@pytest.mark.parametrize("state", [GIVEN_UP, NOT_NEEDED])
def test_an_exchange_without_invoice_asks_for_no_payment(making, state):
    exchange = an_exchange(making)
    the_task(making, exchange, state)
    settled(making, exchange)
    assert kinds(making, exchange) == ["invoice"]


@pytest.mark.parametrize("state", [PENDING, FAILED, GIVEN_UP])
def test_a_paper_is_asked_for_again(making, state):
    exchange = an_exchange(making)
    task = papers.retry(making.session, the_task(making, exchange, state).id, an_act())
    assert (task.state, task.attempts, task.tried_at) == (PENDING, 0, None)
    assert history_of(making.session, exchange)[-1].action == "document_asked"


@pytest.mark.parametrize("state", [DONE, NOT_NEEDED])
def test_what_is_made_or_not_needed_is_not_asked_for_again(making, state):
    task = the_task(making, an_exchange(making), state)
    with pytest.raises(WrongState):
        papers.retry(making.session, task.id, an_act())


def test_a_paper_is_given_up_with_a_reason(making):
    exchange = an_exchange(making)
    task = papers.give_up(making.session, the_task(making, exchange, FAILED).id, "Faite à la main", an_act())
    assert task.state == GIVEN_UP
    assert history_of(making.session, exchange)[-1].reason == "Faite à la main"


@pytest.mark.parametrize("state", [DONE, NOT_NEEDED, GIVEN_UP])
def test_what_is_made_or_given_up_is_not_given_up(making, state):
    task = the_task(making, an_exchange(making), state)
    with pytest.raises(WrongState):
        papers.give_up(making.session, task.id, "Faite à la main", an_act())


def test_papers_that_failed_come_first_and_made_ones_not_at_all(making):
    waiting, failed, made = (an_exchange(making) for _ in range(3))
    the_task(making, failed, FAILED)
    the_task(making, made, DONE)
    shown = [task.exchange_id for task in papers.unfinished(making.session, size=10)]
    assert shown == [failed.id, waiting.id]
    assert papers.wait(making.session, waiting.id)
    assert not papers.wait(making.session, made.id)
    assert papers.counted(making.session) == {PENDING: 1, FAILED: 1, DONE: 1}


def test_what_the_host_made_first_is_asked_for_by_nobody(making):
    exchange = an_exchange(making)
    with papers.made_already(making.session):
        settled(making, exchange, 10_000)
    later = settled(making, exchange, 10_000)
    assert kinds(making, exchange) == ["invoice", f"payment:{later.id}"]
