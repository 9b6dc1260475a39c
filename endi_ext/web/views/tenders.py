"""Tenders of a party: their list, and the page of each."""

from typing import Any

from pyramid.view import view_config

from ...tenders import queries
from .. import tender_states
from ..forms.base import page
from ..i18n import _
from ..panels import panels_of
from ..permissions import VIEW


@view_config(
    route_name="endi_ext.tenders",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tenders.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the tenders a party leads, is a member of or is invited to."""
    return page(request, _("Appels d’offres"), found=queries.of_party(request.dbsession, context.party))


@view_config(
    route_name="endi_ext.tender",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a tender: the sections of web/panels."""
    return page(
        request,
        "{subject}",
        subject=context.tender.title,
        badge=tender_states.of_tender(context.tender, context.party),
        panels=panels_of("tender", context, request),
    )
