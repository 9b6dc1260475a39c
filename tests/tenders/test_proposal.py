"""The technical proposal: a plan, who writes what, texts and files, two who write at once."""

import pytest

from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.tenders import proposal, workflow
from endi_ext.tenders.paper_errors import PartChanged, PartEmpty
from endi_ext.tenders.papers import Sent
from endi_ext.tenders.proposal import DRAFT, READY, TO_WRITE, Plan, Written
from tests.builders import a_party, an_act

from .builders import a_tender

ACT = an_act()
PDF = Sent("methode.pdf", b"%PDF-1.7 une methode")


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac")


@pytest.fixture
def tender(session, lead):
    """A tender with a plan of two parts."""
    made = a_tender(session, lead, [a_party(session, "Atelier Trait Juste")])
    proposal.outline(session, made, [Plan("Besoin"), Plan("Méthode", "Le déroulement")], party=lead, act=ACT)
    return made


def titles(session, tender):
    return [part.title for part in proposal.parts(session, tender)]


def test_a_plan_is_laid_once_and_parts_are_added_and_moved(session, tender, lead):
    proposal.outline(session, tender, [Plan("Encore")], party=lead, act=ACT)
    facts = {"request_key": "a-part-key", "party": lead, "act": ACT}
    added = proposal.add(session, tender, Plan("Références"), **facts)
    assert proposal.add(session, tender, Plan("Références"), **facts) is added
    proposal.arrange(session, added, Plan("Références", position=1), party=lead, act=ACT)
    assert titles(session, tender) == ["Références", "Besoin", "Méthode"]
    proposal.remove(session, added, party=lead, act=ACT)
    assert titles(session, tender) == ["Besoin", "Méthode"]


def test_each_sees_the_parts_they_write_and_the_lead_those_of_nobody(session, tender, lead):
    mine, theirs = tender.members
    first, second = proposal.parts(session, tender)
    plan = Plan("Besoin", member_id=theirs.id, due_on=ACT.today)
    proposal.arrange(session, first, plan, party=lead, act=ACT)
    assert proposal.to_write(session, tender, theirs) == [first]
    assert proposal.to_write(session, tender, mine) == [second]
    proposal.write(session, first, Written("Prêt", READY, 1), party=theirs.party, act=ACT)
    assert proposal.to_write(session, tender, theirs) == []


def test_who_writes_over_somebody_elses_change_is_told_so(session, tender, lead):
    member, karim = tender.members[1].party, an_act("user:2", "Karim")
    part = proposal.parts(session, tender)[0]
    written = Written("Ce que nous avons compris", DRAFT, part.revision)
    proposal.write(session, part, written, party=member, act=karim)
    with pytest.raises(PartChanged) as refused:
        proposal.write(session, part, Written("Mon texte", DRAFT, 1), party=lead, act=ACT)
    assert refused.value.facts == {"name": "Karim"}
    # The same form sent twice is written once.
    assert proposal.write(session, part, written, party=member, act=karim).revision == 2


def test_a_part_is_ready_with_a_text_or_a_file(session, tender, lead):
    part = proposal.parts(session, tender)[1]
    with pytest.raises(PartEmpty):
        proposal.write(session, part, Written("", READY, 1), party=lead, act=ACT)
    proposal.write(session, part, Written("", READY, 1, PDF), party=lead, act=ACT)
    assert (part.state, part.file.name) == (READY, "methode.pdf")
    with pytest.raises(PartEmpty):
        proposal.write(session, part, Written("", READY, 2, without_file=True), party=lead, act=ACT)
    proposal.write(session, part, Written("", TO_WRITE, 2, without_file=True), party=lead, act=ACT)
    assert part.file is None


def test_advisers_and_whoever_is_late_write_nothing(session, tender, lead):
    part, adviser = proposal.parts(session, tender)[0], tender.members[1]
    adviser.role = "adviser"
    with pytest.raises(WrongRole):
        proposal.write(session, part, Written("x", DRAFT, 1), party=adviser.party, act=ACT)
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(WrongState):
        proposal.remove(session, part, party=lead, act=ACT)
