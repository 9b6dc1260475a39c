"""A bid as its forms tell it: which legal persons, for how much; what to look at before it goes out."""

import pytest

from endi_ext.kernel.errors import WrongRole
from endi_ext.kernel.history import history_of
from endi_ext.tenders import bids, form_facts, identity, readiness
from tests.builders import a_party, an_act
from tests.tenders.builders import a_tender
from tests.tenders.dossiers import a_bid

KNOWN = {"name": "Coopérative Les Passerelles", "siret": "73282932000074", "city": "Annecy"}


@pytest.fixture
def pair(session):
    """The lead and a member, both of the cooperative."""
    return a_party(session, "Menuiserie du Lac"), a_party(session, "Atelier Trait Juste")


def bid_of(session, tender):
    return bids.bid_of(session, tender, KNOWN)


def test_members_of_one_cooperative_are_one_candidate_and_an_outside_firm_its_subcontractor(session, pair):
    bid = bid_of(session, a_bid(session, *pair, an_act()))
    assert not bid.grouped
    assert [one.member.name for one in bid.subcontractors] == ["Peintures du Semnoz"]
    assert [one.name for one in bid.insiders] == ["Menuiserie du Lac", "Atelier Trait Juste"]
    assert sum(bid.own.values()) == bid.split.total_cents


def test_in_a_group_the_outside_firm_is_a_member_unless_it_is_said_to_be_a_subcontractor(session, pair):
    grouped = bid_of(session, a_bid(session, *pair, an_act(), liability="several"))
    assert [one.member.name for one in grouped.partners] == ["Peintures du Semnoz"]
    assert grouped.subcontractors == []
    said = bid_of(session, a_bid(session, *pair, an_act(), liability="several", place="subcontractor"))
    assert said.partners == []
    assert len(said.subcontractors) == 1


def test_what_the_legal_persons_are_paid_sums_to_the_bid_lot_by_lot(session, pair):
    bid = bid_of(session, a_bid(session, *pair, an_act(), liability="joint_and_several"))
    for lot in bid.lots:
        theirs = sum(one.by_lot[lot.id] for one in bid.partners)
        assert bid.own[lot.id] + theirs + bid.unassigned[lot.id] == bid.split.lots[lot.id]
    (firm,) = bid.partners
    assert [lot.title for lot in bid.lots_of(firm)] == ["Peinture"]


def test_who_is_only_invited_or_advises_is_on_no_form(session, pair):
    tender = a_tender(session, pair[0], (pair[1],), outside=("Peintures du Semnoz",))
    tender.members[1].state, tender.members[2].role = "invited", "adviser"
    bid = bid_of(session, tender)
    assert [one.name for one in bid.insiders] == ["Menuiserie du Lac"]
    assert (bid.partners, bid.subcontractors) == ([], [])


def test_the_identity_is_what_an_admin_wrote_and_else_what_the_host_knows(session):
    act = an_act()
    assert identity.read(session, KNOWN).name == "Coopérative Les Passerelles"
    identity.write(session, {"name": "Les Passerelles, SCOP", "city": "Annecy"}, KNOWN, act)
    read = identity.read(session, {**KNOWN, "city": "Cran-Gevrier"})
    assert (read.name, read.city) == ("Les Passerelles, SCOP", "Cran-Gevrier")
    assert "legal_form" in identity.missing(read)
    assert "name" not in identity.missing(read)


def test_what_is_told_of_a_firm_is_found_again_when_the_same_lead_answers_with_it(session, pair):
    act = an_act()
    a_bid(session, *pair, act)
    later = a_tender(session, pair[0], act=act, outside=("Peintures du Semnoz",))
    firm = form_facts.of_firm(session, later, later.members[1])
    assert firm.signatory == "Paul Peintre, gérant"
    assert (firm.work, firm.months) == ("", "")
    others = a_tender(session, pair[1], act=act, outside=("Peintures du Semnoz",))
    assert form_facts.of_firm(session, others, others.members[1]) == form_facts.Firm()


def test_only_the_team_tells_the_forms_and_the_same_again_is_no_change(either_session):
    session, act = either_session, an_act()
    pair = a_party(session), a_party(session)
    tender = a_tender(session, pair[0])
    with pytest.raises(WrongRole):
        form_facts.note(session, tender, {"buyer_address": "Mairie"}, party=pair[1], act=act)
    for _twice in range(2):
        form_facts.note(session, tender, {"buyer_address": "Mairie"}, party=pair[0], act=act)
    assert form_facts.of_consultation(session, tender).buyer_address == "Mairie"
    events = [one.action for one in history_of(session, tender)]
    assert events.count("tell_forms") == 1


def codes(session, bid):
    return [one.code for one in readiness.findings(session, bid)]


def test_what_lacks_is_told_until_it_is_there(session, pair):
    tender = a_bid(session, *pair, an_act())
    found = codes(session, bid_of(session, tender))
    assert "identity_lacks" in found
    assert "buyer_address_missing" in found
    assert "subcontractors_by_default" in found
    assert "parts_unfinished" in found
    assert "firm_lacks" not in found
    form_facts.note(session, tender, {"buyer_address": "Mairie"}, party=pair[0], act=an_act())
    assert "buyer_address_missing" not in codes(session, bid_of(session, tender))


def test_a_bid_without_lots_or_prices_says_so(session, pair):
    tender = a_tender(session, pair[0])
    assert "no_price" in codes(session, bid_of(session, tender))
    for lot in tender.lots:
        lot.answered = False
    assert codes(session, bid_of(session, tender))[0] == "no_lot"


def test_an_entrepreneur_of_another_cooperative_stands_on_forms_as_that_cooperative(session, pair):
    act = an_act()
    tender = a_bid(session, *pair, act, liability="several")
    member = tender.members[2]
    member.via, member.firm_name = "cooperative", "Lou Peinture"
    (one,) = bid_of(session, tender).partners
    assert one.name == "Lou Peinture"
    (lacking,) = [
        found for found in readiness.findings(session, bid_of(session, tender)) if found.code == "firm_lacks"
    ]
    assert lacking.facts["names"] == ("legal_name",)
    told = {**vars(one.firm), "legal_name": "Coopérative des Monts"}
    form_facts.note(session, tender, told, party=pair[0], act=act, member=member)
    (one,) = bid_of(session, tender).partners
    assert one.name == "Coopérative des Monts (Lou Peinture)"
