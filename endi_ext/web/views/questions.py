"""Questions: asked and followed by accountants, read and answered by the party that is asked."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from ...kernel.history import history_of
from ...reconciliation import questions
from ...reconciliation.question_models import ANSWERED, ASKED, CLOSED
from .. import question_desk, states
from ..file_answer import question_file_answer
from ..forms import questions as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT, ACT, VIEW
from ..uploads import most_bytes

STATES = ((ANSWERED, _("Répondues")), (ASKED, _("En attente de réponse")), (CLOSED, _("Closes")))
PAGE = "endi_ext:web/templates/question.mako"


@view_config(
    route_name="endi_ext.questions",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/questions.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """List the questions in a state, the answered ones first."""
    state = request.GET.get("state", "")
    state = state if state in dict(STATES) else ANSWERED
    where: dict[str, Any] = {"cursor": cursor_of(request), "size": size_of(request)}
    return page(
        request,
        _("Brouillard et questions"),
        state=state,
        states=STATES,
        found=questions.page(request.dbsession, state, **where),
        badge=states.of_question,
    )


@view_config(
    route_name="endi_ext.questions.ask",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/question_ask.mako",
)
def ask(request: Any) -> Any:
    """Ask a party about a line, an exchange, a finding, or anything."""
    subject = question_desk.subject_of(request)

    def save(values: dict[str, Any]) -> Any:
        party = forms.chosen(subject.parties, values["party"])
        said = {"request_key": values["request_key"], "act": act(request)}
        made = questions.ask(request.dbsession, subject.about, party, values["text"], **said)
        there = request.route_path("endi_ext.question_any", question_id=made.id)
        return done(request, there, _("Votre question est transmise à {name}."), name=party.name)

    return submit(
        request,
        forms.asking_schema(subject.parties, subject.about.subject, subject.about.subject_id),
        save,
        title=_("Poser une question"),
        button=_("Envoyer la question"),
        cancel=subject.back,
        about=subject.about,
        earlier=questions.about(request.dbsession, subject.about.subject, subject.about.subject_id)
        if subject.about.subject_id
        else [],
        badge=states.of_question,
    )


@view_config(route_name="endi_ext.question_any", permission=ACCOUNT, require_csrf=True, renderer=PAGE)
def follow(context: Any, request: Any) -> Any:
    """Show a question with its answers, and ask more."""
    question = context.question

    def save(values: dict[str, Any]) -> Any:
        questions.ask_again(request.dbsession, question, act=act(request), **values)
        name = question.party.name
        return done(request, context.url, _("Votre question est transmise à {name}."), name=name)

    return submit(
        request,
        forms.again_schema(),
        save,
        title=_("Question à une enseigne"),
        button=_("Poser cette question"),
        **_shown(request, question, "question_any.file"),
        for_accountants=True,
        may_answer=True,
        subject_url=question_desk.page_of(request, question),
    )


@view_config(
    route_name="endi_ext.question_any.close", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def close(context: Any, request: Any) -> Any:
    """Close a question."""
    questions.close(request.dbsession, context.question, act(request))
    return done(request, request.route_path("endi_ext.questions"), _("La question est close."))


@view_config(route_name="endi_ext.question", request_method="GET", permission=VIEW, renderer=PAGE)
@view_config(
    route_name="endi_ext.question", request_method="POST", permission=ACT, require_csrf=True, renderer=PAGE
)
def answer(context: Any, request: Any) -> Any:
    """Show what is asked, and take the answer with its files."""
    question, limit = context.question, most_bytes(request)

    def save(values: dict[str, Any]) -> Any:
        files = forms.joined(values["files"], limit)
        said = {"request_key": values["request_key"], "act": act(request)}
        questions.answer(request.dbsession, question, values["text"], files, **said)
        return done(request, context.path("home"), _("Votre réponse est transmise à la comptabilité."))

    return submit(
        request,
        forms.answer_schema(request.endi_ext, limit),
        save,
        title=_("Question de la comptabilité"),
        button=_("Envoyer la réponse"),
        **_shown(request, question, "question.file", id=context.company_id),
        for_accountants=False,
        may_answer=question.state != CLOSED,
        subject_url=None,
    )


@view_config(route_name="endi_ext.question_any.file", request_method="GET", permission=ACCOUNT)
@view_config(route_name="endi_ext.question.file", request_method="GET", permission=VIEW)
def file(context: Any, request: Any) -> Response:
    """Hand out a file of a question."""
    return question_file_answer(request, context.file)


def _shown(request: Any, question: Any, route: str, **ids: Any) -> dict[str, Any]:
    def file_url(one: Any) -> str:
        where = {"question_id": question.id, "file_id": one.id, **ids}
        return str(request.route_path(f"endi_ext.{route}", **where))

    return {
        "question": question,
        "badge": states.of_question(question),
        "file_url": file_url,
        "events": history_of(request.dbsession, question),
        "step_of": states.step_of,
    }
