"""The cooperative's own papers, kept once by the support team; the list of papers, kept by admins."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...tenders import common_papers
from ...tenders.checklist import COOPERATIVE
from .. import paper_words as words
from ..file_answer import tender_file_answer
from ..forms import tender_papers as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import CONFIGURE, SUPERVISE
from ..uploads import most_bytes


@view_config(
    route_name="endi_ext.papers",
    request_method="GET",
    permission=SUPERVISE,
    renderer="endi_ext:web/templates/common_papers.mako",
)
def show(request: Any) -> dict[str, Any]:
    """Show the papers the cooperative provides for all tenders, and until when they hold."""
    kept = common_papers.kept(request.dbsession)
    return page(
        request,
        _("Pièces de la coopérative"),
        kept=[one for one in kept if one.kind.who == COOPERATIVE],
        others=[one.kind for one in kept if one.kind.who != COOPERATIVE],
        today=act(request).today,
        words=words,
    )


@view_config(route_name="endi_ext.paper.provide", permission=SUPERVISE, require_csrf=True, renderer=FORM_PAGE)
def provide(context: Any, request: Any) -> Any:
    """Provide a paper once for all tenders."""
    limit, kind = most_bytes(request), context.kind

    def save(values: dict[str, Any]) -> Any:
        common_papers.provide(request.dbsession, kind, forms.sent(values, limit), act=act(request))
        return done(request, context.url, _("La pièce vaut pour toutes les réponses en préparation."))

    return submit(
        request,
        forms.paper_schema(request.endi_ext, limit, has_term=kind.has_term),
        save,
        title=kind.label,
        button=_("Déposer cette pièce"),
        cancel=context.url,
    )


@view_config(route_name="endi_ext.paper.file", request_method="GET", permission=SUPERVISE)
def file(context: Any, request: Any) -> Any:
    """Hand the cooperative's paper out."""
    kept = [one for one in common_papers.kept(request.dbsession) if one.kind.id == context.kind.id]
    if not kept or kept[0].paper is None:
        raise HTTPNotFound
    return tender_file_answer(request, kept[0].paper.file)


@view_config(
    route_name="endi_ext.admin.papers",
    request_method="GET",
    permission=CONFIGURE,
    renderer="endi_ext:web/templates/paper_kinds.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Show the list of papers every tender asks for."""
    kinds = common_papers.kinds(request.dbsession)
    return page(request, _("Pièces demandées dans chaque réponse"), kinds=kinds, words=words)


@view_config(
    route_name="endi_ext.admin.papers.usual", request_method="POST", permission=CONFIGURE, require_csrf=True
)
def begin(request: Any) -> Any:
    """Begin with a usual list; what is there already is not added again."""
    for place, (label, who, has_term) in enumerate(words.USUAL_PAPERS, start=1):
        facts = {"label": request.endi_ext.text(label), "who": who, "has_term": has_term}
        key = f"usual-paper-{place}"
        common_papers.add(request.dbsession, request_key=key, act=act(request), **facts)
    return done(request, request.route_path("endi_ext.admin.papers"), _("La liste usuelle est en place."))


@view_config(
    route_name="endi_ext.admin.papers.new", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def add(request: Any) -> Any:
    """Add a paper to the list."""
    listed = request.route_path("endi_ext.admin.papers")

    def save(values: dict[str, Any]) -> Any:
        common_papers.add(request.dbsession, act=act(request), **forms.kind_facts(values))
        return done(request, listed, _("La pièce est demandée dans toutes les réponses en préparation."))

    title, button = _("Ajouter une pièce à la liste"), _("Ajouter")
    return submit(request, forms.kind_schema(new=True), save, title=title, button=button, cancel=listed)


@view_config(
    route_name="endi_ext.admin.paper.change",
    permission=CONFIGURE,
    require_csrf=True,
    renderer="endi_ext:web/templates/form_and_button.mako",
)
def change(context: Any, request: Any) -> Any:
    """Call a paper of the list something else."""

    def save(values: dict[str, Any]) -> Any:
        facts = forms.kind_facts(values)
        common_papers.change(request.dbsession, context.kind, act=act(request), **facts)
        return done(request, context.url, _("La pièce est changée."))

    return submit(
        request,
        forms.kind_schema(new=False),
        save,
        title=_("Changer une pièce de la liste"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"label": context.kind.label, "has_term": forms.YES if context.kind.has_term else forms.NO},
        beside=(
            request.route_path("endi_ext.admin.paper.withdraw", kind_id=context.kind.id),
            _("Ne plus demander cette pièce"),
        ),
    )


@view_config(
    route_name="endi_ext.admin.paper.withdraw", request_method="POST", permission=CONFIGURE, require_csrf=True
)
def withdraw(context: Any, request: Any) -> Any:
    """Take a paper off the list."""
    common_papers.withdraw(request.dbsession, context.kind, act=act(request))
    text = _("La pièce n’est plus demandée ; les réponses déjà déposées la gardent.")
    return done(request, context.url, text)
