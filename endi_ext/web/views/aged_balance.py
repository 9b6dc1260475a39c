"""The aged balance: what is owed and owing as of a day, by how late it is; its table, chart and files."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

from pyramid.response import FileIter, Response
from pyramid.view import view_config

from ...exchanges import aged_balance
from ...exchanges.aged_balance import BUCKETS, PAYABLE, RECEIVABLE, Aged
from ...ledger.queries import Page
from .. import charts, csv_export, filters
from ..file_answer import disposition
from ..forms.base import page
from ..i18n import _
from ..permissions import ACCOUNT
from .books import all_parties

WORDS = {
    "not_due": _("Non échu"),
    "late_30": _("1 à 30 jours"),
    "late_60": _("31 à 60 jours"),
    "late_90": _("61 à 90 jours"),
    "later": _("Plus de 90 jours"),
    "awaiting": _("Attend le client"),
    "retained": _("Retenues"),
}
SIDES = {RECEIVABLE: _("Ce qui est dû aux enseignes"), PAYABLE: _("Ce que doivent les enseignes")}
CHART_WORDS = _(
    "Pour chaque enseigne, ce qui n’est pas échu, ce qui est en retard, ce qui attend ou est retenu."
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS, BARS, MEMORY_BYTES = 100, 12, 1_000_000


@view_config(
    route_name="endi_ext.aged_balance",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/aged_balance.mako",
)
def show(request: Any) -> Any:
    """Show the aged balance of one side, by party; of one party by counterparty; or hand it out as a file."""
    session = request.dbsession
    asked = filters.read(request, _fields(session))
    party, today = asked["party"], request.registry.endi_ext_host.clock.today()
    as_of = asked["as_of"] or today
    rows = aged_balance.read(session, as_of=as_of, party_id=party.id if party else None)
    names = {one.id: one for one in all_parties(session)}
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(request, _table(request, rows, names), f"balance-agee-{as_of.isoformat()}")
    return page(
        request,
        _("Balance âgée au {day}"),
        day=request.endi_ext.day(as_of),
        asked=asked,
        past=as_of < today,
        **_side(request, rows, names, party),
    )


def _side(request: Any, rows: Sequence[Aged], names: dict[int, Any], party: Any) -> dict[str, Any]:
    """Return what the page shows of the side that its address asks for."""
    side = PAYABLE if request.GET.get("side") == PAYABLE else RECEIVABLE
    listed = [row for row in (rows if party else aged_balance.by_party(rows)) if row.side == side]

    def name_of(row: Aged) -> str:
        return _name(names, row, party)

    listed.sort(key=name_of)
    return {
        "party": party,
        "side": side,
        "sides": SIDES,
        "name_of": name_of,
        "found": _cut(request, listed),
        "totals": {bucket: sum(row.cents.get(bucket, 0) for row in listed) for bucket in BUCKETS},
        "late_cents": sum(row.late_cents for row in listed),
        "buckets": BUCKETS,
        "words": WORDS,
        "chart": _chart(request, listed, name_of, SIDES[side]),
    }


def _fields(session: Any) -> Sequence[filters.Field]:
    return (
        filters.Field("as_of", _("Arrêtée au"), "day"),
        filters.Field("party", _("Enseigne"), "party", parties=all_parties(session)),
    )


def _name(names: dict[int, Any], row: Aged, party: Any) -> str:
    shown = names.get(row.counterparty_id if party else row.party_id)  # type: ignore[arg-type]
    return "" if shown is None else str(shown.name)


def _cut(request: Any, rows: Sequence[Aged]) -> "Page[Aged]":
    """Return a page of rows already read and sorted: one party after another."""
    typed = request.GET.get("cursor", "")
    start = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("100000") else 0
    following = start + ROWS if start + ROWS < len(rows) else None
    return Page(
        rows[start : start + ROWS],
        str(following) if following else None,
        str(max(start - ROWS, 0)) if start else None,
    )


def _chart(request: Any, rows: Sequence[Aged], name_of: Any, title: str) -> Any:
    """Return bars of those who are owed or owe most; none where nothing is open."""
    largest = sorted((row for row in rows if row.total_cents > 0), key=lambda row: -row.total_cents)[:BARS]
    if not largest:
        return None
    speech = request.endi_ext
    series = [(speech.text(WORDS[name]), [row.cents.get(name, 0) for row in largest]) for name in BUCKETS]
    shown = [(name, cents) for name, cents in series if any(cents)]
    labels = [name_of(row) for row in largest]
    return charts.stacked_bars(speech.text(title), speech.text(CHART_WORDS), labels, shown, speech.money)


def _table(request: Any, rows: Sequence[Aged], names: dict[int, Any]) -> Iterator[Sequence[Any]]:
    """Yield every row of both sides, by party and counterparty, amounts in cents."""
    speech = request.endi_ext

    def of_whom(key: int | None) -> str:
        return str(names[key].name) if key in names else ""

    ordered = sorted(rows, key=lambda row: (row.side, of_whom(row.party_id), of_whom(row.counterparty_id)))
    for row in ordered:
        amounts = (row.cents.get(bucket, 0) for bucket in BUCKETS)
        party = names[row.party_id]
        who = (speech.text(SIDES[row.side]), party.analytic_code, party.name, of_whom(row.counterparty_id))
        yield (*who, *amounts, row.total_cents)


HEADING = (_("Sens"), _("Analytique"), _("Enseigne"), _("Tiers"), *WORDS.values(), _("Total"))


def _file(request: Any, rows: Iterator[Sequence[Any]], name: str) -> Response:
    if request.GET["format"] == "csv":
        cells = ((*row[:4], *map(csv_export.cents, row[4:])) for row in rows)
        return csv_export.answer(request, name, HEADING, cells)
    # Imported when needed: it doubles the memory of a page that does without.
    from .. import sheets

    file = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - the response closes it once sent
    cells = ((*row[:4], *(Decimal(cents).scaleb(-2) for cents in row[4:])) for row in rows)
    sheets.write(cells, file, [request.endi_ext.text(title) for title in HEADING])
    length = file.tell()
    file.seek(0)
    response = Response(content_type=XLSX, app_iter=FileIter(file), cache_control="private, no-store")
    response.headers["Content-Disposition"] = disposition(f"{name}.xlsx")
    response.content_length = length
    return response
