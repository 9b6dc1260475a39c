"""Who of the cooperative could be in a team, and why."""

from datetime import timedelta

import pytest

from endi_ext.exchanges import service as exchanges
from endi_ext.tenders import candidates, places, profiles, words
from endi_ext.tenders.candidates import Together, Wanted
from endi_ext.tenders.profiles import ProfileFacts
from endi_ext.tenders.team_errors import AvailableInThePast
from tests.builders import TODAY, a_cooperative, a_party, an_act, numbers

from .builders import a_tender, some_facts


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac", trade="Menuiserie", postcode="74290", city="Talloires")


@pytest.fixture
def tender(session, lead):
    facts = some_facts(lots=("Menuiseries extérieures", "Peintures intérieures"), places=["FRK28"])
    return a_tender(session, lead, facts=facts)


def found(session, tender, **wanted):
    return candidates.search(session, tender, tender.lead, Wanted(**wanted), today=TODAY)


def names(session, tender, **wanted):
    return [one.party.name for one in found(session, tender, **wanted).candidates]


def worked(session, seller, buyer, net_cents):
    facts = exchanges.ExchangeFacts(
        source=f"test:together:{next(numbers)}",
        seller_id=seller.id,
        buyer_id=buyer.id,
        net_cents=net_cents,
        accepted_on=TODAY,
        label="Pose",
    )
    return exchanges.record(session, facts, an_act())


def described(session, party, **facts):
    return profiles.describe(session, party, ProfileFacts(**facts), an_act())


def test_the_lead_the_cooperative_and_who_left_are_no_candidates(session, tender):
    a_cooperative(session)
    a_party(session, "Partie", active=False)
    a_party(session, "Peintures du Ried")
    assert names(session, tender) == ["Peintures du Ried"]


def test_who_answers_a_lot_stands_first_and_the_words_are_said(session, tender):
    a_party(session, "A", trade="Traiteur")
    a_party(session, "B", trade="Peintre en bâtiment")
    first, second = found(session, tender).candidates
    assert (first.party.name, first.trade_words, first.points) == ("B", ["peintures"], 4)
    assert (second.trade_words, second.points) == ([], 0)


def test_skills_count_like_the_trade(session, tender):
    party = a_party(session, "A", trade="Bâtiment")
    described(session, party, skills="Pose de menuiseries PVC")
    assert found(session, tender).candidates[0].trade_words == ["menuiseries"]


def test_past_work_is_counted_on_both_sides_but_for_what_was_cancelled(session, tender, lead):
    a_cooperative(session)
    friend, other = a_party(session, "Trait"), a_party(session, "Autre")
    worked(session, lead, friend, 1000)
    worked(session, friend, lead, 500)
    worked(session, other, friend, 900)
    wrong = worked(session, friend, lead, 70)
    exchanges.reverse(session, wrong, reason="Erreur", on=TODAY, act=an_act())
    assert candidates.together_with(session, lead) == {friend.id: Together(2, 1500, TODAY)}
    assert names(session, tender, together=True) == ["Trait"]


def test_nobody_learns_what_others_did_together(session, tender, lead):
    a_cooperative(session)
    friend, other = a_party(session, "Trait"), a_party(session, "Autre")
    worked(session, lead, friend, 1000)
    seen = candidates.search(session, tender, other, Wanted(), today=TODAY).candidates
    assert [(one.party.name, one.together) for one in seen] == [("Trait", Together())]


def test_tenders_answered_together_count_once_submitted(session, tender, lead):
    friend = a_party(session, "Trait")
    won, lost, going = (a_tender(session, lead, [friend]) for _ in range(3))
    won.state, lost.state, going.state = "won", "lost", "answering"
    session.flush()
    assert candidates.together_with(session, lead) == {friend.id: Together(tenders=2, won=1)}


