"""A team decides to answer or not, with reasons, and may decide anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.tenders import criteria, decisions, members, workflow
from endi_ext.tenders import team_errors as refused
from endi_ext.tenders.criteria import Wanted
from endi_ext.tenders.members import Terms
from tests.builders import TODAY, a_party, an_act

from .builders import a_tender, add


@pytest.fixture
def parties(session):
    return [a_party(session, name) for name in ("Lac", "Trait", "Écume")]


@pytest.fixture
def tender(session, parties):
    return a_tender(session, parties[0], parties[1:], outside=["Toitures du Ried"])


def said(session, tender, place, stance="go", reason="Nous savons faire", *, by=None, act=None):
    member = tender.members[place]
    by = by or member.party or tender.lead
    return decisions.take_position(session, member, stance=stance, reason=reason, by=by, act=act or an_act())


def decided(session, tender, *, go=True, statement="Nous répondons", act=None):
    return decisions.decide(session, tender, go=go, statement=statement, by=tender.lead, act=act or an_act())


def standing(session, tender, today=TODAY):
    return decisions.standing(session, tender, today=today)


def arranged(session, tender, rule="majority", closes_on=None):
    return decisions.arrange(session, tender, rule=rule, closes_on=closes_on, by=tender.lead, act=an_act())


def test_before_anybody_spoke_all_are_waited_for(session, tender):
    stands = standing(session, tender)
    assert (stands.rule, stands.verdict, stands.count.missing) == ("majority", "open", 4)
    assert [(member.name, position) for member, position in stands.said][:1] == [("Lac", None)]


def test_a_majority_answers_and_what_was_said_is_kept(session, tender):
    for place in (0, 1, 3):
        said(session, tender, place)
    said(session, tender, 2, "no_go", "Trop loin")
    assert standing(session, tender).verdict == "go"
    decision = decided(session, tender)
    assert (tender.state, decision.state, decision.statement) == ("answering", "go", "Nous répondons")
    assert decision.positions_said[2] == {
        "name": "Écume", "role": "member", "counts": True, "stance": "no_go", "reason": "Trop loin",
    }  # fmt: skip
    assert [event.action for event in history_of(session, tender)][-1] == "go"


def test_a_position_changes_until_the_decision_and_no_longer(session, tender):
    first = said(session, tender, 1, "no_go", "Pas le temps")
    assert said(session, tender, 1, "go", "J’ai déplacé un chantier") is first
    assert standing(session, tender).count.no_go == 0
    for place in (0, 2):
        said(session, tender, place)
    decided(session, tender)
    with pytest.raises(WrongState):
        said(session, tender, 1, "no_go")


def test_the_same_position_sent_twice_is_one(session, tender):
    said(session, tender, 1)
    said(session, tender, 1)
    assert [event.action for event in history_of(session, tender)] == ["begin", "take_position"]


def test_the_last_day_is_included_and_then_silence_abstains(session, tender):
    arranged(session, tender, closes_on=TODAY)
    said(session, tender, 0)
    assert standing(session, tender).verdict == "open"
    tomorrow = TODAY + timedelta(days=1)
    late = an_act(today=tomorrow, at=datetime(2026, 11, 17, 9, tzinfo=UTC))
    with pytest.raises(refused.PositionsAreClosed):
        said(session, tender, 1, act=late)
    assert standing(session, tender, tomorrow).verdict == "go"
    assert decided(session, tender, act=late).state == "go"


def test_the_lead_waits_for_the_rule_and_follows_it(session, tender):
    said(session, tender, 0)
    with pytest.raises(refused.NotDecidedYet) as waiting:
        decided(session, tender)
    assert waiting.value.facts == {"missing": 3}
    for place in (1, 2):
        said(session, tender, place)
    with pytest.raises(refused.RuleSaysOtherwise):
        decided(session, tender, go=False, statement="Je n’ai pas envie")


def test_not_answering_needs_a_statement_and_ends_the_tender(session, tender):
    arranged(session, tender, "unanimity")
    said(session, tender, 2, "no_go", "Trop risqué")
    with pytest.raises(ReasonMissing):
        decided(session, tender, go=False, statement="")
    decided(session, tender, go=False, statement="Trop risqué pour nous")
    assert (tender.state, tender.outcome_reason) == ("abandoned", "Trop risqué pour nous")


def test_what_was_given_up_may_be_taken_up_and_decided_anew(session, tender):
    arranged(session, tender, "unanimity")
    said(session, tender, 2, "no_go", "Trop risqué")
    decided(session, tender, go=False, statement="Non")
    decisions.reopen(session, tender, reason="Le délai est prolongé", by=tender.lead, act=an_act())
    assert (tender.state, tender.closed_at, standing(session, tender).count.missing) == ("preparing", None, 4)
    for place in range(4):
        said(session, tender, place)
    assert decided(session, tender).number == 2
    decisions.reconsider(session, tender, reason="Un membre part", by=tender.lead, act=an_act())
    assert tender.state == workflow.PREPARING
    assert [one.state for one in decisions.of_tender(session, tender)] == ["go", "no_go"]
    assert standing(session, tender).count.missing == 4


def test_only_the_lead_decides_and_arranges(session, tender, parties):
    said(session, tender, 0)
    with pytest.raises(WrongRole):
        decisions.decide(session, tender, go=True, statement="Oui", by=parties[1], act=an_act())
    with pytest.raises(WrongRole):
        decisions.arrange(session, tender, rule="lead", closes_on=None, by=parties[1], act=an_act())


def test_nobody_speaks_for_somebody_of_the_cooperative(session, tender, parties):
    for by in (parties[0], parties[2]):
        with pytest.raises(WrongRole):
            said(session, tender, 1, by=by)
    with pytest.raises(WrongRole):
        said(session, tender, 3, by=parties[1])
    said(session, tender, 3, by=parties[0])


def test_a_guest_takes_no_position_and_an_adviser_is_heard_without_counting(session, tender):
    add(tender, an_act(), party=a_party(session, "Conseil"), role="adviser")
    guest = a_party(session, "Invitée")
    invited = members.invite(session, tender, guest, Terms(), by=tender.lead, act=an_act())
    said(session, tender, 4, "no_go", "Le CCAP est dur")
    stands = standing(session, tender)
    assert (stands.count.no_go, stands.count.missing, len(stands.said)) == (0, 4, 5)
    with pytest.raises(WrongRole):
        decisions.take_position(session, invited, stance="go", reason="Oui", by=guest, act=an_act())
    with pytest.raises(refused.NotInTheDecision):
        decisions.take_position(session, invited, stance="go", reason="Oui", by=tender.lead, act=an_act())


def test_who_left_counts_no_more(session, tender, parties):
    said(session, tender, 1, "no_go", "Non")
    members.leave(session, tender.members[1], by=parties[1], act=an_act(), reason="Je pars")
    assert standing(session, tender).count == type(standing(session, tender).count)(0, 0, 0, 3)


def test_the_rule_is_fixed_once_others_spoke_but_the_last_day_may_move(session, tender):
    said(session, tender, 0)
    arranged(session, tender, "unanimity")
    said(session, tender, 1)
    with pytest.raises(refused.RuleIsFixed):
        arranged(session, tender, "lead")
    assert arranged(session, tender, "unanimity", TODAY + timedelta(days=3)).closes_on == date(2026, 11, 19)


def test_the_last_day_lies_between_today_and_the_buyers_deadline(session, tender):
    with pytest.raises(refused.ClosesInThePast):
        arranged(session, tender, closes_on=TODAY - timedelta(days=1))
    with pytest.raises(refused.ClosesTooLate):
        arranged(session, tender, closes_on=date(2026, 12, 12))
    arranged(session, tender, closes_on=date(2026, 12, 11))


def test_criteria_that_stay_keep_their_scores(session, tender, parties):
    def choose(*wanted):
        criteria.choose(session, tender, wanted, by=tender.lead, act=an_act())
        return criteria.of_tender(session, tender)

    first, second = choose(Wanted("Charge", 2), Wanted("Marge", 1))
    for place, value in ((0, 5), (1, 2)):
        by = parties[place]
        scores = {first.id: value, second.id: 4}
        criteria.score(session, tender.members[place], scores, by=by)
    assert criteria.grid(session, tender).overall == 367
    found = choose(Wanted("Risques", 1), Wanted("Charge de travail", 3, first.id))
    grid = criteria.grid(session, tender)
    assert [(row.criterion.label, row.average) for row in grid.rows] == [
        ("Risques", None), ("Charge de travail", 350),
    ]  # fmt: skip
    assert found[1] is first
    assert grid.by_member == {tender.members[0].id: 500, tender.members[1].id: 200}
    with pytest.raises(refused.CriterionTwice):
        choose(Wanted("Marge", 1), Wanted("marge", 2))


def test_a_score_may_be_taken_back_and_lies_between_one_and_five(session, tender, parties):
    criteria.choose(session, tender, [Wanted("Charge", 2)], by=parties[0], act=an_act())
    (charge,) = criteria.of_tender(session, tender)
    mine = tender.members[1]
    with pytest.raises(refused.ScoreOutOfRange):
        criteria.score(session, mine, {charge.id: 6}, by=parties[1])
    criteria.score(session, mine, {charge.id: 4}, by=parties[1])
    criteria.score(session, mine, {}, by=parties[1])
    assert criteria.grid(session, tender).overall is None
    with pytest.raises(WrongRole):
        criteria.score(session, mine, {charge.id: 4}, by=parties[0])


def test_criteria_are_the_leads_and_stay_once_decided(session, tender, parties):
    with pytest.raises(WrongRole):
        criteria.choose(session, tender, [Wanted("Charge", 2)], by=parties[1], act=an_act())
    arranged(session, tender, "lead")
    said(session, tender, 0)
    decided(session, tender)
    with pytest.raises(refused.DecisionIsClosed):
        criteria.choose(session, tender, [Wanted("Charge", 2)], by=parties[0], act=an_act())
