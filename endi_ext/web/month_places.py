"""What the addresses of the month end and of the year end lead to."""

from typing import Any

from ..ledger.spans import Span, SpanUnknown
from . import month_desk
from .permissions import ACCOUNT
from .resources import Books


class MonthBooks(Books):
    """A month about to be closed; `check` when the address names one of its checks."""

    __name__ = "endi_ext_month"

    def __init__(self, request: Any, span: Span, check: str | None = None) -> None:
        super().__init__(request)
        self.span = span
        self.check = check

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.month_end.of", month=self.span.name))


def find_month(request: Any) -> Books | None:
    """The month of the address, for those who keep the books; any month is one."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    check = request.matchdict.get("check")
    try:
        span = month_desk.month_of(request.dbsession, request.matchdict["month"])
    except SpanUnknown:
        return None
    return MonthBooks(request, span, check) if check is None or check in month_desk.CODES else None
