"""People are invited to a team, answer, leave it, and pass on the lead."""

from datetime import date, timedelta

import pytest

from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.kernel.parties import EXTERNAL
from endi_ext.tenders import members, queries, workflow
from endi_ext.tenders import team_errors as refused
from endi_ext.tenders.members import Firm, Terms
from tests.builders import TODAY, a_party, an_act

from .builders import a_tender

SIRET, LA_POSTE = "44306184100047", "356 000 000 00048"


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac")


@pytest.fixture
def friend(session):
    return a_party(session, "Atelier Trait Juste")


@pytest.fixture
def tender(session, lead):
    return a_tender(session, lead)


def invited(session, tender, party, **terms):
    return members.invite(session, tender, party, Terms(**terms), by=tender.lead, act=an_act())


def answered(session, member, *, accept=True, by=None, reason=None):
    return members.answer(session, member, accept=accept, by=by or member.party, act=an_act(), reason=reason)


def told(session, document):
    return [(event.action, event.reason) for event in history_of(session, document)]


def test_an_invitation_gives_a_guest_who_counts_for_nothing_until_they_accept(session, tender, friend):
    member = invited(session, tender, friend, mission="Plans d’exécution", answer_by=TODAY)
    assert (member.position, member.state, member.role) == (2, "invited", "member")
    assert workflow.role_in(tender, friend) == workflow.GUEST
    assert queries.of_party(session, friend) == [tender]
    assert [one.name for one in members.active(tender)] == ["Menuiserie du Lac"]
    answered(session, member)
    assert [one.name for one in members.active(tender)] == ["Menuiserie du Lac", "Atelier Trait Juste"]
    assert told(session, member) == [("invite", None), ("accept", None)]
    assert ("member_accept", "Atelier Trait Juste") in told(session, tender)


def test_an_adviser_sees_all_and_has_no_share(session, tender, friend):
    answered(session, invited(session, tender, friend, role="adviser"))
    assert workflow.role_in(tender, friend) == workflow.ADVISER
    assert len(members.active(tender)) == 1


def test_who_declines_sees_the_tender_no_more_and_says_why(session, tender, friend):
    member = answered(session, invited(session, tender, friend), accept=False, reason="Carnet plein")
    assert (member.state, member.reason) == ("declined", "Carnet plein")
    assert queries.of_party(session, friend) == []
    assert told(session, tender)[-1] == ("member_decline", "Atelier Trait Juste : Carnet plein")


def test_the_same_invitation_sent_twice_is_one(session, tender, friend):
    once = invited(session, tender, friend, mission="Plans")
    assert invited(session, tender, friend, mission="Plans") is once
    assert len(tender.members) == 2
    assert told(session, once) == [("invite", None)]


def test_an_answer_given_twice_is_one(session, tender, friend):
    member = invited(session, tender, friend)
    answered(session, member)
    answered(session, member)
    assert told(session, member) == [("invite", None), ("accept", None)]


def test_who_is_in_the_team_is_not_invited_on_other_terms(session, tender, lead, friend):
    invited(session, tender, friend)
    for party in (friend, lead):
        with pytest.raises(refused.AlreadyInTheTeam):
            invited(session, tender, party, mission="Autre chose")


def test_who_declined_may_be_invited_again_on_other_terms(session, tender, friend):
    first = answered(session, invited(session, tender, friend), accept=False, reason="Pas le temps")
    again = invited(session, tender, friend, role="adviser")
    assert again is first
    assert (again.state, again.role, again.reason, again.answered_at) == ("invited", "adviser", "", None)


def test_only_the_lead_invites_and_only_while_the_answer_is_prepared(session, tender, friend):
    third = a_party(session)
    answered(session, invited(session, tender, friend))
    with pytest.raises(WrongRole):
        members.invite(session, tender, third, Terms(), by=friend, act=an_act())
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(WrongState):
        invited(session, tender, third)


def test_an_answer_comes_too_late_once_the_bid_is_made(session, tender, friend):
    member = invited(session, tender, friend)
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(refused.TeamIsFixed):
        answered(session, member)
    assert workflow.member_actions(member, tender, friend) == ()


@pytest.mark.parametrize("facts", [{"active": False}, {"kind": EXTERNAL}])
def test_only_parties_at_work_in_the_cooperative_are_invited(session, tender, facts):
    with pytest.raises(refused.PartyIsInactive):
        invited(session, tender, a_party(session, **facts))


def test_the_day_to_answer_by_lies_between_today_and_the_buyers_deadline(session, tender, friend):
    with pytest.raises(refused.AnswerDayIsOver):
        invited(session, tender, friend, answer_by=TODAY - timedelta(days=1))
    with pytest.raises(refused.AnswerDayTooLate):
        invited(session, tender, friend, answer_by=date(2026, 12, 12))
    invited(session, tender, friend, answer_by=date(2026, 12, 11))


def test_nobody_answers_for_someone_of_the_cooperative(session, tender, lead, friend):
    member = invited(session, tender, friend)
    for party in (lead, a_party(session)):
        with pytest.raises(WrongRole):
            answered(session, member, by=party)


