"""What remains to be settled, for accountants: one exchange or several ticked ones, and undoing."""

from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, select

from ...exchanges import queries, reductions, retention, rules, service, waiting
from ...exchanges.models import CANCELLED, Exchange
from ...kernel.history import history_of
from ...ledger.models import Entry
from ...subcontracts import queries as subcontracts
from ...subcontracts import service as deliveries
from .. import after_acceptance, chart, filters, shown_lines, states
from ..errors import flash_error
from ..forms import accounting as forms
from ..forms import types
from ..forms.base import act, done, done_or_waits, new_key, page, submit
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT
from .books import all_parties
from .documents import shown_on_an_exchange

# One key for the whole table, followed by the id of each exchange: still within the column.
LONGEST_KEY = 40
PARTS_SHOWN = (
    (queries.DUE, _("À régler")),
    (queries.AWAITING, _("En attente du client")),
    (queries.RETAINED, _("En retenue de garantie")),
)
REVERSAL_PAGE = "endi_ext:web/templates/reversal.mako"


@view_config(
    route_name="endi_ext.accounting",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/accounting.mako",
)
def to_settle(request: Any) -> dict[str, Any]:
    """List what remains to be settled, the longest due first."""
    session = request.dbsession
    part = _part(request)
    asked = filters.read(request, _fields(session, part))
    found = queries.open_exchanges(
        session,
        part=part,
        party_id=asked["party"].id if asked["party"] else None,
        due_until=asked["due_until"],
        cursor=cursor_of(request),
        size=size_of(request),
    )
    return page(
        request,
        _("Échanges internes à régler"),
        asked=asked,
        part=part,
        parts_shown=PARTS_SHOWN,
        held=retention.of_exchanges(session, found.rows) if part == queries.RETAINED else {},
        found=found,
        today=_today(request),
        request_key=new_key(),
        badge=states.of_exchange,
    )


def _part(request: Any) -> str:
    part = request.GET.get("part", queries.DUE)
    return part if part in dict(PARTS_SHOWN) else queries.DUE


def _fields(session: Any, part: str) -> list[filters.Field]:
    party = filters.Field("party", _("Enseigne"), "party", parties=all_parties(session))
    return (
        [party, filters.Field("due_until", _("À régler avant le"), "day")] if part == queries.DUE else [party]
    )


@view_config(route_name="endi_ext.settle_many", request_method="POST", permission=ACCOUNT, require_csrf=True)
def settle_many(request: Any) -> HTTPSeeOther:
    """Settle what is due of each ticked exchange, at one date: all of them or none."""
    back = str(request.route_path("endi_ext.accounting"))
    ticked, on, key = (
        _ticked(request),
        _day(request.POST.get("settled_on", "")),
        request.POST.get("request_key", ""),
    )
    if not ticked or on is None or not 8 <= len(key) <= LONGEST_KEY:
        flash_error(request, _("Cochez au moins un échange et indiquez une date de règlement."))
        return HTTPSeeOther(back)
    session = request.dbsession
    wanted = select(Exchange).where(Exchange.id.in_(ticked)).order_by(Exchange.id)
    exchanges = session.execute(wanted).scalars().all()
    days = (forms.wrong_day(on, one.accepted_on, _today(request), forms.BEFORE_ONE) for one in exchanges)
    wrong = next(filter(None, days), None)
    if wrong:
        flash_error(request, wrong)
        return HTTPSeeOther(back)
    settled = 0
    for exchange in exchanges:
        settled += _settle_due(session, exchange, on, f"{key}:{exchange.id}", act(request))
    if any(exchange.step_waits for exchange in exchanges):
        return done(request, back, _("Règlements en attente de validation : {count}."), count=settled)
    return done(request, back, _("Règlements enregistrés : {count}."), count=settled)


def _settle_due(session: Any, exchange: Exchange, on: date, key: str, who: Any) -> int:
    """Settle what is due; an exchange the same click settled already counts as settled.

    One of which all that remains is held back or waits for the client is left as it is.
    """
    made = [one for one in exchange.settlements if one.request_key == key]
    if any(one.reversed_at is None for one in made):
        return 1
    if exchange.remaining_cents and not exchange.due_cents:
        return 0
    service.settle(
        session, exchange, amount_cents=exchange.due_cents, settled_on=on, request_key=key, act=who
    )
    return 1


def _ticked(request: Any) -> list[int]:
    return [
        int(value)
        for value in request.POST.getall("exchange")
        if value.isascii() and value.isdigit() and len(value) < 16
    ]


def _day(text: str) -> date | None:
    try:
        found = types.Day().deserialize(colander.SchemaNode(colander.String()), text)
    except colander.Invalid:
        return None
    return None if found is colander.null else found


