"""Cumulative percentages: what they are worth, never backwards, and a form sent twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel import money
from endi_ext.subcontracts import service
from endi_ext.subcontracts.terms import accepted_cents, done_cents, permille_of, thousandths_at

from .builders import a_delivery, a_line, an_agreement, contested

quantities = st.integers(1, 10**7)
permilles = st.integers(0, 1000)


@given(agreed=quantities, price=st.integers(1, 10**6), steps=st.lists(permilles, max_size=8))
def test_percentages_up_to_all_are_worth_the_total_to_the_cent(agreed, price, steps):
    total_cents, done, worth_cents = max(1, money.line_total(agreed, price)), 0, 0
    for permille in [*sorted(steps), 1000]:
        done = max(done, thousandths_at(permille, agreed))
        line = {"agreed_thousandths": agreed, "unit_price_cents": price, "total_cents": total_cents}
        then_cents = done_cents(done, **line)
        assert worth_cents <= then_cents <= total_cents
        worth_cents = then_cents
    assert (done, worth_cents) == (agreed, total_cents)


@given(agreed=quantities, one=permilles, other=permilles)
def test_a_greater_percentage_is_never_less_work(agreed, one, other):
    smaller, greater = sorted((one, other))
    assert 0 <= thousandths_at(smaller, agreed) <= thousandths_at(greater, agreed) <= agreed


@given(agreed=quantities, share=st.integers(0, 10**7))
def test_only_nothing_is_0_percent_and_only_all_is_100(agreed, share):
    done = min(share, agreed)
    assert (permille_of(done, agreed) == 0) == (done == 0)
    assert (permille_of(done, agreed) == 1000) == (done == agreed)


@given(agreed=st.integers(1000, 10**7), permille=permilles)
def test_what_is_shown_is_what_was_typed(agreed, permille):
    assert permille_of(thousandths_at(permille, agreed), agreed) == permille


@given(agreed=st.integers(1000, 10**7), share=st.integers(0, 10**7), permille=permilles)
def test_a_percentage_above_the_one_shown_is_some_work(agreed, share, permille):
    done = min(share, agreed)
    if permille > permille_of(done, agreed):
        assert thousandths_at(permille, agreed) > done


@given(net=st.integers(2, 10**9), claimed=st.integers(2, 10**7), share=st.integers(1, 10**7))
def test_an_accepted_share_is_neither_nothing_nor_all(net, claimed, share):
    accepted = 1 + share % (claimed - 1)
    assert 1 <= accepted_cents(net, claimed, accepted) <= net - 1
    assert (accepted_cents(net, claimed, 0), accepted_cents(net, claimed, claimed)) == (0, net)


@pytest.fixture
def agreed(session):
    """10 hours at 45 € and a section at 200 €."""
    return an_agreement(session, a_line(), a_line("Coupe", 1000, "forfait", 20_000))


def seen_of(subcontract):
    return {line.id: line.delivered_thousandths for line in subcontract.version.lines}


def reached(session, subcontract, *permilles, seen=None, **facts):
    """A delivery that brings the lines to these percentages, in tenths."""
    lines = subcontract.version.lines
    seen = seen or seen_of(subcontract)
    wanted = {line.id: permille for line, permille in zip(lines, permilles, strict=False)}
    quantities = service.quantities_at(lines, wanted, seen)
    return a_delivery(session, subcontract, quantities=quantities, seen=seen, **facts)


def test_a_percentage_is_of_the_whole_line(session, agreed):
    reached(session, agreed, 300, 500)
    second = reached(session, agreed, 505, 500)
    assert [
        (part.previous_thousandths, part.quantity_thousandths, part.net_cents) for part in second.lines
    ] == [(3000, 2050, 9225)]


def test_a_percentage_never_goes_back(session, agreed):
    reached(session, agreed, 300)
    with pytest.raises(service.ProgressGoesBack) as refusal:
        reached(session, agreed, 299)
    assert refusal.value.facts == {"line": "Plans d'exécution", "reached_permille": 300}


def test_the_percentage_shown_means_nothing_this_time(session, agreed):
    a_delivery(session, agreed, 3_333)
    assert reached(session, agreed, 333, 100).lines[0].line.description == "Coupe"


def test_what_is_contested_counts_as_reached(session, agreed):
    contested(session, reached(session, agreed, 300))
    with pytest.raises(service.ProgressGoesBack):
        reached(session, agreed, 200)


def test_a_form_of_percentages_sent_twice_makes_one_delivery(session, agreed):
    seen = seen_of(agreed)
    first, second = (reached(session, agreed, 300, seen=seen, request_key="a") for _ in range(2))
    assert first is second


def test_a_percentage_of_what_moved_meanwhile_is_refused(session, agreed):
    seen = seen_of(agreed)
    reached(session, agreed, 0, 500)
    with pytest.raises(service.ProgressChanged) as refusal:
        reached(session, agreed, 300, seen=seen)
    assert refusal.value.facts["line"] == "Coupe"


def test_too_small_a_step_is_refused(session):
    subcontract = an_agreement(session, a_line("Vis", 4, "kg", 10_000), a_line())
    with pytest.raises(service.NothingInIt):
        reached(session, subcontract, 1)
