"""The agreements that carry the shares of a tender into execution: prepared, sent, linked to the client."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import money
from ..kernel.history import Act
from ..kernel.parties import Party
from ..subcontracts import client_invoices, client_payments
from ..subcontracts import service as subcontracts
from ..subcontracts import steps as of_agreements
from ..subcontracts.client_terms import Receipts
from ..subcontracts.jobs import Deal
from ..subcontracts.models import Subcontract
from ..subcontracts.terms import CLIENT_PAYS, ON_ACCEPTANCE, ON_DATE, Conditions, ProposedLine, Terms
from ..subcontracts.workflow import STANDING
from . import members, outcomes, shares, splits, steps
from .models import Lot, Member, Tender
from .outcome_errors import DealUnknown, NothingToAgree
from .outcome_models import Agreement, AgreementLine
from .price_models import PriceLine, PriceTerms

TITLE_LENGTH, LINE_LENGTH, UNIT_LENGTH = 190, 500, 30
UNIT_THOUSANDTHS = 1000
# Why no agreement is sent to a member.
OUTSIDE, LEFT_THE_COOPERATIVE, NOTHING, MADE = "outside", "inactive", "nothing", "made"


@dataclass(frozen=True)
class Words:
    """What is written in the lines: the unit of what is done as a whole, and the text of a line.

    `described` says how much of a line done as a whole is meant, given the line and the member's part of it.
    """

    whole: str
    described: Callable[[PriceLine, int], str]


@dataclass(frozen=True)
class PreparedLine:
    """A line of the schedule, what the member has of it, and what would be agreed for it."""

    line: PriceLine
    gross_cents: int
    proposed: ProposedLine

    @property
    def agreed_cents(self) -> int:
        """What would be agreed for it."""
        return self.proposed.total_cents


@dataclass(frozen=True)
class Prepared:
    """The agreement a member would be sent; `obstacle` says why none is."""

    member: Member
    lines: Sequence[PreparedLine]
    gross_cents: int
    obstacle: str | None = None

    @property
    def agreed_cents(self) -> int:
        """What would be agreed for all."""
        return sum(one.agreed_cents for one in self.lines)


def prepare(session: Session, tender: Tender, words: Words, *, fresh: bool = False) -> list[Prepared]:
    """Return what each member but the lead would be sent for the lots won, in the order of the team.

    What an agreement that stands is about already is left out: a lot won later is agreed beside it. `fresh`
    reads with a lock what was sent a moment ago too.
    """
    lots = outcomes.won_lots(tender)
    split = splits.split_of(session, tender, lots=lots)
    agreed = _agreed(session, outcomes.living_agreements(session, tender, fresh=fresh), fresh=fresh)
    found = []
    for member in members.active(tender):
        if member.id != split.lead_member_id:
            made = agreed.get(member.id, {})
            lines = _lines(split, member, made, lots, words)
            mine = {one.line.id: one.parts.get(member.id, 0) for one in split.lines}
            gross_cents = split.members[member.id].gross_cents - sum(mine[line_id] for line_id in made)
            found.append(Prepared(member, lines, gross_cents, _obstacle(member, lines, made)))
    return found


def conditions_of(session: Session, tender: Tender, today: date) -> Conditions:
    """Return how the agreements are paid: when the client pays, what the tender holds back held back."""
    rate_bp = int(tender.retention_rate_bp)
    if not rate_bp:
        return Conditions(payment_kind=CLIENT_PAYS)
    said = select(PriceTerms.retention_release_on).where(PriceTerms.tender_id == tender.id)
    release_on = session.execute(said).scalars().one_or_none()
    later = release_on is not None and release_on > today
    return Conditions(
        payment_kind=CLIENT_PAYS,
        retention_rate_bp=rate_bp,
        retention_release=ON_DATE if later else ON_ACCEPTANCE,
        retention_release_on=release_on if later else None,
    )


def send(
    session: Session,
    tender: Tender,
    *,
    party: Party,
    words: Words,
    due_on: date,
    answer_by: date | None = None,
    message: str = "",
    act: Act,
) -> list[Agreement]:
    """Propose to each member what their share says, signed by the lead: all at once, or none.

    What is agreed about already is not proposed again. Raises WrongState, WrongRole, NothingToAgree,
    and as subcontracts.propose does.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "send_agreements", party)
    waiting = [one for one in prepare(session, locked, words, fresh=True) if one.obstacle is None]
    if not waiting:
        raise NothingToAgree
    conditions = conditions_of(session, locked, act.today)
    made = []
    for one in waiting:
        lines = [line.proposed for line in one.lines]
        terms = Terms(due_on, lines, message, answer_by, conditions)
        made.append(_sent(session, locked, one, party, terms, act))
    steps.step(session, locked, "send_agreements", party, act)
    return made


def link_deal(session: Session, tender: Tender, *, party: Party, deal: Deal | None, act: Act) -> Tender:
    """Say which job of the lead for its client the tender became: its agreements belong to it.

    Raises WrongState, WrongRole, DealUnknown.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "link_deal", party)
    if deal is None:
        raise DealUnknown
    if locked.deal_key != deal.key:
        locked.deal_key = deal.key
        steps.step(session, locked, "link_deal", party, act, deal.label)
    for agreement in outcomes.living_agreements(session, locked):
        _name_deal(session, agreement.subcontract, deal)
    return locked


def name_invoice(
    session: Session, receipts: Receipts, tender: Tender, *, party: Party, invoice_key: str, act: Act
) -> int:
    """Say that a client invoice stands behind every agreement that binds; return how many there are.

    What was accepted of them is due as the client pays it. Raises WrongState, WrongRole, InvoiceUnknown.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "link_deal", party)
    bound = [one for one in outcomes.living_agreements(session, locked) if one.subcontract.state in STANDING]
    for agreement in bound:
        client_invoices.name_invoice(
            session, receipts, agreement.subcontract, party=party, invoice_key=invoice_key, act=act
        )
    return len(bound)


