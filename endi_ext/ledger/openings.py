"""Opening balances (à-nouveaux): what the accounts of the balance sheet bring into a year.

The book is never broken: no entry closes or opens a year. What a year's file and its statements begin with
is read from totals, account by account. Results (classes 6 and 7, and the accounts that play their part)
begin at zero.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel import paris
from ..kernel.parties import COOPERATIVE, Party
from . import movements
from .exports import Head, Holder, Side
from .models import Entry
from .spans import Span

JOURNAL, NUMBER, NAME = "AN", 1, "À nouveaux"
OF_RESULT = ("6", "7")
# Where what results left before the year goes, should there be any: the two sides of internal exchanges
# leave nothing.
PROFIT, LOSS = "120000", "129000"


@dataclass(frozen=True)
class Opening:
    """What one account of one party brings into a year: debit minus credit."""

    number: str
    party_id: int
    cents: int


def is_carried(number: str, results: Collection[str] = ()) -> bool:
    """Say whether the balance of an account is carried forward; `results` play the part of classes 6, 7."""
    return not number.startswith(OF_RESULT) and number not in results


def of_span(session: Session, span: Span, results: Collection[str] = ()) -> list[Opening]:
    """Return what each account brings into the span, balanced: debits equal credits."""
    moved = movements.of_span(session, span)
    carried = [one for one in moved if is_carried(one.number, results) and one.opening_cents]
    found = [Opening(one.number, one.party_id, one.opening_cents) for one in carried]
    left = sum(one.cents for one in found)
    if left:
        cooperative = select(Party.id).where(Party.kind == COOPERATIVE)
        found.append(Opening(PROFIT if left > 0 else LOSS, session.execute(cooperative).scalar_one(), -left))
    return found


def lines(
    session: Session, span: Span, text: str, results: Collection[str] = ()
) -> Iterator[tuple[Any, Any]]:
    """Yield the opening balances as `exports.recorded_lines` yields entries: the first of the year."""
    at = _begins_at(session, span)
    head = Head(0, JOURNAL, NUMBER, span.starts_on, at, f"{JOURNAL} {span.name}", text)
    parties = {row.id: row for row in session.execute(select(Party.id, Party.name, Party.analytic_code))}
    for one in of_span(session, span, results):
        party = parties[one.party_id]
        amounts = (one.cents, 0) if one.cents > 0 else (0, -one.cents)
        holder = Holder(one.number, "", one.party_id, party.analytic_code, party.name)
        yield head, Side(0, holder, *amounts)


def _begins_at(session: Session, span: Span) -> datetime:
    """Return an instant no later than any of the year's entries: in a file the opening comes before them."""
    midnight = datetime.combine(span.starts_on, time(), paris.PARIS)
    within = Entry.effective_on.between(span.starts_on, span.ends_on)
    first_id = session.execute(select(func.min(Entry.id)).where(within)).scalar()
    recorded_at = session.execute(select(Entry.recorded_at).where(Entry.id == first_id)).scalar()
    return midnight if recorded_at is None else min(midnight, recorded_at)
