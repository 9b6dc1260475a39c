"""What stands at an address: rows found through their parent, with who may do what (`__acl__`).

A page's address leads to a `Gate`, and traversal asks it for "found". A `find_…` function returns the resource, or
None when there is none or when it is not for the reader: the host then answers its own 404, the same for both, after
the same queries. Raising in the factory instead would leave the host's error page without a context.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from pyramid.authorization import Allow
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ..exchanges.models import Exchange, Settlement
from ..kernel import parties
from ..kernel.parties import Party
from ..ledger.models import Entry, Period
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


class BookPeriod(Books):
    """A month of the books, for accountants."""

    __name__ = "endi_ext_period"

    def __init__(self, request: Any, period: Period) -> None:
        super().__init__(request)
        self.period = period

    @property
    def url(self) -> str:
        return str(self.request.route_path("endi_ext.periods"))


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
        other = self.subcontract.seller if self.role == "buyer" else self.subcontract.buyer
        return other  # type: ignore[no-any-return]

    @property
    def url(self) -> str:
        return self.path("subcontract", subcontract_id=self.subcontract.id)


class DeliveryResource(SubcontractResource):
    """A delivery of a subcontract."""

    __name__ = "endi_ext_delivery"

    def __init__(self, parent: SubcontractResource, delivery: Delivery) -> None:
        super().__init__(parent, parent.subcontract)
        self.delivery = delivery

    @property
    def url(self) -> str:
        return self.path("delivery", subcontract_id=self.subcontract.id, delivery_id=self.delivery.id)


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
        other = self.exchange.seller if self.role == "buyer" else self.exchange.buyer
        return other  # type: ignore[no-any-return]

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
    found = _one(request, Subcontract, "subcontract_id", of_this_party)
    return SubcontractResource(parent, found) if found else None


def find_delivery(request: Any) -> DeliveryResource | None:
    """The delivery of the address, through its subcontract."""
    parent = find_subcontract(request)
    if parent is None:
        return None
    found = _one(request, Delivery, "delivery_id", Delivery.subcontract_id == parent.subcontract.id)
    return DeliveryResource(parent, found) if found else None


def find_exchange(request: Any) -> ExchangeResource | None:
    """The exchange of the address, through one of its two parties."""
    parent = find_party(request)
    if parent is None:
        return None
    of_this_party = or_(Exchange.buyer_id == parent.party.id, Exchange.seller_id == parent.party.id)
    found = _one(request, Exchange, "exchange_id", of_this_party)
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
    found = _one(request, Party, "partner_id", together)
    return PairResource(parent, found) if found else None


def find_books(request: Any) -> Books:
    """The books: what may be seen of them is a matter of global permissions."""
    return Books(request)


def find_entry(request: Any) -> Books | None:
    """An entry by its id, for those who keep the books; others learn nothing of which ids exist."""
    if not _may_read_books(request):
        return Books(request)
    found = _one(request, Entry, "entry_id")
    return BookEntry(request, found) if found else None


def find_any_exchange(request: Any) -> Books | None:
    """An exchange by its id, for those who keep the books."""
    if not _may_read_books(request):
        return Books(request)
    found = _one(request, Exchange, "exchange_id")
    return BookExchange(request, found) if found else None


def find_settlement(request: Any) -> Books | None:
    """A settlement of the exchange of the address, for those who keep the books."""
    parent = find_any_exchange(request)
    if not isinstance(parent, BookExchange):
        return parent
    found = _one(request, Settlement, "settlement_id", Settlement.exchange_id == parent.exchange.id)
    return BookExchange(request, parent.exchange, found) if found else None


def find_period(request: Any) -> Books | None:
    """A month of the books, for those who keep them."""
    if not _may_read_books(request):
        return Books(request)
    found = _one(request, Period, "period_id")
    return BookPeriod(request, found) if found else None


def _may_read_books(request: Any) -> bool:
    actor = request.registry.endi_ext_host.actor(request)
    return bool(actor.may(ACCOUNT))


def _one(request: Any, model: Any, key: str, *conditions: Any) -> Any:
    """Return the row whose id the address names under `key`, if it fulfils the conditions."""
    query = select(model).where(model.id == int(request.matchdict[key]), *conditions)
    return request.dbsession.execute(query).scalars().one_or_none()
