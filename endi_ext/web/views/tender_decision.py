"""Go or no-go: positions, the rule and the grid of a tender's team, and what it decided."""

from typing import Any

from pyramid.view import view_config

from ...tenders import criteria, decisions, steps, workflow
from .. import team_words
from ..forms import tender_team as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW

GO_INTRO = _(
    "L’équipe répond : la préparation commence. Ce que vous écrivez reste avec la décision et les positions."
)
NO_GO_INTRO = _("L’équipe ne répond pas : la consultation reste en mémoire, avec ce que vous écrivez.")


@view_config(
    route_name="endi_ext.tender.decision",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_decision.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show who thinks what, what the rule makes of it, the grid, and earlier rounds."""
    session, tender = request.dbsession, context.tender
    rounds = decisions.of_tender(session, tender)
    stands = decisions.standing(session, tender, today=act(request).today)
    return page(
        request,
        _("Répondre ou non ?"),
        tender=tender,
        stands=stands,
        spoke=any(said for member, said in stands.said if member is context.member),
        grid=criteria.grid(session, tender),
        latest=rounds[0] if rounds else None,
        over=[one for one in rounds if one.state != "open"],
        deciding=tender.state == workflow.PREPARING,
        actions=context.actions,
        speaks_for=lambda member: _speaks_for(context, member),
        counts=decisions.counts,
        words=team_words,
    )


@view_config(route_name="endi_ext.tender.position", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def take_position(context: Any, request: Any) -> Any:
    """Say whether to answer, and why; for oneself, or for a firm outside as it said."""
    session, member = request.dbsession, context.subject
    if request.method == "GET":
        steps.check(context.tender, "take_position", context.party)
        decisions.refuse_speaking_for(member, context.tender, context.party)
    listed = criteria.of_tender(session, context.tender)

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        said = {name: values[name] for name in ("stance", "reason")}
        decisions.take_position(session, member, **said, **doer)
        criteria.score(session, member, forms.scores_of(values), by=context.party)
        return done(request, context.at("decision"), _("La position est notée : {name}."), name=member.name)

    return submit(
        request,
        forms.position_schema(listed),
        save,
        title=_("Prendre position"),
        button=_("Enregistrer"),
        cancel=context.at("decision"),
        values=_taken(context, request),
        intro=member.name if member.outside else None,
    )


@view_config(
    route_name="endi_ext.tender.decision.arrange", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def arrange(context: Any, request: Any) -> Any:
    """Choose the rule and the last day."""
    _refuse_early(context, request)
    stands = decisions.standing(request.dbsession, context.tender, today=act(request).today)

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        decisions.arrange(request.dbsession, context.tender, **values, **doer)
        return done(request, context.at("decision"), _("La règle et la date sont enregistrées."))

    return submit(
        request,
        forms.arrange_schema(),
        save,
        title=_("Comment l’équipe décide"),
        button=_("Enregistrer"),
        cancel=context.at("decision"),
        values={"rule": stands.rule, "closes_on": stands.closes_on},
        intro=_("La règle ne change plus dès que quelqu’un d’autre s’est exprimé ; la date peut bouger."),
    )


@view_config(
    route_name="endi_ext.tender.decision.criteria", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def choose_criteria(context: Any, request: Any) -> Any:
    """Choose what the team looks at before it answers."""
    _refuse_early(context, request)
    session = request.dbsession

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        criteria.choose(session, context.tender, forms.wanted_of(values), **doer)
        return done(request, context.at("decision"), _("La grille est enregistrée."))

    return submit(
        request,
        forms.criteria_schema(),
        save,
        title=_("La grille de critères"),
        button=_("Enregistrer"),
        cancel=context.at("decision"),
        values=forms.criteria_values(criteria.of_tender(session, context.tender), request.endi_ext),
        intro=_("Elle aide à discuter ; elle ne décide de rien. Chacun note en prenant position."),
    )


@view_config(route_name="endi_ext.tender.decision.go", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def go(context: Any, request: Any) -> Any:
    """Conclude that the team answers."""
    text = _("C’est décidé : votre équipe répond.")
    words = {"title": _("Conclure : nous répondons"), "button": _("Nous répondons"), "intro": GO_INTRO}
    return _decide(context, request, go=True, text=text, **words)


@view_config(
    route_name="endi_ext.tender.decision.no_go", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def no_go(context: Any, request: Any) -> Any:
    """Conclude that the team does not answer."""
    text = _("C’est décidé : votre équipe ne répond pas.")
    words = {"title": _("Conclure : nous ne répondons pas"), "button": _("Nous ne répondons pas")}
    return _decide(context, request, go=False, text=text, intro=NO_GO_INTRO, **words)


@view_config(
    route_name="endi_ext.tender.decision.reconsider", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def reconsider(context: Any, request: Any) -> Any:
    """Go back to deciding."""
    words = {"title": _("Revenir sur la décision"), "button": _("Revenir sur la décision")}
    intro = _("Chacun prend position de nouveau ; les positions d’avant restent lisibles.")
    return _again(context, request, decisions.reconsider, "reconsider", intro=intro, **words)


@view_config(
    route_name="endi_ext.tender.decision.reopen", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def reopen(context: Any, request: Any) -> Any:
    """Take up again what was given up."""
    words = {"title": _("Reprendre cette consultation"), "button": _("Reprendre")}
    intro = _("L’équipe se décide de nouveau ; ce qui a été préparé est toujours là.")
    return _again(context, request, decisions.reopen, "reopen", intro=intro, **words)


def _decide(context: Any, request: Any, *, go: bool, text: str, **words: Any) -> Any:
    if request.method == "GET":
        steps.check(context.tender, "go" if go else "no_go", context.party)

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        decisions.decide(request.dbsession, context.tender, go=go, **values, **doer)
        return done(request, context.at("decision"), text)

    schema = forms.statement_schema(needed=not go)
    return submit(request, schema, save, cancel=context.at("decision"), **words)


def _again(context: Any, request: Any, service: Any, action: str, **words: Any) -> Any:
    if request.method == "GET":
        steps.check(context.tender, action, context.party)

    def save(values: dict[str, Any]) -> Any:
        service(request.dbsession, context.tender, by=context.party, act=act(request), **values)
        return done(request, context.at("decision"), _("L’équipe se décide de nouveau."))

    schema = forms.reason_schema(_("Pourquoi"))
    return submit(request, schema, save, cancel=context.at("decision"), **words)


def _refuse_early(context: Any, request: Any) -> None:
    if request.method == "GET":
        decisions.refuse_closed(context.tender, context.party)


def _speaks_for(context: Any, member: Any) -> bool:
    role = workflow.role_towards(member, context.tender, context.party)
    return "take_position" in context.actions and role in workflow.SPEAKERS


def _taken(context: Any, request: Any) -> dict[str, Any]:
    """Return what somebody said already."""
    session, member = request.dbsession, context.subject
    stands = decisions.standing(session, context.tender, today=act(request).today)
    mine = next((said for one, said in stands.said if one.id == member.id), None)
    said = {} if mine is None else {"stance": mine.stance, "reason": mine.reason}
    return {**said, **forms.score_values(member, criteria.grid(session, context.tender))}
