"""The price schedule of a tender: read, filled in together, lines shared."""

from types import SimpleNamespace
from typing import Any

from pyramid.view import view_config

from ...tenders import assignments, prices, steps
from ...tenders.price_facts import LineFacts
from ...tenders.price_models import PriceLine
from ...tenders.shares import Claim
from ...tenders.splits import LineSplit
from .. import tender_prices
from ..forms import tender_prices as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW

PRICES_PAGE = "endi_ext:web/templates/tender_prices.mako"
LINE_PAGE = "endi_ext:web/templates/tender_price_line.mako"
GRID_PAGE = "endi_ext:web/templates/tender_price_shares.mako"

# A page of shares has a field for each line and member.
LINES_SHARED_AT_ONCE = 60


@view_config(route_name="endi_ext.tender.prices", request_method="GET", permission=VIEW, renderer=PRICES_PAGE)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the schedule lot by lot, who does what, and what is left to share."""
    split = context.split()
    lots = [
        SimpleNamespace(lot=lot, lines=lines, total_cents=split.lots.get(lot.id, 0))
        for lot in context.tender.lots
        if (lines := [one for one in split.lines if one.line.lot_id == lot.id]) or lot.answered
    ]
    return page(
        request,
        _("Prix et répartition"),
        tender=context.tender,
        split=split,
        lots=lots,
        team=context.team,
        names=tender_prices.names_of(context.tender),
        actions=context.actions,
    )


@view_config(route_name="endi_ext.tender.prices.new", permission=ACT, require_csrf=True, renderer=LINE_PAGE)
def add(context: Any, request: Any) -> Any:
    """Add a line."""
    steps.check(context.tender, "prepare", context.party)
    lots = [lot for lot in context.tender.lots if lot.answered] or list(context.tender.lots)

    def save(values: dict[str, Any]) -> Any:
        key = values.pop("request_key")
        doer = {"party": context.party, "request_key": key, "act": act(request)}
        prices.add_line(request.dbsession, context.tender, _facts(values, lots[0].id), **doer)
        return done(request, context.url, _("La ligne est ajoutée."))

    return submit(
        request,
        forms.line_schema(lots),
        save,
        title=_("Ajouter une ligne"),
        button=_("Ajouter"),
        cancel=context.url,
        values={"lot_id": request.GET.get("lot", "")[:15]},
        line=None,
    )


@view_config(route_name="endi_ext.tender.prices.line", permission=ACT, require_csrf=True, renderer=LINE_PAGE)
def change(context: Any, request: Any) -> Any:
    """Change a line, or take it away."""
    steps.check(context.tender, "prepare", context.party)
    line = context.line
    lots = [lot for lot in context.tender.lots if lot.answered or lot.id == line.lot_id]

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        prices.change_line(request.dbsession, line, _facts(values, line.lot_id), **doer)
        return done(request, context.url, _("La ligne est modifiée."))

    return submit(
        request,
        forms.line_schema(lots, line),
        save,
        title=_("Modifier une ligne"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={**vars(prices.facts_of(line)), "lot_id": str(line.lot_id)},
        line=line,
    )


@view_config(
    route_name="endi_ext.tender.prices.remove", request_method="POST", permission=ACT, require_csrf=True
)
def remove(context: Any, request: Any) -> Any:
    """Take away the lines chosen."""
    doer = {"party": context.party, "act": act(request)}
    count = prices.remove_lines(request.dbsession, context.tender, _chosen(request, "line"), **doer)
    return done(request, context.url, _("Lignes retirées : {count}."), count=count)


@view_config(
    route_name="endi_ext.tender.prices.assign", request_method="POST", permission=ACT, require_csrf=True
)
def assign(context: Any, request: Any) -> Any:
    """Give the lines chosen to the members chosen, in equal parts."""
    doer = {"party": context.party, "act": act(request)}
    lines, members = _chosen(request, "line"), _chosen(request, "member")
    count = assignments.share_equally(request.dbsession, context.tender, lines, members, **doer)
    return done(request, context.url, _("Lignes réparties : {count}."), count=count)


@view_config(route_name="endi_ext.tender.prices.share", permission=ACT, require_csrf=True, renderer=GRID_PAGE)
def share(context: Any, request: Any) -> Any:
    """Share the lines of a lot, some at a time, or one of them."""
    steps.check(context.tender, "steer", context.party)
    found = [one for one in context.split().lines if one.line.lot_id == context.lot.id]
    shown, pages = _part_of(found, request)
    team = context.team

    def save(values: dict[str, Any]) -> Any:
        wanted = {int(name[5:]): _wanted(row, team) for name, row in values["lines"].items()}
        doer = {"party": context.party, "act": act(request)}
        count = assignments.assign(request.dbsession, context.tender, wanted, **doer)
        return done(request, context.url, _("Lignes réparties : {count}."), count=count)

    rows = [(one.line, assignments.said(one.line)) for one in shown]
    return submit(
        request,
        forms.grid_schema(rows, team, {f"line_{one.line.id}": _row_facts(one) for one in shown}),
        save,
        title=request.endi_ext.text(_("Répartir : {lot}"), lot=context.lot.title),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"lines": {f"line_{line.id}": _values(line, seen) for line, seen in rows}},
        pages=pages,
        empty=not shown,
    )


def _facts(values: dict[str, Any], lot_id: int) -> LineFacts:
    chosen = values.pop("lot_id", None)
    return LineFacts(lot_id=int(chosen) if chosen else lot_id, **values)


def _chosen(request: Any, name: str) -> list[int]:
    """Return the ids of the boxes that were ticked."""
    typed = request.POST.getall(name)[: prices.MOST_LINES]
    return [int(value) for value in typed if value.isascii() and value.isdigit() and len(value) < 16]


def _part_of(found: list[LineSplit], request: Any) -> tuple[list[LineSplit], list[tuple[int, bool]]]:
    """Return the lines of a page of shares, and the pages there are (number, whether it is this one)."""
    if request.method == "POST":
        sent = set(request.POST.getall("__start__"))
        return [one for one in found if f"line_{one.line.id}:mapping" in sent], []
    typed = {name: request.GET.get(name, "") for name in ("line", "page")}
    if typed["line"].isdigit():
        return [one for one in found if str(one.line.id) == typed["line"]], []
    last = max(1, -(-len(found) // LINES_SHARED_AT_ONCE))
    number = (
        min(max(int(typed["page"]), 1), last) if typed["page"].isdigit() and len(typed["page"]) < 6 else 1
    )
    first = (number - 1) * LINES_SHARED_AT_ONCE
    pages = [(one, one == number) for one in range(1, last + 1)] if last > 1 else []
    return found[first : first + LINES_SHARED_AT_ONCE], pages


def _row_facts(one: LineSplit) -> SimpleNamespace:
    line = one.line
    return SimpleNamespace(
        reference=line.reference,
        description=line.description,
        total_cents=line.total_cents,
        unassigned_cents=one.unassigned_cents,
    )


def _values(line: PriceLine, seen: str) -> dict[str, Any]:
    return {"seen": seen, **{f"m{one.member_id}": (one.kind, one.value) for one in line.shares}}


def _wanted(row: dict[str, Any], team: list[Any]) -> assignments.Wanted:
    claims = [
        Claim(member.id, *row[f"m{member.id}"]) for member in team if row.get(f"m{member.id}") is not None
    ]
    return assignments.Wanted(claims, row["seen"])
