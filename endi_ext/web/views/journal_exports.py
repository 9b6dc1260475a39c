"""What goes to the accounting software: files made and marked, and the list of those that were."""

from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from ...exchanges import papers
from ...kernel.errors import DomainError
from ...ledger import export_marks, spans
from .. import journal_files
from ..errors import attempt, flash_error
from ..forms.base import act, page
from ..i18n import _
from ..messages import sentence
from ..permissions import ACCOUNT
from .journal_files import MEMORY_BYTES, download_of, siren_of, small_enough

SHOWN = 50
SHAPES = {
    journal_files.SAGE: _("Sage (quatre fichiers d’enDI, dans un ZIP)"),
    journal_files.FEC: _("FEC (texte, 18 colonnes)"),
}


@view_config(
    route_name="endi_ext.journal.exports",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/journal_exports.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Show what was handed to the accounting software, and offer what was not yet."""
    session = request.dbsession
    return page(
        request,
        _("Exports vers le logiciel comptable"),
        shapes=SHAPES,
        spans=spans.known(session),
        marks=export_marks.latest(session, size=SHOWN),
        made_by_host=papers.made_by_host(session),
    )


@view_config(
    route_name="endi_ext.journal.exports", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def export(request: Any) -> Response:
    """Hand out what of a period was not exported yet, or all of it when asked, and mark it."""
    shape = request.POST.get("format")
    scope = export_marks.AGAIN if request.POST.get("again") else export_marks.REST
    try:
        with attempt(request):
            return _made(request, shape if shape in SHAPES else journal_files.SAGE, scope)
    except DomainError as refusal:
        flash_error(request, sentence(refusal, request.endi_ext))
        return HTTPSeeOther(request.route_path("endi_ext.journal.exports"))


def _made(request: Any, shape: str, scope: str) -> Response:
    session = request.dbsession
    span = spans.span_of(session, request.POST.get("period", ""))
    name = journal_files.name_of(span, shape, siren_of(request) if shape == journal_files.FEC else "")
    small_enough(session, span)
    planned = export_marks.plan(session, span, shape, scope)
    file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    told = {"only": planned.only, "accounting": request.registry.endi_ext_host.accounting}
    journal_files.write(session, span, shape, file, request.endi_ext.text, lambda *_so_far: None, **told)
    digest = export_marks.digest_of(file)  # type: ignore[arg-type]
    export_marks.record(session, planned, file_name=name, file_digest=digest, act=act(request))
    return download_of(file, shape, name)
