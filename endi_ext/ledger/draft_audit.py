"""What waits proved: balanced already, outside the books, and in the books once validated."""

from collections.abc import Iterator

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from .audit_totals import Break
from .draft_models import VALIDATED, WAITING, Draft, DraftLine
from .models import Entry


def check(session: Session) -> None:
    """Raise Break at the first thing that does not hold of what waits.

    Books are also verified on their way from an older schema, which has no drafts.
    """
    if not inspect(session.connection()).has_table(Draft.__tablename__):
        return
    for source in _unbalanced(session):
        raise Break("draft_unbalanced", source=source)
    posted = select(Entry.id).where(Entry.source == Draft.source).exists()
    for state, wrong, code in (
        (WAITING, posted, "draft_posted_twice"),
        (VALIDATED, ~posted, "draft_without_entry"),
    ):
        sources = select(Draft.source).where(Draft.state == state, wrong).order_by(Draft.id)
        for source in session.execute(sources).scalars():
            raise Break(code, source=source)


def _unbalanced(session: Session) -> Iterator[str]:
    sums = (
        select(
            DraftLine.draft_id,
            func.sum(DraftLine.debit_cents).label("debit_cents"),
            func.sum(DraftLine.credit_cents).label("credit_cents"),
        )
        .group_by(DraftLine.draft_id)
        .subquery()
    )
    wrong = (sums.c.debit_cents != Draft.total_cents) | (sums.c.credit_cents != Draft.total_cents)
    wrong = wrong | sums.c.draft_id.is_(None)
    joined = select(Draft.source).outerjoin(sums, sums.c.draft_id == Draft.id)
    yield from session.execute(joined.where(Draft.state == WAITING, wrong).order_by(Draft.id)).scalars()
