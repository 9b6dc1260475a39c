"""Notices are kept once; a newer one updates the tenders begun from the one it takes the place of."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from endi_ext.kernel.history import history_of
from endi_ext.tenders import notice_store, service, updates
from endi_ext.tenders.errors import NoticeReplaced
from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.model import Criterion, Notice, NoticeLot, ReadNotice
from tests.builders import a_party, an_act, numbers

EFORMS = Path(__file__).parent.parent / "data" / "notices" / "eforms"
FIRST = "f1ed5e4b-0000-4000-8000-000000000001"
CHANGE = "f1ed5e4b-0000-4000-8000-000000000002"
FRIDAY = datetime(2026, 12, 11, 11, tzinfo=UTC)
MONDAY = datetime(2026, 12, 14, 11, tzinfo=UTC)
NOTICE = Notice(
    source="eforms",
    notice_id=FIRST,
    version="01",
    procedure_id="c0ffee00-0000-4000-8000-000000000001",
    title="Réhabilitation de l’école",
    buyer_name="Ville d’Annecy",
    cpv=("45214200",),
    estimated_value_cents=120_000_00,
    currency="EUR",
    deadline=FRIDAY,
    lots=(
        NoticeLot("LOT-0001", "Menuiseries", deadline=FRIDAY, criteria=(Criterion("Prix", 60.0),)),
        NoticeLot("LOT-0002", "Peinture", deadline=FRIDAY),
    ),
)
LATER_LOTS = tuple(replace(lot, deadline=MONDAY) for lot in NOTICE.lots)
LATER = replace(NOTICE, notice_id=CHANGE, deadline=MONDAY, lots=LATER_LOTS)


def keep(session, notice, changes=None, **options):
    return notice_store.keep(session, ReadNotice(notice, changes, **options), an_act())


def begun(session, notice, **options):
    lead = a_party(session)
    key = f"store-{next(numbers)}-key"
    facts = service.facts_of(notice)
    return service.create(
        session, lead=lead, facts=facts, request_key=key, act=an_act(), notice=notice, **options
    )


def names(changes):
    return [(change.name, change.lot) for change in changes]


def test_the_same_notice_twice_is_kept_once_and_changes_nothing(either_session):
    first = keep(either_session, NOTICE)
    tender = begun(either_session, first.notice)
    again = keep(either_session, NOTICE)
    assert (first.outcome, again.outcome, again.notice) == ("new", "same", first.notice)
    assert [event.action for event in history_of(either_session, tender)] == ["begin"]
    assert updates.changes_of(either_session, tender) == []


def test_a_tender_begins_with_what_its_notice_says(session):
    tender = begun(session, keep(session, NOTICE).notice)
    assert (tender.title, tender.buyer_name, tender.deadline) == (NOTICE.title, "Ville d’Annecy", FRIDAY)
    assert (tender.cpv, tender.estimated_value_cents) == (["45214200"], 120_000_00)
    assert [(lot.key, lot.title, lot.answered) for lot in tender.lots] == [
        ("LOT-0001", "Menuiseries", True),
        ("LOT-0002", "Peinture", True),
    ]
    assert tender.lots[0].criteria == [{"name": "Prix", "weight": 60.0}]


def test_a_change_notice_updates_the_tenders_of_the_one_it_names(either_session):
    first = keep(either_session, NOTICE).notice
    tender, other = begun(either_session, first), begun(either_session, first)
    tender.title, other.state = "Notre titre", "lost"
    kept = keep(either_session, LATER, changes=f"{FIRST}-01")
    assert (kept.outcome, kept.updated, first.current) == ("changed", [tender.id], False)
    assert names(kept.changes) == [
        ("deadline", None),
        ("deadline", "LOT-0001"),
        ("deadline", "LOT-0002"),
    ]
    either_session.refresh(tender)
    assert (tender.deadline, tender.title, tender.notice) == (MONDAY, "Notre titre", kept.notice)
    assert [lot.deadline for lot in tender.lots] == [MONDAY, MONDAY]
    assert (other.deadline, other.notice) == (FRIDAY, first)
    [change] = updates.changes_of(either_session, tender)
    assert change.changes[0] == {
        "name": "deadline",
        "lot": None,
        "before": "2026-12-11T11:00:00+00:00",
        "after": "2026-12-14T11:00:00+00:00",
    }


def test_what_changed_is_shown_to_each_party_until_it_has_seen_it(session):
    first = keep(session, NOTICE).notice
    tender = begun(session, first)
    reader, friend = tender.lead, a_party(session)
    keep(session, LATER, changes=FIRST)
    assert len(updates.unseen(session, tender, reader)) == 1
    updates.see(session, tender, party=reader, act=an_act())
    updates.see(session, tender, party=reader, act=an_act())
    assert updates.unseen(session, tender, reader) == []
    assert len(updates.unseen(session, tender, friend)) == 1


def test_a_change_notice_that_names_none_finds_the_only_one_of_its_procedure(session):
    first = keep(session, NOTICE).notice
    assert keep(session, LATER, changes="").outcome == "changed"
    assert not first.current


def test_a_change_notice_that_may_be_of_several_takes_the_place_of_none(session):
    first, second = keep(session, NOTICE), keep(session, replace(NOTICE, notice_id="other", title="Autre"))
    kept = keep(session, LATER, changes="unknown-2026")
    assert (kept.outcome, kept.notice.current) == ("new", True)
    assert (first.notice.current, second.notice.current) == (True, True)


def test_a_notice_of_the_same_procedure_that_changes_nothing_stands_beside_the_first(session):
    keep(session, NOTICE)
    assert keep(session, replace(NOTICE, notice_id=CHANGE)).outcome == "new"


def test_a_later_version_takes_the_place_and_an_earlier_one_does_not(session):
    second = keep(session, replace(NOTICE, version="02", deadline=MONDAY))
    first = keep(session, NOTICE)
    third = keep(session, replace(NOTICE, version="03", deadline=MONDAY, title="Réhabilitation"))
    assert [kept.outcome for kept in (second, first, third)] == ["new", "older", "changed"]
    assert [kept.notice.current for kept in (second, first, third)] == [False, False, True]


def test_a_notice_that_comes_after_its_own_change_is_not_in_force(session):
    keep(session, LATER, changes=FIRST)
    late = keep(session, NOTICE)
    assert (late.outcome, late.notice.current) == ("older", False)


def test_a_partial_change_that_came_first_is_laid_upon_what_it_changes_once_that_comes(either_session):
    little = Notice(source="boamp_legacy", notice_id="26-1", deadline=MONDAY)
    first = keep(either_session, little, changes=FIRST, partial=True)
    tender = begun(either_session, first.notice)
    late = keep(either_session, NOTICE)
    assert (first.outcome, late.outcome, late.updated) == ("new", "older", [tender.id])
    either_session.refresh(tender)
    assert (first.notice.title, tender.title, tender.deadline) == (NOTICE.title, NOTICE.title, MONDAY)
    assert [lot.key for lot in begun(either_session, first.notice).lots] == ["LOT-0001", "LOT-0002"]
    assert keep(either_session, NOTICE).outcome == "same"


def test_one_publication_in_two_formats_is_one(session):
    keep(session, NOTICE)
    assert keep(session, replace(NOTICE, source="boamp_eforms", description="Plus long")).outcome == "same"


def test_what_its_publisher_changed_without_another_number_is_a_change(session):
    plain = replace(NOTICE, source="boamp_mapa", notice_id="24-76932", version=None, procedure_id=None)
    outcomes = [keep(session, one).outcome for one in (plain, replace(plain, deadline=MONDAY), plain)]
    assert outcomes == ["new", "changed", "same"]


def test_notices_without_a_number_are_told_apart_by_what_they_say(session):
    nameless = replace(NOTICE, notice_id=None, procedure_id=None)
    other = replace(nameless, title="Autre chose")
    assert [keep(session, one).outcome for one in (nameless, other, nameless)] == ["new", "new", "same"]


def test_a_change_that_says_little_leaves_the_rest(session):
    tender = begun(session, keep(session, NOTICE).notice)
    little = Notice(source="boamp_legacy", notice_id="26-1", deadline=MONDAY)
    kept = keep(session, little, changes=FIRST, partial=True, said="Lire 14 au lieu de 11.")
    assert names(kept.changes) == [("deadline", None)]
    assert updates.changes_of(session, tender)[0].notice.said == "Lire 14 au lieu de 11."
    more = replace(little, notice_id="26-2", lots=(NoticeLot("LOT-0003", "Sols"),))
    kept = keep(session, more, changes=FIRST, partial=True)
    assert names(kept.changes) == [("lot_added", "LOT-0003")]
    session.refresh(tender)
    assert (tender.title, tender.buyer_name) == (NOTICE.title, "Ville d’Annecy")
    assert [(lot.key, lot.answered) for lot in tender.lots] == [
        ("LOT-0001", True),
        ("LOT-0002", True),
        ("LOT-0003", False),
    ]
    assert len(begun(session, kept.notice).lots) == 3


def test_a_lot_that_is_no_longer_asked_for_keeps_what_was_prepared(session):
    tender = begun(session, keep(session, NOTICE).notice)
    kept = keep(session, replace(LATER, lots=LATER_LOTS[:1]), changes=FIRST)
    assert ("lot_removed", "LOT-0002") in names(kept.changes)
    assert [lot.key for lot in tender.lots] == ["LOT-0001", "LOT-0002"]
    assert [lot.key for lot in begun(session, kept.notice).lots] == ["LOT-0001"]


def test_nobody_begins_from_a_notice_that_another_one_replaced(either_session):
    first = keep(either_session, NOTICE).notice
    keep(either_session, LATER, changes=FIRST)
    with pytest.raises(NoticeReplaced):
        begun(either_session, first)


def test_an_amount_in_another_currency_is_no_amount_of_ours(session):
    tender = begun(session, keep(session, replace(NOTICE, currency="XPF")).notice)
    assert tender.estimated_value_cents is None


def test_a_notice_without_lots_is_one_lot_and_an_address_that_runs_something_is_none(session):
    bare = Notice(source="eforms", notice_id=FIRST, title="Nettoyage", documents_url="javascript:alert(1)")
    tender = begun(session, keep(session, bare).notice)
    assert [(lot.key, lot.title) for lot in tender.lots] == [("", "Nettoyage")]
    assert tender.documents_url == ""


def test_looking_at_a_notice_says_what_keeping_it_would_do(session):
    looks = [notice_store.look(session, ReadNotice(NOTICE))]
    keep(session, NOTICE)
    looks += [notice_store.look(session, one) for one in (ReadNotice(NOTICE), ReadNotice(LATER, FIRST))]
    assert [one.outcome for one in looks] == ["new", "same", "changed"]
    assert names(looks[2].changes) == names(keep(session, LATER, changes=FIRST).changes)


def test_the_published_change_of_a_deadline_updates_and_does_not_double(session):
    [change] = reading.read((EFORMS / "change-cn_24_open_dates.xml").read_bytes())
    assert change.changes == "c4c415ee-ac08-4465-8fa6-57568cf69462-01"
    before = replace(change.notice, notice_id=change.changes[:36], deadline=FRIDAY)
    tender = begun(session, keep(session, before).notice)
    kept = notice_store.keep(session, change, an_act())
    session.refresh(tender)
    assert (kept.outcome, kept.updated) == ("changed", [tender.id])
    assert names(kept.changes) == [("deadline", None)]
    assert tender.deadline == change.notice.deadline
    assert notice_store.keep(session, change, an_act()).outcome == "same"
