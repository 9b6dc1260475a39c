"""What must hold between exchanges and books after anything; used beside ledger.audit."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from ..kernel.parties import COOPERATIVE, Party
from ..ledger import lettering_audit
from ..ledger.models import Account, Entry, Journal, Line
from . import retention_invariants, waiting_invariants
from .models import CANCELLED, WAITING, Exchange, Settlement
from .paper_models import Reduction
from .postings import EXCHANGES, ROLES, SETTLEMENTS
from .retention_invariants import Break, Pair, pairs, summed
from .rules import settlement_source
from .workflow import state_of


def check(session: Session) -> list[Break]:
    """Return what does not hold, as (code, facts). Reads everything: for tests and audits.

    Which account plays which role is read from the entries themselves, so that it stays true after an
    admin changed the scheme or its accounts.
    """
    numbers = _numbers_by_role(session)
    held = retention_invariants.numbers_by_role(session)
    numbers["payable"] |= held["retention_payable"]
    numbers["receivable"] |= held["retention_receivable"]
    checks = (
        _postings_exist(session),
        _settlements_add_up(session),
        _groups_net_to_zero(session, numbers),
        _pairs_mirror(session, numbers["payable"] | numbers["receivable"]),
        retention_invariants.check(session, held),
        _contributions_are_charged(session, numbers),
        _results_are_of_their_parties(session, numbers),
        waiting_invariants.check(session),
        lettering_audit.check(session),
    )
    return [found for one in checks for found in one]


def _numbers_by_role(session: Session) -> defaultdict[str, set[str]]:
    first = select(func.min(Line.position)).scalar_subquery()
    used = (
        select(Line.position - first, Account.number)
        .join(Account, Account.id == Line.account_id)
        .join(Entry, Entry.id == Line.entry_id)
        .join(Exchange, Exchange.source == Entry.source)
        .distinct()
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for place, number in session.execute(used):
        found[ROLES[place]].add(number)
    moved = (
        select(Account.number)
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Entry.id == Line.entry_id)
        .join(Journal, Journal.id == Entry.journal_id)
        .where(Journal.code == SETTLEMENTS)
        .distinct()
    )
    found["transfer"] = set(session.execute(moved).scalars()) - found["payable"] - found["receivable"]
    return found


def _postings_exist(session: Session) -> Iterator[Break]:
    """Each exchange has its entry, of its amount; a cancelled one has the opposite too, and no other has.

    One that waits has it in the drafts, and so has one that was rejected.
    """
    undone = aliased(Entry)
    rows = (
        select(Exchange, Entry.total_cents, undone.id)
        .outerjoin(Entry, Entry.source == Exchange.source)
        .outerjoin(undone, undone.reverses_id == Entry.id)
    )
    taken_back, apart = _taken_back(session), waiting_invariants.apart(session)
    for exchange, posted_cents, reversal_id in session.execute(rows):
        aside = apart.get(exchange.source, {}) if posted_cents is None else {}
        total_cents = aside.get(exchange.state, posted_cents)
        undone_too = reversal_id is not None or (exchange.state == CANCELLED and exchange.state in aside)
        whole = 2 * exchange.net_cents + exchange.contribution_cents + taken_back[exchange.id]
        if total_cents != whole:
            yield "exchange_not_posted", {"exchange_id": exchange.id, "total_cents": total_cents}
        if undone_too != (exchange.state == CANCELLED):
            yield "cancelled_and_reversed_differ", {"exchange_id": exchange.id, "state": exchange.state}


def _taken_back(session: Session) -> defaultdict[int, int]:
    """Return, by exchange, the total of the entries that took parts of it back."""
    totals = select(Reduction.exchange_id, 2 * Reduction.amount_cents + Reduction.contribution_cents)
    found: defaultdict[int, int] = defaultdict(int)
    for exchange_id, cents in session.execute(totals):
        found[exchange_id] += int(cents)
    return found


def _settlements_add_up(session: Session) -> Iterator[Break]:
    """What an exchange says is settled is the sum of its settlements, each posted, and its state follows."""
    settled: defaultdict[int, int] = defaultdict(int)
    entries, undone = _entries_of_settlements(session)
    for settlement in session.execute(select(Settlement)).scalars():
        source, stands = settlement_source(settlement.request_key), settlement.reversed_at is None
        settled[settlement.exchange_id] += settlement.amount_cents if stands else 0
        if source not in entries or (source in undone) == stands:
            yield "settlement_not_posted", {"settlement_id": settlement.id}
    for exchange in session.execute(select(Exchange)).scalars():
        due = state_of(exchange.net_cents, settled[exchange.id])
        if exchange.settled_cents != settled[exchange.id] or exchange.state not in (due, CANCELLED, WAITING):
            yield "settled_differs", {"exchange_id": exchange.id, "settled_cents": settled[exchange.id]}
        if exchange.state in (CANCELLED, WAITING) and settled[exchange.id]:
            yield "cancelled_but_settled", {"exchange_id": exchange.id}


def _entries_of_settlements(session: Session) -> tuple[set[str], set[str]]:
    """Return the sources of the settlements posted, and of those among them that were reversed."""
    victim = aliased(Entry)
    posted = select(Entry.source).where(Entry.source.like("settlement:%"), Entry.reverses_id.is_(None))
    undone = select(victim.source).join(Entry, Entry.reverses_id == victim.id)
    return set(session.execute(posted).scalars()), set(session.execute(undone).scalars())


def _groups_net_to_zero(session: Session, numbers: defaultdict[str, set[str]]) -> Iterator[Break]:
    """What one side books the other books too: each group of accounts nets to zero."""
    groups = {
        "revenue_differs_from_expense": numbers["revenue"] | numbers["expense"],
        "receivables_differ_from_payables": numbers["receivable"] | numbers["payable"],
        "contribution_differs": numbers["contribution_expense"] | numbers["contribution_revenue"],
        "transfer_not_empty": numbers["transfer"],
    }
    for code, group in groups.items():
        cents = _balance(session, group)
        if cents:
            yield code, {"balance_cents": cents}


def _pairs_mirror(session: Session, numbers: set[str]) -> Iterator[Break]:
    """Between A and B, each side's books say the opposite of the other's, and what the exchanges say."""
    books = _books_of_pairs(session, numbers)
    remaining = _remaining_of_pairs(session)
    for one, other in pairs((*books, *remaining)):
        expected = remaining[one, other] - remaining[other, one]
        if books[one, other] != -books[other, one]:
            balances_cents = (books[one, other], books[other, one])
            yield "pair_not_mirrored", {"party_ids": (one, other), "balances_cents": balances_cents}
        elif books[one, other] != expected:
            amounts = {"balance_cents": books[one, other], "remaining_cents": expected}
            yield "remaining_differs_from_books", {"party_ids": (one, other), **amounts}


def _books_of_pairs(
    session: Session, numbers: set[str], *, journal: str | None = None
) -> defaultdict[Pair, int]:
    totals = (
        select(Account.party_id, Line.counterparty_id, func.sum(Line.debit_cents - Line.credit_cents))
        .join(Account, Account.id == Line.account_id)
        .where(Account.number.in_(numbers))
        .group_by(Account.party_id, Line.counterparty_id)
    )
    if journal is not None:
        totals = totals.join(Entry, Entry.id == Line.entry_id).join(Journal, Journal.id == Entry.journal_id)
        totals = totals.where(Journal.code == journal)
    return summed(((party, other or 0), cents) for party, other, cents in session.execute(totals))


def _remaining_of_pairs(session: Session) -> defaultdict[Pair, int]:
    remaining = func.sum(Exchange.net_cents - Exchange.settled_cents)
    totals = (
        select(Exchange.seller_id, Exchange.buyer_id, remaining)
        .where(Exchange.state.notin_((CANCELLED, WAITING)))
        .group_by(Exchange.seller_id, Exchange.buyer_id)
    )
    return summed(((seller, buyer), cents) for seller, buyer, cents in session.execute(totals))


def _contributions_are_charged(session: Session, numbers: defaultdict[str, set[str]]) -> Iterator[Break]:
    """The cooperative's share is the sum of the contributions of the exchanges that stand."""
    standing = select(func.sum(Exchange.contribution_cents))
    standing = standing.where(Exchange.state.notin_((CANCELLED, WAITING)))
    charged = int(session.execute(standing).scalar_one() or 0)
    earned = -_balance(session, numbers["contribution_revenue"])
    if earned != charged:
        yield "share_differs_from_contributions", {"earned_cents": earned, "charged_cents": charged}


