"""What a tender is about: buyer, deadline, lots, where its papers are; who else answers the same."""

from typing import Any

from ...tenders import notice_store, rivals, workflow
from ...tenders.models import Tender
from ...tenders.notices import facts
from .. import countdown
from ..i18n import _
from . import Button, Panel

TEMPLATE = "endi_ext:web/templates/panels/tender.mako"


def panel(context: Any, request: Any) -> Panel:
    """Show what the buyer asks for, and how long is left."""
    tender = context.tender
    left = countdown.until(tender.deadline, countdown.now_of(request)) if tender.deadline else None
    waiting = left is not None and tender.state in workflow.UNDER_WAY
    values = {
        "tender": tender,
        "left": left if waiting else None,
        "taken": _taken(context, request),
        "gone": _gone(tender),
    }
    return Panel(TEMPLATE, values, buttons=_buttons(context))


def _taken(context: Any, request: Any) -> list[Any]:
    """Return the lots another team answers too; a guest has nothing to arrange yet."""
    tender = context.tender
    if context.role == workflow.GUEST or tender.state not in rivals.BIDDING:
        return []
    return rivals.lots_answered_elsewhere(request.dbsession, tender)


def _gone(tender: Tender) -> set[str]:
    """Return the keys of the lots that the notice in force no longer has."""
    if tender.notice is None or len(tender.lots) == 1:
        return set()
    asked = {lot.key for lot in facts.of(notice_store.in_force(tender.notice)).lots}
    return {str(lot.key) for lot in tender.lots} - asked


def _buttons(context: Any) -> tuple[Button, ...]:
    if "steer" not in context.actions:
        return ()
    lots = (Button(context.at("lots"), _("Choisir les lots")),) if len(context.tender.lots) > 1 else ()
    return (*lots, Button(context.at("edit"), _("Corriger la consultation")))
