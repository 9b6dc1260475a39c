"""The lines of a campaign: piles of matches, what is in none, one match side by side, all of it as a file."""

from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import FileIter, Response
from pyramid.view import view_config

from ...kernel.errors import DomainError
from ...kernel.history import history_of
from ...reconciliation import campaign_queries as queries
from ...reconciliation.campaign_models import (
    ACCEPTED,
    CONFIRMED,
    LEFT,
    OPEN,
    SPLIT,
    SUGGESTED,
    WAIVED,
    CampaignDocument,
    CampaignMatch,
    CampaignPair,
)
from .. import campaigns as words
from .. import filters, matching_files
from ..errors import flash_error
from ..file_answer import disposition
from ..forms.base import page
from ..i18n import _
from ..messages import sentence
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT

TEMPLATES = "endi_ext:web/templates/"
MEMORY_BYTES = 1_000_000
# A workbook takes a page so many documents' time; the CSV has no such limit.
MOST_OF_A_WORKBOOK = 60_000


class FileTooLarge(DomainError):
    """The campaign has more documents than a page puts into a workbook (facts: count, most)."""

    code = "matching_file_too_large"


@view_config(
    route_name="endi_ext.matching.matches",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "matching_matches.mako",
)
def matches(context: Any, request: Any) -> dict[str, Any]:
    """Show a pile of matches, side by side, with what differs."""
    session, campaign = request.dbsession, context.campaign
    asked = filters.read(request, _match_fields())
    state = asked["state"] or SUGGESTED
    found, pair = shown_of(request, campaign, words.list_query(request.query_string), CampaignMatch)
    documents = queries.documents_of(session, found.rows)
    differs = {match.id: words.differences(match, documents[match.id]) for match in found.rows}
    lines = {"found": found, "pair": pair, "documents": documents, "differs": differs}
    return _list_page(request, campaign, asked=asked, state=state, **lines)


@view_config(
    route_name="endi_ext.matching.left",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "matching_left.mako",
)
def left(context: Any, request: Any) -> dict[str, Any]:
    """Show the documents that are in no match, to be matched by hand or waived."""
    campaign = context.campaign
    asked = filters.read(request, _left_fields())
    found, pair = shown_of(request, campaign, words.list_query(request.query_string), CampaignDocument)
    return _list_page(request, campaign, asked=asked, place=asked["place"] or LEFT, found=found, pair=pair)


def _list_page(request: Any, campaign: Any, **facts: Any) -> dict[str, Any]:
    return page(
        request,
        _("Rapprochement : {name}"),
        name=campaign.name,
        campaign=campaign,
        words=words,
        open=campaign.state == OPEN,
        back=request.query_string,
        **facts,
    )


@view_config(
    route_name="endi_ext.matching.match",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "matching_match.mako",
)
def match(context: Any, request: Any) -> dict[str, Any]:
    """Show one match: both sides beside each other, what differs marked, who decided what."""
    session, shown = request.dbsession, context.match
    documents = queries.documents_of(session, [shown])[shown.id]
    query = words.list_query(request.query_string) or {"state": shown.state}
    listed = statement_of(context.campaign, query, CampaignMatch)
    return page(
        request,
        _("Rapprochement n° {number}"),
        number=shown.number,
        campaign=context.campaign,
        match=shown,
        documents=documents,
        differs=words.differences(shown, documents),
        events=history_of(session, shown),
        step_of=lambda event: words.STEPS[event.action],
        words=words,
        open=context.campaign.state == OPEN,
        query=query,
        following=queries.neighbour(session, listed, CampaignMatch.id, shown.id),
        back=request.query_string,
    )


@view_config(route_name="endi_ext.matching.file", request_method="GET", permission=ACCOUNT)
def file(context: Any, request: Any) -> Response:
    """Hand out every document with what became of it, as CSV or XLSX."""
    campaign = context.campaign
    shape = request.GET.get("format")
    shape = shape if shape in matching_files.SHAPES else matching_files.CSV
    count = campaign.sales_count + campaign.purchases_count
    if shape == matching_files.XLSX and count > MOST_OF_A_WORKBOOK:
        refusal = FileTooLarge(count=count, most=MOST_OF_A_WORKBOOK)
        flash_error(request, sentence(refusal, request.endi_ext))
        return HTTPSeeOther(context.path())
    body = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    matching_files.write(queries.told(request.dbsession, campaign), shape, body, request.endi_ext.text)
    length = body.tell()
    body.seek(0)
    response = Response(app_iter=FileIter(body), cache_control="private, no-store")
    response.headers["Content-Type"] = matching_files.SHAPES[shape][1]
    response.headers["Content-Disposition"] = disposition(f"rapprochement-{campaign.id}.{shape}")
    response.content_length = length
    return response


def statement_of(campaign: Any, query: dict[str, str], model: Any) -> Any:
    """Return what selects the rows of the list that an address's query names."""
    pair_id = next(iter(words.numbers(query.get("pair", ""))), None)
    if model is CampaignMatch:
        state = query.get("state") if query.get("state") in words.PILES else SUGGESTED
        rule = query.get("rule") if query.get("rule") in words.RULES else None
        return queries.matches_of(campaign, state or SUGGESTED, rule=rule, pair_id=pair_id)
    place = WAIVED if query.get("place") == WAIVED else LEFT
    reason = query.get("reason") if query.get("reason") in words.REASONS else None
    side = query.get("side") if query.get("side") in words.SIDES else None
    return queries.leftovers_of(campaign, place, reason=reason, side=side, pair_id=pair_id)


def shown_of(request: Any, campaign: Any, query: dict[str, str], model: Any) -> tuple[Any, Any]:
    """Return the page of the list that is asked for, and the pair of parties it is narrowed to."""
    session, size = request.dbsession, size_of(request)
    statement = statement_of(campaign, query, model)
    found = queries.page_of(session, statement, model.id, cursor_of(request), size)
    if not found.rows and cursor_of(request):
        # What was on this page has been decided: the first page is where there is more.
        found = queries.page_of(session, statement, model.id, None, size)
    pair_id = next(iter(words.numbers(query.get("pair", ""))), None)
    pair = session.get(CampaignPair, pair_id) if pair_id else None
    return found, pair if pair is not None and pair.campaign_id == campaign.id else None


def _match_fields() -> tuple[filters.Field, ...]:
    piles = [(state, words.PILES[state]) for state in (SUGGESTED, CONFIRMED, ACCEPTED, SPLIT)]
    rules = [("", _("Toutes les règles")), *words.RULES.items()]
    return (
        filters.Field("state", _("Pile"), "choice", choices=piles),
        filters.Field("rule", _("Règle"), "choice", choices=rules),
    )


def _left_fields() -> tuple[filters.Field, ...]:
    places = ((LEFT, _("À décider")), (WAIVED, _("Écartés")))
    reasons = [("", _("Toutes les raisons")), *words.REASONS.items()]
    sides = [("", _("Ventes et achats")), *words.SIDES.items()]
    return (
        filters.Field("place", _("Documents"), "choice", choices=places),
        filters.Field("reason", _("Raison"), "choice", choices=reasons),
        filters.Field("side", _("Côté"), "choice", choices=sides),
    )
