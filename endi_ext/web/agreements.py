"""What stands at the addresses of versions and amendments, found through their subcontract."""

from typing import Any

from sqlalchemy import select

from ..kernel.parties import Party
from ..subcontracts.models import Amendment, SubcontractVersion
from .lookups import find_subcontract
from .resources import SubcontractResource


class VersionResource(SubcontractResource):
    """A version of a subcontract or of one of its amendments."""

    __name__ = "endi_ext_version"

    def __init__(self, parent: SubcontractResource, version: SubcontractVersion) -> None:
        super().__init__(parent, parent.subcontract)
        self.version = version


class AmendmentResource(SubcontractResource):
    """An amendment of a subcontract."""

    __name__ = "endi_ext_amendment"

    def __init__(self, parent: SubcontractResource, amendment: Amendment) -> None:
        super().__init__(parent, parent.subcontract)
        self.amendment = amendment

    @property
    def url(self) -> str:
        return self.address("amendment")

    def address(self, route: str) -> str:
        """Return the address of one of the amendment's pages: `address("amendment.counter")`."""
        ids = {"subcontract_id": self.subcontract.id, "amendment_id": self.amendment.id}
        return self.path(route, **ids)

    @property
    def proposer(self) -> Party:
        """Whose version is on the table."""
        return self.amendment.proposed_by


def find_version(request: Any) -> VersionResource | None:
    """The version of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    wanted = select(SubcontractVersion).where(
        SubcontractVersion.subcontract_id == parent.subcontract.id,
        SubcontractVersion.number == int(request.matchdict["version_number"]),
    )
    found = request.dbsession.execute(wanted).scalars().one_or_none()
    return VersionResource(parent, found) if found else None


def find_amendment(request: Any) -> AmendmentResource | None:
    """The amendment of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    wanted = select(Amendment).where(
        Amendment.subcontract_id == parent.subcontract.id,
        Amendment.id == int(request.matchdict["amendment_id"]),
    )
    found = request.dbsession.execute(wanted).scalars().one_or_none()
    return AmendmentResource(parent, found) if found else None
