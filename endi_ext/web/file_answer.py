"""Files that people sent, handed out so that no browser runs or shows what is in them."""

import unicodedata
from typing import Any
from urllib.parse import quote

from pyramid.response import Response

from ..reconciliation import questions
from ..reconciliation.question_models import QuestionFile
from ..subcontracts import dispute_files
from ..subcontracts.dispute_models import DisputeFile
from ..subcontracts.proofs import KINDS
from ..tenders import files as tender_files
from ..tenders.paper_models import TenderFile

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_answer(request: Any, file: DisputeFile) -> Response:
    """Return the answer that downloads a file of a dispute."""
    return _download(file, b"".join(dispute_files.content(request.dbsession, file)))


def tender_file_answer(request: Any, file: TenderFile) -> Response:
    """Return the answer that downloads a file of a tender."""
    return _download(file, b"".join(tender_files.content(request.dbsession, file)))


def question_file_answer(request: Any, file: QuestionFile) -> Response:
    """Return the answer that downloads a file of a question."""
    return _download(file, b"".join(questions.content(request.dbsession, file)))


def _download(file: Any, body: bytes) -> Response:
    """Return the answer that downloads a file, its type the one its content showed."""
    response = Response(body=body, cache_control="private, no-store")
    response.headers["Content-Type"] = KINDS[file.kind][0]
    response.headers["Content-Disposition"] = disposition(file.name)
    response.headers.update(HEADERS)
    return response


def disposition(name: str) -> str:
    """Return the header that has a file kept under `name`, with an ASCII name for older programs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = "".join(letter if letter.isalnum() or letter in " ._-()" else "_" for letter in plain)
    return f"attachment; filename=\"{safe or 'fichier'}\"; filename*=UTF-8''{quote(name, safe='')}"