def of_tender(session: Session, tender: Tender) -> list[Agreement]:
    """Return every agreement made of the shares, those that ended too, in the order they were sent."""
    found = select(Agreement).where(Agreement.tender_id == tender.id).order_by(Agreement.id)
    return list(session.execute(found).scalars())


def of_subcontract(session: Session, subcontract: Subcontract) -> Agreement | None:
    """Return the tender's side of an agreement that was made of shares."""
    found = select(Agreement).where(Agreement.subcontract_id == subcontract.id)
    return session.execute(found).scalars().one_or_none()


def _agreed(session: Session, standing: Sequence[Agreement], *, fresh: bool) -> dict[int, dict[int, int]]:
    """Return what is agreed already, by member and line of the schedule."""
    whose = {one.id: one.member_id for one in standing}
    found = select(AgreementLine).where(AgreementLine.agreement_id.in_(list(whose)))
    if fresh:
        found = found.with_for_update(read=True)
    agreed: dict[int, dict[int, int]] = {}
    for line in session.execute(found).scalars():
        agreed.setdefault(whose[line.agreement_id], {})[line.price_line_id] = int(line.agreed_cents)
    return agreed


def _lines(
    split: splits.Split, member: Member, agreed: Mapping[int, int], lots: Sequence[int], words: Words
) -> list[PreparedLine]:
    """Return the lines nothing is agreed about yet: with what is agreed they make the whole share."""
    every = splits.agreement_lines(split, member.id, lots=lots)
    gross = {one.line.id: one.parts.get(member.id, 0) for one in split.lines}
    wanted = [(line, cents) for line, cents in every if line.id not in agreed]
    if agreed and wanted:
        rest_cents = split.members[member.id].agreed_cents - sum(agreed.values())
        spread = shares.spread(rest_cents, [gross[line.id] for line, _cents in wanted])
        wanted = [(line, cents) for (line, _cents), cents in zip(wanted, spread, strict=True)]
    return [
        PreparedLine(line, gross[line.id], _proposed(line, gross[line.id], cents, words, len(lots) > 1))
        for line, cents in wanted
        if cents > 0
    ]


def _obstacle(member: Member, lines: Sequence[PreparedLine], made: Mapping[int, int]) -> str | None:
    if made and not lines:
        return MADE
    if member.outside:
        return OUTSIDE
    if not member.party.active:
        return LEFT_THE_COOPERATIVE
    return None if lines else NOTHING


def _proposed(line: PriceLine, gross_cents: int, cents: int, words: Words, several: bool) -> ProposedLine:
    """Return the line to propose: its own quantity where all of it is the member's, at a unit price that
    makes the amount to the cent.

    Otherwise it is one whole: whoever does a part of a line must not be bound to all of its quantity, and one
    the fee was taken off may have no unit price.
    """
    lot: Lot = line.lot
    text = f"{lot.key} – {line.description}" if several and lot.key else str(line.description)
    quantity, whole = line.quantity_thousandths, gross_cents == line.total_cents
    if quantity and whole:
        unit_price = money.round_half_up(Decimal(cents * UNIT_THOUSANDTHS) / quantity)
        if unit_price and money.line_total(quantity, unit_price) == cents:
            return ProposedLine(
                text[:LINE_LENGTH], quantity, (line.unit or words.whole)[:UNIT_LENGTH], unit_price
            )
    if quantity or not whole:
        described = f" ({words.described(line, gross_cents)})"
        text = text[: LINE_LENGTH - len(described)] + described
    return ProposedLine(text[:LINE_LENGTH], UNIT_THOUSANDTHS, words.whole, cents)


def _sent(
    session: Session, tender: Tender, prepared: Prepared, party: Party, terms: Terms, act: Act
) -> Agreement:
    member = prepared.member
    before = select(Agreement.id).where(Agreement.member_id == member.id).with_for_update(read=True)
    number = 1 + len(session.execute(before).scalars().all())
    subcontract = subcontracts.propose(
        session,
        buyer=party,
        seller=member.party,
        title=str(tender.title)[:TITLE_LENGTH],
        terms=terms,
        request_key=f"tender-{tender.id}-{member.id}-{number}",
        act=act,
    )
    agreement = Agreement(tender=tender, member=member, subcontract=subcontract, sent_at=act.at)
    for line, row in zip(prepared.lines, of_agreements.lines_of(session, subcontract.version), strict=True):
        agreement.lines.append(
            AgreementLine(
                line_key=row.key,
                price_line_id=line.line.id,
                gross_cents=line.gross_cents,
                agreed_cents=line.agreed_cents,
            )
        )
    session.add(agreement)
    session.flush()  # what follows finds it by its id
    return agreement


def _name_deal(session: Session, subcontract: Subcontract, deal: Deal) -> None:
    """Note the deal before both have signed too: the principal's own, the other side never sees it."""
    locked = of_agreements.lock(session, Subcontract, subcontract.id)
    job = client_payments.job_of(session, locked)
    job.deal_key, job.deal_label, job.client = deal.key, deal.label[:190], deal.client[:190]
