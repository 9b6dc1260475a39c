"""What stands at an address: who may do what (`__acl__`), and the company for the host's menus."""

from functools import cached_property
from typing import Any

from pyramid.authorization import Allow

from ..exchanges.models import Exchange, Settlement
from ..exchanges.paper_models import DocumentTask
from ..kernel.parties import Party
from ..ledger.models import Entry, Period
from ..subcontracts.dispute_models import Dispute, DisputeFile
from ..subcontracts.models import Delivery, Subcontract
from .permissions import ACCOUNT, ACT, HOST_RIGHTS, RIGHTS, SUPERVISE, VIEW

SUPERVISING_RIGHTS = tuple(right for right, gives in {**HOST_RIGHTS, **RIGHTS}.items() if SUPERVISE in gives)
ACCOUNTING_RIGHTS = tuple(right for right, gives in {**HOST_RIGHTS, **RIGHTS}.items() if ACCOUNT in gives)


class Resource:
    """A context of ours: a name and a company for the host's menus, permissions by `__acl__`.

    `company_id` is the host's id of the trading unit the page belongs to, or None.
    """

    __name__ = "endi_ext"
    __parent__: Any = None
    company_id: int | None = None

    def __init__(self, request: Any, parent: Any = None) -> None:
        self.request = request
        self.__parent__ = parent

    def __acl__(self) -> list[Any]:
        return []

    def get_company_id(self) -> int | None:
        return self.company_id

    @property
    def url(self) -> str:
        """The address one goes back to after an action or a refusal."""
        return str(self.request.route_path("endi_ext.accounting"))


class Books(Resource):
    """The books of the cooperative: pages of accountants and admins, whose permissions are global."""

    __name__ = "endi_ext_books"

    @property
    def url(self) -> str:
        of_admins = self.request.matched_route.name.startswith("endi_ext.admin")
        return str(self.request.route_path("endi_ext.admin" if of_admins else "endi_ext.accounting"))


class BookEntry(Books):
    """An entry, for accountants."""

    __name__ = "endi_ext_entry"

    def __init__(self, request: Any, entry: Entry) -> None:
        super().__init__(request)
        self.entry = entry

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.entry", entry_id=self.entry.id))


class BookExchange(Books):
    """An exchange, for accountants; `settlement` when the address names one of its settlements."""

    __name__ = "endi_ext_any_exchange"

    def __init__(self, request: Any, exchange: Exchange, settlement: Settlement | None = None) -> None:
        super().__init__(request)
        self.exchange = exchange
        self.settlement = settlement

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.exchange_any", exchange_id=self.exchange.id))


class BookDelivery(Books):
    """A delivery, for accountants."""

    __name__ = "endi_ext_any_delivery"

    def __init__(self, request: Any, delivery: Delivery) -> None:
        super().__init__(request)
        self.delivery = delivery

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.delivery_any", delivery_id=self.delivery.id))


class BookPeriod(Books):
    """A month of the books, for accountants."""

    __name__ = "endi_ext_period"

    def __init__(self, request: Any, period: Period) -> None:
        super().__init__(request)
        self.period = period

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.periods"))


class BookDocument(Books):
    """A paper asked of the host, for accountants."""

    __name__ = "endi_ext_document"

    def __init__(self, request: Any, task: DocumentTask) -> None:
        super().__init__(request)
        self.task = task

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.documents"))


class PartyResource(Resource):
    """A trading unit: its people view and act, its follower and supervisors view."""

    __name__ = "endi_ext_party"

    def __init__(self, request: Any, party: Party, parent: Any = None) -> None:
        super().__init__(request, parent)
        self.party = party

    def __acl__(self) -> list[Any]:
        follower = [(Allow, self.party.follower_key, (VIEW,))] if self.party.follower_key else []
        supervisors = [(Allow, f"access_right:{right}", (VIEW,)) for right in SUPERVISING_RIGHTS]
        return [(Allow, self.party.host_key, (VIEW, ACT)), *follower, *supervisors]

    @property
    def company_id(self) -> int | None:  # type: ignore[override]
        return self.party.host_id

    def path(self, route: str, **ids: Any) -> str:
        """Return the address of one of this party's pages: `path("subcontracts")`."""
        query = ids.pop("query", None)
        options = {"_query": query} if query else {}
        return str(self.request.route_path(f"endi_ext.{route}", id=self.company_id, **ids, **options))

    @property
    def url(self) -> str:
        return self.path("home")

    @cached_property
    def may_act(self) -> bool:
        """Whether the reader acts for this party, or only looks."""
        return bool(self.request.has_permission(ACT, self))


