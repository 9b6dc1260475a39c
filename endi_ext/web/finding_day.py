"""Findings looked for in bounded batches: from a page, one a request, and every day, one a transaction."""

from typing import Any

from ..kernel.history import Act
from ..reconciliation import finding_looks
from ..reconciliation.finding_models import FindingLook


def batch(request: Any, session: Any, act: Act) -> FindingLook:
    """Look at the next documents, from the first ones if no look is under way; return how far it is."""
    documents = request.registry.endi_ext_host.documents
    look = finding_looks.begin(session, act)
    pairs = documents.pairs(session, after=look.cursor or None)
    finding_looks.go_on(session, look, pairs, act, size=finding_looks.PAIRS_PER_BATCH)
    return look


def look(request: Any, act: Act) -> int:
    """Look at all documents once; return how many findings stand."""
    host = request.registry.endi_ext_host
    while True:
        with host.transaction(request) as session:
            reached = batch(request, session, act)
            found, finished = int(reached.found_count), reached.finished_at is not None
        if finished:
            return found
