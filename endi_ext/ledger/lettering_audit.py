"""What must hold of letters: a full one nets to zero, no line is under two, open items are the balance."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, func, select, union_all
from sqlalchemy.orm import Session

from .lettering_models import FULL, UNDONE, LetteredAccount, Matching, MatchingLine, OpenItem
from .models import AccountTotal, Line

Break = tuple[str, dict[str, Any]]


def check(session: Session) -> list[Break]:
    """Return what does not hold, as (code, facts). Reads everything that was ever lettered."""
    return [*_letters(session), *_open_items(session), *_balances(session)]


def _letters(session: Session) -> Iterator[Break]:
    """Each letter's lines are of its account, on both sides, and come to what it says."""
    cents = Line.debit_cents - Line.credit_cents
    foreign = func.sum(case((Line.account_id == Matching.account_id, 0), else_=1))
    sums = (
        select(
            Matching.id,
            Matching.state,
            Matching.cents,
            Matching.last_on,
            func.coalesce(func.sum(cents), 0),
            func.max(Line.effective_on),
            func.count(Line.id),
            foreign,
        )
        .outerjoin(MatchingLine, MatchingLine.matching_id == Matching.id)
        .outerjoin(Line, Line.id == MatchingLine.line_id)
        .group_by(Matching.id, Matching.state, Matching.cents, Matching.last_on)
    )
    for matching_id, state, kept, last_on, total, latest, count, others in session.execute(sums):
        if state == UNDONE:
            if count:
                yield "letter_undone_but_standing", {"matching_id": matching_id}
        elif count < 2 or others:
            yield "letter_without_its_lines", {"matching_id": matching_id}
        elif int(total) != kept or (state == FULL) != (kept == 0) or str(latest) != str(last_on):
            yield "letter_differs_from_lines", {"matching_id": matching_id, "cents": int(total)}


def _open_items(session: Session) -> Iterator[Break]:
    """What is open is the line it says, under no full letter, and under the partial letter it says."""
    rows = (
        select(OpenItem.line_id)
        .outerjoin(Line, Line.id == OpenItem.line_id)
        .outerjoin(MatchingLine, MatchingLine.line_id == OpenItem.line_id)
        .outerjoin(Matching, Matching.id == MatchingLine.matching_id)
        .where(
            (Line.id.is_(None))
            | (Line.account_id != OpenItem.account_id)
            | (Line.effective_on != OpenItem.effective_on)
            | (Line.debit_cents - Line.credit_cents != OpenItem.cents)
            | (Matching.state == FULL)
            | (func.coalesce(OpenItem.matching_id, 0) != func.coalesce(MatchingLine.matching_id, 0))
        )
    )
    for line_id in session.execute(rows).scalars():
        yield "open_item_differs", {"line_id": line_id}


def _balances(session: Session) -> Iterator[Break]:
    """What is open on a lettered account is its balance; nothing is open on another."""
    open_cents = select(OpenItem.account_id, OpenItem.cents)
    balance = select(AccountTotal.account_id, AccountTotal.credit_cents - AccountTotal.debit_cents).where(
        AccountTotal.account_id.in_(select(LetteredAccount.account_id))
    )
    both = union_all(open_cents, balance).subquery()
    sums = select(both.c.account_id, func.sum(both.c.cents)).group_by(both.c.account_id)
    for account_id, cents in session.execute(sums.having(func.sum(both.c.cents) != 0)):
        yield "open_items_differ_from_balance", {"account_id": account_id, "cents": int(cents)}
