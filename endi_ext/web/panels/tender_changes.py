"""What newer notices changed of a tender: shown first to each party of the team until it has seen it."""

from types import SimpleNamespace
from typing import Any

from ...tenders import updates
from .. import tender_words
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/tender_changes.mako"
SEEN = "endi_ext:web/templates/panels/tender_changes_seen.mako"


def fresh(context: Any, request: Any) -> Panel | None:
    """Show what changed and the reader's party has not seen yet."""
    unseen = updates.unseen(request.dbsession, context.tender, context.party)
    url = context.at("seen") if context.may_act else None
    return Panel(TEMPLATE, {"shown": _shown(unseen, context, request), "seen_url": url}) if unseen else None


def seen(context: Any, request: Any) -> Panel | None:
    """Fold what changed before."""
    session, tender = request.dbsession, context.tender
    unseen = {change.id for change in updates.unseen(session, tender, context.party)}
    known = [change for change in updates.changes_of(session, tender) if change.id not in unseen]
    return Panel(SEEN, {"shown": _shown(known, context, request)}) if known else None


def _shown(changes: list[Any], context: Any, request: Any) -> list[SimpleNamespace]:
    titles = {lot.key: lot.title for lot in context.tender.lots}
    return [
        SimpleNamespace(change=change, lines=tender_words.lines(change.changes, titles, request.endi_ext))
        for change in reversed(changes)
    ]
