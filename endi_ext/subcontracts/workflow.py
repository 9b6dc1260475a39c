"""The states of subcontracts and deliveries: who may do what, when."""

from ..kernel.parties import Party
from ..kernel.workflow import Transition, Workflow
from .models import Delivery, Subcontract

PROPOSED, AGREED, DECLINED, WITHDRAWN, COMPLETED = "proposed", "agreed", "declined", "withdrawn", "completed"
DECLARED, ACCEPTED, CONTESTED = "declared", "accepted", "contested"

# While a version is on the table its author is the proposer and the other side the answerer; once agreed the
# sides are buyer and seller. Accountants reverse. What "books" does follows from something else: no button.
PROPOSER, ANSWERER, BUYER, SELLER = "proposer", "answerer", "buyer", "seller"
ACCOUNTANT, BOOKS, STRANGER = "accountant", "books", "stranger"

SUBCONTRACT = Workflow(
    "subcontract",
    (PROPOSED, AGREED, COMPLETED, DECLINED, WITHDRAWN),
    (
        Transition("accept", (PROPOSED,), AGREED, (ANSWERER,)),
        Transition("counter", (PROPOSED,), PROPOSED, (ANSWERER,)),
        Transition("decline", (PROPOSED,), DECLINED, (ANSWERER,), needs_reason=True),
        Transition("withdraw", (PROPOSED,), WITHDRAWN, (PROPOSER,)),
        Transition("declare_delivery", (AGREED,), AGREED, (SELLER,)),
        Transition("complete", (AGREED,), COMPLETED, (BOOKS,)),
        Transition("reopen", (COMPLETED,), AGREED, (BOOKS,), needs_reason=True),
    ),
)

DELIVERY = Workflow(
    "delivery",
    (DECLARED, ACCEPTED, CONTESTED, WITHDRAWN),
    (
        Transition("accept", (DECLARED,), ACCEPTED, (BUYER,)),
        Transition("contest", (DECLARED,), CONTESTED, (BUYER,), needs_reason=True),
        Transition("withdraw", (DECLARED,), WITHDRAWN, (SELLER,)),
        Transition("reverse", (ACCEPTED,), CONTESTED, (ACCOUNTANT,), needs_reason=True),
    ),
)


def side_of(subcontract: Subcontract, party: Party) -> str:
    """Return buyer, seller or stranger."""
    return {subcontract.buyer_id: BUYER, subcontract.seller_id: SELLER}.get(party.id, STRANGER)


def role_of(subcontract: Subcontract, party: Party) -> str:
    """Return the role of `party` in the state the subcontract is in."""
    side = side_of(subcontract, party)
    if side == STRANGER or subcontract.state != PROPOSED:
        return side
    return PROPOSER if party.id == subcontract.proposed_by_id else ANSWERER


def subcontract_actions(subcontract: Subcontract, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with the subcontract now."""
    return SUBCONTRACT.allowed(str(subcontract.state), role_of(subcontract, party))


def delivery_actions(delivery: Delivery, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with the delivery now."""
    return DELIVERY.allowed(str(delivery.state), side_of(delivery.subcontract, party))


def accountant_actions(delivery: Delivery) -> tuple[str, ...]:
    """Return what an accountant may do with the delivery now."""
    return DELIVERY.allowed(str(delivery.state), ACCOUNTANT)
