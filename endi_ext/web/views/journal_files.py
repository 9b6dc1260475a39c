"""The journal of a month or of a fiscal year, downloaded from its page in the shape asked for."""

from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import FileIter, Response
from pyramid.view import view_config

from ...kernel.errors import DomainError
from ...ledger import exports, fec, spans
from ...tenders import identity
from .. import journal_files
from ..errors import flash_error
from ..file_answer import disposition
from ..messages import sentence
from ..permissions import ACCOUNT

MEMORY_BYTES = 1_000_000
READ_BY_PEOPLE = (journal_files.CSV, journal_files.XLSX)
# A page answers within seconds; a longer period is for the command, which has all the time it needs.
MOST_ENTRIES = 50_000


class ExportTooLarge(DomainError):
    """The period has more entries than a page prepares (facts: entries, most, span)."""

    code = "export_too_large"


@view_config(route_name="endi_ext.journal.file", request_method="GET", permission=ACCOUNT)
def download(request: Any) -> Response:
    """Hand out the journal of a period for people to read, or say on the journal's page why not."""
    shape = request.GET.get("format")
    shape = shape if shape in READ_BY_PEOPLE else journal_files.CSV
    try:
        span = spans.span_of(request.dbsession, request.GET.get("period", ""))
        small_enough(request.dbsession, span)
        return _answer(request, span, shape)
    except DomainError as refusal:
        flash_error(request, sentence(refusal, request.endi_ext))
        return HTTPSeeOther(request.route_path("endi_ext.journal"))


def _answer(request: Any, span: spans.Span, shape: str) -> Response:
    """Return the file, read now while the transaction is open, on disk when it is long."""
    file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    journal_files.write(
        request.dbsession, span, shape, file, request.endi_ext.text, lambda _done, _total: None
    )
    return download_of(file, shape, journal_files.name_of(span, shape, ""))


def download_of(file: Any, shape: str, name: str) -> Response:
    """Return the answer that downloads a file made whole."""
    length = file.seek(0, SEEK_END)
    file.seek(0)
    response = Response(app_iter=FileIter(file), cache_control="private, no-store")
    response.headers["Content-Type"] = journal_files.SHAPES[shape][1]
    response.headers["Content-Disposition"] = disposition(name)
    response.content_length = length
    return response


def siren_of(request: Any) -> str:
    """Return the SIREN of the cooperative. Raises SirenUnknown, SirenWrong."""
    host = request.registry.endi_ext_host
    return fec.siren_of(identity.read(request.dbsession, host.identity(request.dbsession)).siret)


def small_enough(session: Any, span: spans.Span) -> None:
    """Refuse what a page cannot prepare in time. Raises ExportTooLarge."""
    entries = exports.entries_of(session, span)
    if entries > MOST_ENTRIES:
        raise ExportTooLarge(entries=entries, most=MOST_ENTRIES, span=span.name)
