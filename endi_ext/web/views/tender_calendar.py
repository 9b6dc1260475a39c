"""The calendar of a tender, and its questions to the buyer."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from ...kernel import paris
from ...tenders import calendar, questions
from .. import ics
from .. import paper_words as words
from ..forms import tender_papers as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from .tender_checklist import refuse_early


@view_config(
    route_name="endi_ext.tender.calendar",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_calendar.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the steps, counted back from the deadline."""
    return page(
        request,
        _("Calendrier de la réponse"),
        tender=context.tender,
        steps=calendar.steps_of(request.dbsession, context.tender),
        today=act(request).today,
        may="prepare" in context.actions,
        words=words,
    )


@view_config(route_name="endi_ext.tender.calendar.ics", request_method="GET", permission=VIEW)
def export(context: Any, request: Any) -> Response:
    """Hand the steps out for one's own calendar."""
    tender, speech = context.tender, request.endi_ext
    listed = [
        ics.DayEvent(
            f"endi-ext-tender-{tender.id}-{step.key}",
            step.on,
            f"{words.name_of(step, speech)} – {tender.title}",
        )
        for step in calendar.steps_of(request.dbsession, tender)
        if step.on is not None and not step.done
    ]
    if tender.deadline is not None:
        last = speech.text(_("Date limite de remise : {at}"), at=speech.moment(tender.deadline))
        day = paris.day_of(tender.deadline)
        listed.append(ics.DayEvent(f"endi-ext-tender-{tender.id}", day, f"{tender.title} – {last}"))
    made = ics.calendar(tender.title, listed, act(request).at)
    answer = Response(body=made, content_type="text/calendar", charset="utf-8")
    answer.content_disposition = f'attachment; filename="reponse-{tender.id}.ics"'
    return answer


@view_config(route_name="endi_ext.tender.step.add", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def add(context: Any, request: Any) -> Any:
    """Add a step."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        facts = {"request_key": values["request_key"], "party": context.party, "act": act(request)}
        calendar.add(request.dbsession, context.tender, forms.arranged(values), **facts)
        return done(request, context.at("calendar"), _("L’étape est au calendrier."))

    return submit(
        request,
        forms.step_schema(context.tender, None),
        save,
        title=_("Ajouter une étape"),
        button=_("Ajouter"),
        cancel=context.at("calendar"),
    )


@view_config(
    route_name="endi_ext.tender.step.arrange",
    permission=ACT,
    require_csrf=True,
    renderer="endi_ext:web/templates/form_and_button.mako",
)
def arrange(context: Any, request: Any) -> Any:
    """Move a step, or give it to someone."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        key = context.step.key
        calendar.arrange(request.dbsession, context.tender, key, forms.arranged(values), **doer)
        return done(request, context.url, _("L’étape est changée."))

    return submit(
        request,
        forms.step_schema(context.tender, context.step),
        save,
        title=words.name_of(context.step, request.endi_ext),
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.step_values(context.step),
        beside=(context.at("step.drop", step_key=context.step.key), _("Retirer cette étape")),
    )


@view_config(
    route_name="endi_ext.tender.step.finish", request_method="POST", permission=ACT, require_csrf=True
)
def finish(context: Any, request: Any) -> Any:
    """Say that a step is done, or not after all."""
    is_done = request.POST.get("done") == "1"
    doer = {"party": context.party, "act": act(request)}
    calendar.finish(request.dbsession, context.tender, context.step.key, done=is_done, **doer)
    text = _("L’étape est faite.") if is_done else _("L’étape est de nouveau à faire.")
    return done(request, context.url, text)


@view_config(route_name="endi_ext.tender.step.drop", request_method="POST", permission=ACT, require_csrf=True)
def drop(context: Any, request: Any) -> Any:
    """Do without a step."""
    doer = {"party": context.party, "act": act(request)}
    calendar.drop(request.dbsession, context.tender, context.step.key, **doer)
    return done(request, context.url, _("L’étape est retirée du calendrier."))


@view_config(
    route_name="endi_ext.tender.questions",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_questions.mako",
)
def show_questions(context: Any, request: Any) -> dict[str, Any]:
    """Show the questions to the buyer and the answers."""
    return page(
        request,
        _("Questions à l’acheteur"),
        tender=context.tender,
        questions=questions.of_tender(request.dbsession, context.tender),
        last_step=calendar.step_of(request.dbsession, context.tender, calendar.QUESTIONS),
        may="prepare" in context.actions,
        words=words,
    )


@view_config(route_name="endi_ext.tender.question.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def write(context: Any, request: Any) -> Any:
    """Write a question."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        questions.write(request.dbsession, context.tender, **values, **doer)
        return done(
            request, context.at("questions"), _("La question est notée : posez-la sur la plateforme.")
        )

    return submit(
        request,
        forms.question_schema(new=True),
        save,
        title=_("Écrire une question"),
        button=_("Noter la question"),
        cancel=context.at("questions"),
    )


@view_config(
    route_name="endi_ext.tender.question.change", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def change(context: Any, request: Any) -> Any:
    """Write a question differently."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        questions.change(request.dbsession, context.question, **values, **doer)
        return done(request, context.url, _("La question est changée."))

    return submit(
        request,
        forms.question_schema(new=False),
        save,
        title=_("Changer la question"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"text": context.question.text},
    )


@view_config(route_name="endi_ext.tender.question.ask", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def ask(context: Any, request: Any) -> Any:
    """Say that a question was asked."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        questions.ask(request.dbsession, context.question, **values, **doer)
        return done(request, context.url, _("La question est notée comme posée."))

    return submit(
        request,
        forms.asked_schema(act(request).today),
        save,
        title=_("Question posée"),
        button=_("Enregistrer"),
        cancel=context.url,
        intro=context.question.text,
    )


@view_config(
    route_name="endi_ext.tender.question.answer", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def answer(context: Any, request: Any) -> Any:
    """Note the buyer's answer."""
    refuse_early(context, request)
    question = context.question

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        questions.answer(request.dbsession, question, **values, **doer)
        return done(request, context.url, _("La réponse est notée, votre équipe est prévenue."))

    known = {"text": question.answer, "on": question.answered_on} if question.answered_on else None
    return submit(
        request,
        forms.answer_schema(act(request).today),
        save,
        title=_("Réponse de l’acheteur"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=known,
        intro=question.text,
    )


@view_config(
    route_name="endi_ext.tender.question.withdraw", request_method="POST", permission=ACT, require_csrf=True
)
def withdraw(context: Any, request: Any) -> Any:
    """Do without a question."""
    doer = {"party": context.party, "act": act(request)}
    questions.withdraw(request.dbsession, context.question, **doer)
    return done(request, context.url, _("La question est abandonnée."))
