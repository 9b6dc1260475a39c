"""Sections of the pages that several domains share: each adds its own without touching the others'.

    def panel(context, request) -> Panel | None:
        claims = ...
        return Panel("endi_ext:web/templates/panels/claims.mako", {"claims": claims}) if claims else None

The template declares what it is given: `<%page args="claims" expression_filter="h"/>`; the words and filters
of pages are there too. Panels stand on the page in the order of PANELS; their buttons stand at its top, their
notes (marked sentences with facts) under its badge.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyramid.util import DottedNameResolver

# By page, in the order of the page: functions (context, request) -> Panel | None. A name without a function
# is a mistake the first request meets, and the tests.
PANELS: dict[str, tuple[str, ...]] = {
    "subcontract": (
        "endi_ext.web.panels.agreement.panel",
        "endi_ext.web.panels.frames.panel",
        "endi_ext.web.panels.amendments.panel",
        "endi_ext.web.panels.deliveries.panel",
        "endi_ext.web.panels.money.panel",
        "endi_ext.web.panels.disputes.of_subcontract",
        "endi_ext.web.panels.client.panel",
        "endi_ext.web.panels.comments.panel",
        "endi_ext.web.panels.history.panel",
        "endi_ext.web.panels.timeline.panel",
        "endi_ext.web.panels.papers.of_subcontract",
    ),
    "delivery": (
        "endi_ext.web.panels.claim.panel",
        "endi_ext.web.panels.disputes.of_delivery",
        "endi_ext.web.panels.claim.history",
        "endi_ext.web.panels.papers.of_delivery",
    ),
    "exchange": (),
    # What a guest may see: a panel that is not for guests says so itself (context.role == workflow.GUEST).
    "tender": (
        "endi_ext.web.panels.tender_changes.fresh",
        "endi_ext.web.panels.tender.panel",
        "endi_ext.web.panels.tender_changes.seen",
        "endi_ext.web.panels.tender_team.panel",
        "endi_ext.web.panels.tender_team.decision",
        "endi_ext.web.panels.tender_awards.panel",
        "endi_ext.web.panels.tender_prices.panel",
        "endi_ext.web.panels.tender_prices.exposure",
        "endi_ext.web.panels.tender_papers.papers",
        "endi_ext.web.panels.tender_papers.steps",
        "endi_ext.web.panels.tender_papers.proposals",
        "endi_ext.web.panels.tender_dossier.panel",
        "endi_ext.web.panels.tender_outcome.panel",
        "endi_ext.web.panels.tender_history.panel",
    ),
}


@dataclass(frozen=True)
class Button:
    """A button at the top of a page: a link, or a form that posts `hidden` fields."""

    url: str
    label: str
    css: str = ""
    posts: bool = False
    hidden: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Note:
    """A sentence under the badge of a page: what waits, and for whom."""

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    """A section of a page: its template, what it is given, its buttons and notes.

    Without a template it has no section of its own.
    """

    template: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    notes: tuple[Note, ...] = ()


def panels_of(page: str, context: Any, request: Any) -> list[Panel]:
    """Return the panels of `page` that have something to say, in order."""
    resolve = DottedNameResolver().resolve
    made = [resolve(name)(context, request) for name in PANELS[page]]
    return [panel for panel in made if panel is not None]
