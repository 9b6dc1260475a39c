"""The states of an exchange and what an accountant may do in each."""

from ..kernel.workflow import Transition, Workflow
from .models import CANCELLED, OPEN, PARTLY_SETTLED, SETTLED

ACCOUNTANT = "accountant"

EXCHANGE = Workflow(
    "exchange",
    (OPEN, PARTLY_SETTLED, SETTLED, CANCELLED),
    (
        # The state reached depends on the amount: state_of says which.
        Transition("settle", (OPEN, PARTLY_SETTLED), SETTLED, (ACCOUNTANT,)),
        Transition("reverse_settlement", (PARTLY_SETTLED, SETTLED), OPEN, (ACCOUNTANT,), needs_reason=True),
        Transition("reverse", (OPEN, PARTLY_SETTLED, SETTLED), CANCELLED, (ACCOUNTANT,), needs_reason=True),
    ),
)


def state_of(net_cents: int, settled_cents: int) -> str:
    """Return the state of an exchange that stands, by what of it is settled."""
    if not settled_cents:
        return OPEN
    return SETTLED if settled_cents == net_cents else PARTLY_SETTLED