class SubcontractResource(PartyResource):
    """A subcontract seen by one of its two parties; `role` is "buyer" or "seller"."""

    __name__ = "endi_ext_subcontract"

    def __init__(self, parent: PartyResource, subcontract: Subcontract) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.subcontract = subcontract

    @property
    def role(self) -> str:
        return "buyer" if self.subcontract.buyer_id == self.party.id else "seller"

    @property
    def partner(self) -> Party:
        return self.subcontract.seller if self.role == "buyer" else self.subcontract.buyer

    @property
    def url(self) -> str:
        return self.path("subcontract", subcontract_id=self.subcontract.id)


class ClientResource(SubcontractResource):
    """The client behind a subcontract, for its principal alone."""

    __name__ = "endi_ext_client"

    def __init__(self, parent: SubcontractResource) -> None:
        super().__init__(parent, parent.subcontract)

    @property
    def url(self) -> str:
        return self.path("client", subcontract_id=self.subcontract.id)


class DeliveryResource(SubcontractResource):
    """A delivery of a subcontract."""

    __name__ = "endi_ext_delivery"

    def __init__(self, parent: SubcontractResource, delivery: Delivery) -> None:
        super().__init__(parent, parent.subcontract)
        self.delivery = delivery

    @property
    def url(self) -> str:
        return self.path("delivery", subcontract_id=self.subcontract.id, delivery_id=self.delivery.id)


class DisputeResource(SubcontractResource):
    """A dispute seen by one of its two parties; `file` when the address names one of its files."""

    __name__ = "endi_ext_dispute"

    def __init__(
        self, parent: SubcontractResource, dispute: Dispute, file: DisputeFile | None = None
    ) -> None:
        super().__init__(parent, parent.subcontract)
        self.dispute = dispute
        self.file = file

    @property
    def url(self) -> str:
        return self.path("dispute", subcontract_id=self.subcontract.id, dispute_id=self.dispute.id)


class ArbitrationResource(Books):
    """A dispute submitted to arbitration, for arbiters, whose permission is global."""

    __name__ = "endi_ext_arbitration"

    def __init__(self, request: Any, dispute: Dispute, file: DisputeFile | None = None) -> None:
        super().__init__(request)
        self.dispute = dispute
        self.file = file

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.arbitration", dispute_id=self.dispute.id))


class ExchangeResource(PartyResource):
    """An exchange seen by one of its two parties; `role` is "buyer" or "seller"."""

    __name__ = "endi_ext_exchange"

    def __init__(self, parent: PartyResource, exchange: Exchange) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.exchange = exchange

    @property
    def role(self) -> str:
        return "buyer" if self.exchange.buyer_id == self.party.id else "seller"

    @property
    def partner(self) -> Party:
        return self.exchange.seller if self.role == "buyer" else self.exchange.buyer

    @property
    def url(self) -> str:
        return self.path("exchange", exchange_id=self.exchange.id)


class VoucherResource(Resource):
    """The paper of an exchange, open to whoever may read the exchange: its two sides, and accountants."""

    __name__ = "endi_ext_voucher"

    def __init__(self, request: Any, exchange: Exchange) -> None:
        super().__init__(request)
        self.exchange = exchange

    def __acl__(self) -> list[Any]:
        sides = [PartyResource(self.request, side) for side in (self.exchange.seller, self.exchange.buyer)]
        accountants = [(Allow, f"access_right:{right}", (VIEW,)) for right in ACCOUNTING_RIGHTS]
        return [entry for side in sides for entry in side.__acl__()] + accountants


class PairResource(PartyResource):
    """A party and one of its partners: the statement between the two."""

    __name__ = "endi_ext_pair"

    def __init__(self, parent: PartyResource, partner: Party) -> None:
        super().__init__(parent.request, parent.party, parent)
        self.partner = partner

    @property
    def url(self) -> str:
        return self.path("statement.pair", partner_id=self.partner.id)
