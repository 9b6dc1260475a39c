"""The checklist of a tender: what is there, what is missing, each paper provided and checked."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...kernel.history import history_of
from ...tenders import checklist, papers, steps, workflow
from .. import paper_words as words
from ..file_answer import tender_file_answer
from ..forms import tender_papers as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACT, VIEW
from ..uploads import most_bytes


@view_config(
    route_name="endi_ext.tender.checklist",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_checklist.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show every paper: the reader's own first."""
    found = checklist.items(request.dbsession, context.tender)
    mine = checklist.own_items(found, context.member) if context.member is not None else []
    return page(
        request,
        _("Pièces à réunir"),
        items=found,
        mine=[item for item in mine if not item.stands and _brings(context, item)],
        standing=sum(item.stands for item in found),
        last_day=checklist.last_day(context.tender),
        may="prepare" in context.actions,
        words=words,
    )


@view_config(
    route_name="endi_ext.tender.paper",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_paper.mako",
)
def show_paper(context: Any, request: Any) -> dict[str, Any]:
    """Show one paper: who provided it, who checked it, what was said of it."""
    item, may = context.item, "prepare" in context.actions
    own = item.file is not None and item.common is None
    return page(
        request,
        "{subject}",
        subject=item.label,
        item=item,
        words=words,
        step_of=words.event_of,
        events=history_of(request.dbsession, item.row) if item.row is not None else [],
        may=may,
        may_provide=may and papers.may_provide(context.tender, item, context.party),
        may_check=may and item.state == checklist.PROVIDED,
        may_send_back=may and own and item.state in (checklist.PROVIDED, checklist.CHECKED),
    )


@view_config(
    route_name="endi_ext.tender.paper.provide", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def provide(context: Any, request: Any) -> Any:
    """Provide a paper, or a newer one."""
    refuse_early(context, request)
    item, limit = context.item, most_bytes(request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        papers.provide(request.dbsession, context.tender, item.key, forms.sent(values, limit), **doer)
        return done(request, context.at("checklist"), _("La pièce est fournie ; quelqu’un la vérifiera."))

    return submit(
        request,
        forms.paper_schema(request.endi_ext, limit, has_term=True),
        save,
        title=item.label,
        button=_("Déposer cette pièce"),
        cancel=context.url,
        intro=item.reason or None,
    )


@view_config(
    route_name="endi_ext.tender.paper.check", request_method="POST", permission=ACT, require_csrf=True
)
def check(context: Any, request: Any) -> Any:
    """Say that a paper was read and is right."""
    doer = {"party": context.party, "act": act(request)}
    papers.check(request.dbsession, context.tender, context.item.key, **doer)
    return done(request, context.at("checklist"), _("La pièce est vérifiée."))


@view_config(
    route_name="endi_ext.tender.paper.send_back", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def send_back(context: Any, request: Any) -> Any:
    """Ask for a paper again, with what is wrong."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        papers.send_back(request.dbsession, context.tender, context.item.key, **values, **doer)
        return done(
            request, context.at("checklist"), _("La pièce est de nouveau demandée, avec votre motif.")
        )

    return submit(
        request,
        reason_schema(_("Ce qui ne va pas dans cette pièce")),
        save,
        title=_("Demander la pièce de nouveau"),
        button=_("Demander de nouveau"),
        cancel=context.url,
        intro=context.item.label,
    )


@view_config(
    route_name="endi_ext.tender.paper.set_aside", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def set_aside(context: Any, request: Any) -> Any:
    """Do without a paper, with a reason."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        papers.set_aside(request.dbsession, context.tender, context.item.key, **values, **doer)
        return done(
            request, context.at("checklist"), _("La pièce est marquée sans objet pour cette réponse.")
        )

    return submit(
        request,
        reason_schema(_("Pourquoi cette réponse s’en passe")),
        save,
        title=_("Pièce sans objet"),
        button=_("Marquer sans objet"),
        cancel=context.url,
        intro=context.item.label,
    )


@view_config(
    route_name="endi_ext.tender.paper.ask_again", request_method="POST", permission=ACT, require_csrf=True
)
def ask_again(context: Any, request: Any) -> Any:
    """Ask for a paper that was set aside."""
    doer = {"party": context.party, "act": act(request)}
    papers.ask_again(request.dbsession, context.tender, context.item.key, **doer)
    return done(request, context.url, _("La pièce est de nouveau au programme."))


@view_config(route_name="endi_ext.tender.paper.add", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def add(context: Any, request: Any) -> Any:
    """Add a paper to this checklist."""
    refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        member = int(values.pop("member") or 0)
        doer = {"party": context.party, "act": act(request)}
        papers.add(request.dbsession, context.tender, member_id=member, **values, **doer)
        return done(request, context.at("checklist"), _("La pièce est ajoutée à la liste."))

    return submit(
        request,
        forms.new_paper_schema(context.tender),
        save,
        title=_("Ajouter une pièce"),
        button=_("Ajouter"),
        cancel=context.at("checklist"),
        intro=_("Le règlement de la consultation demande souvent plus que l’avis : ajoutez-le ici."),
    )


@view_config(route_name="endi_ext.tender.paper.file", request_method="GET", permission=ACT)
def file(context: Any, request: Any) -> Any:
    """Hand a paper out, to be kept: never shown by the browser."""
    if context.item.file is None:
        raise HTTPNotFound
    return tender_file_answer(request, context.item.file)


def refuse_early(context: Any, request: Any) -> None:
    """Show no form that could only be refused: the offer is submitted, or the reader only advises."""
    if request.method == "GET":
        steps.check(context.tender, "prepare", context.party)


def _brings(context: Any, item: checklist.Item) -> bool:
    lead = context.role == workflow.LEAD
    return item.who != checklist.COOPERATIVE or lead
