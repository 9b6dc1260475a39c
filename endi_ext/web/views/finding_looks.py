"""Findings looked for now: one bounded batch a request, with how far it is."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...reconciliation import finding_looks
from .. import finding_day
from ..forms.base import act, done, page
from ..i18n import _
from ..permissions import ACCOUNT


@view_config(
    route_name="endi_ext.findings.look",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/findings_look.mako",
)
def progress(request: Any) -> dict[str, Any]:
    """Show how far the look is; the page goes on by itself where there is a script."""
    look = finding_looks.of_source(request.dbsession)
    documents = request.registry.endi_ext_host.documents
    at = act(request).at
    return page(
        request,
        _("Recherche des écarts"),
        look=look,
        under_way=finding_looks.under_way(look, at),
        total=documents.how_many(request.dbsession),
    )


@view_config(
    route_name="endi_ext.findings.look", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def look_on(request: Any) -> HTTPSeeOther:
    """Look at the next documents; when all are looked at, go back to the findings."""
    look = finding_day.batch(request, request.dbsession, act(request))
    if look.finished_at is None:
        return HTTPSeeOther(request.route_path("endi_ext.findings.look"))
    return done(
        request,
        request.route_path("endi_ext.findings"),
        _("Documents relus : {count}. Écarts à traiter : {found}."),
        count=look.looked_count,
        found=look.found_count,
    )
