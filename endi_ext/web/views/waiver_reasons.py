"""Why findings may be let pass: the list an admin keeps."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...reconciliation import finding_queries, waivers
from ..forms import findings as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import CONFIGURE


@view_config(
    route_name="endi_ext.admin.waivers",
    request_method="GET",
    permission=CONFIGURE,
    renderer="endi_ext:web/templates/waiver_reasons.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Show the reasons in use, and those that were."""
    session = request.dbsession
    return page(
        request,
        _("Motifs pour laisser passer un écart"),
        reasons=finding_queries.reasons(session, retired=True),
        used=finding_queries.used_reasons(session),
    )


@view_config(
    route_name="endi_ext.admin.waivers.new", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def add(context: Any, request: Any) -> Any:
    """Add a reason to the list."""

    def save(values: dict[str, Any]) -> Any:
        waivers.add(request.dbsession, values["label"], act(request))
        return done(request, context.url, _("Le motif est dans la liste."))

    title, button = _("Ajouter un motif"), _("Ajouter")
    return submit(request, forms.reason_schema(), save, title=title, button=button, cancel=context.url)


@view_config(
    route_name="endi_ext.admin.waiver.change", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE
)
def change(context: Any, request: Any) -> Any:
    """Write a reason otherwise."""

    def save(values: dict[str, Any]) -> Any:
        waivers.rename(request.dbsession, context.reason, values["label"])
        return done(request, context.url, _("Le motif est changé, partout où il a servi."))

    values = {"label": context.reason.label}
    words = {"title": _("Changer un motif"), "button": _("Enregistrer")}
    return submit(request, forms.reason_schema(), save, cancel=context.url, values=values, **words)


@view_config(
    route_name="endi_ext.admin.waiver.withdraw",
    request_method="POST",
    permission=CONFIGURE,
    require_csrf=True,
)
def withdraw(context: Any, request: Any) -> HTTPSeeOther:
    """Take a reason off the list: removed if nothing used it, else only no longer offered."""
    removed = waivers.withdraw(request.dbsession, context.reason, act(request))
    text = (
        _("Le motif est supprimé.") if removed else _("Le motif n’est plus proposé ; les écarts le gardent.")
    )
    return done(request, context.url, text)


@view_config(
    route_name="endi_ext.admin.waiver.restore", request_method="POST", permission=CONFIGURE, require_csrf=True
)
def restore(context: Any, request: Any) -> HTTPSeeOther:
    """Offer a reason again."""
    waivers.restore(context.reason)
    return done(request, context.url, _("Le motif est de nouveau proposé."))
