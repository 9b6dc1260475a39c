"""What accountants and clients do: settle, undo, credit, release, import, come back late."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges import bulk, reductions
from ..exchanges import service as exchanges
from ..exchanges.models import OPEN, PARTLY_SETTLED, Exchange, Retention, Settlement
from ..exchanges.rules import ExchangeFacts
from ..kernel.parties import Party
from ..subcontracts import client_invoices, client_payments, queries, retentions
from ..subcontracts.models import Subcontract, SubcontractVersion
from ..subcontracts.terms import CLIENT_PAYS
from . import jobs
from .world import PRICES_CENTS, Operation, World, a_key, one_of, the

UNSETTLED = Exchange.state.in_((OPEN, PARTLY_SETTLED))


def settle(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant settles what may be settled of an exchange, or part of it."""
    exchange = _unsettled(session, rng)
    if exchange is None or not exchange.payable_cents:
        return None
    cents = exchange.payable_cents
    return _settling(
        world, rng, exchange, cents if rng.random() < 0.6 else rng.randint(1, max(1, cents // 2))
    )


def settle_too_much(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant types a digit too many: refused."""
    exchange = _unsettled(session, rng)
    if exchange is None:
        return None
    made = _settling(world, rng, exchange, exchange.remaining_cents + 1 + rng.randrange(1_000))
    return Operation("must be refused: settle_too_much", made.do)


def settle_in_a_closed_month(world: World, session: Session, rng: Random) -> Operation | None:
    """Somebody comes back late with a payment of a month that is closed: refused."""
    exchange = _unsettled(session, rng)
    if exchange is None or world.closed_until is None or not exchange.payable_cents:
        return None
    made = _settling(world, rng, exchange, 1, on=world.closed_until - timedelta(days=rng.randrange(20)))
    return Operation("must be refused: settle_in_a_closed_month", made.do)


def undo_a_settlement(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant undoes a payment noted by mistake."""
    wanted = select(Settlement.id).where(Settlement.reversed_at.is_(None)).order_by(Settlement.id.desc())
    key, act = one_of(session, rng, wanted), world.act("user:5")
    if key is None:
        return None

    def do(session: Session) -> Any:
        settlement = the(session, Settlement, key)
        return exchanges.reverse_settlement(session, settlement, reason="Erreur", on=act.today, act=act)

    return Operation("undo_a_settlement", do)


def credit(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant takes part of an exchange back."""
    exchange = _unsettled(session, rng)
    if exchange is None or exchange.payable_cents < 2:
        return None
    key, cents = exchange.id, rng.randint(1, exchange.payable_cents - 1)
    request_key, act = a_key(rng), world.act("user:5")

    def do(session: Session) -> Any:
        facts: dict[str, Any] = {
            "amount_cents": cents,
            "reason": "Geste",
            "on": act.today,
            "request_key": request_key,
        }
        return reductions.reduce(session, the(session, Exchange, key), act=act, **facts)

    return Operation("credit", do)


def undo_an_exchange(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant cancels a whole exchange."""
    exchange = _unsettled(session, rng)
    if exchange is None:
        return None
    key, act = exchange.id, world.act("user:5")

    def do(session: Session) -> Any:
        facts: dict[str, Any] = {"reason": "Double", "on": act.today, "act": act}
        return jobs.undone_exchange(session, the(session, Exchange, key), **facts)

    return Operation("undo_an_exchange", do)


def import_some(world: World, session: Session, rng: Random) -> Operation:
    """An accountant imports a file of exchanges made elsewhere, some of them settled."""
    rows, settled = [], {}
    for _ in range(rng.randint(2, 12)):
        buyer, seller = world.two(session, rng)
        source = f"import:{a_key(rng)}"
        rows.append(ExchangeFacts(source, seller, buyer, rng.choice(PRICES_CENTS) + 1, world.today, "Bon"))
        if rng.random() < 0.5:
            settled[source] = world.today
    act = world.act("user:5")
    return Operation("import_some", lambda session: bulk.record_many(session, rows, act, settled_on=settled))


def handle_a_retention(world: World, session: Session, rng: Random) -> Operation | None:
    """A buyer lets go what is held, in part or whole, opposes its release, or lifts the opposition."""
    wanted = select(Retention.exchange_id).where(Retention.state != "released").order_by(Retention.id.desc())
    key, act, draw = one_of(session, rng, wanted), world.act(), rng.random()
    if key is None:
        return None
    held = session.execute(select(Retention).where(Retention.exchange_id == key)).scalars().one()
    contested, number = held.state == "contested", held.release_count + 1
    cents = max(1, held.remaining_cents * rng.randint(1, 1_000) // 1_000)

    def do(session: Session) -> Any:
        delivery: Any = queries.delivery_of_exchange(session, key)
        buyer: dict[str, Any] = {"party": delivery.subcontract.buyer, "act": act}
        if contested:
            return retentions.lift(session, delivery, **buyer)
        if draw < 0.3:
            return retentions.contest(session, delivery, reason="Des réserves", **buyer)
        facts: dict[str, Any] = {"amount_cents": cents, "number": number, **buyer}
        return retentions.release(session, delivery, **facts)

    return Operation("handle_a_retention", do)


def client_pays(world: World, session: Session, rng: Random) -> Operation | None:
    """A client pays part of what a job waits for, or takes a payment back."""
    version = SubcontractVersion.subcontract_id == Subcontract.id
    wanted = select(Subcontract.id).join(SubcontractVersion, version)
    wanted = wanted.where(SubcontractVersion.number == Subcontract.version_number)
    wanted = wanted.where(SubcontractVersion.payment_kind == CLIENT_PAYS, Subcontract.accepted_cents > 0)
    key = one_of(session, rng, wanted.order_by(Subcontract.id.desc()))
    if key is None:
        return None
    job = the(session, Subcontract, key)
    host_key, invoice_key, act = job.buyer.host_key, f"invoice:{job.id}", world.act()
    world.clients.bill(host_key, invoice_key, job.version.total_cents * 2, world.today)
    cents = rng.choice((0, job.version.total_cents // 3 + 1, job.version.total_cents * 3))
    world.clients.pay(host_key, invoice_key, f"receipt:{rng.randrange(3)}", cents, world.today)

    def do(session: Session) -> Any:
        job = the(session, Subcontract, key)
        facts: dict[str, Any] = {"party": job.buyer, "invoice_key": invoice_key, "act": act}
        client_invoices.name_invoice(session, world.clients, job, **facts)
        return client_payments.follow(session, world.clients, job, act)

    return Operation("client_pays", do)


def leave_or_come_back(world: World, session: Session, rng: Random) -> Operation:
    """An entrepreneur leaves the cooperative, or comes back."""
    party_id, leaves = rng.choice(world.trading(session)), rng.random() < 0.3

    def do(session: Session) -> Any:
        gone = session.execute(select(Party).where(Party.active.is_(False))).scalars().all()
        for party in gone:
            party.active = True
        the(session, Party, party_id).active = not leaves

    return Operation("leave_or_come_back", do)


def _unsettled(session: Session, rng: Random) -> Any:
    key = one_of(session, rng, select(Exchange.id).where(UNSETTLED).order_by(Exchange.id.desc()))
    return None if key is None else the(session, Exchange, key)


def _settling(world: World, rng: Random, exchange: Exchange, cents: int, on: Any = None) -> Operation:
    key, request_key, act = exchange.id, a_key(rng), world.act("user:5")

    def do(session: Session) -> Any:
        facts: dict[str, Any] = {
            "amount_cents": cents,
            "settled_on": on or act.today,
            "request_key": request_key,
        }
        return exchanges.settle(session, the(session, Exchange, key), act=act, **facts)

    return Operation("settle", do)
