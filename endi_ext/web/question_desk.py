"""What stands at the addresses of questions, what a question may be about, and whom it may be asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.authorization import Allow
from sqlalchemy import select

from ..exchanges.models import Exchange
from ..kernel.parties import COOPERATIVE, EXTERNAL, Party
from ..ledger.draft_models import Draft
from ..ledger.models import Entry
from ..reconciliation import questions
from ..reconciliation.campaign_models import CampaignDocument, CampaignPair
from ..reconciliation.finding_models import Finding
from ..reconciliation.question_models import (
    DRAFT,
    ENTRY,
    EXCHANGE,
    FINDING,
    LEFTOVER,
    OTHER,
    Question,
    QuestionFile,
    QuestionMessage,
)
from ..reconciliation.questions import About
from . import campaigns, finding_page
from .i18n import _
from .lookups import find_party
from .permissions import ACCOUNT, ACT, VIEW
from .resources import Books, PartyResource
from .waiting import Task


class QuestionResource(PartyResource):
    """A question, for the party that is asked and for nobody who only looks at its pages."""

    __name__ = "endi_ext_question"

    def __init__(self, parent: PartyResource, question: Question, file: QuestionFile | None = None) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.question, self.file = question, file

    def __acl__(self) -> list[Any]:
        return [(Allow, self.party.host_key, (VIEW, ACT))]

    @property
    def url(self) -> str:
        return self.path("question", question_id=self.question.id)


class BookQuestion(Books):
    """A question, for accountants; `file` when the address names one of its files."""

    __name__ = "endi_ext_any_question"

    def __init__(self, request: Any, question: Question, file: QuestionFile | None = None) -> None:
        super().__init__(request)
        self.question, self.file = question, file

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.question_any", question_id=self.question.id))


def find_question(request: Any) -> QuestionResource | None:
    """The question of the address, if its party is asked and the reader works in it."""
    parent = find_party(request)
    if parent is None:
        return None
    found = _question(request, Question.party_id == parent.party.id)
    return QuestionResource(parent, found) if found is not None and parent.may_act else None


def find_question_file(request: Any) -> QuestionResource | None:
    """A file of the question of the address."""
    parent = find_question(request)
    file = None if parent is None else _file(request, parent.question)
    return None if parent is None or file is None else QuestionResource(parent, parent.question, file)


def find_any_question(request: Any) -> Books | None:
    """A question, for those who keep the books."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    found = _question(request)
    return None if found is None else BookQuestion(request, found)


def find_any_question_file(request: Any) -> Books | None:
    """A file of a question, for those who keep the books."""
    parent = find_any_question(request)
    if not isinstance(parent, BookQuestion):
        return parent
    file = _file(request, parent.question)
    return None if file is None else BookQuestion(request, parent.question, file)


def _question(request: Any, *conditions: Any) -> Question | None:
    wanted = select(Question).where(Question.id == int(request.matchdict["question_id"]), *conditions)
    found: Question | None = request.dbsession.execute(wanted).scalars().one_or_none()
    return found


def _file(request: Any, question: Question) -> QuestionFile | None:
    wanted = select(QuestionFile).join(QuestionFile.message)
    wanted = wanted.where(
        QuestionFile.id == int(request.matchdict["file_id"]), QuestionMessage.question_id == question.id
    )
    found: QuestionFile | None = request.dbsession.execute(wanted).scalars().one_or_none()
    return found


@dataclass(frozen=True)
class Subject:
    """What a question would be about, whom it may be asked, and the page the accountant comes from."""

    about: About
    parties: list[Party]
    back: str


def subject_of(request: Any) -> Subject:
    """Return what the address says the question is about; nothing in particular where it says nothing."""
    kind, key = request.params.get("subject", ""), request.params.get("id", "")
    found = None
    if kind in READERS and key.isascii() and key.isdigit() and len(key) < 16:
        found = READERS[kind](request, int(key))
    return found or _of_nothing(request)


def _of_nothing(request: Any) -> Subject:
    today = request.registry.endi_ext_host.clock.today()
    asked = select(Party).where(Party.active, Party.kind.notin_((COOPERATIVE, EXTERNAL)))
    everybody = request.dbsession.execute(asked.order_by(Party.name)).scalars()
    about = About(OTHER, 0, request.endi_ext.text(_("Question de la comptabilité")), today)
    return Subject(about, list(everybody), request.route_path("endi_ext.questions"))


