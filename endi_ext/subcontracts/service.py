"""The life of a subcontract: propose, answer, deliver, accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..kernel.history import Act
from ..kernel.parties import Party
from .models import Delivery, Subcontract


class NothingInIt(DomainError):
    """A proposal or a delivery has no line."""

    code = "nothing_in_it"
    field = "lines"


class MoreThanAgreed(DomainError):
    """A delivery goes beyond what is agreed and not yet delivered (facts: line, remaining_thousandths)."""

    code = "more_than_agreed"
    field = "lines"


class VersionChanged(DomainError):
    """Another version came onto the table meanwhile (facts: seen, current)."""

    code = "version_changed"


@dataclass(frozen=True)
class ProposedLine:
    """One line of a proposal."""

    description: str
    quantity_thousandths: int
    unit: str
    unit_price_cents: int


@dataclass(frozen=True)
class Terms:
    """What one side proposes."""

    due_on: date
    lines: Sequence[ProposedLine]
    message: str = ""


def propose(
    session: Session, *, buyer: Party, seller: Party, title: str, terms: Terms, request_key: str, act: Act
) -> Subcontract:
    """Put a first version on the table, signed by the buyer; the same request_key again returns the one made.

    Raises NothingInIt, exchanges.SameParty, exchanges.PartyInactive.
    """
    raise NotImplementedError


def counter(session: Session, subcontract: Subcontract, *, party: Party, terms: Terms, version: int, act: Act) -> Subcontract:
    """Answer with changes: a new version, signed by `party`, waits for the other side.

    Raises WrongState, WrongRole, VersionChanged, NothingInIt.
    """
    raise NotImplementedError


def accept(session: Session, subcontract: Subcontract, *, party: Party, version: int, act: Act) -> Subcontract:
    """Sign the version the other side put on the table: it binds both. Raises WrongState, WrongRole, VersionChanged."""
    raise NotImplementedError


def decline(session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act) -> Subcontract:
    """Refuse with a reason. Raises WrongState, WrongRole, ReasonMissing."""
    raise NotImplementedError


def withdraw(session: Session, subcontract: Subcontract, *, party: Party, reason: str, act: Act) -> Subcontract:
    """Take back one's own proposal. Raises WrongState, WrongRole."""
    raise NotImplementedError


def declare_delivery(
    session: Session,
    subcontract: Subcontract,
    *,
    party: Party,
    quantities: dict[int, int],
    delivered_on: date,
    note: str,
    request_key: str,
    act: Act,
) -> Delivery:
    """Declare work done: thousandths of each line, by line id, never beyond what remains.

    Raises WrongState, WrongRole, NothingInIt, MoreThanAgreed.
    """
    raise NotImplementedError


def accept_delivery(session: Session, delivery: Delivery, *, party: Party, accepted_on: date, act: Act) -> Delivery:
    """Accept: the exchange is recorded and posted; the last one completes the subcontract.

    Raises WrongState, WrongRole, ledger.PeriodClosed.
    """
    raise NotImplementedError


def contest_delivery(session: Session, delivery: Delivery, *, party: Party, reason: str, act: Act) -> Delivery:
    """Contest with a reason: its quantities may be declared again. Raises WrongState, WrongRole, ReasonMissing."""
    raise NotImplementedError


def withdraw_delivery(session: Session, delivery: Delivery, *, party: Party, act: Act) -> Delivery:
    """Take back a declared delivery. Raises WrongState, WrongRole."""
    raise NotImplementedError
