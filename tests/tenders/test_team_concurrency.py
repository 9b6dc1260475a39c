"""Two people at once about one team, each in a transaction of their own, on both engines."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.kernel.parties import Party
from endi_ext.tenders import decisions, members, profiles
from endi_ext.tenders.decision_models import Position
from endi_ext.tenders.members import Firm, Terms
from endi_ext.tenders.models import Member, Tender
from endi_ext.tenders.profile_models import Profile
from endi_ext.tenders.team_errors import AlreadyInvitedFirm, NotDecidedYet
from tests.builders import a_party, an_act

from .builders import a_tender

SIRET = "44306184100047"


def count(engine, model):
    with Session(engine, future=True) as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def a_team(session):
    tender = a_tender(session, a_party(session), [a_party(session)])
    tender.decision_rule = "unanimity"
    return tender


def test_a_firm_noted_by_two_forms_at_once_is_one(engine, both, made):
    key = made(a_team)

    def note(mission):
        def noted(session):
            tender = session.get(Tender, key)
            terms = Terms(mission=mission)
            firm = Firm("Toitures", SIRET)
            return members.invite_firm(session, tender, firm, terms, by=tender.lead, act=an_act()).id

        return noted

    first, second = both(note("Zinc"), note("Zinc"))
    assert first == second
    assert AlreadyInvitedFirm in both(note("Zinc"), note("Tuiles"))
    assert count(engine, Member) == 3


def test_a_team_that_grows_while_it_decides_waits_for_who_came_first(engine, both, made):
    def all_but_one_decided(session):
        tender = a_team(session)
        for member in tender.members:
            decisions.take_position(session, member, stance="go", reason="Oui", by=member.party, act=an_act())
        members.invite(session, tender, a_party(session), Terms(), by=tender.lead, act=an_act())
        return tender

    key = made(all_but_one_decided)

    def join(session):
        guest = session.get(Tender, key).members[2]
        return members.answer(session, guest, accept=True, by=guest.party, act=an_act()).state

    def decide(session):
        tender = session.get(Tender, key)
        return decisions.decide(session, tender, go=True, statement="", by=tender.lead, act=an_act()).state

    answers = both(join, decide)
    # Who joined first is waited for; who comes after the decision joins an answer that is decided.
    assert answers in (["accepted", "go"], ["accepted", NotDecidedYet])
    with Session(engine, future=True) as session:
        tender = session.get(Tender, key)
        said = decisions.latest(session, tender).positions_said
        assert (tender.state == "answering") == (len(said) == 2) == ("go" in answers)


def test_a_position_and_a_profile_sent_twice_at_once_are_one(engine, both, made):
    key = made(a_team)

    def say(session):
        member = session.get(Tender, key).members[1]
        decisions.take_position(session, member, stance="go", reason="Oui", by=member.party, act=an_act())
        return member.id

    def describe(session):
        party = session.execute(select(Party)).scalars().first()
        return profiles.describe(session, party, profiles.ProfileFacts("Bois"), an_act()).id

    for step in (say, describe):
        first, second = both(step, step)
        assert first == second
    assert (count(engine, Position), count(engine, Profile)) == (1, 1)
