"""What stands at the addresses of prices and shares; what people did wrong leads back to the schedule."""

from typing import Any

from ..tenders import splits
from ..tenders.models import Lot, Member, Tender
from ..tenders.price_models import PriceLine
from ..tenders.splits import Split
from . import lookups
from .tenders import TenderResource, find_team_tender


class PricesResource(TenderResource):
    """The price schedule of a tender."""

    __name__ = "endi_ext_tender_prices"

    def __init__(self, parent: TenderResource) -> None:
        super().__init__(parent, parent.tender)

    @property
    def url(self) -> str:
        return self.at("prices")

    def split(self) -> Split:
        """The shares as they stand."""
        return splits.split_of(self.request.dbsession, self.tender)

    @property
    def team(self) -> list[Member]:
        """Those who may have shares."""
        return splits.earning(self.tender)


class SharesResource(PricesResource):
    """What each of the team gets, and when."""

    __name__ = "endi_ext_tender_shares"

    @property
    def url(self) -> str:
        return self.at("shares")


class ExposureResource(PricesResource):
    """What is at risk; `subject` is the member the address names, if it names one."""

    __name__ = "endi_ext_tender_exposure"

    def __init__(self, parent: TenderResource, subject: Member | None = None) -> None:
        super().__init__(parent)
        self.subject = subject

    @property
    def url(self) -> str:
        return self.at("exposure")


class PriceLineResource(PricesResource):
    """A line of the price schedule."""

    __name__ = "endi_ext_price_line"

    def __init__(self, parent: TenderResource, line: PriceLine) -> None:
        super().__init__(parent)
        self.line = line


class PriceLotResource(PricesResource):
    """The prices of one lot."""

    __name__ = "endi_ext_price_lot"

    def __init__(self, parent: TenderResource, lot: Lot) -> None:
        super().__init__(parent)
        self.lot = lot


def find_prices(request: Any) -> PricesResource | None:
    """The price schedule of the tender of the address."""
    parent = find_team_tender(request)
    return PricesResource(parent) if parent else None


def find_shares(request: Any) -> SharesResource | None:
    """The shares of the tender of the address."""
    parent = find_team_tender(request)
    return SharesResource(parent) if parent else None


def find_exposure(request: Any) -> ExposureResource | None:
    """The risks of the tender of the address."""
    parent = find_team_tender(request)
    return ExposureResource(parent) if parent else None


def find_price_line(request: Any) -> PriceLineResource | None:
    """A line of the schedule of the tender of the address."""
    parent = find_team_tender(request)
    found = parent and lookups.one(request, PriceLine, "line_id", PriceLine.tender_id == parent.tender.id)
    return PriceLineResource(parent, found) if parent and found else None


def find_price_lot(request: Any) -> PriceLotResource | None:
    """A lot of the tender of the address, for its prices."""
    parent = find_team_tender(request)
    found = parent and lookups.one(request, Lot, "lot_id", Lot.tender_id == parent.tender.id)
    return PriceLotResource(parent, found) if parent and found else None


def find_exposed(request: Any) -> ExposureResource | None:
    """Someone of the team of the tender of the address, for what they may bear."""
    parent = find_team_tender(request)
    found = parent and lookups.one(request, Member, "member_id", Member.tender_id == parent.tender.id)
    return ExposureResource(parent, found) if parent and found else None


def names_of(tender: Tender) -> dict[int, str]:
    """Return the names of the members, by id."""
    return {member.id: member.name for member in tender.members}
