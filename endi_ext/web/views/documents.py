"""The papers a host makes of exchanges, for accountants: what waits, what failed, what differs."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...exchanges import papers
from ...kernel.errors import DomainError
from ...reconciliation import finding_queries
from .. import messages
from ..forms import accounting as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACCOUNT

SHOWN = 200

# What is asked of the host, by the action of a task.
ACTIONS = {
    "invoice": _("Facture et facture fournisseur"),
    "payment": _("Encaissement et paiement"),
    "payment_reversal": _("Annulation d’un encaissement"),
    "credit_note": _("Avoir"),
    "mirror": _("Avoir fait dans enDI, à transmettre"),
}

# What hosts call their comparison of our documents with the books.
SOURCE = "documents"

# Differences the books can follow: someone paid or credited in the host's own pages.
ALIGNABLE = ("document_payment_unknown", "document_payment_missing", "document_credit_unknown")


@view_config(
    route_name="endi_ext.documents",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/documents.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Show the papers that are not made, and the differences between the host's documents and the books."""
    session = request.dbsession
    return page(
        request,
        _("Documents des échanges"),
        made_by_host=papers.made_by_host(session),
        wanted=papers.wanted(session),
        counts=papers.counted(session),
        tasks=papers.unfinished(session, size=SHOWN),
        differences=finding_queries.of_source(session, SOURCE, size=SHOWN),
        actions=ACTIONS,
        alignable=ALIGNABLE,
        reason_of=lambda task: told(request, task.error_code, task.facts),
        sentence_of=lambda finding: told(request, finding.code, finding.told),
    )


@view_config(
    route_name="endi_ext.document.retry", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def retry(context: Any, request: Any) -> HTTPSeeOther:
    """Ask for a paper again, now that what it lacked is there."""
    papers.retry(request.dbsession, context.task.id, act(request))
    return done(request, context.url, _("Le document est de nouveau demandé. Il sera fait dans la minute."))


@view_config(
    route_name="endi_ext.document.give_up", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def give_up(context: Any, request: Any) -> Any:
    """Leave a paper unmade, with a reason: someone makes it by hand."""

    def save(values: dict[str, Any]) -> Any:
        papers.give_up(request.dbsession, context.task.id, values["reason"], act(request))
        return done(request, context.url, _("Le document ne sera pas fait. Le motif est conservé."))

    return submit(
        request,
        forms.giving_up_schema(),
        save,
        title=_("Renoncer à un document"),
        button=_("Renoncer"),
        cancel=context.url,
        intro=request.endi_ext.text(
            _("« {label} » n’aura pas ce document : faites-le à la main s’il en faut un."),
            label=context.task.exchange.label,
        ),
    )


@view_config(
    route_name="endi_ext.documents.align", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def align(context: Any, request: Any) -> HTTPSeeOther:
    """Record in the books what was done to the documents of an exchange in the host's own pages."""
    host = request.registry.endi_ext_host
    host.documents.bring_books_in_line(request, context.exchange, act(request))
    back = request.route_path("endi_ext.documents")
    return done(request, back, _("Le livre dit maintenant la même chose que les documents."))


@view_config(
    route_name="endi_ext.documents.compare", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def compare(request: Any) -> HTTPSeeOther:
    """Compare all documents with the books now, without waiting for the next change."""
    standing = request.registry.endi_ext_host.documents.compare(request)
    back = request.route_path("endi_ext.documents")
    return done(request, back, _("Documents comparés au livre. Écarts : {count}."), count=standing)


def shown_on_an_exchange(request: Any, exchange: Any) -> dict[str, Any]:
    """Return what the page of an exchange says of its papers: those that are made, and whether some wait."""
    made = request.registry.endi_ext_host.documents.papers(request, exchange)
    return {"papers": made, "papers_wait": papers.wait(request.dbsession, exchange.id)}


def told(request: Any, code: str, facts: dict[str, Any]) -> str:
    """Return the sentence of a code kept in a table, or nothing."""
    if not code:
        return ""
    refusal = DomainError(**facts)
    refusal.code = code
    return messages.sentence(refusal, request.endi_ext)
