"""The money of a line of the price schedule, from the notice to the books: who has it, and where it stands.

An agreement is the business of its two sides: someone else of the team sees what was shared, not what became
of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

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
    """Return the trace of every line that has a share, as `party` may see it."""
    return [_trace(session, tender, one, party) for one in splits.split_of(session, tender).lines]


def of_line(session: Session, tender: Tender, line: PriceLine, party: Party) -> Trace:
    """Return the trace of one line, as `party` may see it."""
    split = splits.split_of(session, tender)
    found = next(one for one in split.lines if one.line.id == line.id)
    return _trace(session, tender, found, party)


def _trace(session: Session, tender: Tender, split: splits.LineSplit, party: Party) -> Trace:
    members = {member.id: member for member in tender.members}
    made = _made(session, tender, split.line)
    parts = [
        _part(session, members[member_id], cents, made.get(member_id), party, lead_id=tender.lead_id)
        for member_id, cents in split.parts.items()
        if cents
    ]
    return Trace(split.line, parts, split.unassigned_cents)


def _made(session: Session, tender: Tender, line: PriceLine) -> dict[int, AgreementLine]:
    """Return the latest agreement line about a line of the schedule, by member; those that stand win."""
    found = (
        select(AgreementLine, Agreement)
        .join(Agreement, Agreement.id == AgreementLine.agreement_id)
        .where(AgreementLine.price_line_id == line.id, Agreement.tender_id == tender.id)
        .order_by(Agreement.id)
    )
    rows = list(session.execute(found))
    standing = [row for row in rows if row.Agreement.subcontract.state in of_agreements.STANDING]
    return {row.Agreement.member_id: row.AgreementLine for row in (*rows, *standing)}


def _part(
    session: Session, member: Member, cents: int, made: AgreementLine | None, party: Party, *, lead_id: int
) -> Part:
    shown = party.id in (lead_id, member.party_id)
    if made is None or not shown:
        return Part(member, cents, shown)
    subcontract = made.agreement.subcontract
    in_force = next((line for line in subcontract.version.lines if line.key == made.line_key), None)
    return Part(
        member,
        cents,
        shown,
        made,
        subcontract,
        in_force,
        _invoices(session, subcontract),
        _steps(session, subcontract, made.line_key),
    )


def _invoices(session: Session, subcontract: Subcontract) -> list[NamedInvoice]:
    found = (
        select(NamedInvoice)
        .join(ClientJob, ClientJob.id == NamedInvoice.job_id)
        .where(ClientJob.subcontract_id == subcontract.id)
    )
    return list(session.execute(found.order_by(NamedInvoice.id)).scalars())


def _steps(session: Session, subcontract: Subcontract, line_key: int) -> list[Step]:
    found = (
        select(DeliveryLine)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .join(SubcontractLine, SubcontractLine.id == DeliveryLine.line_id)
        .where(Delivery.subcontract_id == subcontract.id, SubcontractLine.key == line_key)
        .order_by(Delivery.number)
    )
    return [_step(session, part) for part in session.execute(found).scalars()]


def _step(session: Session, part: DeliveryLine) -> Step:
    delivery, exchange = part.delivery, part.delivery.exchange
    if exchange is None or delivery.state != of_agreements.ACCEPTED:
        entries = [] if exchange is None else _entries(session, exchange)
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
        _entries(session, exchange),
    )


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
