"""What people do about joint tenders: gather a team, decide, price, share, deposit, win, carry it out."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.paris import PARIS
from ..kernel.parties import Party
from ..tenders import (
    agreements,
    assignments,
    decisions,
    members,
    outcomes,
    price_terms,
    prices,
    service,
    splits,
    workflow,
)
from ..tenders.models import Lot, Member, Tender
from ..tenders.outcome_models import Agreement
from ..tenders.price_facts import LineFacts
from ..tenders.shares import PARTS, PERCENT, Claim
from .world import PRICES_CENTS, QUANTITIES, Operation, World, a_key, one_of, the

WORDS = agreements.Words("forfait", lambda line, _cents: line.description)
LINES = 4


def begin(world: World, session: Session, rng: Random) -> Operation:
    """One begins an answer to a tender of two lots."""
    lead_id, _other = world.two(session, rng)
    deadline = datetime.combine(world.today + timedelta(days=rng.randint(15, 60)), time(12), PARIS)
    lots = [service.LotFacts(f"Lot {place}", key=f"LOT-{place:04}") for place in (1, 2)]
    facts = service.TenderFacts("Réhabilitation", lots, {"buyer_name": "Une ville", "deadline": deadline})
    key, act = a_key(rng), world.act()

    def do(session: Session) -> Any:
        return service.create(
            session, lead=the(session, Party, lead_id), facts=facts, request_key=key, act=act
        )

    return Operation("begin_a_tender", do)


def go_on(world: World, session: Session, rng: Random) -> Operation | None:
    """The next thing a team does about one of its tenders."""
    # Who won alone has nobody to send an agreement to.
    done = select(Agreement.tender_id)
    others = select(Member.tender_id).where(Member.role != "lead", Member.state == workflow.ACCEPTED)
    to_send = Tender.id.not_in(done) & Tender.id.in_(others)
    wanted = select(Tender.id).where(
        Tender.state.in_((*workflow.UNDER_WAY, workflow.SUBMITTED))
        | ((Tender.state == workflow.WON) & to_send)
    )
    key = one_of(session, rng, wanted.order_by(Tender.id.desc()), newest=12)
    if key is None:
        return None
    tender = the(session, Tender, key)
    if tender.state == workflow.PREPARING:
        return _gather(world, session, rng, tender)
    if tender.state == workflow.ANSWERING:
        return _price(world, session, rng, tender)
    return _end(world, rng, tender)


def answer_invitation(world: World, session: Session, rng: Random) -> Operation | None:
    """Somebody who was invited joins or declines."""
    wanted = select(Member.id).where(Member.state == workflow.INVITED, Member.party_id.is_not(None))
    key, joins, act = one_of(session, rng, wanted.order_by(Member.id.desc())), rng.random() < 0.8, world.act()
    if key is None:
        return None

    def do(session: Session) -> Any:
        member = the(session, Member, key)
        return members.answer(session, member, accept=joins, by=member.party, act=act, reason="Voilà")

    return Operation("answer_invitation", do)


def _gather(world: World, session: Session, rng: Random, tender: Tender) -> Operation:
    """Invite one more, or take a position and decide."""
    key, act = tender.id, world.act()
    if len(tender.members) < 4 and rng.random() < 0.75:
        invited = rng.choice(world.trading(session))
        terms = members.Terms(mission="Une part")

        def invite(session: Session) -> Any:
            found = the(session, Tender, key)
            return members.invite(session, found, the(session, Party, invited), terms, by=found.lead, act=act)

        return Operation("invite", invite)

    def decide(session: Session) -> Any:
        found = the(session, Tender, key)
        for member in members.active(found):
            facts: dict[str, Any] = {
                "stance": "go",
                "reason": "Allons-y",
                "by": member.party or found.lead,
                "act": act,
            }
            decisions.take_position(session, member, **facts)
        session.flush()
        return decisions.decide(session, found, go=True, statement="On répond", by=found.lead, act=act)

    return Operation("decide", decide)


def _price(world: World, session: Session, rng: Random, tender: Tender) -> Operation:
    """Add a line until there are enough, then share what is unshared and deposit."""
    key, act, request_key = tender.id, world.act(), a_key(rng)
    if len(splits.lines_of(session, tender)) < LINES:
        lot = rng.choice(tender.lots)
        quantity, price = rng.choice(QUANTITIES), rng.choice(PRICES_CENTS) + 100
        facts = LineFacts(lot.id, "Ouvrage", "", "u", quantity, price)

        def add(session: Session) -> Any:
            found = the(session, Tender, key)
            return prices.add_line(session, found, facts, party=found.lead, request_key=request_key, act=act)

        return Operation("add_a_price", add)
    split = splits.split_of(session, tender)
    if not split.complete:
        return _share(world, rng, tender, [one.line.id for one in split.lines])

    def submit(session: Session) -> Any:
        found = the(session, Tender, key)
        at = act.at - timedelta(minutes=1)
        return outcomes.submit(session, found, party=found.lead, submitted_at=at, act=act)

    return Operation("submit", submit)


def _share(world: World, rng: Random, tender: Tender, lines: list[int]) -> Operation:
    team = [member.id for member in members.active(tender)]
    wanted = {}
    for line in lines:
        some = rng.sample(team, rng.randint(1, len(team)))
        claims = [Claim(member, PARTS, rng.randint(1, 9_999)) for member in some]
        wanted[line] = assignments.Wanted(claims if len(some) > 1 else [Claim(some[0], PERCENT, 10_000)])
    key, act, fee_bp = tender.id, world.act(), rng.choice((0, 333, 1_000))
    settled = price_terms.Settled(fee_bp, rng.choice((0, 10_001)), rng.choice((0, 500)), payment_days=30)

    def do(session: Session) -> Any:
        found = the(session, Tender, key)
        price_terms.settle(session, found, settled, party=found.lead, act=act)
        return assignments.assign(session, found, wanted, party=found.lead, act=act)

    return Operation("share", do)


def _end(world: World, rng: Random, tender: Tender) -> Operation:
    """Note what the buyer decided of each lot; once won, send every member the agreement of their share."""
    key, act, wins = tender.id, world.act(), rng.random() < 0.7
    due_on = world.today + timedelta(days=90)
    if tender.state == workflow.WON:

        def send(session: Session) -> Any:
            found = the(session, Tender, key)
            return agreements.send(session, found, party=found.lead, words=WORDS, due_on=due_on, act=act)

        return Operation("send_agreements", send)
    lot_id = next(lot.id for lot in tender.lots if lot.answered and lot.outcome == "none")
    result = outcomes.Result("won" if wins else "lost", reason="Le prix")

    def conclude(session: Session) -> Any:
        lot = the(session, Lot, lot_id)
        return outcomes.conclude(session, lot, party=lot.tender.lead, result=result, act=act)

    return Operation("end_a_tender", conclude)