def test_the_lead_speaks_for_a_firm_outside(session, tender, lead):
    firm = Firm("Toitures du Ried", LA_POSTE, "contact@toitures.example")
    member = members.invite_firm(session, tender, firm, Terms(), by=lead, act=an_act())
    assert (member.outside, member.siret, member.name) == (True, "35600000000048", "Toitures du Ried")
    assert workflow.member_actions(member, tender, lead) == ("accept", "decline", "change", "remove")
    answered(session, member, by=lead)
    assert member in members.active(tender)


@pytest.mark.parametrize("number", ["44306184100048", "4430618410004", "siret", "", "443061841"])
def test_a_siret_is_checked(session, tender, lead, number):
    with pytest.raises(refused.WrongSiret):
        members.invite_firm(session, tender, Firm("Toitures", number), Terms(), by=lead, act=an_act())


def test_an_establishment_of_the_cooperative_is_not_outside(session, tender, lead):
    firm, mine = Firm("Nous", "443 061 841 00039"), {"own_siret": SIRET, "by": lead, "act": an_act()}
    with pytest.raises(refused.OwnSiret):
        members.invite_firm(session, tender, firm, Terms(), **mine)
    members.invite_firm(session, tender, Firm("La Poste", LA_POSTE), Terms(), **mine)


def test_a_firm_outside_is_invited_once_and_two_people_of_another_cooperative_may_be(session, tender, lead):
    def invite(name, siret=SIRET, **facts):
        return members.invite_firm(
            session, tender, Firm(name, siret, **facts), Terms(), by=lead, act=an_act()
        )

    assert invite("Toitures") is invite("Toitures")
    answered(session, tender.members[-1], by=lead)
    with pytest.raises(refused.AlreadyInvitedFirm):
        invite("Toitures du Ried")
    ana = invite("Ana Silva", via="cooperative")
    assert invite("Bo Lind", via="cooperative") is not ana
    assert len(tender.members) == 4


def test_a_firm_outside_does_not_lead(session, tender, lead):
    with pytest.raises(refused.OutsideCannotLead):
        members.invite_firm(session, tender, Firm("T", SIRET), Terms("lead"), by=lead, act=an_act())
    member = members.invite_firm(session, tender, Firm("T", SIRET), Terms(), by=lead, act=an_act())
    with pytest.raises(refused.OutsideCannotLead):
        members.change(session, member, Terms("lead"), by=lead, act=an_act())


def test_who_is_asked_to_lead_leads_once_they_accept(session, tender, lead, friend):
    third = a_party(session)
    asked_too = invited(session, tender, third, role="lead")
    member = invited(session, tender, friend, role="lead")
    assert tender.lead is lead
    answered(session, member)
    assert tender.lead is friend
    assert (workflow.membership(tender, lead).role, asked_too.role) == ("member", "member")
    answered(session, asked_too)
    assert tender.lead is friend


def test_the_lead_hands_over_to_who_accepted(session, tender, lead, friend):
    member = invited(session, tender, friend)
    with pytest.raises(WrongState):
        members.hand_over(session, member, by=lead, act=an_act())
    answered(session, member)
    members.hand_over(session, member, by=lead, act=an_act())
    assert (tender.lead, member.role) == (friend, "lead")
    with pytest.raises(WrongRole):
        members.hand_over(session, tender.members[0], by=lead, act=an_act())


def test_the_lead_neither_leaves_nor_is_removed(session, tender, lead):
    for leave in (members.leave, members.remove):
        with pytest.raises(WrongRole):
            leave(session, tender.members[0], by=lead, act=an_act(), reason="Trop de travail")


def test_leaving_and_removing_need_a_reason_but_taking_back_an_invitation_does_not(session, tender, friend):
    member = invited(session, tender, friend)
    members.remove(session, member, by=tender.lead, act=an_act())
    assert (member.state, queries.of_party(session, friend)) == ("removed", [])
    answered(session, invited(session, tender, friend))
    with pytest.raises(ReasonMissing):
        members.remove(session, member, by=tender.lead, act=an_act(), reason=" ")
    with pytest.raises(ReasonMissing):
        members.leave(session, member, by=friend, act=an_act(), reason=None)
    members.leave(session, member, by=friend, act=an_act(), reason="Un accident")
    assert (member.state, member.reason) == ("left", "Un accident")
    assert members.active(tender) == [tender.members[0]]


def test_what_is_asked_may_change_but_not_the_role_that_was_accepted(session, tender, lead, friend):
    member = invited(session, tender, friend)
    members.change(session, member, Terms("adviser", "Relire", TODAY), by=lead, act=an_act())
    assert (member.role, member.mission, member.answer_by) == ("adviser", "Relire", TODAY)
    answered(session, member)
    members.change(session, member, Terms("adviser", "Relire tout", TODAY), by=lead, act=an_act())
    with pytest.raises(refused.RoleIsAgreed):
        members.change(session, member, Terms("member", "Relire tout"), by=lead, act=an_act())
    with pytest.raises(WrongRole):
        members.change(session, member, Terms("adviser"), by=friend, act=an_act())
