"""What is remembered of tenders: by a party of its own, by the support team of all."""

from collections.abc import Iterator, Sequence
from typing import Any

from pyramid.view import view_config

from ...tenders import members, memory, outcomes, price_terms, rivals, splits, workflow
from ...tenders.models import Tender
from .. import csv_export, formatting, tender_states
from ..forms.base import page
from ..forms.tender_outcomes import REASON_WORDS
from ..i18n import _
from ..permissions import SUPERVISE, VIEW

LONGEST = 100
UNDER_WAY = ("preparing", "answering", "submitted")
STATES = (
    ("", _("Tous les états"), ()),
    ("under_way", _("En cours"), UNDER_WAY),
    *((state, badge.label, (state,)) for state, badge in tender_states.TENDER.items()),
)
OUTCOMES = (
    ("", _("Tous les résultats"), ()),
    *((state, tender_states.TENDER[state].label, (state,)) for state in memory.ENDED),
)
COLUMNS = (
    _("Consultation"),
    _("Acheteur"),
    _("Menée par"),
    _("État"),
    _("Date limite"),
    _("Membres"),
    _("Entreprises extérieures"),
    _("Prix déposé HT"),
)


@view_config(
    route_name="endi_ext.tenders.memory",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_memory.mako",
)
def of_party(context: Any, request: Any) -> dict[str, Any]:
    """Show what the teams of a party know of tenders that ended: results, prices, competitors."""
    found = memory.of_party(request.dbsession, context.party, asked(request, OUTCOMES))
    return page(
        request,
        _("Mémoire des réponses"),
        found=found,
        typed=typed(request),
        choices=OUTCOMES,
        reason_words=REASON_WORDS,
        outcomes=tender_states.OUTCOME,
        cut=len(found) >= memory.MOST_ROWS,
    )


@view_config(
    route_name="endi_ext.tenders_any",
    request_method="GET",
    permission=SUPERVISE,
    renderer="endi_ext:web/templates/tenders_any.mako",
)
def of_all(request: Any) -> Any:
    """Show every tender of the cooperative: who leads it, where it stands, what is at stake."""
    session = request.dbsession
    found = memory.of_all(session, asked(request, STATES))
    prices = memory.prices(session, found)
    if request.GET.get("format") == "csv":
        return csv_export.answer(request, "appels-d-offres", COLUMNS, _rows(request, found, prices))
    return page(
        request,
        _("Appels d’offres de la coopérative"),
        found=found,
        prices=prices,
        typed=typed(request),
        choices=STATES,
        badges=tender_states.TENDER,
        team_of=members.active,
        liabilities=LIABILITIES,
        at_risk=_at_risk(session, found),
        clashes=rivals.clashes(session, found),
        cut=len(found) >= memory.MOST_ROWS,
        now=request.registry.endi_ext_host.clock.now(),
    )


LIABILITIES = {
    "none": _("La coopérative seule"),
    "several": _("Groupement conjoint"),
    "joint_and_several": _("Groupement solidaire"),
}


def typed(request: Any) -> dict[str, str]:
    """Return what was typed to search, as it was typed."""
    return {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("words", "cpv", "state")}


def asked(request: Any, choices: Sequence[Any]) -> memory.Asked:
    """Return what is looked for; an unknown state filters nothing."""
    said = typed(request)
    states = next((states for value, _label, states in choices if value == said["state"]), ())
    return memory.Asked(said["words"], said["cpv"], states)


def _at_risk(session: Any, found: Sequence[Tender]) -> dict[int, int]:
    """Return what the cooperative is bound for in each tender that may still be executed, by id."""
    live = [tender for tender in found if tender.state not in ("lost", "abandoned")]
    at_risk = {}
    for tender in live:
        split = splits.split_of(session, tender, lots=_lots(tender))
        at_risk[tender.id] = price_terms.exposure_of(session, tender, split).cooperative_cents
    return at_risk


def _lots(tender: Tender) -> list[int] | None:
    """Return the lots that count: those won, once they are known."""
    return outcomes.won_lots(tender) if tender.state == workflow.WON else None


def _rows(request: Any, found: Sequence[Tender], prices: dict[int, int]) -> Iterator[list[Any]]:
    text = request.endi_ext.text
    for tender in found:
        team = [one for one in tender.members if one.state == workflow.ACCEPTED]
        yield [
            tender.title,
            tender.buyer_name,
            tender.lead.name,
            text(tender_states.TENDER[tender.state].label),
            formatting.moment(tender.deadline) if tender.deadline else "",
            len(team),
            ", ".join(one.name for one in team if one.outside),
            csv_export.cents(prices[tender.id]) if tender.id in prices else "",
        ]
