"""What must hold after each step: of what the step posted at once, of everything at the end of each month."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..exchanges import invariants
from ..exchanges.models import CANCELLED, WAITING, Exchange
from ..ledger import audit, seals
from ..ledger.models import Account, AccountTotal, Book, Entry, Line
from . import promises
from .broken import Broken

# Accounts of both schemes that net to zero over the cooperative, as the default choices name them.
GROUPS = (
    ("704900", "604020"),
    ("411900", "401900", "411700", "401700"),
    ("6223", "7083"),
    ("186", "187"),
    ("181", "1817"),
    ("580",),
    ("580000",),
)

OWED = (*GROUPS[1], *GROUPS[4])
BOUGHT_AND_SOLD = (*GROUPS[0], *GROUPS[3])

# What is not in the books: taken back, or waiting for an accountant.
OUTSIDE = (CANCELLED, WAITING)


class Proofs:
    """What was proved so far, and what was acknowledged: sources that must be in the books for ever."""

    def __init__(self) -> None:
        self.sequence, self.digest, self.event_id = 0, seals.GENESIS, 0
        self.acknowledged: set[str] = set()

    def after_a_step(self, session: Session) -> int:
        """Prove what was posted since the last time; return how many entries that was. Raises Broken."""
        book = session.execute(select(Book)).scalars().one()
        if book.last_sequence < self.sequence:
            raise Broken("entries_lost", {"before": self.sequence, "now": book.last_sequence})
        new = (
            session.execute(select(Entry).where(Entry.id > self.sequence).order_by(Entry.id)).scalars().all()
        )
        if new:
            self._chain_holds(session)
            self._groups_net_to_zero(session)
            self._pairs_agree(session, [entry.id for entry in new])
        for entry in new:
            if entry.source in self.acknowledged:
                raise Broken("posted_twice", {"source": entry.source})
            self.acknowledged.add(entry.source)
        self.sequence, self.digest = book.last_sequence, book.last_digest
        self.event_id = promises.check(session, since=self.event_id)
        return len(new)

    def everything(self, session: Session) -> None:
        """Prove all there is. Raises Broken."""
        verdict = audit.verify(session)
        if not verdict.sound:
            raise Broken(*verdict.breaks[0])
        for code, facts in invariants.check(session):
            raise Broken(code, facts)
        promises.check(session)
        there = set(session.execute(select(Entry.source)).scalars())
        if there != self.acknowledged:
            raise Broken("acknowledged_differ", {"sources": sorted(there ^ self.acknowledged)[:5]})

    def _chain_holds(self, session: Session) -> None:
        facts = {"format": seals.CHECKPOINT, "sequence": self.sequence, "digest": self.digest}
        facts |= {"entries": self.sequence, "lines": 0, "signed_at": "2026-01-01T00:00:00.000000Z"}
        # Nothing precedes the first entry: there the whole chain is what is new.
        since = seals.signed(facts, seals.signing_key()) if self.sequence else None
        verdict = audit.verify(session, checkpoint=since, only_since=since is not None)
        if not verdict.sound:
            raise Broken(*verdict.breaks[0])

    def _groups_net_to_zero(self, session: Session) -> None:
        totals = select(Account.number, func.sum(AccountTotal.debit_cents - AccountTotal.credit_cents))
        totals = totals.join(Account, Account.id == AccountTotal.account_id).group_by(Account.number)
        by_number: defaultdict[str, int] = defaultdict(int)
        for number, cents in session.execute(totals):
            by_number[number] = int(cents)
        for group in GROUPS:
            balance_cents = sum(by_number[number] for number in group)
            if balance_cents:
                raise Broken("group_differs", {"accounts": group, "balance_cents": balance_cents})

    def _pairs_agree(self, session: Session, entry_ids: list[int]) -> None:
        """Between two parties that were touched, what is owed, bought and sold is as the exchanges say."""
        touched = (
            select(Account.party_id, Line.counterparty_id)
            .join(Account, Account.id == Line.account_id)
            .where(Line.entry_id.in_(entry_ids), Account.number.in_((*OWED, *BOUGHT_AND_SOLD)))
            .distinct()
        )
        for one, other in {tuple(sorted(pair)) for pair in session.execute(touched).all()}:
            books = _between(session, one, other)
            sold, bought = _exchanged(session, one, other), _exchanged(session, other, one)
            expected = {
                ("owed", one): sold.left_cents - bought.left_cents,
                ("owed", other): bought.left_cents - sold.left_cents,
                ("result", one): bought.net_cents - sold.net_cents,
                ("result", other): sold.net_cents - bought.net_cents,
            }
            if books != expected:
                raise Broken("pair_differs", {"party_ids": (one, other), "cents": (books, expected)})


class Exchanged(NamedTuple):
    """What stands between a seller and a buyer: worth so much, of which so much is left to pay."""

    net_cents: int
    left_cents: int


def _between(session: Session, one: int, other: int) -> dict[tuple[str, int], int]:
    """Return what the books of two parties say about each other, by kind of account and party."""
    total = (
        select(Account.number, Account.party_id, func.sum(Line.debit_cents - Line.credit_cents))
        .join(Line, Account.id == Line.account_id)
        .where(Account.number.in_((*OWED, *BOUGHT_AND_SOLD)))
        .where(Account.party_id.in_((one, other)), Line.counterparty_id.in_((one, other)))
        .group_by(Account.number, Account.party_id)
    )
    found = {(kind, party): 0 for kind in ("owed", "result") for party in (one, other)}
    for number, party, cents in session.execute(total):
        found["owed" if number in OWED else "result", party] += int(cents)
    return found


def _exchanged(session: Session, seller_id: int, buyer_id: int) -> Exchanged:
    sums = select(func.sum(Exchange.net_cents), func.sum(Exchange.net_cents - Exchange.settled_cents))
    mine = sums.where(Exchange.seller_id == seller_id, Exchange.buyer_id == buyer_id)
    net_cents, left_cents = session.execute(mine.where(Exchange.state.not_in(OUTSIDE))).one()
    return Exchanged(int(net_cents or 0), int(left_cents or 0))
