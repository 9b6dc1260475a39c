"""Exchanges of a party: the list, one of them, the statement and what stands with one partner."""

from typing import Any

from pyramid.view import view_config

from ...exchanges import queries
from ...kernel.history import history_of
from ...ledger import lettering_queries
from ...ledger import queries as ledger
from ...subcontracts import queries as subcontracts
from .. import chart, statement_tables, states, tables
from ..forms.base import page
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import VIEW
from .documents import shown_on_an_exchange

ROLES = (
    ("", _("Tous")),
    (queries.SELLER, _("Ce que j’ai réalisé")),
    (queries.BUYER, _("Ce que j’ai confié")),
)
STATES = (
    ("", _("Tous les états"), None),
    ("owed", _("À régler"), queries.OWED_STATES),
    ("settled", _("Réglés"), ("settled",)),
    ("cancelled", _("Annulés"), ("cancelled",)),
)


@view_config(
    route_name="endi_ext.exchanges",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/exchanges.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the exchanges of a party, newest first."""
    role, state = request.params.get("role", ""), request.params.get("state", "")
    found = queries.of_party(
        request.dbsession,
        context.party.id,
        role=role if role in (queries.SELLER, queries.BUYER) else None,
        states=next((kept for value, _label, kept in STATES if value == state), None),
        cursor=cursor_of(request),
        size=size_of(request),
    )
    return page(
        request,
        _("Mes échanges"),
        found=found,
        role=role,
        state=state,
        roles=ROLES,
        state_filters=[(value, label) for value, label, _kept in STATES],
        badge=states.of_exchange,
    )


@view_config(
    route_name="endi_ext.exchange",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/exchange.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show an exchange to one of its two sides."""
    exchange = context.exchange
    documents = request.registry.endi_ext_host.documents
    return page(
        request,
        _("Échange : {subject}"),
        subject=exchange.label,
        exchange=exchange,
        badge=states.of_exchange(exchange),
        delivery=subcontracts.delivery_of_exchange(request.dbsession, exchange.id),
        vouchers=documents.voucher_links(request, exchange),
        **shown_on_an_exchange(request, exchange),
        events=history_of(request.dbsession, exchange),
        step_of=states.step_of,
    )


@view_config(
    route_name="endi_ext.statement",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/statement.mako",
)
def statement(context: Any, request: Any) -> Any:
    """Say what each partner owes, and what one owes to each."""
    balances = queries.partner_balances(request.dbsession, context.party.id)
    shape = tables.asked(request)
    if shape:
        return tables.answer(request, statement_tables.of_partners(request, context.party, balances), shape)
    return page(
        request,
        _("Mon relevé"),
        balances=balances,
        owed_to_us_cents=sum(balance.owed_to_us_cents for balance in balances),
        owed_by_us_cents=sum(balance.owed_by_us_cents for balance in balances),
        today=request.registry.endi_ext_host.clock.today(),
    )


@view_config(
    route_name="endi_ext.statement.pair",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/pair.mako",
)
def pair(context: Any, request: Any) -> Any:
    """Show what happened between a party and one partner, as both read it in the books."""
    session = request.dbsession
    shape, wanted = tables.asked(request), {"counterparty_id": context.partner.id}
    wanted["numbers"] = chart.debt_accounts(session)
    if shape:
        table = statement_tables.of_party(request, context.party, context.partner, wanted)
        return tables.answer(request, table, shape)
    balances = queries.partner_balances(session, context.party.id, partner_id=context.partner.id)
    found = ledger.statement_page(
        session,
        context.party.id,
        **wanted,
        cursor=cursor_of(request),
        size=size_of(request),
    )
    return page(
        request,
        _("Mon relevé avec {partner_name}"),
        partner_name=context.partner.name,
        balances=balances,
        found=found,
        letters=lettering_queries.of_lines(session, [line.id for line in found.rows]),
        today=request.registry.endi_ext_host.clock.today(),
    )
