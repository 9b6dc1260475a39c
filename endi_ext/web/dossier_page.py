"""What the page of a dossier shows: the bid as its forms tell it, and what is to be looked at, in words."""

from typing import Any

from ..tenders import bids
from ..tenders.bids import Bid
from . import dossier_words as words
from .permissions import CONFIGURE

# Where each thing is put right: a page of the tender, and what one may do there.
PAGES = {
    "no_lot": ("lots", "prepare"),
    "no_price": ("prices", "prepare"),
    "price_unfinished": ("prices", "prepare"),
    "buyer_address_missing": ("dossier.facts", "prepare"),
    "subcontractors_by_default": ("exposure.group", "steer"),
    "papers_missing": ("checklist", None),
    "papers_unchecked": ("checklist", None),
    "parts_unfinished": ("proposal", None),
}


def bid_of(context: Any, request: Any) -> Bid:
    """Return the tender of the address as its forms tell it."""
    session = request.dbsession
    return bids.bid_of(session, context.tender, request.registry.endi_ext_host.identity(session))


def said(finding: Any, context: Any, request: Any) -> tuple[str, str | None]:
    """Return what is to be looked at in words, and where it is put right."""
    speech, facts = request.endi_ext, dict(finding.facts)
    titles = words.FIRM if finding.code == "firm_lacks" else words.IDENTITY
    if isinstance(facts.get("names"), tuple):
        facts["names"] = ", ".join(speech.text(titles[name]) for name in facts["names"])
    if "unassigned_cents" in facts:
        facts["unassigned_cents"] = speech.money(facts["unassigned_cents"])
    return speech.text(words.FINDINGS[finding.code], **facts), _where(finding, context, request)


def _where(finding: Any, context: Any, request: Any) -> str | None:
    if finding.code == "identity_lacks":
        able = request.has_permission(CONFIGURE)
        return str(request.route_path("endi_ext.admin.identity")) if able else None
    if finding.code == "firm_lacks":
        able = "prepare" in context.actions
        return str(context.at("dossier.firm", member_id=finding.member.id)) if able else None
    route, action = PAGES.get(finding.code, (None, None))
    if route is None or (action is not None and action not in context.actions):
        return None
    return str(context.at(route))
