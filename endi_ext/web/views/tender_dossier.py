"""The dossier of a tender: what it holds, what to look at before it goes out, and its documents."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import FileIter, Response
from pyramid.view import view_config

from ...tenders import form_facts, identity, readiness, steps, workflow
from ..dossier import archive, documents
from ..dossier_page import bid_of, said
from ..file_answer import HEADERS, disposition
from ..forms import tender_dossier as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, CONFIGURE, VIEW

TYPES = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}


@view_config(
    route_name="endi_ext.tender.dossier",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/dossier.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what the dossier holds and what to look at before it goes out."""
    bid, session = bid_of(context, request), request.dbsession
    return page(
        request,
        _("Dossier de réponse"),
        bid=bid,
        entries=documents.entries(session, bid),
        gathered=list(archive.gathered(session, bid)),
        findings=[said(one, context, request) for one in readiness.findings(session, bid)],
        under_way=context.tender.state in workflow.UNDER_WAY,
        outsiders=[*bid.partners, *bid.subcontractors],
        may_tell="prepare" in context.actions,
        may_configure=bool(request.has_permission(CONFIGURE)),
    )


@view_config(route_name="endi_ext.tender.dossier.zip", request_method="GET", permission=VIEW)
def whole(context: Any, request: Any) -> Response:
    """Hand out the whole dossier in one ZIP, made from the record now."""
    file = archive.build(request, bid_of(context, request), act(request).at)
    response = Response(content_type="application/zip", app_iter=FileIter(file))
    response.cache_control = "private, no-store"
    name = archive.safe_name(f"dossier-{context.tender.reference or context.tender.id}.zip")
    response.headers["Content-Disposition"] = disposition(name)
    response.headers.update(HEADERS)
    return response


@view_config(route_name="endi_ext.tender.dossier.document", request_method="GET", permission=VIEW)
def document(context: Any, request: Any) -> Response:
    """Hand out one document of the dossier, as PDF or as ODT."""
    bid, kind = bid_of(context, request), request.matchdict["format"]
    entry = documents.entry(request.dbsession, bid, request.matchdict["document"])
    if entry is None or kind not in TYPES:
        raise HTTPNotFound
    made, author = entry.make(), bid.identity.name
    body = documents.pdf(request, made, author) if kind == "pdf" else documents.editable(made, author)
    response = Response(body=body, cache_control="private, no-store")
    response.headers["Content-Type"] = TYPES[kind]
    name = archive.safe_name(f"{entry.name}.{kind}")
    shown = f'inline; filename="{name}"' if kind == "pdf" else disposition(name)
    response.headers["Content-Disposition"] = shown
    return response


@view_config(
    route_name="endi_ext.tender.dossier.facts", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def consultation(context: Any, request: Any) -> Any:
    """Tell what the forms need of the consultation."""
    told = form_facts.of_consultation(request.dbsession, context.tender)
    return _tell(
        context,
        request,
        forms.consultation_schema(),
        title=_("Renseignements sur la consultation"),
        values=vars(told),
        intro=_(
            "Ce que vous laissez vide reste en pointillés sur les formulaires : vous le remplirez à la main."
        ),
    )


@view_config(route_name="endi_ext.tender.dossier.firm", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def firm(context: Any, request: Any) -> Any:
    """Tell what the forms need of an outside firm."""
    told = form_facts.of_firm(request.dbsession, context.tender, context.subject)
    return _tell(
        context,
        request,
        forms.firm_schema(grouped=context.tender.liability != "none"),
        member=context.subject,
        title=context.subject.name,
        values=forms.firm_values(told),
        intro=_(
            "Le compte bancaire n’est pas gardé ici : joignez le RIB de l’entreprise à la déclaration, le "
            "moment venu."
        ),
    )


def _tell(context: Any, request: Any, schema: Any, *, member: Any = None, **words: Any) -> Any:
    """Show a form of the dossier to who prepares the answer, and keep what it tells."""
    steps.check(context.tender, "prepare", context.party)
    back, doer = context.at("dossier"), {"party": context.party, "act": act(request)}

    def save(values: dict[str, Any]) -> Any:
        told = forms.as_texts(values)
        form_facts.note(request.dbsession, context.tender, told, member=member, **doer)
        return done(request, back, _("C’est noté : les formulaires en tiennent compte."))

    return submit(request, schema, save, button=_("Enregistrer"), cancel=back, **words)


@view_config(
    route_name="endi_ext.admin.identity", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def cooperative(request: Any) -> Any:
    """Tell who the cooperative is on the forms of tenders."""
    session, back = request.dbsession, request.route_path("endi_ext.admin")
    known = request.registry.endi_ext_host.identity(session)

    def save(values: dict[str, Any]) -> Any:
        identity.write(session, forms.as_texts(values), known, act(request))
        return done(request, back, _("L’identité de la coopérative est à jour sur les formulaires."))

    return submit(
        request,
        forms.identity_schema(),
        save,
        title=_("Identité de la coopérative"),
        button=_("Enregistrer"),
        cancel=back,
        values=forms.identity_values(identity.read(session, known)),
        intro=_(
            "Ce que disent de la coopérative les formulaires DC1, DC2 et DC4 de toutes les équipes. Ce qui "
            "reste vide vient de votre application quand elle le sait, et sinon reste en pointillés."
        ),
    )
