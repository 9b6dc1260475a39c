"""What the addresses of findings lead to."""

from typing import Any

from ..reconciliation.finding_models import Finding, WaiverReason
from .lookups import one
from .permissions import ACCOUNT, CONFIGURE
from .resources import Books


class FindingPlace(Books):
    """A finding, for accountants."""

    __name__ = "endi_ext_finding"

    def __init__(self, request: Any, finding: Finding) -> None:
        super().__init__(request)
        self.finding = finding

    @property
    def url(self) -> str:
        return self.at("")

    def at(self, action: str) -> str:
        """Return the address of what is done to this finding."""
        route = f"endi_ext.finding.{action}" if action else "endi_ext.finding"
        return str(self.request.route_path(route, finding_id=self.finding.id))


class FindingList(Books):
    """The list of findings, for accountants."""

    __name__ = "endi_ext_findings"

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.findings"))


class WaiverPlace(Books):
    """The reasons to let findings pass, for admins; `reason` when the address names one."""

    __name__ = "endi_ext_waivers"

    def __init__(self, request: Any, reason: WaiverReason | None = None) -> None:
        super().__init__(request)
        self.reason = reason

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.admin.waivers"))


def find_findings(request: Any) -> Books:
    """The list of findings."""
    return FindingList(request)


def find_finding(request: Any) -> Books | None:
    """A finding by its id, for those who keep the books."""
    if not request.registry.endi_ext_host.actor(request).may(ACCOUNT):
        return Books(request)
    found = one(request, Finding, "finding_id")
    return FindingPlace(request, found) if found else None


def find_waivers(request: Any) -> Books:
    """The reasons to let findings pass."""
    return WaiverPlace(request)


def find_waiver(request: Any) -> Books | None:
    """One of them, for those who configure."""
    if not request.registry.endi_ext_host.actor(request).may(CONFIGURE):
        return Books(request)
    found = one(request, WaiverReason, "reason_id")
    return WaiverPlace(request, found) if found else None