def _results_are_of_their_parties(session: Session, numbers: defaultdict[str, set[str]]) -> Iterator[Break]:
    """What B buys of A is an expense of B and revenue of A; the contribution is an expense of A alone.

    All four accounts together, because an admin may give several of them one number.
    """
    roles = ("expense", "revenue", "contribution_expense", "contribution_revenue")
    books = _books_of_pairs(session, set().union(*(numbers[role] for role in roles)), journal=EXCHANGES)
    cooperative = session.execute(select(Party.id).where(Party.kind == COOPERATIVE)).scalar() or 0
    expected: defaultdict[Pair, int] = defaultdict(int)
    sums = select(
        Exchange.seller_id,
        Exchange.buyer_id,
        func.sum(Exchange.net_cents),
        func.sum(Exchange.contribution_cents),
    ).where(Exchange.state.notin_((CANCELLED, WAITING)))
    rows = session.execute(sums.group_by(Exchange.seller_id, Exchange.buyer_id))
    for seller, buyer, net_cents, contribution_cents in rows:
        expected[buyer, seller] += int(net_cents)
        expected[seller, buyer] -= int(net_cents)
        expected[seller, cooperative] += int(contribution_cents)
        expected[cooperative, seller] -= int(contribution_cents)
    for pair in sorted({*books, *expected}):
        if books[pair] != expected[pair]:
            amounts = {"balance_cents": books[pair], "expected_cents": expected[pair]}
            yield "result_of_another_party", {"party_ids": pair, **amounts}


def _balance(session: Session, numbers: set[str]) -> int:
    """Return debit minus credit over all parties, of the lines the exchanges posted on some accounts."""
    total = (
        select(func.sum(Line.debit_cents - Line.credit_cents))
        .join(Account, Account.id == Line.account_id)
        .join(Entry, Entry.id == Line.entry_id)
        .join(Journal, Journal.id == Entry.journal_id)
        .where(Account.number.in_(numbers), or_(Journal.code == EXCHANGES, Journal.code == SETTLEMENTS))
    )
    return int(session.execute(total).scalar_one() or 0)
