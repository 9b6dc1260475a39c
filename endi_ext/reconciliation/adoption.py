"""The internal documents of a host brought into the books: sound pairs become exchanges, with what followed.

Called again it adds what is new and nothing else: an exchange is found by its source, a payment and a credit
note by the host's own ids. What was edited or deleted in the host is left to a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..exchanges import bulk, bulk_settlements, papers, plain_rows, rules
from ..kernel.history import Act, Event
from ..kernel.parties import Party
from ..ledger.models import CLOSED, Period
from . import adoption_rules, adoption_steps, frozen
from .adoption_rules import Plan
from .adoption_steps import ENTRY_WAITS, waits
from .known import source_of
from .pairs import CREDIT_NOTE, INVOICE, QUOTATION, Pair

# What became of a pair.
ADOPTED, UPDATED, UNCHANGED, LEFT_OUT = "adopted", "updated", "unchanged", "left_out"
# A quotation is kept as it stands; a credit note comes with the invoice it takes back.
KEPT, WITH_ITS_INVOICE = "kept", "with_its_invoice"
# Why a pair is left out that is sound in itself.
CLOSED_MONTH, UNKNOWN_PARTY, OUTSIDER = "closed_month", "unknown_party", "outsider"
# As many as the hosts read at once: a smaller batch would read the same documents again.
BATCH = 500


@dataclass(frozen=True)
class Decision:
    """What is to become of a pair, or became of it."""

    pair: Pair
    outcome: str
    reason: str = ""
    plan: Plan | None = None
    exchange_id: int | None = None


@dataclass(frozen=True)
class Ground:
    """What a batch is held against, read once for it."""

    origin: str
    parties: Mapping[str, Party]
    closed_until: date | None
    exchanges: Mapping[str, Any]
    frozen: Mapping[str, Any]


def examine(session: Session, pairs: Sequence[Pair], origin: str) -> list[Decision]:
    """Say what is to become of pairs; nothing is written."""
    ground = _ground(session, pairs, origin)
    return [_decide(pair, ground) for pair in pairs]


def adopt(session: Session, pairs: Sequence[Pair], origin: str, act: Act) -> list[Decision]:
    """Bring pairs into the books; return what became of each. What the books refuse is left out."""
    ground, before = _ground(session, pairs, origin), _last_event(session)
    decisions = [_decide(pair, ground) for pair in pairs]
    with papers.made_already(session):
        done = {one.pair.key: one for one in _record(session, decisions, ground, act)}
        for one in decisions:
            if one.outcome == UPDATED:
                done[one.pair.key] = _complete(session, one, act)
    became = [done.get(one.pair.key, one) for one in decisions]
    kept = (one for one in became if one.outcome == KEPT or (one.plan and one.outcome != LEFT_OUT))
    frozen.keep(session, [(one.pair, one.exchange_id) for one in kept], origin, act)
    _tell_nobody(session, [one.exchange_id for one in became if one.exchange_id is not None], before, act)
    return became


def _ground(session: Session, pairs: Sequence[Pair], origin: str) -> Ground:
    keys = {key for pair in pairs for key in (pair.seller_key, pair.buyer_key) if key}
    found = session.execute(select(Party).where(Party.host_key.in_(keys))).scalars()
    closed = select(Period.ends_on).where(Period.state == CLOSED).order_by(Period.ends_on.desc()).limit(1)
    invoices = [source_of(origin, one.key) for one in pairs if one.kind == INVOICE]
    return Ground(
        origin,
        {str(party.host_key): party for party in found},
        session.execute(closed).scalar(),
        bulk.existing_by_source(session, invoices),
        frozen.of_keys(session, origin, [pair.key for pair in pairs]),
    )


def _decide(pair: Pair, ground: Ground) -> Decision:
    reason = adoption_rules.reason_against(pair) or _reason_of_parties(pair, ground)
    if reason:
        return Decision(pair, LEFT_OUT, reason, exchange_id=pair.exchange_id)
    if pair.kind == CREDIT_NOTE:
        return Decision(pair, WITH_ITS_INVOICE)
    row = ground.frozen.get(pair.key)
    if row is not None and row.digest == adoption_rules.digest(pair):
        return Decision(pair, UNCHANGED, exchange_id=row.exchange_id)
    if pair.kind == QUOTATION:
        return Decision(pair, KEPT)
    plan = adoption_rules.plan_of(pair)
    known = ground.exchanges.get(source_of(ground.origin, pair.key))
    if known is not None:
        return Decision(pair, UPDATED, plan=plan, exchange_id=known.id)
    days = (plan.sale.on, *(one.on for one in plan.refunds), *(one.on for one in plan.payments))
    if ground.closed_until is not None and min(days) <= ground.closed_until:
        return Decision(pair, LEFT_OUT, CLOSED_MONTH)
    return Decision(pair, ADOPTED, plan=plan)


def _reason_of_parties(pair: Pair, ground: Ground) -> str | None:
    both = [ground.parties.get(key or "") for key in (pair.seller_key, pair.buyer_key)]
    if None in both:
        return UNKNOWN_PARTY
    outsider = any(party is not None and party.kind == "external" for party in both)
    return OUTSIDER if outsider or both[0] is both[1] else None


def _record(session: Session, decisions: Iterable[Decision], ground: Ground, act: Act) -> list[Decision]:
    """Record the new exchanges and their payments together, then what was taken back, one by one."""
    new = {source_of(ground.origin, one.pair.key): one for one in decisions if one.outcome == ADOPTED}
    if not new:
        return []
    plans = {source: one.plan for source, one in new.items() if one.plan is not None}
    at_once = {source: on for source, plan in plans.items() if (on := plan.settled_at_once) is not None}
    facts = [_facts(source, plan, ground.parties) for source, plan in plans.items()]
    bulk.record_many(session, facts, act, settled_on=at_once)
    recorded = bulk.existing_by_source(session, new)
    frozen.pair_documents(session, [(recorded[source].id, plan) for source, plan in plans.items()], act)
    paid = {bulk.settlement_key(source): plans[source].payments[0] for source in at_once}
    paid |= _settle(session, {source: plan for source, plan in plans.items() if source not in at_once}, act)
    frozen.pair_settlements(session, paid, act)
    settled = {one.sale_id for one in paid.values()}
    done = []
    for source, one in new.items():
        told, plan = replace(one, exchange_id=recorded[source].id), plans[source]
        if waits(recorded[source]):
            done.append(replace(told, outcome=LEFT_OUT, reason=ENTRY_WAITS))
        elif plan.refunds or any(part.sale_id not in settled for part in plan.payments):
            done.append(_begin(session, told, act))
        else:
            done.append(told)
    return done


def _settle(session: Session, plans: Mapping[str, Plan], act: Act) -> dict[str, adoption_rules.Paid]:
    """Settle new exchanges in parts, those of which nothing was taken back; return the parts by their key."""
    paid = {
        source: {adoption_steps.payment_key(one): one for one in plan.payments}
        for source, plan in plans.items()
        if not plan.refunds
    }
    parts = [
        bulk_settlements.Part(source, one.cents, one.on, key)
        for source, of_it in paid.items()
        for key, one in of_it.items()
    ]
    if bulk_settlements.wait(session):
        return {}  # once validated, one by one
    bulk_settlements.settle_new(session, parts, act)
    return {key: one for of_it in paid.values() for key, one in of_it.items()}


def _begin(session: Session, decision: Decision, act: Act) -> Decision:
    told = _complete(session, decision, act)
    return told if told.outcome == LEFT_OUT else replace(told, outcome=ADOPTED)


def _facts(source: str, plan: Plan, parties: Mapping[str, Party]) -> rules.ExchangeFacts:
    return rules.ExchangeFacts(
        source=source,
        seller_id=parties[plan.sale.owner_key].id,
        buyer_id=parties[plan.purchase.owner_key].id,
        net_cents=plan.cents,
        accepted_on=plan.sale.on,
        label=plan.sale.label or plan.sale.number,
        reference=plan.sale.number[:100],
        contribution_cents=plan.contribution_cents,
        begun=True,  # what was done stays done when somebody has left since
    )


def _complete(session: Session, decision: Decision, act: Act) -> Decision:
    """Bring one exchange up to what both documents say now, or leave it as it is, with the reason."""
    assert decision.plan is not None, "an invoice to adopt has its plan"
    assert decision.exchange_id is not None, "it is recorded already"
    done = adoption_steps.complete(session, decision.exchange_id, decision.plan, act)
    if done.reason:
        return replace(decision, outcome=LEFT_OUT, reason=done.reason)
    return replace(decision, outcome=UPDATED if done.changed else UNCHANGED)


def _last_event(session: Session) -> int:
    return int(session.execute(select(Event.id).order_by(Event.id.desc()).limit(1)).scalar() or 0)


def _tell_nobody(session: Session, exchange_ids: Sequence[int], before: int, act: Act) -> None:
    """Let no letter leave of what we did after an event: it happened in the host, where people were told."""
    session.flush()
    ours = Event.id > before, Event.at == act.at, Event.actor_key == act.actor_key, Event.untold.is_(True)
    for some in plain_rows.slices(exchange_ids, BATCH):
        told = update(Event).where(Event.subject == "exchange", Event.subject_id.in_(some))
        session.execute(
            told.where(*ours).values(untold=None),
            execution_options={"synchronize_session": False},
        )
