"""Over any life of a subcontract: what the books hold is what was agreed, to the cent."""

from contextlib import contextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from endi_ext.exchanges.models import CANCELLED, Exchange
from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Delivery, DeliveryLine
from tests.builders import TODAY, an_act

from .builders import a_delivery, a_line, accepted, an_agreement, contested

# The rows of one example are undone by a savepoint: the session may serve them all.
one_session = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

lines = st.lists(st.tuples(st.integers(1, 9000), st.integers(500, 9000)), min_size=1, max_size=3)
steps = st.lists(
    st.tuples(
        st.sampled_from(["declare", "declare", "accept", "contest", "withdraw", "reverse"]), st.integers(0, 9)
    ),
    max_size=25,
)


@one_session
@given(lines=lines, steps=steps)
def test_a_subcontract_is_worth_its_total_however_it_was_delivered(session, lines, steps):
    with undone(session):
        subcontract = an_agreement(session, *(a_line("L", quantity, "u", price) for quantity, price in lines))
        for action, number in steps:
            try:
                with session.begin_nested():
                    take(session, subcontract, action, number)
            except DomainError:
                continue  # most random steps are refused; what matters is what holds afterwards
            check(session, subcontract)
        finish(session, subcontract)
        check(session, subcontract)
        assert subcontract.state == "completed"
        assert exchanged_cents(session) == subcontract.version.total_cents


@contextmanager
def undone(session):
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.expunge_all()


def take(session, subcontract, action, number):
    if action == "declare":
        wanted = [line.remaining_thousandths * (number + 1) // 10 for line in subcontract.version.lines]
        return a_delivery(session, subcontract, *wanted)
    deliveries = session.execute(select(Delivery).order_by(Delivery.id)).scalars().all()
    if not deliveries:
        return None
    delivery = deliveries[number % len(deliveries)]
    return {
        "accept": lambda: accepted(session, delivery),
        "contest": lambda: contested(session, delivery),
        "withdraw": lambda: service.withdraw_delivery(
            session, delivery, party=subcontract.seller, act=an_act()
        ),
        "reverse": lambda: service.reverse_delivery(session, delivery, reason="x", on=TODAY, act=an_act()),
    }[action]()


def finish(session, subcontract):
    if any(line.remaining_thousandths for line in subcontract.version.lines):
        a_delivery(session, subcontract)
    for delivery in session.execute(select(Delivery).where(Delivery.state == "declared")).scalars().all():
        accepted(session, delivery)


def check(session, subcontract):
    """What is kept beside the deliveries is what they say, and full lines are worth their total."""
    session.flush()
    for line in subcontract.version.lines:
        declared = sums(session, line, "declared", "accepted")
        assert declared == (line.delivered_thousandths, line.delivered_cents)
        assert sums(session, line, "accepted")[0] == line.accepted_thousandths
        assert (line.delivered_cents == line.total_cents) == (line.remaining_thousandths == 0)
    assert subcontract.accepted_cents == exchanged_cents(session)


def sums(session, line, *states):
    quantity, cents = func.sum(DeliveryLine.quantity_thousandths), func.sum(DeliveryLine.net_cents)
    statement = select(func.coalesce(quantity, 0), func.coalesce(cents, 0)).join(DeliveryLine.delivery)
    statement = statement.where(DeliveryLine.line_id == line.id, Delivery.state.in_(states))
    return tuple(session.execute(statement).one())


def exchanged_cents(session):
    statement = select(func.coalesce(func.sum(Exchange.net_cents), 0)).where(Exchange.state != CANCELLED)
    return session.execute(statement).scalar_one()