def _of_entry(request: Any, key: int) -> Subject | None:
    entry = request.dbsession.get(Entry, key)
    if entry is None:
        return None
    about = About(ENTRY, key, entry.entry_text.text, entry.effective_on, entry.total_cents)
    ids = [line.account.party_id for line in entry.lines]
    return _subject(request, about, ids, request.route_path("endi_ext.entry", entry_id=key))


def _of_draft(request: Any, key: int) -> Subject | None:
    draft = request.dbsession.get(Draft, key)
    if draft is None:
        return None
    about = About(DRAFT, key, draft.text, draft.effective_on, draft.total_cents)
    ids = [line.party_id for line in draft.lines]
    return _subject(request, about, ids, request.route_path("endi_ext.draft", draft_id=key))


def _of_exchange(request: Any, key: int) -> Subject | None:
    exchange = request.dbsession.get(Exchange, key)
    if exchange is None:
        return None
    about = About(EXCHANGE, key, exchange.label, exchange.accepted_on, exchange.net_cents)
    ids = [exchange.seller_id, exchange.buyer_id]
    return _subject(request, about, ids, request.route_path("endi_ext.exchange_any", exchange_id=key))


def _of_finding(request: Any, key: int) -> Subject | None:
    finding = request.dbsession.get(Finding, key)
    if finding is None:
        return None
    number = next(
        (side["number"] for side in (finding.sale, finding.purchase) if side and side.get("number")), ""
    )
    title = request.endi_ext.text(finding_page.title(finding.code))
    about = About(FINDING, key, f"{title} {number}".strip(), finding.found_on, finding.amount_cents)
    ids = [one for one in (finding.seller_id, finding.buyer_id) if one is not None]
    return _subject(request, about, ids, request.route_path("endi_ext.finding", finding_id=key))


def _of_leftover(request: Any, key: int) -> Subject | None:
    document = request.dbsession.get(CampaignDocument, key)
    if document is None:
        return None
    pair = request.dbsession.get(CampaignPair, document.pair_id)
    name = campaigns.name_of(document.name, request.endi_ext.text)
    about = About(LEFTOVER, key, f"{name} {document.label}".strip(), document.dated_on, document.cents)
    # Lists name parties as their senders do: by name or by analytic code, or in words we do not know.
    named = (pair.seller, pair.buyer)
    known = select(Party.id).where(Party.name.in_(named) | Party.analytic_code.in_(named))
    where = {"campaign_id": document.campaign_id}
    back = request.route_path("endi_ext.matching.left", **where)
    found = _subject(request, about, request.dbsession.execute(known).scalars(), back)
    return found or Subject(about, _of_nothing(request).parties, back)


READERS: dict[str, Callable[[Any, int], Subject | None]] = {
    ENTRY: _of_entry,
    DRAFT: _of_draft,
    EXCHANGE: _of_exchange,
    FINDING: _of_finding,
    LEFTOVER: _of_leftover,
}
PAGES = {
    ENTRY: ("endi_ext.entry", "entry_id"),
    DRAFT: ("endi_ext.draft", "draft_id"),
    EXCHANGE: ("endi_ext.exchange_any", "exchange_id"),
    FINDING: ("endi_ext.finding", "finding_id"),
}


def page_of(request: Any, question: Question) -> str | None:
    """Return the accountants' page of what a question is about."""
    if question.subject not in PAGES:
        return None
    route, name = PAGES[question.subject]
    return str(request.route_path(route, **{name: question.subject_id}))


def _subject(request: Any, about: About, ids: Iterable[int], back: str) -> Subject | None:
    wanted = select(Party).where(Party.id.in_(set(ids)), Party.kind.notin_((COOPERATIVE, EXTERNAL)))
    parties = list(request.dbsession.execute(wanted.order_by(Party.name)).scalars())
    return Subject(about, parties, back) if parties else None


def tasks(context: Any) -> list[Task]:
    """Return the questions that wait for an answer, for those who work in the party."""
    if not context.may_act:
        return []
    return [
        Task(
            sentence=_("La comptabilité vous pose une question :"),
            facts={},
            title=question.title,
            url=context.path("question", question_id=question.id),
            button=_("Lire et répondre"),
            amount_cents=question.amount_cents or None,
        )
        for question in questions.waiting_for(context.request.dbsession, context.party)
    ]
