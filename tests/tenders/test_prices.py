"""The price schedule is filled in together, shared by the lead, and adds up at every step."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.tenders import assignments, price_errors, prices, splits, workflow
from endi_ext.tenders.assignments import Wanted
from endi_ext.tenders.price_facts import LineFacts
from endi_ext.tenders.shares import AMOUNT, PARTS, PERCENT, Claim
from tests.builders import a_party, an_act

from .builders import add
from .pricing import a_line, a_team, share


def test_a_line_is_added_once_changed_and_taken_away(either_session):
    tender = a_team(either_session, "Lac", "Trait")
    facts = LineFacts(tender.lots[0].id, "Pose", quantity_thousandths=2500, unit_price_cents=1001)
    doer = {"party": tender.members[1].party, "act": an_act()}
    line = prices.add_line(either_session, tender, facts, request_key="once-and-only", **doer)
    again = prices.add_line(either_session, tender, facts, request_key="once-and-only", **doer)
    assert line is again
    assert line.total_cents == 2503  # 2502,5 rounded half up
    dearer = LineFacts(tender.lots[1].id, "Pose", quantity_thousandths=1000, unit_price_cents=2000)
    prices.change_line(either_session, line, dearer, **doer)
    assert (line.lot_id, line.total_cents) == (tender.lots[1].id, 2000)
    share(either_session, tender, line, (0, PERCENT, 5000))
    assert prices.remove_lines(either_session, tender, [line.id], **doer) == 1
    assert prices.remove_lines(either_session, tender, [line.id], **doer) == 0
    assert splits.lines_of(either_session, tender) == []


def test_a_run_of_changes_of_one_hand_is_one_step_of_the_history(session):
    tender = a_team(session, "Lac")
    for cents in (100, 200, 300):
        a_line(session, tender, cents)
    assert [event.action for event in history_of(session, tender)] == ["begin", "change_prices"]


def test_what_no_line_may_be_is_refused(session):
    tender = a_team(session, "Lac")
    other = a_team(session, "Autre")
    for wrong, facts in (
        (price_errors.LotUnknown, {"lot_id": other.lots[0].id}),
        (price_errors.LabelMissing, {"part": "option"}),
        (price_errors.LineTooExpensive, {"quantity_thousandths": 10**12, "unit_price_cents": 10**12}),
    ):
        with pytest.raises(wrong):
            prices.check(tender, LineFacts(**{"lot_id": tender.lots[0].id, "description": "Pose", **facts}))


def test_members_fill_in_prices_and_only_the_lead_shares_them(session):
    tender = a_team(session, "Lac", "Trait")
    line, member, stranger = a_line(session, tender, 1000), tender.members[1].party, a_party(session, "Autre")
    wanted = {line.id: Wanted([Claim(tender.members[1].id, PERCENT, 10_000)])}
    with pytest.raises(WrongRole):
        assignments.assign(session, tender, wanted, party=member, act=an_act())
    with pytest.raises(WrongRole):
        prices.remove_lines(session, tender, [line.id], party=stranger, act=an_act())
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(WrongState):
        prices.remove_lines(session, tender, [line.id], party=member, act=an_act())


def test_more_than_a_line_is_worth_is_refused(session):
    tender = a_team(session, "Lac", "Trait")
    line = a_line(session, tender, 1000)
    with pytest.raises(price_errors.SharesExceed) as caught:
        share(session, tender, line, (0, AMOUNT, 600), (1, PERCENT, 5000))
    assert caught.value.facts["excess_cents"] == 100
    with pytest.raises(price_errors.PercentagesExceed):
        share(session, tender, line, (0, PERCENT, 6000), (1, PERCENT, 5000))


def test_shares_go_to_who_accepted_and_earns(session):
    tender = a_team(session, "Lac")
    line = a_line(session, tender, 1000)
    adviser = add(tender, an_act(), party=a_party(session, "Conseil"), role="adviser")
    guest = add(tender, an_act(), party=a_party(session, "Invité"))
    guest.state = "invited"
    session.flush()
    for member in (adviser, guest):
        with pytest.raises(price_errors.NotInTheTeam):
            assignments.share_equally(
                session, tender, [line.id], [member.id], party=tender.lead, act=an_act()
            )


def test_what_someone_else_shared_meanwhile_is_not_overwritten(session):
    tender = a_team(session, "Lac", "Trait")
    line, untouched = a_line(session, tender, 1000), a_line(session, tender, 500)
    seen = {one.id: assignments.said(one) for one in (line, untouched)}
    share(session, tender, line, (0, PERCENT, 2500))
    share(session, tender, untouched, (1, PERCENT, 2500))
    first = tender.members[0].id
    stale = {untouched.id: Wanted([], seen[untouched.id])}
    assert assignments.assign(session, tender, stale, party=tender.lead, act=an_act()) == 0
    assert assignments.said(untouched)
    changed = {line.id: Wanted([Claim(first, PERCENT, 10_000)], seen[line.id])}
    with pytest.raises(price_errors.SharesChanged):
        assignments.assign(session, tender, changed, party=tender.lead, act=an_act())


def test_a_share_of_who_left_is_to_be_given_again(session):
    tender = a_team(session, "Lac", "Trait")
    line = a_line(session, tender, 1000)
    share(session, tender, line, (0, PARTS, 1000), (1, AMOUNT, 400))
    assert splits.split_of(session, tender).complete
    tender.members[1].state = "left"
    session.flush()
    split = splits.split_of(session, tender)
    assert split.members[tender.members[0].id].gross_cents == 1000  # parts share all that is left
    share(session, tender, line, (0, AMOUNT, 600))
    assert splits.split_of(session, tender).unassigned_cents == 400


def test_options_variants_and_lots_not_answered_do_not_count(session):
    tender = a_team(session, "Lac", "Trait")
    for line, place in (
        (a_line(session, tender, 1000), 0),
        (a_line(session, tender, 300, part="option", label="PSE 1"), 1),
        (a_line(session, tender, 700, lot=1), 1),
    ):
        share(session, tender, line, (place, PERCENT, 10_000))
    a_line(session, tender, 800, part="variant", label="Chêne")
    tender.lots[1].answered = False
    session.flush()
    split = splits.split_of(session, tender)
    second = tender.members[1].id
    assert (split.total_cents, split.unassigned_cents, split.complete) == (1000, 0, True)
    assert split.lots == {tender.lots[0].id: 1000}
    assert split.members[second].gross_cents == 0
    assert [(one.label, one.total_cents, one.members[second]) for one in split.apart] == [
        ("PSE 1", 300, 300),
        ("Chêne", 800, 0),
    ]


def test_the_lots_won_bear_their_part_of_the_common_expenses(session):
    tender = a_team(session, "Lac", "Trait")
    tender.common_cents, tender.fee_bp, tender.retention_rate_bp = 101, 1000, 500
    for lot, cents in ((0, 3000), (1, 7000)):
        share(session, tender, a_line(session, tender, cents, lot=lot), (0, PERCENT, 4000), (1, PARTS, 1000))
    first, second = (member.id for member in tender.members)
    won = splits.split_of(session, tender, lots=[tender.lots[0].id])
    assert (won.total_cents, sum(one.common_cents for one in won.members.values())) == (3000, 30)
    assert won.members[second].fee_cents == -180
    assert won.members[first].fee_cents == 180
    assert sum(one.agreed_cents for one in won.members.values()) == 3000 - 30
    ((line, cents),) = splits.agreement_lines(won, second, lots=[tender.lots[0].id])
    assert (line.lot_id, cents) == (tender.lots[0].id, won.members[second].agreed_cents)


claims = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([AMOUNT, PERCENT, PARTS]), st.integers(1, 10_000)),
    max_size=3,
    unique_by=lambda one: one[0],
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 1), claims), min_size=1, max_size=5))
def test_whatever_is_shared_members_lots_and_what_is_left_make_the_bid(session, wanted):
    tender = a_team(session, "Lac", "Trait", "Zen")
    tender.fee_bp, tender.common_cents, tender.retention_rate_bp = 333, 77, 500
    for cents, lot, said in wanted:
        line = a_line(session, tender, cents, lot=lot)
        try:
            share(session, tender, line, *said)
        except (price_errors.SharesExceed, price_errors.PercentagesExceed):
            continue
    split = splits.split_of(session, tender)
    assert split.total_cents == sum(cents for cents, _lot, _said in wanted) == sum(split.lots.values())
    assert (
        sum(one.gross_cents for one in split.members.values()) + split.unassigned_cents == split.total_cents
    )
    for lot, cents in split.lots.items():
        inside = [one for one in split.lines if one.line.lot_id == lot]
        assert sum(split.by_lot[lot].values()) + sum(one.unassigned_cents for one in inside) == cents
    for member, one in split.members.items():
        spread = [cents for _line, cents in splits.agreement_lines(split, member)]
        assert sum(spread) == (one.agreed_cents if spread else 0)
