"""The books as accountants read them: journal, entry, trial balance."""

from collections.abc import Sequence
from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from ...exchanges.models import Exchange, Settlement
from ...exchanges.postings import JOURNALS
from ...kernel.history import history_of
from ...kernel.parties import Party
from ...ledger import exports, queries, spans
from ...ledger.models import Entry
from .. import chart, csv_export, filters, journal_files, shown_lines, statement_tables, states, tables
from ..forms.base import page
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT

ALL_JOURNALS = ("", _("Tous les journaux"))
BY_PARTY = "party"
DETAILS = (("", _("Par compte")), (BY_PARTY, _("Par compte et par enseigne")))


@view_config(
    route_name="endi_ext.journal",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/journal.mako",
)
def journal(request: Any) -> Any:
    """Show the entries, newest first, by journal and dates; or hand all of them out as CSV, oldest first."""
    asked = filters.read(request, _journal_fields())
    wanted = {"journal": asked["journal"], "since": asked["since"], "until": asked["until"]}
    if request.GET.get("format") == "csv":
        rows = map(journal_files.csv_row, exports.journal_lines(request.dbsession, **wanted))
        return csv_export.answer(request, "journal", journal_files.COLUMNS, rows)
    found = queries.journal_page(
        request.dbsession, **wanted, cursor=cursor_of(request), size=size_of(request)
    )
    return page(
        request,
        _("Journal des échanges internes"),
        asked=asked,
        found=found,
        journals=JOURNALS,
        spans=spans.known(request.dbsession),
    )


def _journal_fields() -> Sequence[filters.Field]:
    return (
        filters.Field("journal", _("Journal"), "choice", choices=(ALL_JOURNALS, *JOURNALS.items())),
        filters.Field("since", _("Du"), "day"),
        filters.Field("until", _("Au"), "day"),
    )


@view_config(
    route_name="endi_ext.entry",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/entry.mako",
)
def entry(context: Any, request: Any) -> dict[str, Any]:
    """Show one entry: its lines, its seal, what it records, what undoes it."""
    session, shown = request.dbsession, context.entry
    exchange = exchange_of(session, shown)
    return page(
        request,
        _("Écriture {code} {number}"),
        code=shown.journal.code,
        number=shown.number,
        entry=shown,
        rows=shown_lines.of_entry(shown),
        titles=chart.titles(session),
        exchange=exchange,
        reversed_by=session.execute(select(Entry).where(Entry.reverses_id == shown.id))
        .scalars()
        .one_or_none(),
        events=history_of(session, exchange) if exchange else [],
        step_of=states.step_of,
    )


def exchange_of(session: Any, entry: Entry) -> Exchange | None:
    """Return the exchange an entry records, settles or cancels."""
    source = entry.source.removesuffix(":reversed")
    by_settlement = select(Settlement.exchange_id).where(
        Settlement.request_key == source.removeprefix("settlement:")
    )
    wanted = (Exchange.source == source) | Exchange.id.in_(by_settlement.scalar_subquery())
    if not source.startswith("settlement:"):
        wanted = Exchange.source == source
    found: Exchange | None = session.execute(select(Exchange).where(wanted)).scalars().first()
    return found


@view_config(
    route_name="endi_ext.trial_balance",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/trial_balance.mako",
)
def trial_balance(request: Any) -> Any:
    """Show the trial balance, now or as of a day, of the whole cooperative or of one party."""
    session = request.dbsession
    asked = filters.read(request, _balance_fields(session))
    party = asked["party"]
    rows = queries.trial_balance(session, as_of=asked["as_of"], party_id=party.id if party else None)
    codes = _analytic_codes(session)
    shape = tables.asked(request)
    detailed = asked["detail"] == BY_PARTY or party is not None or shape in (tables.CSV, tables.XLSX)
    if shape:
        shown = rows if detailed else _by_account(rows)
        return tables.answer(request, _table(request, asked, shown, codes if detailed else None), shape)
    return page(
        request,
        _("Balance générale des échanges internes"),
        asked=asked,
        party=party,
        rows=rows if detailed else _by_account(rows),
        detailed=detailed,
        codes=codes,
        titles=chart.titles(session),
        debit_cents=sum(row.debit_cents for row in rows),
        credit_cents=sum(row.credit_cents for row in rows),
        today=request.registry.endi_ext_host.clock.today(),
    )


def _balance_fields(session: Any) -> Sequence[filters.Field]:
    return (
        filters.Field("as_of", _("Arrêtée au"), "day"),
        filters.Field("party", _("Enseigne"), "party", parties=all_parties(session)),
        filters.Field("detail", _("Détail"), "choice", choices=DETAILS),
    )


def all_parties(session: Any) -> list[Party]:
    """Return every party, those that do not trade any more included: the books remember them."""
    return list(session.execute(select(Party).order_by(Party.name)).scalars())


def _by_account(rows: Sequence[queries.TrialBalanceRow]) -> list[queries.TrialBalanceRow]:
    """Return one row per account number, all parties together."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        total = sums.setdefault(row.number, [0, 0])
        total[0] += row.debit_cents
        total[1] += row.credit_cents
    return [queries.TrialBalanceRow(0, number, "", 0, "", *sums[number]) for number in sorted(sums)]


def _analytic_codes(session: Any) -> dict[int, str]:
    return {row.id: row.analytic_code for row in session.execute(select(Party.id, Party.analytic_code))}


def _table(request: Any, asked: filters.Filters, rows: Sequence[Any], codes: Any) -> tables.Table:
    named = {"as_of": asked["as_of"], "party": asked["party"], "titles": chart.titles(request.dbsession)}
    return statement_tables.of_accounts(request, rows, **named, codes=codes)
