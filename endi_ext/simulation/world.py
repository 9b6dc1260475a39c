"""The cooperative of a simulation: its people, its clock, its clients, and what its people may do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import parties
from ..kernel.history import Act
from ..kernel.parties import COOPERATIVE, Party, PartyFacts
from ..ports import ClientInvoice, ClientReceipt

BEGINNING = date(2026, 1, 5)
RATES_BP = (None, 0, 500, 1_000, 1_234)
TRADES = ("Menuiserie", "Graphisme", "Jardin", "Couture", "Conseil", "Traduction", "Photo", "Toiture")
# What is bought between entrepreneurs is small more often than not; odd cents make roundings show.
PRICES_CENTS = (1, 3, 99, 1_250, 4_500, 33_333, 120_000)
QUANTITIES = (333, 1_000, 1_000, 3_000, 7_777, 12_500, 100_000)


@dataclass(frozen=True)
class Operation:
    """One thing somebody does: done again with the same facts, it must change nothing more."""

    name: str
    do: Callable[[Session], Any]


# Reads, chooses and returns what is to be done, or nothing when there is nothing to do it to.
Planner = Callable[["World", Session, Random], Operation | None]


class Clients:
    """Clients with one invoice for each job: ports.ExternalReceipts for subcontracts."""

    def __init__(self) -> None:
        self.invoices: dict[tuple[str, str], ClientInvoice] = {}

    def bill(self, host_key: str, key: str, net_cents: int, on: date) -> None:
        """Let the party have invoiced its client, 20 % of VAT included, unless it has."""
        total_cents = net_cents + net_cents // 5
        made = ClientInvoice(key, key, "Chantier", "Client", on, net_cents, total_cents, 0, ())
        self.invoices.setdefault((host_key, key), made)

    def pay(self, host_key: str, key: str, receipt_key: str, cents: int, on: date) -> None:
        """Let the client pay, or take back what it paid when `cents` is zero."""
        invoice = self.invoices[host_key, key]
        kept = [one for one in invoice.receipts if one.key != receipt_key]
        if cents:
            kept.append(ClientReceipt(receipt_key, on, cents))
        self.invoices[host_key, key] = replace(invoice, receipts=tuple(kept))

    def invoice(self, _session: Session, host_key: str, key: str) -> ClientInvoice | None:
        """Return one invoice a party sent."""
        return self.invoices.get((host_key, key))

    def deals(self, _session: Session, _host_key: str) -> Sequence[Any]:
        """Return no job: these clients are known by their invoices alone."""
        return ()


class World:
    """Where a simulation stands: its day, and keys that are the same in each run of a seed."""

    def __init__(self, seed: int, party_count: int) -> None:
        self.seed, self.party_count = seed, party_count
        self.today, self.minute, self.jump = BEGINNING, 0, timedelta()
        self.clients = Clients()
        self.closed_until: date | None = None

    def people(self, session: Session) -> None:
        """Let the cooperative and its entrepreneurs be known."""
        rng = Random(f"{self.seed}:people")
        facts = [PartyFacts("cooperative:0", "La coopérative", "CAE", kind=COOPERATIVE)]
        for number in range(1, self.party_count + 1):
            name = f"{rng.choice(TRADES)} {number}"
            rate = rng.choice(RATES_BP)
            facts.append(PartyFacts(f"company:{number}", name, f"E{number:04}", contribution_rate_bp=rate))
        parties.keep_in_step(session, facts)

    def act(self, actor: str = "user:1") -> Act:
        """Return who acts now: a minute later than what was done before."""
        self.minute += 1
        at = datetime.combine(self.today, time(8), UTC) + timedelta(minutes=self.minute % 600) + self.jump
        return Act(actor, "Quelqu’un", at, at.date())

    def next_day(self) -> None:
        """Let the night pass."""
        self.today += timedelta(days=1)
        self.minute = 0

    def trading(self, session: Session) -> list[int]:
        """Return the ids of those who trade."""
        wanted = select(Party.id).where(Party.kind != COOPERATIVE, Party.active.is_(True)).order_by(Party.id)
        return list(session.execute(wanted).scalars())

    def two(self, session: Session, rng: Random) -> tuple[int, int]:
        """Return two who trade; those who came first trade more than others."""
        found = self.trading(session)
        one = found[int(len(found) * rng.random() ** 2)]
        other = rng.choice([party for party in found if party != one])
        return one, other


def one_of(session: Session, rng: Random, wanted: Any, newest: int = 60) -> Any:
    """Return an id among the newest that a select of ids finds, or None."""
    found = session.execute(wanted.limit(newest)).scalars().all()
    return rng.choice(found) if found else None


def the(session: Session, model: Any, key: Any) -> Any:
    """Return the row that a step was planned about; nothing is ever removed."""
    found = session.get(model, key)
    assert found is not None, "what was read once stays"
    return found


def a_key(rng: Random) -> str:
    """Return a key as a form carries it."""
    return f"{rng.getrandbits(96):024x}"
