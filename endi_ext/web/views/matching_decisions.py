"""What accountants decide about matches: each answer leads back to where they work, at the next line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ...kernel.errors import DomainError
from ...reconciliation import campaign_decisions as decisions
from ...reconciliation import campaign_queries as queries
from ...reconciliation.campaign_models import CampaignDocument, CampaignMatch
from .. import campaigns as words
from ..errors import attempt, flash, flash_error
from ..forms import matching as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..messages import sentence
from ..permissions import ACCOUNT
from .matching_lines import TEMPLATES, statement_of


@view_config(
    route_name="endi_ext.matching.accept", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def accept(context: Any, request: Any) -> HTTPSeeOther:
    """Take a suggestion for what happened, then go to the next one."""
    return _decided(context, request, decisions.accept, _("Rapprochement n° {number} accepté."))


@view_config(
    route_name="endi_ext.matching.split", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def split(context: Any, request: Any) -> HTTPSeeOther:
    """Undo a match, then go to the next one."""
    text = _("Rapprochement n° {number} défait : ses documents sont parmi ceux qui restent.")
    return _decided(context, request, decisions.split, text)


@view_config(
    route_name="endi_ext.matching.by_hand",
    permission=ACCOUNT,
    require_csrf=True,
    renderer=TEMPLATES + "matching_chosen.mako",
)
def by_hand(context: Any, request: Any) -> Any:
    """Show the chosen documents of both sides with their sums; match them once confirmed."""

    def save(typed: dict[str, Any]) -> Any:
        ids = words.numbers(typed["documents"])
        match = decisions.match_by_hand(request.dbsession, context.campaign.id, ids, act(request))
        text = _("Rapprochement n° {number} fait à la main.")
        return done(request, _left_address(context, request, typed["back"], ids), text, number=match.number)

    said = {"title": _("Rapprocher à la main"), "button": _("Rapprocher ces documents")}
    return _chosen_form(context, request, forms.chosen_schema(), save, said)


@view_config(
    route_name="endi_ext.matching.waive",
    permission=ACCOUNT,
    require_csrf=True,
    renderer=TEMPLATES + "matching_chosen.mako",
)
def waive(context: Any, request: Any) -> Any:
    """Leave the chosen documents without another side, with a reason."""

    def save(typed: dict[str, Any]) -> Any:
        ids = words.numbers(typed["documents"])
        session, campaign_id = request.dbsession, context.campaign.id
        waived = decisions.waive(session, campaign_id, ids, typed["reason"], act(request))
        back = _left_address(context, request, typed["back"], ids)
        return done(request, back, _("Documents écartés : {count}."), count=len(waived))

    said = {"title": _("Écarter des documents"), "button": _("Écarter ces documents")}
    return _chosen_form(context, request, forms.waiver_schema(), save, said)


@view_config(
    route_name="endi_ext.matching.take_back", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def take_back(context: Any, request: Any) -> HTTPSeeOther:
    """Put a waived document back where something may be decided about it."""
    ids = words.numbers(request.POST.get("documents", ""))
    back = _left_address(context, request, request.POST.get("back", ""), ids)
    with _telling(request):
        decisions.take_back(request.dbsession, context.campaign.id, ids, act(request))
        flash(request, _("Document repris : il attend de nouveau une décision."))
    return HTTPSeeOther(back)


@view_config(
    route_name="endi_ext.matching.accept_rule", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def accept_rule(context: Any, request: Any) -> Any:
    """Accept all that a rule suggests without difference, after saying how many there are."""
    rule = request.GET.get("rule", "")
    count = queries.how_many_acceptable(request.dbsession, context.campaign, rule)

    def save(typed: dict[str, Any]) -> Any:
        count = decisions.accept_rule(request.dbsession, context.campaign.id, typed["rule"], act(request))
        return done(request, context.path(), _("Propositions acceptées : {count}."), count=count)

    intro = _("Règle « {rule} ». Propositions dont les montants sont les mêmes des deux côtés : {count}.")
    facts = {"rule": request.endi_ext.text(words.RULES.get(rule, rule)), "count": count}
    said = {"title": _("Accepter d’un coup"), "button": _("Accepter"), "cancel": context.path()}
    shown = request.endi_ext.text(intro, **facts) if request.method == "GET" else ""
    return submit(request, forms.rule_schema(), save, values={"rule": rule}, intro=shown, **said)


def _decided(context: Any, request: Any, service: Any, text: str) -> HTTPSeeOther:
    """Do it, say so, and go to the line that follows in the list, on the list or on a page of its own."""
    session, campaign = request.dbsession, context.campaign
    query = words.list_query(request.POST.get("back", "")) or {"state": context.match.state}
    alone = request.POST.get("page") == "match"
    match_id = context.match.id
    with _telling(request):
        service(session, campaign.id, match_id, act(request))
        flash(request, text, number=context.match.number)
    following = queries.neighbour(
        session, statement_of(campaign, query, CampaignMatch), CampaignMatch.id, match_id
    )
    if alone and following:
        return HTTPSeeOther(context.path("match", match_id=following, _query=query))
    anchor = {"_anchor": f"row-{following}"} if following else {}
    return HTTPSeeOther(context.path("matches", _query=query, **anchor))


@contextmanager
def _telling(request: Any) -> Iterator[None]:
    """Tell why it was refused on the page one is led back to."""
    try:
        with attempt(request):
            yield
    except DomainError as refusal:
        flash_error(request, sentence(refusal, request.endi_ext))


def _chosen_form(context: Any, request: Any, schema: Any, save: Any, said: dict[str, Any]) -> Any:
    """Show the chosen documents above the form that decides about them."""
    asked = request.POST.get("documents", "") if request.method == "POST" else _ticked(request)
    ids = words.numbers(asked)
    back = request.POST.get("back", "") if request.method == "POST" else request.GET.get("back", "")
    found = select(CampaignDocument).where(
        CampaignDocument.campaign_id == context.campaign.id, CampaignDocument.id.in_(ids)
    )
    order = (CampaignDocument.dated_on, CampaignDocument.id)
    documents = list(request.dbsession.execute(found.order_by(*order)).scalars()) if ids else []
    sides = {side: [one for one in documents if one.side == side] for side in words.SIDES}
    values = {"documents": ",".join(map(str, ids)), "back": back}
    cancel = context.path("left", _query=words.list_query(back))
    shown: dict[str, Any] = {"sides": sides, "words": words, "furthest": decisions.furthest(*sides.values())}
    return submit(request, schema, save, values=values, cancel=cancel, **shown, **said)


def _ticked(request: Any) -> str:
    return ",".join(request.GET.getall("document")[: decisions.MOST_CHOSEN + 1])


def _left_address(context: Any, request: Any, back: str, ids: list[int]) -> str:
    """Return the address of the list of leftovers, at the line that follows the last one decided."""
    query = words.list_query(back)
    listed = statement_of(context.campaign, query, CampaignDocument)
    beyond = max(ids, default=0)
    following = queries.neighbour(request.dbsession, listed, CampaignDocument.id, beyond)
    anchor = {"_anchor": f"row-{following}"} if following else {}
    return str(context.path("left", _query=query, **anchor))
