"""What an address leads to: `find_…` functions, each through the parent of what it finds.

They return the resource, or None when there is none or when it is not for the reader: the host then answers
its own 404, the same for both, after the same queries. A page's address leads to a `Gate`, and traversal asks
it for "found": raising in the route factory instead would leave the host's error page without a context.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ..exchanges.models import Exchange, Settlement
from ..exchanges.paper_models import DocumentTask
from ..kernel import parties
from ..kernel.parties import Party
from ..ledger.models import Entry, Period
from ..subcontracts.dispute_models import Dispute, DisputeFile, DisputeMessage
from ..subcontracts.models import Delivery, Subcontract
from .permissions import ACCOUNT, ARBITRATE, VIEW
from .resources import (
    ArbitrationResource,
    BookDelivery,
    BookDocument,
    BookEntry,
    BookExchange,
    BookPeriod,
    Books,
    ClientResource,
    DeliveryResource,
    DisputeResource,
    ExchangeResource,
    PairResource,
    PartyResource,
    Resource,
    SubcontractResource,
    VoucherResource,
)


class Gate:
    """The root of one address: the key "found" leads to its resource or to nothing.

    Someone who is not logged in finds a resource that permits nothing, hence the host's login page.
    """

    __name__ = "endi_ext_gate"
    __parent__ = None
    company_id = None

    def __init__(self, request: Any, find: Callable[[Any], Resource | None]) -> None:
        self.request = request
        self._find = find

    def __acl__(self) -> list[Any]:
        return []

    def __getitem__(self, key: str) -> Resource:
        if self.request.registry.endi_ext_host.actor(self.request) is None:
            return Resource(self.request)
        found = self._find(self.request) if key == "found" else None
        if found is None:
            raise KeyError(key)
        return found


def gate(find: Callable[[Any], Resource | None]) -> Callable[[Any], Gate]:
    """Return a route factory for `find`."""
    return lambda request: Gate(request, find)


def find_party(request: Any) -> PartyResource | None:
    """The trading unit of the address, if the reader may view it."""
    party = parties.by_host_key(request.dbsession, f"company:{int(request.matchdict['id'])}")
    # The permission is asked for a nobody too: unknown and foreign cost the same.
    resource = PartyResource(request, party or Party(host_key="company:0", name=""))
    allowed = request.has_permission(VIEW, resource)
    return resource if allowed and party is not None else None


def find_subcontract(request: Any) -> SubcontractResource | None:
    """The subcontract of the address, through one of its two parties."""
    parent = find_party(request)
    if parent is None:
        return None
    of_this_party = or_(Subcontract.buyer_id == parent.party.id, Subcontract.seller_id == parent.party.id)
    found = one(request, Subcontract, "subcontract_id", of_this_party)
    return SubcontractResource(parent, found) if found else None


def find_client(request: Any) -> ClientResource | None:
    """The client behind the subcontract of the address; the seller learns nothing of there being one."""
    parent = find_subcontract(request)
    known = parent is not None and request.registry.endi_ext_host.receipts is not None
    return ClientResource(parent) if parent is not None and known and parent.role == "buyer" else None


def find_delivery(request: Any) -> DeliveryResource | None:
    """The delivery of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    found = one(request, Delivery, "delivery_id", Delivery.subcontract_id == parent.subcontract.id)
    return DeliveryResource(parent, found) if found else None


