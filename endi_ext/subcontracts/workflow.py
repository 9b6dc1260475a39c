"""The states of subcontracts and deliveries: who may do what, when."""

from ..kernel.parties import Party
from ..kernel.workflow import Transition, Workflow
from .models import Amendment, Delivery, Subcontract
from .terms import FRAME

PROPOSED, AGREED, DECLINED, WITHDRAWN, COMPLETED = "proposed", "agreed", "declined", "withdrawn", "completed"
EXPIRED, CLOSED = "expired", "closed"
# Agreed, whatever was done of it since.
STANDING = (AGREED, COMPLETED, CLOSED)
DECLARED, ACCEPTED, CONTESTED, REVERSED = "declared", "accepted", "contested", "reversed"
SIGNED, REFUSED = "signed", "refused"
OPEN, ARBITRATION = "open", "arbitration"

# While a version is on the table its author is the proposer and the other side the answerer; once agreed the
# sides are buyer and seller. Accountants reverse, and decide in the place of a party that left; arbiters
# close disputes. What "books" does follows from something else (another step, a date): no button.
PROPOSER, ANSWERER, BUYER, SELLER = "proposer", "answerer", "buyer", "seller"
ACCOUNTANT, ARBITER, BOOKS, STRANGER = "accountant", "arbiter", "books", "stranger"

NEGOTIATION = (
    Transition("accept", (PROPOSED,), AGREED, (ANSWERER,)),
    Transition("counter", (PROPOSED,), PROPOSED, (ANSWERER,)),
    Transition("decline", (PROPOSED,), DECLINED, (ANSWERER,), needs_reason=True),
    Transition("withdraw", (PROPOSED,), WITHDRAWN, (PROPOSER,)),
    Transition("expire", (PROPOSED,), EXPIRED, (BOOKS,)),
)

SUBCONTRACT = Workflow(
    "subcontract",
    (PROPOSED, AGREED, COMPLETED, CLOSED, DECLINED, WITHDRAWN, EXPIRED),
    (
        *NEGOTIATION,
        Transition("declare_delivery", (AGREED,), AGREED, (SELLER,)),
        Transition("propose_amendment", (AGREED,), AGREED, (BUYER, SELLER)),
        Transition("propose_amendment", (COMPLETED,), COMPLETED, (BUYER, SELLER)),
        Transition("amend", (AGREED, COMPLETED), AGREED, (BOOKS,)),
        Transition("complete", (AGREED,), COMPLETED, (BOOKS,)),
        Transition("reopen", (COMPLETED, CLOSED), AGREED, (BOOKS,), needs_reason=True),
        Transition("pronounce_acceptance", (COMPLETED,), COMPLETED, (BUYER,)),
        Transition("pronounce_acceptance", (CLOSED,), CLOSED, (BUYER,)),
        Transition("draw_up_final_account", (COMPLETED,), COMPLETED, (BUYER, SELLER)),
        Transition("sign_final_account", (COMPLETED,), CLOSED, (ANSWERER,)),
    ),
)

# Nothing is delivered on a frame agreement itself: each call-off is a subcontract of its own.
FRAME_AGREEMENT = Workflow(
    "frame",
    (PROPOSED, AGREED, COMPLETED, DECLINED, WITHDRAWN, EXPIRED),
    (
        *NEGOTIATION,
        Transition("call_off", (AGREED,), AGREED, (BUYER,)),
        Transition("propose_amendment", (AGREED,), AGREED, (BUYER, SELLER)),
        Transition("amend", (AGREED,), AGREED, (BOOKS,)),
        Transition("end", (AGREED,), COMPLETED, (BUYER, SELLER), needs_reason=True),
    ),
)

# The other side answers what one of them drew up; one that the work has outgrown is withdrawn by the next.
FINAL_ACCOUNT = Workflow(
    "final_account",
    (PROPOSED, SIGNED, REFUSED, WITHDRAWN),
    (
        Transition("sign", (PROPOSED,), SIGNED, (ANSWERER,)),
        Transition("refuse", (PROPOSED,), REFUSED, (ANSWERER,), needs_reason=True),
        Transition("withdraw", (PROPOSED,), WITHDRAWN, (PROPOSER, BOOKS)),
    ),
)

AMENDMENT = Workflow("amendment", (PROPOSED, AGREED, DECLINED, WITHDRAWN, EXPIRED), NEGOTIATION)

