"""What the lead corrects, which lots are answered, and who else answers them."""

from dataclasses import replace

import pytest

from endi_ext.kernel.errors import WrongRole, WrongState
from endi_ext.kernel.history import history_of
from endi_ext.tenders import editing, rivals, service, updates
from endi_ext.tenders.errors import NoLotAnswered, NoticeAttached
from endi_ext.tenders.notices.facts import LotFacts
from tests.builders import a_party, an_act

from .builders import a_tender, some_facts
from .test_notice_store import FIRST, FRIDAY, LATER, MONDAY, NOTICE, keep


def actions(session, tender):
    return [event.action for event in history_of(session, tender)]


def test_what_is_corrected_is_noted_once_and_lots_are_added_behind_the_others(either_session):
    tender = a_tender(either_session, a_party(either_session))
    first = tender.lots[0]
    lots = [(first.id, LotFacts("Menuiseries bois", estimated_value_cents=5)), (None, LotFacts("Sols"))]
    for _twice in range(2):
        doer = {"party": tender.lead, "act": an_act()}
        editing.edit(either_session, tender, {"title": "École"}, lots, **doer)
    assert tender.title == "École"
    assert [(lot.key, lot.title) for lot in tender.lots] == [
        ("LOT-0001", "Menuiseries bois"),
        ("LOT-0002", "Peinture"),
        ("3", "Sols"),
    ]
    assert actions(either_session, tender) == ["begin", "edit"]


def test_a_lot_of_another_tender_is_not_touched(session):
    mine, theirs = a_tender(session, a_party(session)), a_tender(session, a_party(session))
    facts = LotFacts("À moi")
    editing.edit(session, mine, {}, [(theirs.lots[0].id, facts)], party=mine.lead, act=an_act())
    assert theirs.lots[0].title == "Menuiseries"
    assert [lot.title for lot in mine.lots] == ["Menuiseries", "Peinture", "À moi"]


def test_a_team_answers_one_lot_at_least(session):
    tender = a_tender(session, a_party(session))
    doer = {"party": tender.lead, "act": an_act()}
    editing.choose_lots(session, tender, {tender.lots[1].id}, **doer)
    assert [lot.answered for lot in tender.lots] == [False, True]
    with pytest.raises(NoLotAnswered):
        editing.choose_lots(session, tender, {-1}, **doer)
    assert actions(session, tender) == ["begin", "choose_lots"]


def test_only_its_lead_corrects_a_tender_and_only_while_it_is_prepared(session):
    friend = a_party(session)
    tender = a_tender(session, a_party(session), [friend])
    with pytest.raises(WrongRole):
        editing.edit(session, tender, {"title": "Non"}, party=friend, act=an_act())
    tender.state = "submitted"
    session.flush()
    with pytest.raises(WrongState):
        editing.choose_lots(session, tender, {tender.lots[0].id}, party=tender.lead, act=an_act())


def test_a_tender_typed_by_hand_follows_a_notice_from_then_on(either_session):
    notice = keep(either_session, NOTICE).notice
    mine = typed(either_session, lots=("menuiseries", "Peinture", "Sols"), buyer="Annecy")
    doer = {"party": mine.lead, "act": an_act()}
    for _twice in range(2):
        editing.attach(either_session, mine, notice, **doer)
    assert [lot.key for lot in mine.lots] == ["LOT-0001", "LOT-0002", "3"]
    assert (mine.title, mine.buyer_name, mine.deadline) == ("Réponse", "Ville d’Annecy", FRIDAY)
    assert actions(either_session, mine) == ["begin", "update"]
    [change] = updates.changes_of(either_session, mine)
    assert {
        "name": "buyer_name",
        "before": "Annecy",
        "after": "Ville d’Annecy",
        "lot": None,
    } in change.changes
    keep(either_session, LATER, changes=FIRST)
    either_session.refresh(mine)
    assert mine.deadline == MONDAY
    other = keep(either_session, replace(NOTICE, notice_id="other", title="Autre")).notice
    with pytest.raises(NoticeAttached):
        editing.attach(either_session, mine, other, **doer)


def typed(session, number="2026-12", buyer="Ville d’Annecy", siret="", lots=("Menuiseries",), **columns):
    """A tender typed by hand, whose lots have the numbers people give them."""
    values = {"reference": number, "buyer_name": buyer, "buyer_siret": siret}
    listed = [LotFacts(title, key=str(place)) for place, title in enumerate(lots, start=1)]
    tender = a_tender(session, a_party(session), facts=service.TenderFacts("Réponse", listed, values))
    for name, value in columns.items():
        setattr(tender, name, value)
    session.flush()
    return tender


def meets(session, tender):
    return [lot.title for lot in rivals.lots_answered_elsewhere(session, tender)]


def test_another_team_on_the_same_lot_of_the_same_procedure_is_seen(either_session):
    mine = a_tender(either_session, a_party(either_session))
    other = a_tender(either_session, a_party(either_session))
    noise = a_tender(either_session, a_party(either_session))
    mine.procedure_key = other.procedure_key = "c0ffee"
    noise.procedure_key = "decaf"
    other.lots[0].answered = False
    either_session.flush()
    assert meets(either_session, mine) == ["Peinture"]
    assert meets(either_session, other) == ["Peinture"]
    assert meets(either_session, noise) == []
    other.state = "lost"
    either_session.flush()
    assert meets(either_session, mine) == []


def test_consultations_typed_by_hand_are_told_apart_by_number_and_buyer(session):
    mine = typed(session)
    typed(session, buyer="Ville de Thônes")
    typed(session, number="2026-13")
    assert meets(session, mine) == []
    typed(session, buyer="  ville  d’annecy ")
    assert meets(session, mine) == ["Menuiseries"]


def test_the_siret_of_the_buyer_counts_more_than_its_name(session):
    mine = typed(session, siret="44306184100047")
    typed(session, siret="73282932000074")
    assert meets(session, mine) == []


def test_lot_1_is_the_lot_that_a_notice_calls_lot_0001(session):
    imported = a_tender(session, a_party(session), facts=some_facts(reference="2026-12"))
    by_hand = typed(session, lots=("Bois", "Peinture", "Sols"))
    by_hand.lots[0].answered = False
    assert meets(session, imported) == ["Peinture"]
    whole = a_tender(session, a_party(session), facts=service.TenderFacts("Tout", [LotFacts("Tout")], {}))
    whole.reference, whole.buyer_name = "2026-12", "Ville d’Annecy"
    session.flush()
    assert meets(session, whole) == ["Tout"]
