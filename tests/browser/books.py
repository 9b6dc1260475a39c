"""The books behind a served host, as the small table an accountant would draw."""

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.kernel.parties import Party
from endi_ext.ledger import audit
from endi_ext.ledger.models import Account, Line, Seal


class Books:
    """What was posted since this object was made."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine, future=True) as session:
            self.since = session.execute(select(func.max(Seal.sequence))).scalar() or 0

    def table(self) -> str:
        """Return the balances of what was posted: account, enseigne, debit less credit in euros."""
        balance = func.sum(Line.debit_cents) - func.sum(Line.credit_cents)
        rows = (
            select(Account.number, Party.name, balance)
            .join(Line, Line.account_id == Account.id)
            .join(Party, Party.id == Account.party_id)
            .join(Seal, Seal.entry_id == Line.entry_id)
            .where(Seal.sequence > self.since)
            .group_by(Account.number, Party.name)
            .order_by(Account.number, Party.name)
        )
        with Session(self.engine, future=True) as session:
            found = [(number, name, int(cents)) for number, name, cents in session.execute(rows)]
        return "\n".join(f"{number:<8}{name:<28}{euros(cents):>10}" for number, name, cents in found if cents)

    def entries(self) -> int:
        """Return how many entries were posted."""
        with Session(self.engine, future=True) as session:
            return int(session.execute(select(func.count()).where(Seal.sequence > self.since)).scalar_one())

    def prove(self) -> None:
        """The whole book is sound and its invariants hold."""
        with Session(self.engine, future=True) as session:
            verdict = audit.verify(session)
            assert verdict.sound, verdict.breaks
            assert invariants.check(session) == []


def euros(cents: int) -> str:
    """Return signed euros with the comma."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100},{cents % 100:02}"
