"""The jobs of a principal: what was sold, entrusted to others, accepted, settled, held back and earned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ..kernel import money
from ..kernel.parties import Party
from . import positions, workflow
from .client_models import ClientJob
from .client_terms import AMOUNT, PERCENT
from .models import Subcontract
from .positions import Position
from .terms import CONTRACT


class Deal(Protocol):
    """A job for a client: ports.Deal."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def sold_cents(self) -> int: ...


class Deals(Protocol):
    """Where jobs for clients are read: ports.ExternalReceipts."""

    def deals(self, session: Any, host_key: str) -> Sequence[Deal]: ...


@dataclass(frozen=True)
class Entrusted:
    """One subcontract of a job, where its money stands, and the margin fixed in advance, if any."""

    subcontract: Subcontract
    position: Position
    fixed_margin_cents: int | None


@dataclass(frozen=True)
class Job:
    """A job of the principal: a deal with all that was entrusted for it, or one agreement without a deal.

    `sold_cents` is none where nobody said to which deal an agreement belongs.
    """

    label: str
    client: str
    sold_cents: int | None
    parts: Sequence[Entrusted]

    @property
    def agreed_cents(self) -> int:
        """What was entrusted to others."""
        return sum(part.position.contract_cents for part in self.parts)

    @property
    def accepted_cents(self) -> int:
        """What was accepted of it."""
        return sum(part.position.accepted_cents for part in self.parts)

    @property
    def settled_cents(self) -> int:
        """What was settled of that."""
        return sum(part.position.settled_cents for part in self.parts)

    @property
    def retained_cents(self) -> int:
        """What is held back of that, opposed or not."""
        return sum(part.position.retained_cents + part.position.disputed_cents for part in self.parts)

    @property
    def awaiting_cents(self) -> int:
        """What waits for the client of that."""
        return sum(part.position.awaiting_cents for part in self.parts)

    @property
    def due_cents(self) -> int:
        """What is to be paid of that."""
        return sum(part.position.due_cents for part in self.parts)

    @property
    def margin_cents(self) -> int | None:
        """What was sold less what was entrusted; without a deal, the margin fixed in advance, if any."""
        if self.sold_cents is not None:
            return self.sold_cents - self.agreed_cents
        fixed = [part.fixed_margin_cents for part in self.parts if part.fixed_margin_cents is not None]
        return sum(fixed) if fixed else None

    @property
    def margin_bp(self) -> int | None:
        """The margin in basis points of what was sold; none of nothing."""
        return share_bp(self.margin_cents, self.sold_cents)


def share_bp(part_cents: int | None, whole_cents: int | None) -> int | None:
    """Return a part in basis points of the whole, cut towards zero; none where there is no whole."""
    if part_cents is None or not whole_cents:
        return None
    share = abs(part_cents) * money.BASIS_POINTS // abs(whole_cents)
    return share if (part_cents < 0) == (whole_cents < 0) else -share


def jobs(session: Session, deals: Deals, party: Party) -> list[Job]:
    """Return the jobs of a principal with what was entrusted for each, the newest first."""
    said = _said(session, party)
    known = {deal.key: deal for deal in deals.deals(session, party.host_key)}
    given = list(_subcontracts(session, party))
    where = positions.of_many(session, given)
    by_deal: dict[str, list[Entrusted]] = {}
    for subcontract in given:
        job, position = said.get(subcontract.id), where[subcontract.id]
        key = job.deal_key if job and job.deal_key else f"alone:{subcontract.id}"
        part = Entrusted(subcontract, position, _fixed_margin(job, position.contract_cents))
        by_deal.setdefault(key, []).append(part)
    return [_job(key, parts, known.get(key), said) for key, parts in by_deal.items()]


def _job(key: str, parts: Sequence[Entrusted], deal: Deal | None, said: dict[int, ClientJob]) -> Job:
    if deal is not None:
        return Job(deal.label, deal.client, deal.sold_cents, parts)
    if key.startswith("alone:"):
        return Job(parts[0].subcontract.title, "", None, parts)
    # The deal is gone from the host: what was said of it once.
    job = said[parts[0].subcontract.id]
    return Job(job.deal_label, job.client, None, parts)


def _fixed_margin(job: ClientJob | None, agreed_cents: int) -> int | None:
    if job is None or job.margin_kind not in (PERCENT, AMOUNT):
        return None
    if job.margin_kind == PERCENT:
        return money.percent_of(agreed_cents, job.margin_rate_bp)
    return int(job.margin_cents)


def _subcontracts(session: Session, party: Party) -> Iterable[Subcontract]:
    wanted = select(Subcontract).where(
        Subcontract.buyer_id == party.id,
        Subcontract.state.in_(workflow.STANDING),
        Subcontract.kind == CONTRACT,
    )
    loaded = wanted.options(joinedload(Subcontract.seller))
    return session.execute(loaded.order_by(Subcontract.id.desc())).scalars()


def _said(session: Session, party: Party) -> dict[int, ClientJob]:
    mine = select(ClientJob).join(ClientJob.subcontract).where(Subcontract.buyer_id == party.id)
    return {job.subcontract_id: job for job in session.execute(mine).scalars()}
