"""Over any life of a subcontract, amended or not: what the books hold is what was agreed, to the cent."""

from contextlib import contextmanager
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from endi_ext.exchanges.models import CANCELLED, Exchange
from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Delivery, DeliveryLine, SubcontractLine
from endi_ext.subcontracts.terms import permille_of
from tests.builders import TODAY, an_act

from .builders import (
    a_delivery,
    a_line,
    accepted,
    accepted_in_part,
    amended,
    an_agreement,
    an_amendment,
    contested,
    lines_of,
)

# The rows of one example are undone by a savepoint: the session may serve them all.
one_session = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

lines = st.lists(st.tuples(st.integers(1, 9000), st.integers(500, 9000)), min_size=1, max_size=3)
steps = st.lists(
    st.tuples(
        st.sampled_from(["declare", "advance", "accept", "part", "contest", "withdraw", "reverse", "amend"]),
        st.integers(0, 9),
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
    if action == "advance":
        return advanced(session, subcontract, 100 * (number + 1))
    if action == "amend":
        return changed(session, subcontract, number)
    deliveries = session.execute(select(Delivery).order_by(Delivery.id)).scalars().all()
    if not deliveries:
        return None
    delivery = deliveries[number % len(deliveries)]
    return {
        "accept": lambda: accepted(session, delivery),
        "part": lambda: in_part(session, delivery, number),
        "contest": lambda: contested(session, delivery),
        "withdraw": lambda: service.withdraw_delivery(
            session, delivery, party=subcontract.seller, act=an_act()
        ),
        "reverse": lambda: service.reverse_delivery(session, delivery, reason="x", on=TODAY, act=an_act()),
    }[action]()


def advanced(session, subcontract, permille):
    """A delivery that brings every line as far, or leaves it where it is."""
    lines = subcontract.version.lines
    seen = {line.id: line.delivered_thousandths for line in lines}
    behind = [line for line in lines if permille_of(seen[line.id], line.quantity_thousandths) < permille]
    wanted = service.quantities_at(behind, dict.fromkeys(seen, permille), seen)
    return a_delivery(session, subcontract, quantities=wanted, seen=seen)


def changed(session, subcontract, number):
    """An amendment, signed at once: other quantities, or another price of what is left."""
    lines = [
        replace(line, unit_price_cents=line.unit_price_cents + 100)
        if number == 9
        else replace(line, quantity_thousandths=max(1, line.quantity_thousandths * (number + 6) // 10))
        for line in lines_of(subcontract)
    ]
    return amended(session, an_amendment(session, subcontract, *lines))


def in_part(session, delivery, number):
    """Accept some tenths of every part."""
    shares = {part.id: part.quantity_thousandths * number // 10 for part in delivery.lines}
    return accepted_in_part(session, delivery, shares, dict.fromkeys(shares, "Pas fini"))


def finish(session, subcontract):
    for delivery in session.execute(select(Delivery).where(Delivery.state == "contested")).scalars().all():
        service.withdraw_delivery(session, delivery, party=subcontract.seller, act=an_act())
    if any(line.remaining_thousandths for line in subcontract.version.lines):
        a_delivery(session, subcontract)
    for delivery in session.execute(select(Delivery).where(Delivery.state == "declared")).scalars().all():
        accepted(session, delivery)


def check(session, subcontract):
    """What is kept beside the deliveries is what they say, and full lines are worth their total."""
    session.flush()
    claimed = (DeliveryLine.quantity_thousandths, DeliveryLine.net_cents)
    kept = (DeliveryLine.accepted_thousandths, DeliveryLine.accepted_cents)
    for line in subcontract.version.lines:
        waiting = sums(session, line, claimed, "declared", "contested")
        taken = sums(session, line, kept, "accepted")
        assert taken == (line.accepted_thousandths, line.accepted_cents)
        assert (waiting[0] + taken[0], waiting[1] + taken[1]) == (
            line.delivered_thousandths,
            line.delivered_cents,
        )
        assert (line.delivered_cents == line.total_cents) == (line.remaining_thousandths == 0)
    assert subcontract.accepted_cents == exchanged_cents(session)
    assert subcontract.accepted_cents == sum(line.accepted_cents for line in subcontract.version.lines)
    assert subcontract.accepted_cents == sum(
        delivery.accepted_cents for delivery in subcontract.deliveries if delivery.state == "accepted"
    )
    all_accepted = all(
        line.accepted_thousandths == line.quantity_thousandths for line in subcontract.version.lines
    )
    assert (subcontract.state == "completed") == all_accepted


def sums(session, line, columns, *states):
    totals = [func.coalesce(func.sum(column), 0) for column in columns]
    statement = select(*totals).join(DeliveryLine.delivery)
    statement = statement.join(SubcontractLine, SubcontractLine.id == DeliveryLine.line_id)
    statement = statement.where(SubcontractLine.key == line.key, Delivery.state.in_(states))
    return tuple(session.execute(statement).one())


def exchanged_cents(session):
    statement = select(func.coalesce(func.sum(Exchange.net_cents), 0)).where(Exchange.state != CANCELLED)
    return session.execute(statement).scalar_one()
