"""A tender's papers in short: the checklist, the calendar with its questions, the technical proposal."""

from typing import Any

from ...tenders import calendar, checklist, proposal, questions, workflow
from .. import paper_words as words
from ..forms.base import act
from . import Panel

SHOWN = 5


def papers(context: Any, request: Any) -> Panel | None:
    """Say what is still missing."""
    if context.role == workflow.GUEST:
        return None
    found = checklist.items(request.dbsession, context.tender)
    lacking = [item for item in found if not item.stands]
    values = {
        "count": len(found),
        "lacking": lacking,
        "unchecked": [item for item in found if item.state == checklist.PROVIDED],
        # Never "and one more": it is shown too.
        "shown": len(lacking) if len(lacking) == SHOWN + 1 else SHOWN,
        "words": words,
    }
    return Panel("endi_ext:web/templates/panels/tender_checklist.mako", values)


def steps(context: Any, request: Any) -> Panel | None:
    """Say what comes next, and which questions wait."""
    if context.role == workflow.GUEST:
        return None
    listed = calendar.steps_of(request.dbsession, context.tender)
    asked = questions.of_tender(request.dbsession, context.tender)
    values = {
        "next_steps": [step for step in listed if not step.done][:SHOWN],
        "done": sum(step.done for step in listed),
        "count": len(listed),
        "today": act(request).today,
        "to_ask": sum(one.state == questions.DRAFT for one in asked),
        "awaited": sum(one.state == questions.SENT for one in asked),
        "answered": sum(one.state == questions.ANSWERED for one in asked),
        "words": words,
    }
    return Panel("endi_ext:web/templates/panels/tender_calendar.mako", values)


def proposals(context: Any, request: Any) -> Panel | None:
    """Say how far the technical proposal is."""
    if context.role == workflow.GUEST:
        return None
    listed = proposal.parts(request.dbsession, context.tender)
    values = {
        "count": len(listed),
        "ready": sum(part.state == proposal.READY for part in listed),
        "undone": [part for part in listed if part.state != proposal.READY][:SHOWN],
        "words": words,
    }
    return Panel("endi_ext:web/templates/panels/tender_proposal.mako", values)
