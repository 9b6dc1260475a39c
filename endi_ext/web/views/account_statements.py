"""The statement of any party or pair, for accountants: lines with the balance carried down."""

from collections.abc import Sequence
from typing import Any

from pyramid.view import view_config

from ...exchanges import queries as exchanges
from ...ledger import lettering_queries, queries, running, spans
from .. import chart, filters, statement_tables, tables
from ..forms.base import page
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT
from .books import all_parties

ALL_ACCOUNTS = "all"
ALL_YEARS = ("", _("Tous les exercices"))
ACCOUNTS = (("", _("Comptes de tiers internes")), (ALL_ACCOUNTS, _("Tous les comptes")))


@view_config(
    route_name="endi_ext.statement_any",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/account_statement.mako",
)
def statement(request: Any) -> Any:
    """Show the lines of a party, or between two parties, newest first."""
    session = request.dbsession
    asked = filters.read(request, _fields(session))
    party = asked["party"]
    if party is None:
        return page(request, _("Relevé d’une enseigne"), asked=asked, party=None)
    wanted = _wanted(session, asked)
    shape = tables.asked(request)
    if shape:
        return tables.answer(
            request, statement_tables.of_party(request, party, asked["partner"], wanted), shape
        )
    place: dict[str, Any] = {"cursor": cursor_of(request), "size": size_of(request)}
    return _shown(request, asked, wanted, queries.statement_page(session, party.id, **wanted, **place))


def _shown(request: Any, asked: filters.Filters, wanted: dict[str, Any], found: Any) -> Any:
    session, party, partner = request.dbsession, asked["party"], asked["partner"]
    return page(
        request,
        _("Relevé : {name}"),
        name=f"{party.name} – {partner.name}" if partner else party.name,
        asked=asked,
        party=party,
        partner=partner,
        found=found,
        balances=_balances(session, found.rows, wanted),
        owed=exchanges.partner_balances(session, party.id, partner_id=wanted["counterparty_id"]),
        titles=chart.titles(session),
        opening_cents=_opening(session, party.id, wanted, found),
        span=wanted["span"],
        letters=lettering_queries.of_lines(session, [line.id for line in found.rows]),
    )


def _fields(session: Any) -> Sequence[filters.Field]:
    parties = all_parties(session)
    return (
        filters.Field("party", _("Enseigne"), "party", parties=parties),
        filters.Field("partner", _("Avec"), "party", parties=parties),
        filters.Field("accounts", _("Comptes"), "choice", choices=ACCOUNTS),
        filters.Field("year", _("Exercice"), "choice", choices=(ALL_YEARS, *_years(session))),
    )


def _years(session: Any) -> list[tuple[str, str]]:
    return [(name, name) for name, _on in spans.known(session) if "-" not in name]


def _opening(session: Any, party_id: int, wanted: dict[str, Any], found: Any) -> int | None:
    """Return what the year begins with, below its oldest line."""
    if wanted["span"] is None or wanted["numbers"] is None or found.next_cursor is not None:
        return None
    return running.opening(session, party_id, **wanted)


def _balances(session: Any, lines: Sequence[Any], wanted: dict[str, Any]) -> list[int] | None:
    """Return the balance after each line; over all accounts of a party it would mean nothing."""
    if wanted["numbers"] is None or not lines:
        return None
    return running.running_balances(lines, running.balance_after(session, lines[0], **wanted))


def _wanted(session: Any, asked: Any) -> dict[str, Any]:
    partner = asked["partner"]
    return {
        "counterparty_id": partner.id if partner else None,
        "numbers": None if asked["accounts"] == ALL_ACCOUNTS else chart.debt_accounts(session),
        "span": spans.span_of(session, asked["year"]) if asked["year"] else None,
    }
