"""What must hold of agreements, deliveries, disputes and tenders: of those a step touched, or of all.

Which a step touched is read from the histories: nothing happens to a document that its history does not tell.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..exchanges.models import CANCELLED, Exchange, Settlement
from ..exchanges.paper_models import Reduction
from ..kernel.history import Event
from ..subcontracts import positions, workflow
from ..subcontracts.dispute_models import Dispute
from ..subcontracts.final_account_models import FinalAccount
from ..subcontracts.models import (
    Amendment,
    Delivery,
    Signature,
    Subcontract,
    SubcontractLine,
    SubcontractVersion,
)
from ..tenders import outcomes, splits
from ..tenders import workflow as tender_workflow
from ..tenders.models import Lot, Member, Tender
from .broken import Broken

OF_A_JOB = {"delivery": Delivery, "amendment": Amendment, "dispute": Dispute, "final_account": FinalAccount}
OF_A_TENDER = {"lot": Lot, "member": Member}

Ids = Collection[int]


def check(session: Session, *, since: int = 0) -> int:
    """Prove what the events after number `since` are about, or all; return the last event. Raises Broken."""
    last = int(session.execute(select(func.max(Event.id))).scalar() or 0)
    if last > since:
        touched = _touched(session, since)
        jobs = _parents(session, touched, Subcontract, OF_A_JOB, "subcontract_id")
        jobs |= _jobs_of_exchanges(session, touched["exchange"])
        _prove_jobs(session, jobs)
        for key in _parents(session, touched, Tender, OF_A_TENDER, "tender_id"):
            _prove_tender(session, session.get(Tender, key))
    return last


def _touched(session: Session, since: int) -> defaultdict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    told = select(Event.subject, Event.subject_id).where(Event.id > since).distinct()
    for subject, key in session.execute(told):
        found[subject].add(key)
    return found


def _parents(
    session: Session, touched: defaultdict[str, set[int]], model: Any, parts: dict[str, Any], column: str
) -> set[int]:
    """Return the ids of the documents touched themselves or in one of their parts."""
    found = set(touched[model.__tablename__.removeprefix("endi_ext_")])
    for subject, part in parts.items():
        if touched[subject]:
            mine = select(getattr(part, column)).where(part.id.in_(touched[subject]))
            found.update(session.execute(mine).scalars())
    return found


def _jobs_of_exchanges(session: Session, exchange_ids: Ids) -> set[int]:
    if not exchange_ids:
        return set()
    wanted = select(Delivery.subcontract_id).where(Delivery.exchange_id.in_(exchange_ids))
    return set(session.execute(wanted).scalars())


def _prove_jobs(session: Session, ids: Ids) -> None:
    if not ids:
        return
    found = session.execute(select(Subcontract).where(Subcontract.id.in_(ids))).scalars().all()
    standing = [one for one in found if one.state in workflow.STANDING]
    _both_signed_the_same(session, found)
    if standing:
        _deliveries_add_up(session, standing)
        _lines_add_up(session, standing)
        for key, position in positions.of_many(session, standing).items():
            if not position.adds_up:
                raise Broken("position_does_not_add_up", {"subcontract_id": key, "position": position})
    _exchanges_are_those_of_their_deliveries(session, ids)


def _both_signed_the_same(session: Session, jobs: Collection[Any]) -> None:
    """An agreement binds when both sides signed the version in force, as it is, and not before."""
    signed = (
        select(SubcontractVersion.subcontract_id, Signature.party_id)
        .join(Signature, Signature.version_id == SubcontractVersion.id)
        .join(Subcontract, Subcontract.id == SubcontractVersion.subcontract_id)
        .where(Subcontract.id.in_([one.id for one in jobs]))
        .where(SubcontractVersion.number == Subcontract.version_number)
        .where(Signature.digest == SubcontractVersion.digest)
    )
    who: defaultdict[int, set[int]] = defaultdict(set)
    for key, party_id in session.execute(signed):
        who[key].add(party_id)
    for job in jobs:
        both = who[job.id] == {job.buyer_id, job.seller_id}
        if both != (job.state in workflow.STANDING):
            facts = {"subcontract_id": job.id, "state": job.state, "party_ids": sorted(who[job.id])}
            raise Broken("signatures_differ", facts)


def _deliveries_add_up(session: Session, jobs: Collection[Any]) -> None:
    """What a job says was accepted is the sum of its accepted deliveries, and no more than was agreed."""
    sums = select(Delivery.subcontract_id, func.sum(Delivery.accepted_cents))
    sums = sums.where(Delivery.subcontract_id.in_([one.id for one in jobs]))
    sums = sums.where(Delivery.state == workflow.ACCEPTED).group_by(Delivery.subcontract_id)
    accepted = {key: int(cents) for key, cents in session.execute(sums)}
    for job in jobs:
        cents = accepted.get(job.id, 0)
        if not job.accepted_cents == cents <= job.version.total_cents:
            raise Broken("accepted_differs", {"subcontract_id": job.id, "cents": (job.accepted_cents, cents)})


def _lines_add_up(session: Session, jobs: Collection[Any]) -> None:
    """The lines in force hold what was accepted; a job is completed when they are, to the thousandth."""
    left = func.sum(SubcontractLine.quantity_thousandths - SubcontractLine.accepted_thousandths)
    wanted = (
        select(Subcontract.id, func.sum(SubcontractLine.accepted_cents), left)
        .join(SubcontractVersion, SubcontractVersion.subcontract_id == Subcontract.id)
        .join(SubcontractLine, SubcontractLine.version_id == SubcontractVersion.id)
        .where(SubcontractVersion.number == Subcontract.version_number)
        .where(Subcontract.id.in_([one.id for one in jobs]))
        .group_by(Subcontract.id)
    )
    states = {one.id: one for one in jobs}
    for key, cents, thousandths in session.execute(wanted):
        job = states[key]
        if int(cents) != job.accepted_cents or (int(thousandths) > 0) != (job.state == workflow.AGREED):
            facts = {"subcontract_id": key, "cents": (int(cents), job.accepted_cents), "state": job.state}
            raise Broken("lines_differ", facts | {"left_thousandths": int(thousandths)})


def _exchanges_are_those_of_their_deliveries(session: Session, ids: Ids) -> None:
    """An accepted delivery is one exchange of the same two: what was accepted, less what was taken back."""
    mine = select(Delivery.exchange_id).where(Delivery.subcontract_id.in_(ids))
    back = (
        select(Reduction.exchange_id, func.sum(Reduction.amount_cents).label("cents"))
        .where(Reduction.exchange_id.in_(mine))
        .group_by(Reduction.exchange_id)
        .subquery()
    )
    paid = (
        select(Settlement.exchange_id, func.sum(Settlement.amount_cents).label("cents"))
        .where(Settlement.reversed_at.is_(None), Settlement.exchange_id.in_(mine))
        .group_by(Settlement.exchange_id)
        .subquery()
    )
    rows = (
        select(Delivery, Subcontract, Exchange, back.c.cents, paid.c.cents)
        .join(Subcontract, Subcontract.id == Delivery.subcontract_id)
        .outerjoin(Exchange, Exchange.id == Delivery.exchange_id)
        .outerjoin(back, back.c.exchange_id == Exchange.id)
        .outerjoin(paid, paid.c.exchange_id == Exchange.id)
        .where(Delivery.subcontract_id.in_(ids))
    )
    for delivery, job, exchange, reduced, settled in session.execute(rows):
        wrong = _wrong_with(delivery, job, exchange, int(reduced or 0), int(settled or 0))
        if wrong:
            raise Broken(wrong, {"delivery_id": delivery.id, "state": delivery.state})


def _wrong_with(delivery: Any, job: Any, exchange: Any, reduced_cents: int, settled_cents: int) -> str:
    if (delivery.state in (workflow.ACCEPTED, workflow.REVERSED)) != (exchange is not None):
        return "delivery_without_exchange" if exchange is None else "exchange_without_acceptance"
    if exchange is None:
        return ""
    if (exchange.buyer_id, exchange.seller_id) != (job.buyer_id, job.seller_id):
        return "exchange_of_others"
    if (delivery.state == workflow.REVERSED) != (exchange.state == CANCELLED):
        return "reversed_and_cancelled_differ"
    if exchange.net_cents + reduced_cents != delivery.accepted_cents:
        return "exchange_differs_from_delivery"
    return "" if exchange.settled_cents == settled_cents else "settled_differs_from_settlements"


def _prove_tender(session: Session, tender: Any) -> None:
    """The shares of each line sum to its price, states agree, and what was sent is what the shares say."""
    split = splits.split_of(session, tender)
    facts = {"tender_id": tender.id, "state": tender.state}
    for one in split.lines:
        if sum(one.parts.values()) + one.unassigned_cents != one.line.total_cents:
            raise Broken("shares_differ_from_line", facts | {"line_id": one.line.id})
    gross = sum(share.gross_cents for share in split.members.values())
    if gross + split.unassigned_cents != split.total_cents or split.total_cents != sum(split.lots.values()):
        raise Broken("shares_differ_from_total", facts)
    if sum(share.fee_cents for share in split.members.values()):
        raise Broken("fees_do_not_cancel", facts)
    found = {lot.outcome for lot in tender.lots if lot.answered}
    if (tender.state == tender_workflow.WON) != ("won" in found):
        raise Broken("outcomes_differ", facts | {"outcomes": sorted(found)})
    standing = [one for one in outcomes.submissions(session, tender) if not one.taken_back_at]
    if len(standing) > 1 or (standing and standing[0].total_cents != split.total_cents):
        raise Broken("deposit_differs", facts)
    for one in outcomes.living_agreements(session, tender):
        first = next(version for version in one.subcontract.versions if version.number == 1)
        if first.total_cents != sum(line.agreed_cents for line in one.lines):
            raise Broken("agreement_differs_from_share", facts | {"subcontract_id": one.subcontract_id})
