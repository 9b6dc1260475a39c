"""One thing that does not agree: explained, assigned, let pass, told repaired, opened again."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...kernel.history import history_of
from ...reconciliation import finding_looks, finding_queries, finding_repairs, finding_store
from ...reconciliation.finding_errors import AssigneeUnknown
from ...reconciliation.finding_models import WaiverReason
from .. import finding_page, repair_words
from ..forms import findings as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACCOUNT


@view_config(
    route_name="endi_ext.finding",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/finding.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what does not agree, both documents side by side, its history and what may be done."""
    session, finding, host = request.dbsession, context.finding, request.registry.endi_ext_host
    repairable = finding.standing and finding.repair in repair_words.REPAIRS
    return page(
        request,
        finding_page.title(finding.code),
        finding=finding,
        explanation=finding_page.sentence(finding, request.endi_ext),
        to_do=finding_page.to_do(finding, request.endi_ext),
        rows=finding_page.side_by_side(finding, request.endi_ext),
        addresses=_addresses(request, finding),
        payments=finding_page.payments(_pair(request, finding)),
        preview=host.documents.repairs.preview(request, finding) if repairable else None,
        button=repair_words.REPAIRS.get(finding.repair, ("", ""))[0],
        undoable=finding_repairs.undoable(session, finding),
        repairs=finding_queries.repairs_of(session, finding),
        events=history_of(session, finding),
        neighbours=finding_queries.neighbours(session, finding),
        accountants=host.accountants(session),
        shown=finding_page,
    )


def _pair(request: Any, finding: Any) -> Any:
    """Return both documents as they stand now, of what was found by looking at them."""
    if finding.source != finding_looks.PAIRS:
        return None
    return request.registry.endi_ext_host.documents.repairs.pair(request.dbsession, finding.about)


def _addresses(request: Any, finding: Any) -> list[str | None]:
    """Return where the host shows the seller's and the buyer's document."""
    repairs = request.registry.endi_ext_host.documents.repairs
    sides = (finding.sale_side, finding.purchase_side)
    return [None if side is None else repairs.address(request, side.key) for side in sides]


@view_config(
    route_name="endi_ext.finding.assign", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def assign(context: Any, request: Any) -> HTTPSeeOther:
    """Give a finding to someone who keeps the books, the reader unless said otherwise."""
    who = act(request)
    key = request.POST.get("assignee") or who.actor_key
    names = dict(request.registry.endi_ext_host.accountants(request.dbsession))
    name = who.actor_name if key == who.actor_key else names.get(key)
    if name is None:
        raise AssigneeUnknown
    finding_store.assign(request.dbsession, [context.finding.id], key, name, who)
    return done(request, context.url, _("L’écart est attribué à {name}."), name=name)


@view_config(
    route_name="endi_ext.finding.hand_back", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def hand_back(context: Any, request: Any) -> HTTPSeeOther:
    """Give a finding back to all accountants."""
    finding_store.hand_back(request.dbsession, [context.finding.id], act(request))
    return done(request, context.url, _("L’écart n’est plus attribué à personne."))


@view_config(route_name="endi_ext.finding.waive", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def waive(context: Any, request: Any) -> Any:
    """Let a finding pass, for a reason of the list."""
    session = request.dbsession
    reasons = finding_queries.reasons(session)
    sentence = finding_page.sentence(context.finding, request.endi_ext)

    def save(values: dict[str, Any]) -> Any:
        reason = session.get(WaiverReason, int(values["reason"]))
        finding_store.waive(session, [context.finding.id], reason, values["comment"], act(request))
        return done(request, context.url, _("L’écart est laissé passer. Le motif est conservé."))

    return submit(
        request,
        forms.waiver_schema(reasons),
        save,
        title=_("Laisser passer un écart"),
        button=_("Laisser passer"),
        cancel=context.url,
        intro=sentence if reasons else finding_page.NO_REASONS,
    )


@view_config(
    route_name="endi_ext.finding.repaired", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def tell_repaired(context: Any, request: Any) -> Any:
    """Note that a finding was repaired by hand, in the host's own pages."""

    def save(values: dict[str, Any]) -> Any:
        finding_store.tell_repaired(request.dbsession, [context.finding.id], values["reason"], act(request))
        return done(
            request, context.url, _("C’est noté. Si l’écart est encore là, la prochaine recherche le dira.")
        )

    text = _("Par exemple : « avoir supprimé dans la page de la facture ».")
    return submit(
        request,
        forms.told_schema(text),
        save,
        title=_("Écart réparé à la main"),
        button=_("Noter que c’est réparé"),
        cancel=context.url,
        intro=finding_page.sentence(context.finding, request.endi_ext),
    )


@view_config(route_name="endi_ext.finding.reopen", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def reopen(context: Any, request: Any) -> Any:
    """Open a finding again, with a reason."""

    def save(values: dict[str, Any]) -> Any:
        finding_store.reopen(request.dbsession, [context.finding.id], values["reason"], act(request))
        return done(request, context.url, _("L’écart est de nouveau à traiter."))

    return submit(
        request,
        forms.reopening_schema(),
        save,
        title=_("Rouvrir un écart"),
        button=_("Rouvrir"),
        cancel=context.url,
        intro=finding_page.sentence(context.finding, request.endi_ext),
    )
