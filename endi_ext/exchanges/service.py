"""Recording, settling and reversing exchanges; each is posted as it happens."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act
from .models import Exchange, Settlement


class SameParty(DomainError):
    """Seller and buyer are the same party (facts: party)."""

    code = "same_party"


class PartyInactive(DomainError):
    """The party does not trade any more (facts: party)."""

    code = "party_inactive"


class AmountNotPositive(DomainError):
    """An amount is zero or negative (facts: amount_cents)."""

    code = "amount_not_positive"
    field = "amount_cents"


class TooMuch(DomainError):
    """More is settled than remains due (facts: amount_cents, remaining_cents)."""

    code = "too_much"
    field = "amount_cents"


class StillSettled(DomainError):
    """An exchange with settlements is reversed only after they are (facts: settled_cents)."""

    code = "still_settled"


@dataclass(frozen=True)
class ExchangeFacts:
    """What is needed to record an exchange; no contribution means the seller's rate decides."""

    source: str
    seller_id: int
    buyer_id: int
    net_cents: int
    accepted_on: date
    label: str
    due_on: date | None = None
    reference: str = ""
    contribution_cents: int | None = None


def record(session: Session, facts: ExchangeFacts, act: Act) -> Exchange:
    """Record an exchange and post it with the seller's contribution; the same source and content again returns it.

    Raises SameParty, PartyInactive, AmountNotPositive, ledger.PeriodClosed, ledger.SourceReused.
    """
    raise NotImplementedError


def settle(
    session: Session, exchange: Exchange, *, amount_cents: int, settled_on: date, request_key: str, act: Act
) -> Settlement:
    """Settle all or part of what remains and post it; the same request_key again returns the settlement made.

    Raises WrongState, AmountNotPositive, TooMuch, ledger.PeriodClosed.
    """
    raise NotImplementedError


def reverse_settlement(session: Session, settlement: Settlement, *, reason: str, on: date, act: Act) -> Settlement:
    """Undo a settlement by the opposite entry, with a reason.

    Raises ReasonMissing, WrongState, ledger.PeriodClosed.
    """
    raise NotImplementedError


def reverse(session: Session, exchange: Exchange, *, reason: str, on: date, act: Act) -> Exchange:
    """Cancel an exchange by the opposite entry, with a reason; its settlements are reversed first, each by its own entry.

    Raises ReasonMissing, WrongState, ledger.PeriodClosed.
    """
    raise NotImplementedError
