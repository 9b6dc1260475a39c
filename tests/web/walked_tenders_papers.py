"""The forms of a tender's papers, steps, questions and technical proposal, and what they need."""

from datetime import timedelta

from endi_ext.kernel.parties import by_host_key
from endi_ext.tenders import checklist, common_papers, papers, proposal, questions
from endi_ext.tenders.models import Tender
from endi_ext.tenders.papers import Sent
from endi_ext.tenders.proposal import Plan
from tests.tenders.builders import a_tender, some_facts
from tests.web.walked import REASON, button, on

ANSWER = "/companies/1/exchanges/tenders/{answer}"
PAPER = ANSWER + "/checklist/{provided_key}"
LACKING = ANSWER + "/checklist/{lacking_key}"
STEP = ANSWER + "/calendar/review"
QUESTION = ANSWER + "/questions/{question}"
SENT_QUESTION = ANSWER + "/questions/{asked}"
PART = ANSWER + "/proposal/{part}"
KINDS = "/admin/exchanges/papers"
KIND = KINDS + "/{kind}"
PDF = "%PDF-1.7 une pièce"


def an_answer_in_the_making(books, an_act):
    """A tender of helene and karim with a paper that karim brought, questions, a part and a list; commits."""
    lead, member = by_host_key(books, "company:1"), by_host_key(books, "company:2")
    helene, karim = an_act("helene"), an_act("karim")
    facts = some_facts(
        "Cantine secrète",
        deadline=helene.at + timedelta(days=20),
        requested_documents=["Plan de prévention", "Planning"],
    )
    tender = a_tender(books, lead, [member], act=helene, facts=facts)
    first, second = checklist.items(books, tender)
    papers.provide(books, tender, first.key, Sent("plan.pdf", b"%PDF-1.7 plan"), party=member, act=karim)
    doer = {"party": lead, "act": helene}
    draft = questions.write(books, tender, text="Quel bois ?", request_key="walked-question-1", **doer)
    asked = questions.write(books, tender, text="Quelle date ?", request_key="walked-question-2", **doer)
    questions.ask(books, asked, on=helene.today, **doer)
    (part,) = proposal.outline(books, tender, [Plan("Besoin")], **doer)
    kind = common_papers.add(
        books, label="Kbis", who="cooperative", has_term=True, request_key="walked-kind", act=helene
    )
    ids = {
        "answer": tender.id,
        "provided_key": first.key,
        "lacking_key": second.key,
        "question": draft.id,
        "asked": asked.id,
        "part": part.id,
        "kind": kind.id,
    }
    books.commit()
    return ids


def an_answer_without_a_plan(books, an_act):
    """The same, without a part of the proposal; commits."""
    ids = an_answer_in_the_making(books, an_act)
    tender = books.get(Tender, ids["answer"])
    doer = {"party": by_host_key(books, "company:1"), "act": an_act("helene")}
    proposal.remove(books, proposal.parts(books, tender)[0], **doer)
    papers.set_aside(books, tender, ids["lacking_key"], reason="Sans travaux", **doer)
    common_papers.withdraw(books, common_papers.kinds(books)[0], act=doer["act"])
    books.commit()
    return ids


def _on(route, page, typed=None, login="helene", **options):
    return on(f"endi_ext.{route}", login, page, typed, made=an_answer_in_the_making, **options)


def _button(route, page, action, login="helene", made=an_answer_in_the_making, **options):
    return button(f"endi_ext.{route}", login, page, action, made=made, **options)


PAPERS = (
    _on("tender.paper.add", ANSWER + "/checklist/add", {"label": "Attestation de visite"}),
    _on("tender.paper.provide", LACKING + "/provide", {"file": PDF, "valid_until": "2027-01-31"}),
    _button("tender.paper.check", PAPER, PAPER + "/check"),
    _on("tender.paper.send_back", PAPER + "/send-back", REASON),
    _on("tender.paper.set_aside", LACKING + "/set-aside", REASON),
    _button("tender.paper.ask_again", LACKING, LACKING + "/ask-again", made=an_answer_without_a_plan),
    _on("tender.step.add", ANSWER + "/calendar/add", {"label": "Visite", "on": "2026-12-01"}),
    _on("tender.step.arrange", STEP + "/arrange", {"days_before": "2"}),
    _button("tender.step.finish", ANSWER + "/calendar", STEP + "/finish"),
    _button("tender.step.drop", STEP + "/arrange", STEP + "/drop"),
    _on("tender.question.new", ANSWER + "/questions/new", {"text": "Y a-t-il une visite ?"}),
    _on("tender.question.change", QUESTION + "/change", {"text": "Quelle essence ?"}),
    _on("tender.question.ask", QUESTION + "/ask"),
    _on("tender.question.answer", SENT_QUESTION + "/answer", {"text": "Le 12"}),
    _button("tender.question.withdraw", ANSWER + "/questions", QUESTION + "/withdraw"),
    _button(
        "tender.proposal.outline",
        ANSWER + "/proposal",
        ANSWER + "/proposal/outline",
        made=an_answer_without_a_plan,
    ),
    _on("tender.part.new", ANSWER + "/proposal/new", {"title": "Références"}),
    _on("tender.part.arrange", PART + "/arrange", {"guidance": "Ce qui compte pour l’acheteur"}),
    _on("tender.part", PART, {"text": "Nous avons compris", "state": "ready"}),
    _button("tender.part.remove", PART, PART + "/remove"),
    _on("paper.provide", "/exchanges/papers/{kind}/provide", {"file": PDF}, login="odile"),
    _on("admin.papers.new", KINDS + "/new", {"label": "RIB", "who": "cooperative"}, login="marc"),
    _button("admin.papers.usual", KINDS, KINDS + "/usual", login="marc", made=an_answer_without_a_plan),
    _on("admin.paper.change", KIND + "/change", {"label": "Extrait Kbis"}, login="marc"),
    _button("admin.paper.withdraw", KIND + "/change", KIND + "/withdraw", login="marc"),
)
