"""Jobs with a retention, and what becomes of their money."""

from datetime import date

from sqlalchemy import select

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import audit
from endi_ext.subcontracts import positions, service
from endi_ext.subcontracts.terms import ON_ACCEPTANCE, Conditions, Terms
from tests.builders import an_act, numbers

from .builders import DUE_ON, a_line, a_proposal

A_YEAR_LATER = date(2027, 11, 16)
FIVE_PERCENT = Conditions(retention_rate_bp=500, retention_release_on=A_YEAR_LATER)
UNTIL_ACCEPTANCE = Conditions(retention_rate_bp=500, retention_release=ON_ACCEPTANCE)


def a_job(session, *lines, conditions=FIVE_PERCENT, **facts):
    """An agreement on ten hours at 100 € unless told otherwise, 5 % held for a year."""
    terms = Terms(DUE_ON, lines or (a_line(unit_price_cents=10_000),), conditions=conditions)
    subcontract = a_proposal(session, terms=terms, **facts)
    return service.accept(session, subcontract, party=subcontract.seller, version=1, act=an_act("user:2"))


def settled(session, exchange, amount_cents=None, on=None):
    """What is due of an exchange, settled."""
    facts = {"request_key": f"click-{next(numbers)}", "act": an_act("user:13")}
    cents = exchange.due_cents if amount_cents is None else amount_cents
    return exchanges.settle(session, exchange, amount_cents=cents, settled_on=on or an_act().today, **facts)


def amounts(session, subcontract):
    """Accepted, settled, due, awaiting, retained, disputed."""
    found = positions.position(session, subcontract)
    return (
        found.accepted_cents,
        found.settled_cents,
        found.due_cents,
        found.awaiting_cents,
        found.retained_cents,
        found.disputed_cents,
    )


def assert_adds_up(session, subcontract):
    """No cent is lost: in the job, in its exchanges, in the books."""
    session.flush()
    position = positions.position(session, subcontract)
    assert position.adds_up, position
    assert 0 <= position.accepted_cents <= position.contract_cents
    assert audit.verify(session).breaks == ()
    assert invariants.check(session) == []
    remaining = sum(one.remaining_cents for one in session.execute(select(Exchange)).scalars())
    assert remaining == position.unpaid_cents
