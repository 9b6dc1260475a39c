"""What waits for a party: one kind per thing somebody is expected to do, each one query.

A new kind is one more entry of KINDS here and of WORDS in web/waiting.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from ..exchanges.models import Retention
from ..exchanges.workflow import HELD
from ..kernel.parties import Party
from . import terms, workflow
from .client_models import ClientJob, NamedInvoice
from .dispute_models import Dispute
from .final_account_models import FinalAccount
from .models import Amendment, Delivery, Subcontract, SubcontractVersion


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits: rows of `model`, reached from a subcontract and one of its versions.

    `whose` is the id of the party that is expected to act, `since` when it began to wait.
    """

    name: str
    model: Any
    whose: Any
    since: Any
    conditions: Any


@dataclass(frozen=True)
class Waited:
    """One thing that waits, of the kind called `kind`; `total_cents` is that of the version it is about."""

    kind: str
    thing: Any
    subcontract: Subcontract
    since: datetime
    total_cents: int


@dataclass(frozen=True)
class Waiting:
    """What a party is expected to do, the oldest first."""

    items: Sequence[Waited]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.items)

    def of(self, *kinds: str) -> list[Any]:
        """Return the things of some kinds."""
        return [item.thing for item in self.items if item.kind in kinds]


def waiting(session: Session, party: Party, *, today: date | None = None) -> Waiting:
    """Return what waits for `party`; a proposal whose last day is over before `today` waits no more."""
    found: list[Waited] = []
    for kind in KINDS:
        columns = kind.model, Subcontract, kind.since, SubcontractVersion.total_cents
        rows = _select(kind, today, *columns).where(_of_party(kind, party)).options(*_with_names(kind))
        found += [Waited(kind.name, *row) for row in session.execute(rows)]
    return Waiting(sorted(found, key=lambda item: (item.since, KIND_ORDER[item.kind], item.thing.id)))


def waiting_count(session: Session, party: Party, *, today: date | None = None) -> int:
    """Return how many things wait for `party`, in one query."""
    counted = [
        _select(kind, today, func.count(kind.model.id).label("found")).where(_of_party(kind, party))
        for kind in KINDS
    ]
    every = union_all(*counted).subquery()
    return int(session.execute(select(func.sum(every.c.found))).scalar_one())


def oldest_by_party(
    session: Session, today: date, *, party: Party | None = None
) -> dict[int, tuple[int, datetime]]:
    """Return, for each party something waits for, how many things and since when the oldest does.

    With a `party` only its own are looked for: what others have to do is not read.
    """
    found: dict[int, tuple[int, datetime]] = {}
    for kind in KINDS:
        columns = kind.whose.label("party_id"), func.count(kind.model.id), func.min(kind.since)
        rows = _select(kind, today, *columns).group_by(kind.whose)
        rows = rows if party is None else rows.where(_of_party(kind, party))
        for party_id, count, since in session.execute(rows):
            known, before = found.get(party_id, (0, since))
            found[party_id] = (known + count, min(before, since))
    return found


def _select(kind: Kind, today: date | None, *columns: Any) -> Any:
    """Return a statement on the rows of a kind, joined to their subcontract and its version of the moment."""
    statement = select(*columns).select_from(kind.model)
    version = SubcontractVersion.number == Subcontract.version_number
    if kind.model is Amendment:
        version = SubcontractVersion.number == Amendment.version_number
    if kind.model is not Subcontract:
        statement = statement.join(Subcontract, Subcontract.id == kind.model.subcontract_id)
    of_subcontract = SubcontractVersion.subcontract_id == Subcontract.id
    statement = statement.join(SubcontractVersion, and_(of_subcontract, version)).where(kind.conditions)
    return statement.where(_in_time(today)) if today is not None and kind.name in ANSWERED else statement


def _in_time(today: date) -> Any:
    return or_(SubcontractVersion.answer_by.is_(None), SubcontractVersion.answer_by >= today)


def _of_party(kind: Kind, party: Party) -> Any:
    # The two columns have indexes, an expression has none.
    a_side = or_(Subcontract.buyer_id == party.id, Subcontract.seller_id == party.id)
    return and_(a_side, kind.whose == party.id)


def _with_names(kind: Kind) -> tuple[Any, ...]:
    of_subcontract = joinedload(Subcontract.buyer), joinedload(Subcontract.seller)
    return (*of_subcontract, joinedload(kind.model.proposed_by)) if kind.name in ANSWERED else of_subcontract


