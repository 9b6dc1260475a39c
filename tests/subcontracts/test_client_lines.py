"""What is to be invoiced to the final client: one line for each acceptance, the margin fixed in advance."""

import pytest
from sqlalchemy import func, select

from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.subcontracts import client_lines, client_payments, service
from endi_ext.subcontracts.client_models import ClientLine
from endi_ext.subcontracts.errors import MarginTooLarge
from tests.builders import TODAY, an_act

from .builders import a_delivery, a_line, accepted, an_agreement


def fix(session, subcontract, kind="percent", *, party=None, **facts):
    margin = {"percent": {"rate_bp": 1_000}, "amount": {"margin_cents": 10_000}, "none": {}}[kind]
    client_lines.fix_margin(
        session, subcontract, party=party or subcontract.buyer, kind=kind, act=an_act(), **{**margin, **facts}
    )


def keep(session, subcontract):
    return client_lines.keep_lines(session, subcontract, an_act())


def lines(session):
    found = session.execute(select(ClientLine).order_by(ClientLine.id)).scalars()
    return [(line.cost_cents, line.margin_cents, line.state) for line in found]


def a_job(session):
    return an_agreement(session, a_line(quantity_thousandths=3_000, unit_price_cents=10_000))


def test_each_accepted_delivery_prepares_one_line_with_its_margin(session):
    subcontract = a_job(session)
    fix(session, subcontract)
    accepted(session, a_delivery(session, subcontract, 1_000))
    keep(session, subcontract)
    accepted(session, a_delivery(session, subcontract, 2_000))
    keep(session, subcontract)
    assert lines(session) == [(10_000, 1_000, "waiting"), (20_000, 2_000, "waiting")]


def test_an_amount_for_the_whole_is_spread_and_whole_at_the_end(session):
    subcontract = a_job(session)
    fix(session, subcontract, "amount")
    for _part in range(3):
        accepted(session, a_delivery(session, subcontract, 1_000))
        keep(session, subcontract)
    assert [margin for _cost, margin, _state in lines(session)] == [3_333, 3_334, 3_333]


def test_keeping_the_lines_again_makes_none(either_session):
    subcontract = a_job(either_session)
    fix(either_session, subcontract)
    accepted(either_session, a_delivery(either_session, subcontract, 1_000))
    assert len(keep(either_session, subcontract)) == 1
    assert keep(either_session, subcontract) == []
    assert client_lines.to_keep(either_session) == []


def test_what_was_accepted_before_the_margin_was_fixed_gets_its_line_too(session):
    subcontract = a_job(session)
    accepted(session, a_delivery(session, subcontract, 1_000))
    assert keep(session, subcontract) == []
    fix(session, subcontract)
    assert client_lines.to_keep(session) == [subcontract.id]
    assert len(keep(session, subcontract)) == 1


@pytest.mark.parametrize(("on_a_draft", "then"), [(False, "dropped"), (True, "to_remove")])
def test_the_line_of_a_reversed_delivery_is_dropped_or_marked(session, on_a_draft, then):
    subcontract = a_job(session)
    fix(session, subcontract)
    delivery = accepted(session, a_delivery(session, subcontract, 1_000))
    (line,) = keep(session, subcontract)
    if on_a_draft:
        client_lines.settle_line(session, line, action="add", line_key="line:4")
    service.reverse_delivery(session, delivery, reason="Erreur", on=TODAY, act=an_act())
    session.flush()
    keep(session, subcontract)
    assert [state for _cost, _margin, state in lines(session)] == [then]


def test_a_margin_given_for_a_reversed_delivery_is_given_again(session):
    subcontract = a_job(session)
    fix(session, subcontract, "amount")
    delivery = accepted(session, a_delivery(session, subcontract))
    keep(session, subcontract)
    service.reverse_delivery(session, delivery, reason="Erreur", on=TODAY, act=an_act())
    accepted(session, a_delivery(session, subcontract))
    keep(session, subcontract)
    assert lines(session) == [(30_000, 10_000, "dropped"), (30_000, 10_000, "waiting")]


def test_a_line_is_added_once(session):
    subcontract = a_job(session)
    fix(session, subcontract)
    accepted(session, a_delivery(session, subcontract, 1_000))
    (line,) = keep(session, subcontract)
    client_lines.settle_line(session, line, action="add", line_key="line:4")
    assert client_lines.waiting_lines(session, subcontract) == []
    for action in ("add", "invoice_by_hand", "remove"):
        with pytest.raises(WrongState):
            client_lines.settle_line(session, line, action=action)


def test_only_the_principal_fixes_the_margin(session):
    subcontract = a_job(session)
    with pytest.raises(WrongRole):
        fix(session, subcontract, party=subcontract.seller)
    with pytest.raises(MarginTooLarge):
        fix(session, subcontract, "amount", margin_cents=10**13)


def test_no_margin_makes_no_line_and_leaves_no_trace_both_sides_read(session):
    subcontract = a_job(session)
    before = len(subcontract.versions)
    fix(session, subcontract)
    fix(session, subcontract, "none")
    accepted(session, a_delivery(session, subcontract, 1_000))
    assert keep(session, subcontract) == []
    assert session.execute(select(func.count()).select_from(ClientLine)).scalar_one() == 0
    assert client_payments.job_if_any(session, subcontract).margin_rate_bp == 0
    assert len(subcontract.versions) == before
