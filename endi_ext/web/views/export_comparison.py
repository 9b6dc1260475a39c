"""The host's own exports compared with ours, some exchanges a request; what differs becomes findings."""

from itertools import islice
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...kernel.errors import DomainError
from ...ledger import spans
from ...reconciliation import exported, finding_store
from ...reconciliation.finding_rows import about_of
from ..errors import flash_error
from ..forms.base import act, done, page
from ..i18n import _
from ..messages import sentence
from ..permissions import ACCOUNT

# The host computes the entries of each document anew: a second or two.
EXCHANGES_AT_ONCE = 50
MOST_DIGITS = 15


@view_config(
    route_name="endi_ext.journal.exports.compare",
    request_method="POST",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/export_comparison.mako",
)
def compare(request: Any) -> Any:
    """Compare the next exchanges of a period; the page goes on by itself, then leads to what differs."""
    back = request.route_path("endi_ext.journal.exports")
    try:
        span = spans.span_of(request.dbsession, request.POST.get("period", ""))
    except DomainError as refusal:
        flash_error(request, sentence(refusal, request.endi_ext))
        return HTTPSeeOther(back)
    looked, standing = _number(request, "looked"), _number(request, "standing")
    some = _next(request, span)
    standing += _noted(request, some)
    looked += len(some)
    if len(some) == EXCHANGES_AT_ONCE:
        more = {"looked": looked, "standing": standing, "after": some[-1].exchange_id}
        return page(request, _("Comparaison avec les exports d’enDI"), span=span, **more)
    if standing:
        text = _("{looked} échange(s) exportés par enDI, comparés ligne à ligne : {standing} écart(s).")
        return done(request, request.route_path("endi_ext.findings"), text, looked=looked, standing=standing)
    text = _("{looked} échange(s) exportés par enDI, comparés ligne à ligne : tout concorde.")
    return done(request, back, text, looked=looked)


def _next(request: Any, span: spans.Span) -> list[Any]:
    accounting = request.registry.endi_ext_host.accounting
    after = _number(request, "after")
    return list(
        islice(accounting.exported(request, span.starts_on, span.ends_on, after=after), EXCHANGES_AT_ONCE)
    )


def _noted(request: Any, some: list[Any]) -> int:
    """Note what differs of some exchanges, and that what differed of them no longer does."""
    accounting = request.registry.endi_ext_host.accounting
    found = list(exported.founds(request.dbsession, accounting, some))
    about = {one.sale.key if one.sale else one.purchase.key for one in some if one.sale or one.purchase}
    about |= {about_of(one) for one in found}
    noted = finding_store.refresh_some(request.dbsession, exported.SOURCE, found, act(request), about=about)
    return int(noted.standing)


def _number(request: Any, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
