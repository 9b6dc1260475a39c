"""The technical proposal of a tender, part by part."""

from collections.abc import Iterator
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...tenders import proposal
from ...tenders.proposal import Plan
from .. import paper_words as words
from ..file_answer import tender_file_answer
from ..forms import tender_papers as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from ..uploads import most_bytes
from .tender_checklist import refuse_early

PART_PAGE = "endi_ext:web/templates/tender_part.mako"


@view_config(
    route_name="endi_ext.tender.proposal",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_proposal.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the plan: who writes what, and how far it is."""
    return page(
        request,
        _("Mémoire technique"),
        plan=proposal.parts(request.dbsession, context.tender),
        today=act(request).today,
        may="prepare" in context.actions,
        words=words,
    )


@view_config(
    route_name="endi_ext.tender.proposal.outline", request_method="POST", permission=ACT, require_csrf=True
)
def outline(context: Any, request: Any) -> Any:
    """Begin with a usual plan and the buyer's own criteria."""
    plans = list(_outline(context.tender, request.endi_ext))
    doer = {"party": context.party, "act": act(request)}
    proposal.outline(request.dbsession, context.tender, plans, **doer)
    return done(request, context.at("proposal"), _("Le plan est posé : dites qui écrit quoi."))


@view_config(route_name="endi_ext.tender.part.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def add(context: Any, request: Any) -> Any:
    """Add a part."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        facts = {"request_key": values["request_key"], "party": context.party, "act": act(request)}
        proposal.add(request.dbsession, context.tender, forms.plan(values), **facts)
        return done(request, context.at("proposal"), _("La partie est ajoutée."))

    return submit(
        request,
        forms.plan_schema(context.tender, new=True, count=0),
        save,
        title=_("Ajouter une partie"),
        button=_("Ajouter"),
        cancel=context.at("proposal"),
    )


@view_config(route_name="endi_ext.tender.part.arrange", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def arrange(context: Any, request: Any) -> Any:
    """Change what is asked of a part, or its place."""
    refuse_early(context, request)
    listed = [one.id for one in proposal.parts(request.dbsession, context.tender)]

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        proposal.arrange(request.dbsession, context.part, forms.plan(values), **doer)
        return done(request, context.at("proposal"), _("La partie est changée."))

    return submit(
        request,
        forms.plan_schema(context.tender, new=False, count=len(listed)),
        save,
        title=context.part.title,
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.plan_values(context.part, listed.index(context.part.id) + 1),
    )


@view_config(route_name="endi_ext.tender.part", request_method="GET", permission=VIEW, renderer=PART_PAGE)
def show_part(context: Any, request: Any) -> Any:
    """Show a part, with the form that writes it for those who prepare the answer."""
    if "prepare" in context.actions:
        return _part(context, request)
    values = {"part": context.part, "may": False, "words": words, "form": None, "failed": False}
    return page(request, "{subject}", subject=context.part.title, **values)


@view_config(
    route_name="endi_ext.tender.part",
    request_method="POST",
    permission=ACT,
    require_csrf=True,
    renderer=PART_PAGE,
)
def write(context: Any, request: Any) -> Any:
    """Write a part."""
    return _part(context, request)


def _part(context: Any, request: Any) -> Any:
    part, limit = context.part, most_bytes(request)

    def save(values: dict[str, Any]) -> Any:
        facts = {"party": context.party, "act": act(request)}
        proposal.write(request.dbsession, part, forms.written(values, limit), **facts)
        return done(request, context.at("proposal"), _("La partie est enregistrée."))

    return submit(
        request,
        forms.part_schema(request.endi_ext, part, limit),
        save,
        title=part.title,
        button=_("Enregistrer"),
        cancel=context.at("proposal"),
        values={"text": part.text, "state": part.state, "revision": part.revision},
        part=part,
        may=True,
        words=words,
    )


@view_config(
    route_name="endi_ext.tender.part.remove", request_method="POST", permission=ACT, require_csrf=True
)
def remove(context: Any, request: Any) -> Any:
    """Take a part out of the plan."""
    title = context.part.title
    proposal.remove(request.dbsession, context.part, party=context.party, act=act(request))
    return done(request, context.at("proposal"), _("« {title} » est retirée du plan."), title=title)


@view_config(route_name="endi_ext.tender.part.file", request_method="GET", permission=ACT)
def file(context: Any, request: Any) -> Any:
    """Hand the file of a part out."""
    if context.part.file is None:
        raise HTTPNotFound
    return tender_file_answer(request, context.part.file)


def _outline(tender: Any, speech: Any) -> Iterator[Plan]:
    """Return a plan: the usual parts, then the buyer's criteria other than the price."""
    for title, guidance in words.USUAL_PARTS:
        yield Plan(speech.text(title), speech.text(guidance))
    names = (one["name"] for lot in tender.lots if lot.answered for one in lot.criteria)
    for name in dict.fromkeys(names):
        if name and "prix" not in name.casefold() and "price" not in name.casefold():
            yield Plan(name[:300], speech.text(words.CRITERION_GUIDANCE))