def _other_than(proposed_by_id: Any) -> Any:
    answerer = (proposed_by_id == Subcontract.buyer_id, Subcontract.seller_id)
    return case(answerer, else_=Subcontract.buyer_id)


def _declared_again() -> Any:
    # A reversed delivery is answered by the next one declared after the reversal and not taken back.
    later = aliased(Delivery)
    return exists().where(
        later.subcontract_id == Delivery.subcontract_id,
        later.number > Delivery.number,
        later.created_at >= Delivery.decided_at,
        later.state != workflow.WITHDRAWN,
    )


def _in_dispute() -> Any:
    return exists().where(
        Dispute.subject == "delivery", Dispute.subject_id == Delivery.id, Dispute.open_key.is_not(None)
    )


def _held_until_accepted() -> Any:
    held = aliased(Delivery)
    return exists().where(
        held.subcontract_id == Subcontract.id,
        Retention.exchange_id == held.exchange_id,
        Retention.state == HELD,
        Retention.release_on.is_(None),
    )


def _invoice_named() -> Any:
    named = exists().where(NamedInvoice.job_id == ClientJob.id)
    answered = or_(named, ClientJob.lifted_at.is_not(None))
    return exists().where(ClientJob.subcontract_id == Subcontract.id, answered)


PROPOSAL, AMENDMENT, DELIVERY, CONTESTED, REVERSED = (
    "proposal",
    "amendment",
    "delivery",
    "contested",
    "reversed",
)
DISPUTE, ACCEPTANCE, CLIENT_INVOICE, FINAL_ACCOUNT = (
    "dispute",
    "acceptance",
    "client_invoice",
    "final_account",
)
# Whose last day to answer is that of their version.
ANSWERED = (PROPOSAL, AMENDMENT)

KINDS = (
    Kind(
        PROPOSAL,
        Subcontract,
        _other_than(Subcontract.proposed_by_id),
        SubcontractVersion.created_at,
        Subcontract.state == workflow.PROPOSED,
    ),
    Kind(
        AMENDMENT,
        Amendment,
        _other_than(Amendment.proposed_by_id),
        SubcontractVersion.created_at,
        Amendment.state == workflow.PROPOSED,
    ),
    Kind(DELIVERY, Delivery, Subcontract.buyer_id, Delivery.created_at, Delivery.state == workflow.DECLARED),
    # A contested delivery keeps its quantities: it waits until it is withdrawn or decided.
    Kind(
        CONTESTED,
        Delivery,
        Subcontract.seller_id,
        Delivery.decided_at,
        and_(Delivery.state == workflow.CONTESTED, ~_in_dispute()),
    ),
    Kind(
        DISPUTE + "_buyer",
        Dispute,
        Subcontract.buyer_id,
        Dispute.opened_at,
        and_(Dispute.open_key.is_not(None), Dispute.expected.in_(("buyer", "both"))),
    ),
    Kind(
        DISPUTE + "_seller",
        Dispute,
        Subcontract.seller_id,
        Dispute.opened_at,
        and_(Dispute.open_key.is_not(None), Dispute.expected.in_(("seller", "both"))),
    ),
    Kind(
        REVERSED,
        Delivery,
        Subcontract.seller_id,
        Delivery.decided_at,
        and_(Delivery.state == workflow.REVERSED, Subcontract.state == workflow.AGREED, ~_declared_again()),
    ),
    Kind(
        FINAL_ACCOUNT,
        FinalAccount,
        _other_than(FinalAccount.drawn_by_id),
        FinalAccount.drawn_at,
        FinalAccount.open_key.is_not(None),
    ),
    Kind(
        ACCEPTANCE,
        Subcontract,
        Subcontract.buyer_id,
        SubcontractVersion.created_at,
        and_(Subcontract.state.in_((workflow.COMPLETED, workflow.CLOSED)), _held_until_accepted()),
    ),
    Kind(
        CLIENT_INVOICE,
        Subcontract,
        Subcontract.buyer_id,
        SubcontractVersion.created_at,
        and_(
            Subcontract.state.in_(workflow.STANDING),
            Subcontract.accepted_cents > 0,
            SubcontractVersion.payment_kind == terms.CLIENT_PAYS,
            ~_invoice_named(),
        ),
    ),
)
KIND_ORDER = {kind.name: position for position, kind in enumerate(KINDS)}
