"""A version of a subcontract, beside the one it answers or changes."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import versions
from ..forms.base import page
from ..i18n import _
from ..panels.agreement import terms_shown
from ..permissions import VIEW


@view_config(
    route_name="endi_ext.subcontract.version",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/version.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what a version said, what it changed, and who signed it."""
    version = context.version
    previous = versions.before(version)
    return page(
        request,
        _("Version n° {number} : {subject}"),
        number=version.number,
        subject=context.subcontract.title,
        subcontract=context.subcontract,
        version=version,
        **terms_shown(version, previous, request),
    )