DELIVERY = Workflow(
    "delivery",
    (DECLARED, ACCEPTED, CONTESTED, WITHDRAWN, REVERSED),
    (
        Transition("accept", (DECLARED, CONTESTED), ACCEPTED, (BUYER,)),
        # A part of what is contested is accepted by agreement or by the arbiter, not by the buyer alone.
        Transition("accept_in_part", (DECLARED,), ACCEPTED, (BUYER,), needs_reason=True),
        Transition("contest", (DECLARED,), CONTESTED, (BUYER,), needs_reason=True),
        Transition("withdraw", (DECLARED, CONTESTED), WITHDRAWN, (SELLER,)),
        Transition("accept_by_silence", (DECLARED,), ACCEPTED, (BOOKS,)),
        Transition("arbitrate", (CONTESTED,), ACCEPTED, (ARBITER,), needs_reason=True),
        Transition("dismiss", (CONTESTED,), WITHDRAWN, (ARBITER,), needs_reason=True),
        Transition("conclude", (CONTESTED,), ACCEPTED, (BOOKS,)),  # both sides agreed to end the dispute so
        Transition("abandon", (CONTESTED,), WITHDRAWN, (BOOKS,)),
        Transition("accept", (DECLARED, CONTESTED), ACCEPTED, (ACCOUNTANT,), needs_reason=True),
        Transition("withdraw", (DECLARED, CONTESTED), WITHDRAWN, (ACCOUNTANT,), needs_reason=True),
        Transition("reverse", (ACCEPTED,), REVERSED, (ACCOUNTANT,), needs_reason=True),
    ),
)

# Who agrees answers what the other side proposed; buyer and seller may give way at any time. What is decided
# without the dispute, by the accountants for a party that left, closes it too.
DISPUTE = Workflow(
    "dispute",
    (OPEN, ARBITRATION, CLOSED),
    (
        Transition("write", (OPEN,), OPEN, (BUYER, SELLER)),
        Transition("write", (ARBITRATION,), ARBITRATION, (BUYER, SELLER, ARBITER)),
        Transition("propose", (OPEN,), OPEN, (BUYER, SELLER)),
        Transition("propose", (ARBITRATION,), ARBITRATION, (BUYER, SELLER)),
        Transition("agree", (OPEN, ARBITRATION), CLOSED, (BUYER, SELLER)),
        Transition("accept", (OPEN, ARBITRATION), CLOSED, (BUYER,)),
        Transition("withdraw", (OPEN, ARBITRATION), CLOSED, (SELLER,)),
        Transition("ask_arbitration", (OPEN,), ARBITRATION, (BUYER, SELLER), needs_reason=True),
        Transition("take", (ARBITRATION,), ARBITRATION, (ARBITER,)),
        Transition("decide", (ARBITRATION,), CLOSED, (ARBITER,), needs_reason=True),
        Transition("close", (OPEN, ARBITRATION), CLOSED, (BOOKS,)),
    ),
)

# A line to invoice to the client: the principal's alone.
WAITING, ADDED, BY_HAND, TO_REMOVE, DROPPED = "waiting", "added", "by_hand", "to_remove", "dropped"
CLIENT_LINE = Workflow(
    "client_line",
    (WAITING, ADDED, BY_HAND, TO_REMOVE, DROPPED),
    (
        Transition("add", (WAITING,), ADDED, (BUYER,)),
        Transition("invoice_by_hand", (WAITING,), BY_HAND, (BUYER,)),
        Transition("remove", (TO_REMOVE,), DROPPED, (BUYER,)),
        # Its delivery was reversed: one that is on an invoice is to be taken off it by its author.
        Transition("reverse", (WAITING,), DROPPED, (BOOKS,)),
        Transition("reverse", (ADDED, BY_HAND), TO_REMOVE, (BOOKS,)),
    ),
)


def side_of(subcontract: Subcontract, party: Party) -> str:
    """Return buyer, seller or stranger."""
    return {subcontract.buyer_id: BUYER, subcontract.seller_id: SELLER}.get(party.id, STRANGER)


def flow_of(subcontract: Subcontract) -> Workflow:
    """Return the workflow of a contract or of a frame agreement."""
    return FRAME_AGREEMENT if subcontract.kind == FRAME else SUBCONTRACT


def role_of(subcontract: Subcontract, party: Party) -> str:
    """Return the role of `party` in the state the subcontract is in."""
    return _role(subcontract, subcontract, party)


def amendment_role_of(amendment: Amendment, party: Party) -> str:
    """Return the role of `party` in the state the amendment is in."""
    return _role(amendment, amendment.subcontract, party)


def subcontract_actions(subcontract: Subcontract, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with the subcontract now."""
    return flow_of(subcontract).allowed(str(subcontract.state), role_of(subcontract, party))


def amendment_actions(amendment: Amendment, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with the amendment now."""
    return AMENDMENT.allowed(str(amendment.state), amendment_role_of(amendment, party))


def delivery_actions(delivery: Delivery, party: Party) -> tuple[str, ...]:
    """Return what `party` may do with the delivery now."""
    return DELIVERY.allowed(str(delivery.state), side_of(delivery.subcontract, party))


def accountant_actions(delivery: Delivery) -> tuple[str, ...]:
    """Return what an accountant may do with the delivery now."""
    return DELIVERY.allowed(str(delivery.state), ACCOUNTANT)


def _role(document: Subcontract | Amendment, subcontract: Subcontract, party: Party) -> str:
    side = side_of(subcontract, party)
    if side == STRANGER or document.state != PROPOSED:
        return side
    return PROPOSER if party.id == document.proposed_by_id else ANSWERER
