"""A cooperative's books of a size, with all an accountant's desk shows: for benchmarks/desk.py.

Two years of exchanges between a thousand parties of very different sizes, paid a month later but for one in a
hundred: each makes about two entries, lettered with each other. Months are closed but the last two. Some
entries wait, some findings stand, and a campaign of matching holds as many documents, up to a hundred
thousand.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.exchanges import bulk, postings
from endi_ext.exchanges.rules import ExchangeFacts
from endi_ext.hosts.demo import people, seeding
from endi_ext.hosts.demo.app import create_tables
from endi_ext.kernel.history import Act
from endi_ext.kernel.parties import INTERNAL, Party
from endi_ext.ledger import drafts
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Period
from endi_ext.reconciliation import campaigns, finding_store
from endi_ext.reconciliation.campaign_models import FILES, LOADING, Campaign
from endi_ext.reconciliation.campaign_rows import Listed
from endi_ext.reconciliation.found import WARNING, Found
from tests.reconciliation.hard_world import a_hard_world

PARTIES, AT_ONCE = 1_000, 10_000
DAYS, DAYS_TO_PAY, OPEN_MONTHS = 730, 35, 2
MOST_LISTED = 50_000
WAITING_IN, FINDINGS_IN, CODES = 1_000, 500, 8
PERSONS = (
    people.Person(1, "helene", "Hélène Marchand", people.ENTREPRENEUR),
    people.Person(2, "odile", "Odile Berthier", people.ACCOUNTANT),
)
TODAY = datetime.now(UTC).date()
ACT = Act("user:2", "Odile Berthier", datetime.now(UTC), TODAY)


def build(engine: Engine, entries: int, *, password: str) -> int:
    """Fill a new database; return how many entries its books hold."""
    create_tables(engine)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        companies = (
            people.Company(number, f"Atelier {number}", f"AT{number}", "Métier", "Lyon", ("helene",))
            for number in range(1, PARTIES + 1)
        )
        seeding.populate(session, PERSONS, companies, password=password)
        seeding.directory().sync(session)
        session.commit()
        parties = list(session.execute(select(Party.id).where(Party.kind == INTERNAL)).scalars())
        posted = exchange(session, parties, entries)
        close_months(session)
        _let_some_wait(session, parties, entries // WAITING_IN)
        find_some(session, entries // FINDINGS_IN)
        _match(session, min(entries // 2, MOST_LISTED))
    return posted


def exchange(session: Session, parties: list[int], entries: int) -> int:
    drawn, posted, first = random.Random(1), 0, 0
    while posted < entries:
        some = list(_facts(drawn, parties, first, min(AT_ONCE, (entries - posted + 1) // 2)))
        paid = {
            one.source: on
            for one in some
            if (on := one.accepted_on + timedelta(DAYS_TO_PAY)) < TODAY and drawn.random() > 0.01
        }
        found = bulk.record_many(session, some, ACT, settled_on=paid)
        session.commit()
        posted, first = posted + found.recorded + found.settled, first + len(some)
    return posted


def _facts(drawn: random.Random, parties: list[int], first: int, count: int) -> Iterator[ExchangeFacts]:
    weights = [1 / (rank + 1) for rank in range(len(parties))]
    chosen = iter(drawn.choices(parties, weights, k=4 * count))
    for number in range(first, first + count):
        seller, buyer = next(chosen), next(chosen)
        buyer = buyer if buyer != seller else parties[(parties.index(seller) + 1) % len(parties)]
        on = TODAY - timedelta(1 + drawn.randrange(DAYS))
        cents = drawn.randrange(1_000, 500_000)
        yield ExchangeFacts(f"bench:{number}", seller, buyer, cents, on, f"Prestation {number}")


def close_months(session: Session) -> None:
    months = list(session.execute(select(Period).order_by(Period.starts_on)).scalars())
    for one in months[:-OPEN_MONTHS]:
        ledger.close_period(session, one, ACT)
        session.commit()


def _let_some_wait(session: Session, parties: list[int], count: int) -> None:
    drafts.choose_stage(session, postings.EXCHANGES, True, ACT)
    drawn = random.Random(2)
    facts = _facts(drawn, parties, 10**9, count)
    recent = [replace(one, accepted_on=TODAY - timedelta(drawn.randrange(20))) for one in facts]
    bulk.record_many(session, recent, ACT)
    session.commit()


def find_some(session: Session, count: int) -> None:
    drawn = random.Random(3)
    founds = (
        Found(
            key=f"invoice:{number}",
            code=f"bench_{number % CODES}",
            severity=WARNING,
            amount_cents=drawn.randrange(100, 100_000),
            on=TODAY - timedelta(drawn.randrange(DAYS)),
            seller_key=f"company:{drawn.randint(1, PARTIES)}",
            buyer_key=f"company:{drawn.randint(1, PARTIES)}",
        )
        for number in range(count)
    )
    finding_store.refresh(session, "bench", founds, ACT)
    session.commit()


def _match(session: Session, exchanges: int) -> None:
    world = a_hard_world(1, exchanges, parties=max(10, exchanges // 100), share=1 / 12)
    sides = world.sales, world.purchases
    lists = [Listed(some, [(one.label, one.reference) for one in some], {}) for some in sides]
    words: dict[str, Any] = {"name": "Mesure", "source": FILES, "request_key": "measure", "act": ACT}
    campaign_id = campaigns.start(session, *lists, **words).id
    session.commit()
    while session.get(Campaign, campaign_id).state == LOADING:
        campaigns.advance(session, campaign_id)
        session.commit()
