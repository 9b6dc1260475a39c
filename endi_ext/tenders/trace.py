"""The money of a line of the price schedule, from the notice to the books: who has it, and where it stands.

An agreement is the business of its two sides: someone else of the team sees what was shared, not what became
of it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ..exchanges import reductions, retention, rules
from ..exchanges.models import Exchange, Retention, Settlement
from ..kernel import money
from ..kernel.parties import Party
from ..ledger.models import Entry
from ..subcontracts import workflow as of_agreements
from ..subcontracts.client_models import ClientJob, NamedInvoice
from ..subcontracts.models import Delivery, DeliveryLine, Subcontract, SubcontractLine
from . import splits
from .models import Member, Tender
from .outcome_models import Agreement, AgreementLine
from .price_models import PriceLine


@dataclass(frozen=True)
class Step:
    """A delivery with something of the line in it, and what followed once it was accepted.

    `accepted_cents`, `settled_cents` and `held_cents` are the line's part of the exchange, `entries` those of
    the whole exchange, the oldest first.
    """

    delivery: Delivery
    part: DeliveryLine
    exchange: Exchange | None
    accepted_cents: int
    settled_cents: int
    held_cents: int
    settlements: Sequence[Settlement]
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Part:
    """What a member has of a line, and what became of it; `shown` says whether the reader may know.

    `made` and `agreed` are none as long as there is no agreement about it.
    """

    member: Member
    gross_cents: int
    shown: bool
    made: AgreementLine | None = None
    subcontract: Subcontract | None = None
    agreed: SubcontractLine | None = None
    invoices: Sequence[NamedInvoice] = ()
    steps: Sequence[Step] = ()

    @property
    def accepted_cents(self) -> int:
        """What was accepted of it."""
        return sum(step.accepted_cents for step in self.steps)

    @property
    def settled_cents(self) -> int:
        """What was settled of that."""
        return sum(step.settled_cents for step in self.steps)


@dataclass(frozen=True)
class Trace:
    """A line of the schedule and its parts, in the order of the team."""

    line: PriceLine
    parts: Sequence[Part]
    unassigned_cents: int

    @property
    def agreed_cents(self) -> int:
        """What was agreed for it, as far as the reader may know."""
        return sum(part.agreed.total_cents for part in self.parts if part.agreed is not None)

    @property
    def accepted_cents(self) -> int:
        """What was accepted of it, as far as the reader may know."""
        return sum(part.accepted_cents for part in self.parts)

    @property
    def settled_cents(self) -> int:
        """What was settled of it, as far as the reader may know."""
        return sum(part.settled_cents for part in self.parts)


def of_tender(session: Session, tender: Tender, party: Party) -> list[Trace]:
    """Return the trace of every line, as `party` may see it; entries are those of one line's own page."""
    known = _Known(session, tender, party)
    return [known.trace(one) for one in splits.split_of(session, tender).lines]


def of_line(session: Session, tender: Tender, line: PriceLine, party: Party) -> Trace:
    """Return the trace of one line, as `party` may see it, down to the entries."""
    known = _Known(session, tender, party, with_entries=True)
    split = splits.split_of(session, tender)
    return next(known.trace(one) for one in split.lines if one.line.id == line.id)


class _Known:
    """What there is about a tender's lines, read at once: a schedule has many lines."""

    def __init__(self, session: Session, tender: Tender, party: Party, *, with_entries: bool = False) -> None:
        self.session, self.tender, self.party, self.with_entries = session, tender, party, with_entries
        self.members = {member.id: member for member in tender.members}
        self.made = _made(session, tender)
        jobs = {int(one.agreement.subcontract_id) for one in self.made.values()}
        self.invoices = _invoices(session, jobs)
        self.deliveries = _deliveries(session, jobs)

    def trace(self, split: splits.LineSplit) -> Trace:
        """Return the trace of a line."""
        parts = [self._part(split.line, key, cents) for key, cents in split.parts.items() if cents]
        return Trace(split.line, parts, split.unassigned_cents)

    def _part(self, line: PriceLine, member_id: int, cents: int) -> Part:
        member, made = self.members[member_id], self.made.get((line.id, member_id))
        shown = self.party.id in (self.tender.lead_id, member.party_id)
        if made is None or not shown:
            return Part(member, cents, shown)
        job = made.agreement.subcontract
        in_force = next((one for one in job.version.lines if one.key == made.line_key), None)
        steps = [self._step(one) for one in self.deliveries.get((job.id, made.line_key), ())]
        return Part(member, cents, shown, made, job, in_force, self.invoices.get(job.id, ()), steps)

    def _step(self, part: DeliveryLine) -> Step:
        delivery, exchange = part.delivery, part.delivery.exchange
        entries = _entries(self.session, exchange) if self.with_entries and exchange is not None else ()
        if exchange is None or delivery.state != of_agreements.ACCEPTED:
            return Step(delivery, part, exchange, 0, 0, 0, (), entries)
        accepted = [int(one.accepted_cents or 0) for one in delivery.lines]
        place = next(place for place, one in enumerate(delivery.lines) if one.id == part.id)
        return Step(
            delivery,
            part,
            exchange,
            accepted[place],
            _share(exchange.settled_cents, accepted, place),
            _share(exchange.retained_cents, accepted, place),
            [one for one in exchange.settlements if one.reversed_at is None],
            entries,
        )


