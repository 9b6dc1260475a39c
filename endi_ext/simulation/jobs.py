"""What people do about their subcontracts: propose, sign, deliver, answer, dispute, amend."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges.models import Exchange
from ..kernel.parties import Party
from ..subcontracts import amendments, disputes, final_accounts, service, workflow
from ..subcontracts.conditions import of as conditions_of
from ..subcontracts.dispute_models import Dispute
from ..subcontracts.models import Amendment, Delivery, Subcontract
from ..subcontracts.terms import Conditions, ProposedLine, Terms
from .world import PRICES_CENTS, QUANTITIES, Operation, World, a_key, one_of, the

ALL_PERMILLE = 1_000


def propose(world: World, session: Session, rng: Random) -> Operation:
    """One proposes a job to another, as buyer or as seller."""
    buyer_id, seller_id = world.two(session, rng)
    author_id = rng.choice((buyer_id, buyer_id, seller_id))
    terms, key, act = _terms(world, rng), a_key(rng), world.act()

    def do(session: Session) -> Any:
        buyer, seller, author = (the(session, Party, one) for one in (buyer_id, seller_id, author_id))
        facts: dict[str, Any] = {"buyer": buyer, "seller": seller, "proposed_by": author, "terms": terms}
        return service.propose(session, title="Un travail", request_key=key, act=act, **facts)

    return Operation("propose", do)


def answer(world: World, session: Session, rng: Random) -> Operation | None:
    """A proposal is signed, declined, countered, or taken back."""
    found = _any(session, rng, Subcontract, Subcontract.state == workflow.PROPOSED)
    if found is None:
        return None
    key, number, act, counter = found.id, found.version_number, world.act("user:2"), _terms(world, rng)
    draw = rng.random()

    def do(session: Session) -> Any:
        job = the(session, Subcontract, key)
        answerer = job.seller if job.proposed_by_id == job.buyer_id else job.buyer
        if draw < 0.75:
            return service.accept(session, job, party=answerer, version=number, act=act)
        if draw < 0.85:
            return service.counter(session, job, party=answerer, terms=counter, version=number, act=act)
        if draw < 0.93:
            return service.decline(session, job, party=answerer, reason="Pas le temps", act=act)
        return service.withdraw(session, job, party=job.proposed_by, reason="Plus besoin", act=act)

    return Operation("answer", do)


def declare(world: World, session: Session, rng: Random) -> Operation | None:
    """A seller declares part of what remains, or all of it."""
    job = _any(session, rng, Subcontract, Subcontract.state == workflow.AGREED)
    if job is None:
        return None
    part = rng.choice((100, 333, 500, ALL_PERMILLE, ALL_PERMILLE))
    quantities = {line.id: line.remaining_thousandths * part // ALL_PERMILLE for line in job.version.lines}
    quantities = {line: cut for line, cut in quantities.items() if cut}
    if not quantities:
        return None
    key, request_key, act = job.id, a_key(rng), world.act("user:2")

    def do(session: Session) -> Any:
        job = the(session, Subcontract, key)
        facts: dict[str, Any] = {
            "quantities": quantities,
            "delivered_on": act.today,
            "note": "",
            "request_key": request_key,
        }
        return service.declare_delivery(session, job, party=job.seller, act=act, **facts)

    return Operation("declare", do)


def answer_delivery(world: World, session: Session, rng: Random) -> Operation | None:
    """A buyer accepts a delivery, takes part of it, contests it; or its seller takes it back."""
    found = _any(session, rng, Delivery, Delivery.state == workflow.DECLARED)
    if found is None:
        return None
    key, act, draw, part = found.id, world.act(), rng.random(), rng.randint(1, 999)

    def do(session: Session) -> Any:
        delivery = the(session, Delivery, key)
        buyer: dict[str, Any] = {"party": delivery.subcontract.buyer, "act": act}
        if draw < 0.78:
            return service.accept_delivery(session, delivery, accepted_on=act.today, **buyer)
        if draw < 0.86:
            parts = {one.id: one.quantity_thousandths * part // ALL_PERMILLE for one in delivery.lines}
            facts: dict[str, Any] = {"accepted": parts, "refusals": dict.fromkeys(parts, "Pas fini"), **buyer}
            return service.accept_in_part(session, delivery, accepted_on=act.today, **facts)
        if draw < 0.94:
            return service.contest_delivery(session, delivery, reason="Il en manque", **buyer)
        return service.withdraw_delivery(session, delivery, party=delivery.subcontract.seller, act=act)

    return Operation("answer_delivery", do)


def speak_in_a_dispute(world: World, session: Session, rng: Random) -> Operation | None:
    """A side gives way, or an arbiter is asked, takes the dispute and decides it."""
    found = _any(session, rng, Dispute, Dispute.state.in_((workflow.OPEN, workflow.ARBITRATION)))
    if found is None or found.subject != "delivery":
        return None
    key, act, gives_way, part = found.id, world.act(), rng.random() < 0.4, rng.randint(0, 1_000)
    said, arbiter, state = disputes.Said("Voici", a_key(rng)), world.act("user:9"), found.state
    decision = disputes.Said("Ainsi soit-il", a_key(rng))

    def do(session: Session) -> Any:
        dispute = the(session, Dispute, key)
        buyer = dispute.subcontract.buyer
        if state == workflow.OPEN and gives_way:
            return disputes.give_way(session, dispute, party=buyer, act=act)
        if state == workflow.OPEN:
            return disputes.ask_arbitration(session, dispute, party=buyer, said=said, act=act)
        disputes.take(session, dispute, instead_of="", act=arbiter)
        lines = the(session, Delivery, dispute.subject_id).lines
        parts = {one.id: one.quantity_thousandths * part // ALL_PERMILLE for one in lines}
        outcome = disputes.Outcome(parts, dict.fromkeys(parts, "Le relevé le dit"))
        return disputes.decide(session, dispute, outcome=outcome, said=decision, act=arbiter)

    return Operation("speak_in_a_dispute", do)


def amend(world: World, session: Session, rng: Random) -> Operation | None:
    """A side proposes another price or quantity for what was agreed."""
    job = _any(session, rng, Subcontract, Subcontract.state == workflow.AGREED)
    if job is None or job.kind != "contract":
        return None
    lines = [
        ProposedLine(one.description, one.quantity_thousandths, one.unit, one.unit_price_cents, one.key)
        for one in job.version.lines
    ]
    place = rng.randrange(len(lines))
    more = lines[place].quantity_thousandths * rng.choice((2, 3)) // 2 + 1
    lines[place] = replace(lines[place], quantity_thousandths=more)
    key, request_key, act, sells = job.id, a_key(rng), world.act(), rng.random() < 0.5

    def do(session: Session) -> Any:
        job = the(session, Subcontract, key)
        terms = Terms(act.today + timedelta(days=60), lines, conditions=conditions_of(job.version))
        party = job.seller if sells else job.buyer
        facts: dict[str, Any] = {"party": party, "terms": terms, "request_key": request_key, "act": act}
        return amendments.propose_amendment(session, job, **facts)

    return Operation("amend", do)


def answer_amendment(world: World, session: Session, rng: Random) -> Operation | None:
    """The other side signs an amendment or declines it."""
    found = _any(session, rng, Amendment, Amendment.state == workflow.PROPOSED)
    if found is None:
        return None
    key, number, act, signs = found.id, found.version_number, world.act("user:2"), rng.random() < 0.8

    def do(session: Session) -> Any:
        amendment = the(session, Amendment, key)
        job = amendment.subcontract
        other = job.seller if amendment.proposed_by_id == job.buyer_id else job.buyer
        if signs:
            return amendments.accept_amendment(session, amendment, party=other, version=number, act=act)
        return amendments.decline_amendment(session, amendment, party=other, reason="Non", act=act)

    return Operation("answer_amendment", do)


def undo_a_delivery(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant undoes an acceptance that was a mistake."""
    found = _any(session, rng, Delivery, Delivery.state == workflow.ACCEPTED)
    if found is None:
        return None
    key, act = found.id, world.act("user:5")

    def do(session: Session) -> Any:
        delivery = the(session, Delivery, key)
        return service.reverse_delivery(session, delivery, reason="Erreur", on=act.today, act=act)

    return Operation("undo_a_delivery", do)