def test_place_is_the_department_of_the_work_its_region_or_what_people_say(session, tender):
    near = a_party(session, "A", postcode="74000", city="Annecy")
    region = a_party(session, "B", postcode="38000", city="Grenoble")
    travels = a_party(session, "C", postcode="59100", city="Roubaix")
    described(session, travels, area="59, 74 et à distance")
    assert {one.party: one.nearness for one in found(session, tender).candidates} == {
        near: "department",
        region: "region",
        travels: "department",
    }
    assert names(session, tender, place="74") == ["A", "C"]
    assert names(session, tender, place="grenoble") == ["B"]
    assert names(session, tender, place="591") == ["C"]


def test_availability_filters_and_comes_back_on_its_day(session, tender):
    for name, availability in (("A", "busy"), ("B", "available"), ("C", "partly"), ("D", "unknown")):
        described(session, a_party(session, name), availability=availability)
    soon = a_party(session, "E")
    described(session, soon, availability="busy", available_from=TODAY + timedelta(days=9))
    assert names(session, tender) == ["B", "C", "D", "A", "E"]
    assert names(session, tender, available=True) == ["B", "C"]
    later = candidates.search(
        session, tender, tender.lead, Wanted(available=True), today=TODAY + timedelta(days=9)
    )
    assert [one.party.name for one in later.candidates] == ["B", "E", "C"]


def test_text_finds_trades_skills_and_names(session, tender):
    a_party(session, "Dufour Électricité", trade="Électricité générale")
    a_party(session, "Studio", trade="Création de sites web")
    assert names(session, tender, text="électricien") == ["Dufour Électricité"]
    assert names(session, tender, text="stud") == ["Studio"]
    assert names(session, tender, text="création électricité") == []


def test_who_was_invited_already_is_shown_as_such(session, tender):
    assert [one.member for one in found(session, tender).candidates] == []
    friend = a_party(session, "Trait")
    other = a_tender(session, tender.lead, [friend])
    assert found(session, other).candidates[0].member is other.members[1]
    assert found(session, tender).candidates[0].member is None


def test_trades_are_listed_once(session, lead):
    a_party(session, trade="Peinture")
    a_party(session, trade="Peinture")
    a_party(session, trade="Zinguerie", active=False)
    assert candidates.trades(session) == ["Menuiserie", "Peinture"]


def test_a_profile_is_the_last_word_and_its_day_is_to_come(session, lead):
    described(session, lead, skills="Agencement", availability="busy", available_from=TODAY)
    described(session, lead, skills="Agencement, escaliers", availability="partly")
    assert profiles.of_party(session, lead) == ProfileFacts("Agencement, escaliers", "", "partly")
    with pytest.raises(AvailableInThePast):
        described(session, lead, available_from=TODAY - timedelta(days=1))
    assert profiles.of_party(session, a_party(session)) == profiles.NOTHING_SAID


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("74290", "74"), ("01000", "01"), ("20000", "2A"), ("20167", "2A"), ("20600", "2B"), ("97400", "974"),
        ("98800", None), ("7429", None), ("L-1234", None), ("", None), ("75 011", "75"),
    ],
)  # fmt: skip
def test_the_department_of_a_postcode(postcode, department):
    assert places.department_of(postcode) == department


def test_there_are_101_departments_and_a_region_covers_its_own():
    assert len(places.NUTS_OF) == len(places.DEPARTMENT_OF) == 101
    assert places.departments_of(["FRM0"]) == {"2A", "2B"}
    assert places.departments_of(["FRH", "FR"]) == {"22", "29", "35", "56"}
    assert places.departments_of(["BE100", ""]) == set()
    assert places.nearness("73", {"74"}) == "region"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("menuiserie", "menuiseries", True), ("peinture", "peintre", True),
        ("electricite", "electricien", True),
        ("plan", "plans", True), ("plan", "plante", False), ("toiture", "peinture", False),
        ("web", "webs", True),
    ],
)  # fmt: skip
def test_words_are_alike_by_their_beginning(one, other, alike):
    assert words.alike(one, other) is words.alike(other, one) is alike


def test_the_words_every_notice_has_say_nothing():
    assert words.of("Travaux de rénovation de l’école, lot 3 : Électricité") == ["electricite"]
