"""The balance carried down a statement: what stood just after one of its lines."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from . import queries
from .models import Account, Line
from .spans import Span


def balance_after(
    session: Session,
    line: Line,
    *,
    counterparty_id: int | None = None,
    numbers: Sequence[str] | None = None,
    span: Span | None = None,
) -> int:
    """Return debit minus credit of the accounts of the party of `line`, this line and older ones.

    "Older" is the order of `queries.statement_page`, whose filters are the same; a span changes
    nothing: what precedes it is in its balances. Of a whole party it costs
    the day of the line, by the totals of each day; of a pair, the lines of the accounts concerned.
    """
    accounts = _accounts(session, line.account.party_id, numbers)
    same_day, of_them = (
        Line.effective_on == line.effective_on,
        Line.account_id.in_([one.id for one in accounts]),
    )
    if counterparty_id is not None:
        older = or_(Line.effective_on < line.effective_on, and_(same_day, Line.id <= line.id))
        return _sum(session, of_them, older, Line.counterparty_id == counterparty_id)
    evening = sum(queries.balance(session, one, as_of=line.effective_on).balance_cents for one in accounts)
    return evening - _sum(session, of_them, same_day, Line.id > line.id)


def opening(
    session: Session,
    party_id: int,
    span: Span,
    *,
    counterparty_id: int | None = None,
    numbers: Sequence[str] | None = None,
) -> int:
    """Return debit minus credit of the accounts of a party before the span: its statement begins with it."""
    accounts = _accounts(session, party_id, numbers)
    if counterparty_id is not None:
        of_them = Line.account_id.in_([one.id for one in accounts])
        return _sum(
            session, of_them, Line.effective_on < span.starts_on, Line.counterparty_id == counterparty_id
        )
    eve = span.starts_on - timedelta(days=1)
    return sum(queries.balance(session, one, as_of=eve).balance_cents for one in accounts)


def _accounts(session: Session, party_id: int, numbers: Sequence[str] | None) -> list[Account]:
    wanted = select(Account).where(Account.party_id == party_id)
    if numbers is not None:
        wanted = wanted.where(Account.number.in_(numbers))
    return list(session.execute(wanted).scalars())


def _sum(session: Session, *conditions: Any) -> int:
    total = select(func.coalesce(func.sum(Line.debit_cents - Line.credit_cents), 0)).where(*conditions)
    return int(session.execute(total).scalar_one())


def running_balances(lines: Sequence[Line], after_first_cents: int) -> list[int]:
    """Return the balance after each of some lines, newest first, from the one after the first of them."""
    balances = []
    for line in lines:
        balances.append(after_first_cents)
        after_first_cents -= line.debit_cents - line.credit_cents
    return balances
