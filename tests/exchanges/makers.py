"""Exchanges with defaults, and entries as an accountant writes them."""

import itertools
from datetime import date

from sqlalchemy import select

from endi_ext.exchanges import service as exchanges
from endi_ext.ledger.models import Entry
from endi_ext.ledger.service import drafts_of
from tests.builders import an_act

numbers = itertools.count(1)
ON = date(2026, 11, 2)


def facts_of(world, **facts):
    """What is needed to record an exchange of 1 000,00 between the two parties of `world`."""
    values = {
        "source": f"test:exchange:{next(numbers)}",
        "seller_id": world.seller.id,
        "buyer_id": world.buyer.id,
        "net_cents": 100_000,
        "accepted_on": ON,
        "label": "Pose de la cuisine",
        "reference": "F-1",
        **facts,
    }
    return exchanges.ExchangeFacts(**values)


def an_exchange(world, **facts):
    return exchanges.record(world.session, facts_of(world, **facts), an_act())


def settled(world, exchange, amount_cents=None, **facts):
    """All that remains of an exchange is settled, or `amount_cents`."""
    values = {
        "amount_cents": exchange.remaining_cents if amount_cents is None else amount_cents,
        "settled_on": ON,
        "request_key": f"click-{next(numbers)}",
        "act": an_act(),
        **facts,
    }
    return exchanges.settle(world.session, exchange, **values)


def books(session, names):
    """All entries, oldest first, one a paragraph: side, account, party, euros."""
    entries = session.execute(select(Entry).order_by(Entry.id)).scalars().all()
    return "\n\n".join(table(draft, names) for draft in drafts_of(entries))


def table(draft, names):
    lines = [f"{draft.journal} {draft.effective_on:%d/%m/%Y} {draft.text}"]
    for line in draft.lines:
        side, cents = ("D", line.debit_cents) if line.debit_cents else ("C", line.credit_cents)
        other = f" ({names[line.counterparty_id]})" if line.counterparty_id else ""
        lines.append(f"{side} {line.number:<7}{names[line.party_id]:<4}{euros(cents):>9}{other}")
    return "\n".join(lines)


def euros(cents):
    return f"{cents // 100:,}".replace(",", " ") + f",{cents % 100:02}"
