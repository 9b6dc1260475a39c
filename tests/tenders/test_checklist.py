"""The checklist: what the buyer asks for, the cooperative's list, what the team adds and provides."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from endi_ext.kernel import pieces
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.subcontracts.dispute_errors import ProofEmpty, ProofKindRefused, ProofTooLarge
from endi_ext.tenders import checklist, common_papers, files, papers, workflow
from endi_ext.tenders.outcome_models import Submission
from endi_ext.tenders.paper_errors import (
    CheckedByItsProvider,
    FilesTooLarge,
    PaperGone,
    PaperNotProvided,
    PaperOfSomeoneElse,
)
from endi_ext.tenders.paper_models import TenderFile, TenderFilePiece
from endi_ext.tenders.papers import Sent
from tests.builders import a_party, an_act, numbers

from .builders import a_tender, some_facts

PDF = b"%PDF-1.7 une attestation"
LEAD, MEMBER = an_act("user:1"), an_act("user:2", "Karim")


@pytest.fixture
def lead(session):
    return a_party(session, "Menuiserie du Lac")


@pytest.fixture
def member(session):
    return a_party(session, "Atelier Trait Juste")


@pytest.fixture
def tender(session, lead, member):
    """A tender that asks for two papers, with a member and a firm from outside; due on 11 December 2026."""
    facts = some_facts(requested_documents=["DC1", "Plan de prévention"])
    return a_tender(session, lead, [member], facts=facts, outside=["Toitures Duval"])


def a_kind(session, label, who, *, has_term=True, act=LEAD):
    key = f"kind-{next(numbers)}-key"
    return common_papers.add(session, label=label, who=who, has_term=has_term, request_key=key, act=act)


def sent(until=None, name="attestation.pdf", content=PDF):
    return Sent(name, content, until)


def listed(session, tender):
    """What the checklist says, in short."""
    return [
        (item.label, item.member.name if item.member else item.who, item.state)
        for item in checklist.items(session, tender)
    ]


def key_of(session, tender, label, name=None):
    return next(
        item.key
        for item in checklist.items(session, tender)
        if item.label == label and (name is None or (item.member and item.member.name == name))
    )


def test_the_checklist_is_what_the_buyer_asks_and_the_cooperatives_list_for_each_it_concerns(session, tender):
    a_kind(session, "Kbis", "cooperative")
    a_kind(session, "CV", "member")
    a_kind(session, "Assurance", "firm")
    assert listed(session, tender) == [
        ("DC1", "team", "made"),
        ("Plan de prévention", "team", "missing"),
        ("Kbis", "cooperative", "missing"),
        ("CV", "Menuiserie du Lac", "missing"),
        ("CV", "Atelier Trait Juste", "missing"),
        ("Assurance", "Toitures Duval", "missing"),
    ]
    assert len(checklist.missing(session, tender)) == 5


def test_a_paper_both_ask_for_is_listed_once(session, tender):
    a_kind(session, "plan de PREVENTION", "team")
    assert [label for label, _who, _state in listed(session, tender)] == ["DC1", "plan de PREVENTION"]
    assert checklist.items(session, tender)[1].origin == "notice"


def test_someone_who_joins_is_asked_and_someone_who_leaves_is_not(session, tender):
    a_kind(session, "CV", "member")
    tender.members[1].state = workflow.LEFT
    assert [who for label, who, _state in listed(session, tender) if label == "CV"] == ["Menuiserie du Lac"]
    tender.members[1].state, tender.members[1].role = workflow.ACCEPTED, "adviser"
    assert len(listed(session, tender)) == 3


def test_the_cooperative_provides_once_for_all_tenders(session, tender, lead):
    kind = a_kind(session, "Kbis", "cooperative")
    other = a_tender(session, lead)
    common_papers.provide(session, kind, sent(date(2027, 1, 31)), act=LEAD)
    for one in (tender, other):
        (kbis,) = [item for item in checklist.items(session, one) if item.label == "Kbis"]
        assert (kbis.state, kbis.expires, kbis.checked_by) == ("checked", False, "Ines Marchal")
        assert b"".join(files.content(session, kbis.file)) == PDF


def test_a_paper_that_ends_before_offers_are_due_is_asked_for_again(session, tender):
    kind = a_kind(session, "Kbis", "cooperative")
    common_papers.provide(session, kind, sent(date(2026, 12, 10)), act=LEAD)
    assert "Kbis" in [item.label for item in checklist.missing(session, tender)]
    common_papers.provide(session, kind, sent(date(2026, 12, 11)), act=LEAD)
    assert "Kbis" not in [item.label for item in checklist.missing(session, tender)]


def test_the_checklist_of_a_submitted_offer_stays_as_it_was(session, tender):
    kind = a_kind(session, "Kbis", "cooperative")
    common_papers.provide(session, kind, sent(date(2027, 1, 31)), act=LEAD)
    tender.state, tender.submitted_at = workflow.SUBMITTED, LEAD.at + timedelta(hours=1)
    later = an_act(at=LEAD.at + timedelta(days=1))
    before = listed(session, tender)
    common_papers.withdraw(session, kind, act=later)
    a_kind(session, "Nouvelle pièce", "team", act=later)
    assert listed(session, tender) == before
    assert ("Kbis", "cooperative", "checked") in before


def test_a_paper_is_provided_by_whom_it_belongs_to_and_checked_by_someone_else(session, tender, lead, member):
    a_kind(session, "CV", "member")
    key = key_of(session, tender, "CV", member.name)
    papers.provide(session, tender, key, sent(), party=member, act=MEMBER)
    with pytest.raises(CheckedByItsProvider):
        papers.check(session, tender, key, party=member, act=MEMBER)
    papers.check(session, tender, key, party=lead, act=LEAD)
    item = checklist.item_of(session, tender, key)
    assert (item.state, item.provided_by, item.checked_by) == ("checked", "Karim", "Ines Marchal")
    papers.provide(session, tender, key, sent(), party=lead, act=LEAD)
    assert checklist.item_of(session, tender, key).state == "provided"


def test_nobody_but_the_lead_provides_for_someone_else(session, tender, lead, member):
    a_kind(session, "CV", "member")
    a_kind(session, "Assurance", "firm")
    with pytest.raises(PaperOfSomeoneElse):
        papers.provide(
            session, tender, key_of(session, tender, "CV", lead.name), sent(), party=member, act=MEMBER
        )
    key = key_of(session, tender, "Assurance")
    with pytest.raises(PaperOfSomeoneElse):
        papers.provide(session, tender, key, sent(), party=member, act=MEMBER)
    papers.provide(session, tender, key, sent(), party=lead, act=LEAD)
    assert checklist.item_of(session, tender, key).state == "provided"


def test_who_answers_alone_checks_their_own_papers(session, lead):
    tender = a_tender(session, lead, facts=some_facts(requested_documents=["Mémoire"]))
    key = key_of(session, tender, "Mémoire")
    papers.provide(session, tender, key, sent(), party=lead, act=LEAD)
    assert papers.check(session, tender, key, party=lead, act=LEAD).state == "checked"


def test_a_paper_sent_back_is_missing_with_the_reason(session, tender, lead, member):
    key = key_of(session, tender, "Plan de prévention")
    with pytest.raises(PaperNotProvided):
        papers.send_back(session, tender, key, reason="Illisible", party=lead, act=LEAD)
    papers.provide(session, tender, key, sent(), party=member, act=MEMBER)
    papers.send_back(session, tender, key, reason="Illisible", party=lead, act=LEAD)
    item = checklist.item_of(session, tender, key)
    assert (item.state, item.reason) == ("missing", "Illisible")
    with pytest.raises(PaperNotProvided):
        papers.check(session, tender, key, party=lead, act=LEAD)


def test_a_paper_set_aside_is_not_missing_until_it_is_asked_for_again(session, tender, lead):
    key = key_of(session, tender, "Plan de prévention")
    with pytest.raises(ReasonMissing):
        papers.set_aside(session, tender, key, reason=" ", party=lead, act=LEAD)
    papers.set_aside(session, tender, key, reason="Pas de travaux", party=lead, act=LEAD)
    assert checklist.missing(session, tender) == []
    papers.ask_again(session, tender, key, party=lead, act=LEAD)
    assert [item.key for item in checklist.missing(session, tender)] == [key]


def test_a_paper_added_twice_by_one_form_is_there_once(session, tender, lead, member):
    mine = tender.members[1]
    facts = {"label": "CACES", "member_id": mine.id, "request_key": "one-key-1", "party": lead, "act": LEAD}
    assert papers.add(session, tender, **facts) is papers.add(session, tender, **facts)
    assert ("CACES", member.name, "missing") in listed(session, tender)
    mine.state = workflow.LEFT
    assert "CACES" not in [label for label, _who, _state in listed(session, tender)]


def test_advisers_strangers_and_whoever_is_late_prepare_nothing(session, tender, lead, member):
    key = key_of(session, tender, "Plan de prévention")
    tender.members[1].role = "adviser"
    with pytest.raises(WrongRole):
        papers.provide(session, tender, key, sent(), party=member, act=MEMBER)
    with pytest.raises(WrongRole):
        papers.provide(session, tender, key, sent(), party=a_party(session), act=MEMBER)
    with pytest.raises(PaperGone):
        papers.provide(session, tender, "list-999", sent(), party=lead, act=LEAD)
    tender.state = workflow.SUBMITTED
    session.flush()
    with pytest.raises(WrongState):
        papers.provide(session, tender, key, sent(), party=lead, act=LEAD)


def test_a_paper_brought_stays_in_sight_when_the_buyer_does_not_ask_for_it_any_more(session, tender, lead):
    key = key_of(session, tender, "Plan de prévention")
    papers.provide(session, tender, key, sent(date(2026, 12, 1)), party=lead, act=LEAD)
    tender.requested_documents = ["Planning"]
    assert listed(session, tender) == [
        ("Planning", "team", "missing"),
        ("Plan de prévention", "team", "provided"),
    ]
    item = checklist.item_of(session, tender, key)
    assert (item.unasked, item.expires) == (True, False)
    papers.set_aside(session, tender, key, reason="Plus demandée", party=lead, act=LEAD)
    assert len(listed(session, tender)) == 1


def test_a_file_that_is_replaced_is_forgotten_unless_the_offer_was_submitted_once(session, tender, lead):
    key = key_of(session, tender, "Plan de prévention")
    doer = {"party": lead, "act": LEAD}
    papers.provide(session, tender, key, sent(content=PDF), **doer)
    papers.provide(session, tender, key, sent(content=PDF + b" 2"), **doer)
    assert [file.size_bytes for file in session.execute(select(TenderFile)).scalars()] == [len(PDF) + 2]
    assert len(session.execute(select(TenderFilePiece.id)).all()) == 1
    session.add(
        Submission(
            tender_id=tender.id,
            number=1,
            submitted_at=LEAD.at,
            actor_key="",
            actor_name="",
            recorded_at=LEAD.at,
        )
    )
    papers.provide(session, tender, key, sent(content=PDF + b" 3"), **doer)
    assert len(session.execute(select(TenderFile)).all()) == 2


def test_what_is_no_paper_is_refused(session, tender, lead):
    key = key_of(session, tender, "Plan de prévention")
    for content, refusal in (
        (b"", ProofEmpty),
        (b"MZ\x90\x00\x00", ProofKindRefused),
        (b"%PDF-1" * 9, ProofTooLarge),
    ):
        with pytest.raises(refusal):
            papers.provide(session, tender, key, Sent("a.pdf", content, None, 40), party=lead, act=LEAD)


def test_files_together_have_a_limit_and_a_large_one_is_kept_in_pieces(session, tender, monkeypatch):
    large = b"%PDF-1.7" + bytes(2 * pieces.PIECE_BYTES)
    kept = files.keep(session, tender, "../plans\x00.exe", large, LEAD)
    assert kept.name == "plans .exe.pdf"
    assert len(session.execute(select(TenderFilePiece.id)).all()) == 3
    assert b"".join(files.content(session, kept)) == large
    monkeypatch.setattr(files, "MOST_BYTES", len(large))
    with pytest.raises(FilesTooLarge):
        files.keep(session, tender, "un.pdf", PDF, LEAD)


def test_a_withdrawn_kind_is_not_provided_any_more(session):
    kind = a_kind(session, "Kbis", "cooperative")
    common_papers.change(session, kind, label="Extrait Kbis", has_term=False, act=LEAD)
    assert [one.label for one in common_papers.kinds(session)] == ["Extrait Kbis"]
    common_papers.withdraw(session, kind, act=LEAD)
    for again in (
        lambda: common_papers.provide(session, kind, sent(), act=LEAD),
        lambda: common_papers.withdraw(session, kind, act=LEAD),
    ):
        with pytest.raises(PaperGone):
            again()
    with pytest.raises(PaperGone):
        common_papers.provide(session, a_kind(session, "CV", "member"), sent(), act=LEAD)
    assert [one.kind.label for one in common_papers.kept(session)] == ["CV"]
