"""Cards two companies keep of each other: the buyer as a customer of the seller, the seller as a supplier.

The host's own maker refuses a company in which nobody may log in, although the books go on.
"""

from typing import Any

from caerp.models.base import DBSESSION
from caerp.models.company import Company
from caerp.models.config import Config
from caerp.models.third_party import Customer, Supplier

INTERNAL = "internal"


def customer(seller: Company, buyer: Company) -> Customer:
    """Return the seller's card of the buyer, made or brought back if need be."""
    return _card(Customer, of=buyer, kept_by=seller)


def both_ways(seller: Company, buyer: Company) -> Customer:
    """Return the seller's card of the buyer; the buyer gets one of the seller too.

    The host's form offers nobody who is already a supplier: whoever bought could then never sell.
    """
    customer(buyer, seller)
    return customer(seller, buyer)


def supplier(seller: Company, buyer: Company) -> Supplier:
    """Return the buyer's card of the seller, made or brought back if need be."""
    return _card(Supplier, of=seller, kept_by=buyer)


def _card(kind: Any, *, of: Company, kept_by: Company) -> Any:
    known = kind.query().filter_by(source_company_id=of.id, company_id=kept_by.id)
    card = known.order_by(kind.id).first()
    if card is not None:
        card.archived = False
        return card
    if of.get_active_employees():
        return kind.from_company(source_company=of, owner_company=kept_by)
    return _without_contact(kind, of=of, kept_by=kept_by)


def _without_contact(kind: Any, *, of: Company, kept_by: Company) -> Any:
    card = kind(type=INTERNAL, company_name=of.name, source_company_id=of.id, company_id=kept_by.id)
    card.email = of.email
    card.address = Config.get_value("cae_address")
    card.zip_code = Config.get_value("cae_zipcode")
    card.city = Config.get_value("cae_city")
    card.label = of.name
    DBSESSION().add(card)
    DBSESSION().flush()
    return card