def close_a_job(world: World, session: Session, rng: Random) -> Operation | None:
    """The buyer of a job that is done draws up its final account and the seller signs it."""
    found = _any(session, rng, Subcontract, Subcontract.state == workflow.COMPLETED)
    if found is None:
        return None
    key, request_key, act = found.id, a_key(rng), world.act()

    def do(session: Session) -> Any:
        job = the(session, Subcontract, key)
        facts: dict[str, Any] = {"party": job.buyer, "message": "", "request_key": request_key, "act": act}
        account = final_accounts.draw_up(session, job, **facts)
        session.flush()
        return final_accounts.sign(session, account, party=job.seller, act=act)

    return Operation("close_a_job", do)


def act_for_others(world: World, session: Session, rng: Random) -> Operation | None:
    """Somebody who has nothing to do with a delivery accepts it: always refused."""
    found = _any(session, rng, Delivery, Delivery.state == workflow.DECLARED)
    if found is None:
        return None
    job = found.subcontract
    others = [one for one in world.trading(session) if one not in (job.buyer_id, job.seller_id)]
    if not others:
        return None
    key, stranger_id, act = found.id, rng.choice(others), world.act("user:7")

    def do(session: Session) -> Any:
        delivery, stranger = the(session, Delivery, key), the(session, Party, stranger_id)
        return service.accept_delivery(session, delivery, party=stranger, accepted_on=act.today, act=act)

    return Operation("must be refused: act_for_others", do)


def undone_exchange(session: Session, exchange: Exchange, **facts: Any) -> Exchange:
    """Undo an exchange, through its delivery when there is one."""
    return service.reverse_exchange(session, exchange, **facts)


def _any(session: Session, rng: Random, model: Any, condition: Any) -> Any:
    key = one_of(session, rng, select(model.id).where(condition).order_by(model.id.desc()))
    return None if key is None else the(session, model, key)


def _terms(world: World, rng: Random) -> Terms:
    lines = [
        ProposedLine(
            "Ouvrage", rng.choice(QUANTITIES), rng.choice(("h", "u", "m²")), rng.choice(PRICES_CENTS)
        )
        for _ in range(rng.randint(1, 3))
    ]
    # Never worth nothing: a thousandth of a thing at a cent is refused elsewhere.
    lines.append(ProposedLine("Déplacement", 1_000, "forfait", rng.choice((1_000, 2_599))))
    return Terms(world.today + timedelta(days=rng.randint(10, 90)), lines, conditions=_conditions(world, rng))


def _conditions(world: World, rng: Random) -> Conditions:
    rate = rng.choice((0, 0, 0, 500, 333))
    by_date = bool(rate) and rng.random() < 0.5
    silence = rng.choice((None, None, 5, 10))
    return Conditions(
        retention_rate_bp=rate,
        retention_release="on_acceptance" if rate and not by_date else "on_date",
        retention_release_on=world.today + timedelta(days=rng.randint(30, 150)) if by_date else None,
        payment_kind=rng.choice(("days", "days", "end_of_month", "client")),
        silence_days=silence,
        silence_accepts=silence is not None and rng.random() < 0.5,
    )
