"""The end of a month: what is left to do, what may wait and why, closing, the certificate."""

import json
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, select

from ...kernel.history import history_of
from ...ledger import spans
from ...ledger.models import CLOSED, Entry, Period
from ...subcontracts import month_checks
from .. import month_desk, month_words
from ..forms import month_end as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACCOUNT

CLOSING_PAGE = "endi_ext:web/templates/month_close.mako"
MONTHS_SHOWN = 36
STEPS = {
    "close": _("a clôturé le mois"),
    "reopen": _("a rouvert le mois"),
    "passed": _("a passé « {check} » avec un motif"),
    "unpassed": _("a repris « {check} » : c’est de nouveau à faire"),
}


@view_config(route_name="endi_ext.month_end", request_method="GET", permission=ACCOUNT)
def current(request: Any) -> HTTPSeeOther:
    """Go to the month to close next, or to the one chosen in the list."""
    name = request.GET.get("month", "")
    if spans.MONTH.fullmatch(name) is None:
        name = month_desk.first_to_close(request.dbsession, act(request).today)
    return HTTPSeeOther(request.route_path("endi_ext.month_end.of", month=name))


@view_config(
    route_name="endi_ext.month_end.of",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/month_end.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what is left to do before the month is closed."""
    session, span = request.dbsession, context.span
    desk = month_desk.read(_setting(context, request))
    return page(
        request,
        _("Fin de mois : {month}"),
        month=request.endi_ext.month(span.starts_on),
        desk=desk,
        span=span,
        months=_months(session, span),
        public_key=_public_key(desk.period),
        words=month_words.WORDS,
        states=month_words.STATES,
        looks=month_words.LOOKS,
        over=span.ends_on < act(request).today,
        reopenable=desk.closed and _last_closed(session) == span.starts_on,
        events=history_of(session, desk.period) if desk.period is not None else [],
        step_of=lambda event: _step(request, event),
    )


@view_config(
    route_name="endi_ext.month_end.close", permission=ACCOUNT, require_csrf=True, renderer=CLOSING_PAGE
)
def close(context: Any, request: Any) -> Any:
    """Close the month after saying what it means and what is left."""
    return closing_form(request, _setting(context, request), context.url)


def closing_form(request: Any, setting: Any, back: str) -> Any:
    """Show the form that closes a month, or close it."""
    desk, month = month_desk.read(setting), request.endi_ext.month(setting.span.starts_on)

    def save(values: dict[str, Any]) -> Any:
        month_desk.close(setting, act(request), reason=values.get("reason", ""))
        there = request.route_path("endi_ext.month_end.of", month=setting.span.name)
        return done(request, there, _("Le mois {month} est clôturé, son certificat est prêt."), month=month)

    return submit(
        request,
        forms.closing_schema(needs_reason=bool(desk.left)),
        save,
        title=_("Clôturer un mois"),
        button=_("Clôturer"),
        cancel=back,
        meaning=_meaning(request, desk, month),
        desk=desk,
        words=month_words.WORDS,
        over=setting.span.ends_on < act(request).today,
    )


@view_config(route_name="endi_ext.month_end.pass", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def pass_over(context: Any, request: Any) -> Any:
    """Let a check wait, with a reason."""
    words, setting = month_words.WORDS[context.check], _setting(context, request)

    def save(values: dict[str, Any]) -> Any:
        month_desk.pass_over(setting, context.check, act=act(request), **values)
        return done(request, context.url, _("Le motif est conservé dans l’historique du mois."))

    return submit(
        request,
        forms.passing_schema(),
        save,
        title=_("Passer outre avec un motif"),
        button=_("Passer outre"),
        cancel=context.url,
        intro=f"{request.endi_ext.text(words.title)}. {request.endi_ext.text(words.meaning)}",
    )


@view_config(
    route_name="endi_ext.month_end.unpass", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def take_back(context: Any, request: Any) -> HTTPSeeOther:
    """Forget the reason given: the check is to be done again."""
    month_desk.take_back(_setting(context, request), context.check, act(request))
    return done(request, context.url, _("C’est de nouveau à faire avant de clôturer."))


@view_config(
    route_name="endi_ext.month_end.open_ends",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/month_open_ends.mako",
)
def open_ends(context: Any, request: Any) -> dict[str, Any]:
    """List the deliveries nobody answered and the disputes that are open, by the end of the month."""
    session, span = request.dbsession, context.span
    return page(
        request,
        _("Livraisons et différends en suspens : {month}"),
        month=request.endi_ext.month(span.starts_on),
        back=context.url,
        deliveries=month_checks.waiting_deliveries(session, span),
        disputes=month_checks.open_disputes(session, span),
        most=month_checks.SHOWN,
    )


def _setting(context: Any, request: Any) -> Any:
    return month_desk.setting_of(request.dbsession, context.span, request.registry.endi_ext_host)


def _months(session: Any, span: spans.Span) -> list[tuple[str, Any, bool]]:
    """Return the name, first day and whether it is closed of the last months, the one shown included."""
    wanted = select(Period.starts_on, Period.state).order_by(Period.starts_on.desc()).limit(MONTHS_SHOWN)
    found = {row.starts_on: row.state == CLOSED for row in session.execute(wanted)}
    found.setdefault(span.starts_on, False)
    return [(f"{on:%Y-%m}", on, found[on]) for on in sorted(found, reverse=True)]


def _public_key(period: Period | None) -> str:
    """Return the key the certificate of a closed month was signed with, if there is one."""
    facts = json.loads(period.certificate) if period is not None and period.certificate else {}
    return str(facts.get("public_key") or "")


def _last_closed(session: Any) -> Any:
    return session.execute(select(func.max(Period.starts_on)).where(Period.state == CLOSED)).scalar()


def _step(request: Any, event: Any) -> str:
    known = month_words.WORDS.get(event.state_after or "")
    check = request.endi_ext.text(known.title) if known else ""
    return str(request.endi_ext.text(STEPS[event.action], check=check))


def _meaning(request: Any, desk: month_desk.Desk, month: str) -> str:
    speech, within = request.endi_ext, Entry.effective_on.between(desk.span.starts_on, desk.span.ends_on)
    count = request.dbsession.execute(select(func.count()).select_from(Entry).where(within)).scalar_one()
    meaning = speech.text(forms.WHAT_CLOSING_MEANS, month=month, entries=count)
    long = speech.text(forms.LONG, month=desk.span.name) if count > forms.MOST_ENTRIES else ""
    return f"{meaning} {long}".strip()