def find_dispute(request: Any) -> DisputeResource | None:
    """The dispute of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    found = one(request, Dispute, "dispute_id", Dispute.subcontract_id == parent.subcontract.id)
    return DisputeResource(parent, found) if found else None


def find_dispute_file(request: Any) -> DisputeResource | None:
    """A file of the dispute of the address."""
    parent = find_dispute(request)
    if parent is None:
        return None
    found = one(request, DisputeFile, "file_id", _of_dispute(parent.dispute))
    return DisputeResource(parent, parent.dispute, found) if found else None


def find_arbitration(request: Any) -> Books | None:
    """A dispute submitted to arbitration, for those who arbitrate, but for their own."""
    actor = request.registry.endi_ext_host.actor(request)
    if not actor.may(ARBITRATE):
        return Books(request)
    of_others = ~Dispute.subcontract.has(
        or_(
            Subcontract.buyer.has(Party.host_key.in_(actor.host_keys)),
            Subcontract.seller.has(Party.host_key.in_(actor.host_keys)),
        )
    )
    found = one(request, Dispute, "dispute_id", Dispute.arbitration_at.is_not(None), of_others)
    return ArbitrationResource(request, found) if found else None


def find_arbitration_file(request: Any) -> Books | None:
    """A file of a dispute submitted to arbitration."""
    parent = find_arbitration(request)
    if not isinstance(parent, ArbitrationResource):
        return parent
    found = one(request, DisputeFile, "file_id", _of_dispute(parent.dispute))
    return ArbitrationResource(request, parent.dispute, found) if found else None


def _of_dispute(dispute: Dispute) -> Any:
    return DisputeFile.message.has(DisputeMessage.dispute_id == dispute.id)


def find_exchange(request: Any) -> ExchangeResource | None:
    """The exchange of the address, through one of its two parties."""
    parent = find_party(request)
    if parent is None:
        return None
    of_this_party = or_(Exchange.buyer_id == parent.party.id, Exchange.seller_id == parent.party.id)
    found = one(request, Exchange, "exchange_id", of_this_party)
    return ExchangeResource(parent, found) if found else None


def find_voucher(request: Any) -> VoucherResource | None:
    """The paper of the exchange of the address, if the reader may read the exchange."""
    wanted = select(Exchange).where(Exchange.id == int(request.matchdict["exchange_id"]))
    both_sides = (joinedload(Exchange.seller), joinedload(Exchange.buyer))
    exchange = request.dbsession.execute(wanted.options(*both_sides)).scalars().one_or_none()
    # The permission is asked for a nobody too: unknown and foreign cost the same.
    nobody = Party(host_key="company:0", name="")
    resource = VoucherResource(request, exchange or Exchange(seller=nobody, buyer=nobody))
    allowed = request.has_permission(VIEW, resource)
    return resource if allowed and exchange is not None else None


def find_pair(request: Any) -> PairResource | None:
    """A party and the partner of the address: only one with whom it has exchanged."""
    parent = find_party(request)
    if parent is None:
        return None
    mine = parent.party.id
    partner_id = int(request.matchdict["partner_id"])
    together = (
        select(Exchange.id)
        .where(
            or_(
                (Exchange.buyer_id == mine) & (Exchange.seller_id == partner_id),
                (Exchange.seller_id == mine) & (Exchange.buyer_id == partner_id),
            )
        )
        .exists()
    )
    found = one(request, Party, "partner_id", together)
    return PairResource(parent, found) if found else None


def find_books(request: Any) -> Books:
    """The books: what may be seen of them is a matter of global permissions."""
    return Books(request)


def find_entry(request: Any) -> Books | None:
    """An entry by its id, for those who keep the books; others learn nothing of which ids exist."""
    if not _may_read_books(request):
        return Books(request)
    found = one(request, Entry, "entry_id")
    return BookEntry(request, found) if found else None


def find_any_exchange(request: Any) -> Books | None:
    """An exchange by its id, for those who keep the books."""
    if not _may_read_books(request):
        return Books(request)
    found = one(request, Exchange, "exchange_id")
    return BookExchange(request, found) if found else None


def find_any_delivery(request: Any) -> Books | None:
    """A delivery by its id, for those who keep the books."""
    if not _may_read_books(request):
        return Books(request)
    found = one(request, Delivery, "delivery_id")
    return BookDelivery(request, found) if found else None


def find_settlement(request: Any) -> Books | None:
    """A settlement of the exchange of the address, for those who keep the books."""
    parent = find_any_exchange(request)
    if not isinstance(parent, BookExchange):
        return parent
    found = one(request, Settlement, "settlement_id", Settlement.exchange_id == parent.exchange.id)
    return BookExchange(request, parent.exchange, found) if found else None


def find_period(request: Any) -> Books | None:
    """A month of the books, for those who keep them."""
    if not _may_read_books(request):
        return Books(request)
    found = one(request, Period, "period_id")
    return BookPeriod(request, found) if found else None


def find_document(request: Any) -> Books | None:
    """A paper asked of the host, for those who keep the books."""
    if not _may_read_books(request):
        return Books(request)
    found = one(request, DocumentTask, "task_id")
    return BookDocument(request, found) if found else None


def _may_read_books(request: Any) -> bool:
    actor = request.registry.endi_ext_host.actor(request)
    return bool(actor.may(ACCOUNT))


def one(request: Any, model: Any, key: str, *conditions: Any) -> Any:
    """Return the row whose id the address names under `key`, if it fulfils the conditions."""
    query = select(model).where(model.id == int(request.matchdict[key]), *conditions)
    return request.dbsession.execute(query).scalars().one_or_none()
