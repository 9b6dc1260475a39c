"""Months of the books: closed with a certificate, reopened from the last with a reason."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from ...ledger import service, spans
from ...ledger.models import CLOSED, OPEN, Period
from .. import month_desk
from ..forms import accounting as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACCOUNT
from .month_end import CLOSING_PAGE, closing_form


@view_config(
    route_name="endi_ext.periods",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/periods.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """List the months, newest first, with what may be closed and reopened."""
    periods = list(request.dbsession.execute(select(Period).order_by(Period.starts_on.desc())).scalars())
    still_open = [period for period in periods if period.state == OPEN]
    closed = [period for period in periods if period.state == CLOSED]
    return page(
        request,
        _("Clôtures mensuelles"),
        periods=periods,
        closable=still_open[-1] if still_open else None,
        reopenable=closed[0] if closed else None,
    )


@view_config(route_name="endi_ext.period.close", permission=ACCOUNT, require_csrf=True, renderer=CLOSING_PAGE)
def close(context: Any, request: Any) -> Any:
    """Close a month after saying what it means."""
    span = spans.span_of(request.dbsession, f"{context.period.starts_on:%Y-%m}")
    setting = month_desk.setting_of(request.dbsession, span, request.registry.endi_ext_host)
    return closing_form(request, setting, context.url)


@view_config(route_name="endi_ext.period.reopen", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def reopen(context: Any, request: Any) -> Any:
    """Reopen the last closed month, with a reason."""
    period, month = context.period, _month(context.period)

    def save(values: dict[str, Any]) -> Any:
        service.reopen_period(request.dbsession, period, act=act(request), **values)
        there = request.route_path("endi_ext.month_end.of", month=f"{period.starts_on:%Y-%m}")
        return done(request, there, _("Le mois {month} est rouvert."), month=month)

    text = _(
        "Le mois {month} recevra de nouveau des écritures ; son certificat ne vaudra plus. "
        "Le motif est conservé."
    )
    return submit(
        request,
        forms.reopening_schema(),
        save,
        title=_("Rouvrir un mois"),
        button=_("Rouvrir"),
        cancel=context.url,
        intro=request.endi_ext.text(text, month=month),
    )


@view_config(route_name="endi_ext.period.certificate", request_method="GET", permission=ACCOUNT)
def certificate(context: Any, request: Any) -> Response:
    """Hand out the certificate of a closed month."""
    period = context.period
    if not period.certificate:
        raise HTTPNotFound
    response = Response(period.certificate.encode(), content_type="application/json", charset="utf-8")
    response.content_disposition = f'attachment; filename="certificat-{period.starts_on:%Y-%m}.json"'
    return response


def _month(period: Period) -> str:
    return f"{period.starts_on:%m/%Y}"
