"""What is eliminated at the end of a year, in words; where the steps of a year are done."""

from typing import Any

from ..ledger import spans
from ..ledger.spans import Span, SpanUnknown
from .i18n import _
from .permissions import ACCOUNT
from .resources import Books

GROUPS = {
    "4/6/7": _("Ventes et achats internes (4/6/7)"),
    "181/186/187": _("Produits et charges entre enseignes (186/187)"),
    "contributions": _("Contributions coopératives"),
}
DEFAULT_CODE = "COMPENS"


class YearBooks(Books):
    """A fiscal year about to end; `group` when the address names one of its eliminations."""

    __name__ = "endi_ext_year"

    def __init__(self, request: Any, span: Span, group: str | None = None) -> None:
        super().__init__(request)
        self.span = span
        self.group = group

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.year_end.of", year=self.span.name))


def find_year(request: Any) -> Books | None:
    """The fiscal year of the address, for those who keep the books; any year is one."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    named = request.matchdict["year"]
    try:
        span = spans.span_of(request.dbsession, named) if spans.YEAR.fullmatch(named) else None
    except SpanUnknown:
        return None
    slug = request.matchdict.get("group")
    return None if span is None else YearBooks(request, span, None if slug is None else group_of(slug))


def slug_of(group: str) -> str:
    """Return what addresses call a group: it may hold slashes."""
    return group.replace("/", "-").replace("+", "_")


def group_of(slug: str) -> str:
    """Return the group that an address names."""
    return slug.replace("-", "/").replace("_", "+")


def name_of(group: str, speech: Any) -> str:
    """Return what a group is called; those that share an account are named together."""
    return " + ".join(speech.text(GROUPS.get(part, part)) for part in group.split("+"))
