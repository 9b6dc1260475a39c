"""A process that posts entries one by one, each in its own transaction: python -m tests.ledger.poster."""

import sys

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import service as ledger
from endi_ext.ledger.entries import EntryDraft, credit, debit
from endi_ext.ledger.models import Entry
from tests.builders import TODAY, an_act


def post_all(url, name, count):
    engine = make_engine(url)
    print("ready", flush=True)
    for number in range(count):
        # Accounts of its own now and then, and two both processes use all the time.
        own = f"7{name}{number // 50}"
        lines = (debit("411900", 1, 100 + number, 2), credit(own, 2, 100 + number, 1))
        draft = EntryDraft("EI", TODAY, f"{name}:{number}", f"Entrée {number}", lines)
        with Session(engine, future=True) as session:
            # As in a host, whose identity query opens the snapshot long before our code runs.
            session.execute(select(func.count()).select_from(Entry)).scalar_one()
            ledger.post(session, draft, an_act())
            session.commit()
        print(number, flush=True)
    engine.dispose()


if __name__ == "__main__":
    post_all(sys.argv[1], sys.argv[2], int(sys.argv[3]))
