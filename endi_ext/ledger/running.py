"""The balance carried down a statement: what stood just after one of its lines."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from .models import Account, Line


def balance_after(
    session: Session, line: Line, *, counterparty_id: int | None = None, numbers: Sequence[str] | None = None
) -> int:
    """Return debit minus credit of the accounts of the party of `line`, this line and older ones.

    "Older" is the order of `queries.statement_page`, whose filters are the same. It reads the lines of the
    accounts concerned up to this one, along their index.
    """
    accounts = select(Account.id).where(Account.party_id == line.account.party_id)
    if numbers is not None:
        accounts = accounts.where(Account.number.in_(numbers))
    older = or_(
        Line.effective_on < line.effective_on,
        and_(Line.effective_on == line.effective_on, Line.id <= line.id),
    )
    total = select(func.coalesce(func.sum(Line.debit_cents - Line.credit_cents), 0)).where(
        Line.account_id.in_(accounts.scalar_subquery()), older
    )
    if counterparty_id is not None:
        total = total.where(Line.counterparty_id == counterparty_id)
    return int(session.execute(total).scalar_one())


def running_balances(lines: Sequence[Line], after_first_cents: int) -> list[int]:
    """Return the balance after each of some lines, newest first, from the one after the first of them."""
    balances = []
    for line in lines:
        balances.append(after_first_cents)
        after_first_cents -= line.debit_cents - line.credit_cents
    return balances