@view_config(
    route_name="endi_ext.exchange_any",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/book_exchange.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show an exchange with its settlements and entries."""
    session, exchange = request.dbsession, context.exchange
    return page(
        request,
        _("Échange : {subject}"),
        subject=exchange.label,
        exchange=exchange,
        badge=states.of_exchange(exchange),
        cancelled=exchange.state == CANCELLED,
        held=retention.of_exchange(session, exchange),
        entries=_entries(session, exchange),
        waits_in=waiting.draft_of(session, exchange),
        delivery=subcontracts.delivery_of_exchange(session, exchange.id),
        vouchers=request.registry.endi_ext_host.documents.voucher_links(request, exchange),
        **shown_on_an_exchange(request, exchange),
        events=history_of(session, exchange),
        step_of=states.step_of,
    )


def _entries(session: Any, exchange: Exchange) -> list[Any]:
    """Return the entries of an exchange: recorded, held back, let go, settled, undone."""
    held = retention.sources_of(exchange, retention.of_exchange(session, exchange))
    sources = [
        exchange.source,
        *held,
        *(rules.settlement_source(one.request_key) for one in exchange.settlements),
        *(reductions.source_of(one.request_key) for one in reductions.of_exchange(session, exchange.id)),
    ]
    sources += [f"{source}:reversed" for source in sources]
    entries = select(Entry).where(Entry.source.in_(sources))
    return list(session.execute(entries.order_by(Entry.id)).scalars())


@view_config(
    route_name="endi_ext.settlement",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/settle.mako",
)
def settle(context: Any, request: Any) -> Any:
    """Settle all or part of an exchange."""
    exchange = context.exchange

    def save(values: dict[str, Any]) -> Any:
        made = service.settle(request.dbsession, exchange, act=act(request), **values)
        amount = request.endi_ext.money(made.amount_cents)
        text = _("Le règlement de {amount} est enregistré.")
        return done_or_waits(request, exchange, context.url, text, amount=amount)

    return submit(
        request,
        forms.settlement_schema(exchange, _today(request)),
        save,
        title=_("Régler un échange"),
        button=_("Enregistrer le règlement"),
        cancel=context.url,
        exchange=exchange,
        badge=states.of_exchange(exchange),
    )


@view_config(
    route_name="endi_ext.settlement.reverse", permission=ACCOUNT, require_csrf=True, renderer=REVERSAL_PAGE
)
def reverse_settlement(context: Any, request: Any) -> Any:
    """Undo a settlement, with a reason, after showing what will be posted."""
    settlement = context.settlement

    def save(values: dict[str, Any]) -> Any:
        service.reverse_settlement(request.dbsession, settlement, act=act(request), **values)
        _follow_client(request, settlement.exchange)
        return done(request, context.url, _("Le règlement est annulé."))

    sources = [] if settlement.reversed_at else [rules.settlement_source(settlement.request_key)]
    return _reversal(context, request, save, sources, settlement.settled_on, _("Annuler un règlement"))


@view_config(
    route_name="endi_ext.exchange_any.reverse", permission=ACCOUNT, require_csrf=True, renderer=REVERSAL_PAGE
)
def reverse(context: Any, request: Any) -> Any:
    """Cancel an exchange, with a reason, after showing what will be posted."""
    exchange = context.exchange

    def save(values: dict[str, Any]) -> Any:
        # Through the delivery when there is one: its quantities can then be declared again.
        deliveries.reverse_exchange(request.dbsession, exchange, act=act(request), **values)
        _follow_client(request, exchange)
        return done(request, context.url, _("L’échange est annulé, les deux enseignes sont revenues à zéro."))

    standing = [one for one in exchange.settlements if one.reversed_at is None]
    held = retention.of_exchange(request.dbsession, exchange)
    sources = [rules.settlement_source(one.request_key) for one in reversed(standing)]
    sources += reversed(retention.sources_of(exchange, held))
    sources = [] if exchange.state == CANCELLED else [*sources, exchange.source]
    since = _last_day(request.dbsession, sources, exchange.accepted_on)
    return _reversal(context, request, save, sources, since, _("Annuler un échange"))


def _last_day(session: Any, sources: list[str], at_least: date) -> date:
    """Return the day of the last of some entries: what undoes them is not dated before."""
    last = select(func.max(Entry.effective_on)).where(Entry.source.in_(sources))
    return max(session.execute(last).scalar_one() or at_least, at_least)


def _follow_client(request: Any, exchange: Exchange) -> None:
    """Let what waits for a client, and what is to be invoiced to it, follow what was just undone."""
    delivery = subcontracts.delivery_of_exchange(request.dbsession, exchange.id)
    if delivery is not None:
        after_acceptance.follow(request, delivery.subcontract)


def _reversal(context: Any, request: Any, save: Any, sources: list[str], since: date, title: str) -> Any:
    session = request.dbsession
    return submit(
        request,
        forms.reversal_schema(since, _today(request)),
        save,
        title=title,
        button=_("Confirmer l’annulation"),
        cancel=context.url,
        cancel_label=_("Ne rien changer"),
        exchange=context.exchange,
        badge=states.of_exchange(context.exchange),
        future=shown_lines.of_reversals(session, sources),
        titles=chart.titles(session),
    )


def _today(request: Any) -> date:
    today: date = request.registry.endi_ext_host.clock.today()
    return today
