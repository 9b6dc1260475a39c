"""What newer notices changed of a tender: shown to each party of the team until it has seen it."""

from types import SimpleNamespace
from typing import Any

from ...tenders import updates
from .. import tender_words
from . import Panel

TEMPLATE = "endi_ext:web/templates/panels/tender_changes.mako"


def panel(context: Any, request: Any) -> Panel | None:
    """Show what changed and was not seen yet, and fold what was."""
    session, tender = request.dbsession, context.tender
    changes = updates.changes_of(session, tender)
    if not changes:
        return None
    fresh = {change.id for change in updates.unseen(session, tender, context.party)}
    titles = {lot.key: lot.title for lot in tender.lots}
    shown = [
        SimpleNamespace(
            change=change,
            fresh=change.id in fresh,
            lines=tender_words.lines(change.changes, titles, request.endi_ext),
        )
        for change in reversed(changes)
    ]
    return Panel(TEMPLATE, {"shown": shown, "seen_url": context.at("seen") if context.may_act else None})
