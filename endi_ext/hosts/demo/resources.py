"""The context of the demo's own pages."""

from typing import Any


class Root:
    """Every page of the demo's own: its permissions are global, it has no ACL."""

    __name__ = ""
    __parent__ = None

    def __init__(self, request: Any) -> None:
        self.request = request


class CompanyPages(Root):
    """A page of one trading unit: its menu is the one shown, to those who work in it or follow it."""

    @property
    def company_id(self) -> int | None:
        asked, reader = int(self.request.matchdict["id"]), self.request.identity
        known = () if reader is None else reader.active_companies
        return asked if any(company.id == asked for company in known) else None