def _made(session: Session, tender: Tender) -> dict[tuple[int, int], AgreementLine]:
    """Return the latest agreement line by line of the schedule and member; those that stand win."""
    found = (
        select(AgreementLine)
        .join(Agreement, Agreement.id == AgreementLine.agreement_id)
        .where(Agreement.tender_id == tender.id)
        .order_by(Agreement.id)
        .options(joinedload(AgreementLine.agreement).joinedload(Agreement.subcontract))
    )
    rows = list(session.execute(found).scalars())
    standing = [row for row in rows if row.agreement.subcontract.state in of_agreements.STANDING]
    return {(row.price_line_id, row.agreement.member_id): row for row in (*rows, *standing)}


def _invoices(session: Session, jobs: Collection[int]) -> dict[int, list[NamedInvoice]]:
    """Return the client's invoices behind agreements, by subcontract."""
    found = (
        select(ClientJob.subcontract_id, NamedInvoice)
        .join(NamedInvoice, NamedInvoice.job_id == ClientJob.id)
        .where(ClientJob.subcontract_id.in_(list(jobs)))
        .order_by(NamedInvoice.id)
    )
    invoices: dict[int, list[NamedInvoice]] = {}
    for subcontract_id, invoice in session.execute(found):
        invoices.setdefault(subcontract_id, []).append(invoice)
    return invoices


def _deliveries(session: Session, jobs: Collection[int]) -> dict[tuple[int, int], list[DeliveryLine]]:
    """Return what was delivered of agreements, by subcontract and key of the line."""
    exchange = joinedload(DeliveryLine.delivery).joinedload(Delivery.exchange)
    found = (
        select(DeliveryLine, Delivery.subcontract_id, SubcontractLine.key)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .join(SubcontractLine, SubcontractLine.id == DeliveryLine.line_id)
        .where(Delivery.subcontract_id.in_(list(jobs)))
        .order_by(Delivery.number)
        .options(exchange.selectinload(Exchange.settlements))
        .options(joinedload(DeliveryLine.delivery).selectinload(Delivery.lines))
    )
    deliveries: dict[tuple[int, int], list[DeliveryLine]] = {}
    for part, subcontract_id, key in session.execute(found):
        deliveries.setdefault((subcontract_id, key), []).append(part)
    return deliveries


def _share(cents: int, weights: Sequence[int], place: int) -> int:
    """Return the line's part of what became of the whole exchange, so that the parts sum to it."""
    return money.allocate(cents, weights)[place] if any(weights) else 0


def _entries(session: Session, exchange: Exchange) -> list[Entry]:
    held = select(Retention).where(Retention.exchange_id == exchange.id)
    sources = [
        str(exchange.source),
        *retention.sources_of(exchange, session.execute(held).scalars().one_or_none()),
        *(rules.settlement_source(one.request_key) for one in exchange.settlements),
        *(reductions.source_of(one.request_key) for one in reductions.of_exchange(session, exchange.id)),
    ]
    return _posted(session, [*sources, *(f"{source}:reversed" for source in sources)])


def _posted(session: Session, sources: Iterable[str]) -> list[Entry]:
    found = select(Entry).where(Entry.source.in_(tuple(sources))).order_by(Entry.id)
    return list(session.execute(found.options(selectinload(Entry.lines))).scalars())
