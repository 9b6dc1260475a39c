"""The states of exchanges and of what is held back of them, and who may do what in each."""

from ..kernel.workflow import Transition, Workflow
from .models import CANCELLED, OPEN, PARTLY_SETTLED, SETTLED, WAITING

ACCOUNTANT = "accountant"
BUYER, ARBITER, BOOKS = "buyer", "arbiter", "books"
HELD, CONTESTED, RELEASED = "held", "contested", "released"

EXCHANGE = Workflow(
    "exchange",
    (WAITING, OPEN, PARTLY_SETTLED, SETTLED, CANCELLED),
    (
        # Its first entry waits in the drafts: an accountant lets it into the books, or does not.
        Transition("enter", (WAITING,), OPEN, (ACCOUNTANT,)),
        # The state reached depends on the amount: state_of says which.
        Transition("settle", (OPEN, PARTLY_SETTLED), SETTLED, (ACCOUNTANT,)),
        Transition("reverse_settlement", (PARTLY_SETTLED, SETTLED), OPEN, (ACCOUNTANT,), needs_reason=True),
        Transition(
            "reverse",
            (WAITING, OPEN, PARTLY_SETTLED, SETTLED),
            CANCELLED,
            (ACCOUNTANT,),
            needs_reason=True,
        ),
    ),
)

RETENTION = Workflow(
    "retention",
    (HELD, CONTESTED, RELEASED),
    (
        Transition("release", (HELD, CONTESTED), RELEASED, (BUYER,)),
        Transition("release", (HELD, CONTESTED), RELEASED, (ACCOUNTANT,), needs_reason=True),
        Transition("release_in_part", (HELD,), HELD, (BUYER,)),
        Transition("release_in_part", (HELD,), HELD, (ACCOUNTANT,), needs_reason=True),
        Transition("release_in_part", (CONTESTED,), CONTESTED, (BUYER,)),
        Transition("release_in_part", (CONTESTED,), CONTESTED, (ACCOUNTANT,), needs_reason=True),
        # By its date, because the acceptance of the whole was pronounced, or as both sides agreed.
        Transition("release", (HELD, CONTESTED), RELEASED, (BOOKS,)),
        Transition("release_in_part", (CONTESTED,), CONTESTED, (BOOKS,)),
        Transition("release", (CONTESTED,), RELEASED, (ARBITER,), needs_reason=True),
        Transition("release_in_part", (CONTESTED,), CONTESTED, (ARBITER,), needs_reason=True),
        Transition("contest", (HELD,), CONTESTED, (BUYER,), needs_reason=True),
        Transition("lift", (CONTESTED,), HELD, (BUYER, BOOKS)),
        Transition("lift", (CONTESTED,), HELD, (ARBITER,), needs_reason=True),
    ),
)


def state_of(net_cents: int, settled_cents: int) -> str:
    """Return the state of an exchange that stands, by what of it is settled."""
    if not settled_cents:
        return OPEN
    return SETTLED if settled_cents == net_cents else PARTLY_SETTLED
