"""What the pages of the month end and of the year end read, and closing itself, at two sizes.

    python -m benchmarks.month_end [--small 10000] [--large 100000] [--rounds 5] [--json FILE]

Entries are spread over a year whose months but the last are closed, as a cooperative would have them. The
pages should cost the same whatever the book holds; closing reads every line of its month.
"""

import argparse
from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from benchmarks import bulk_posting, figures
from benchmarks.figures import Figure
from benchmarks.growing import add_options, grown, in_turn, milliseconds, on_engines
from endi_ext import migrations
from endi_ext.kernel.engine import make_engine, read_only
from endi_ext.ledger import service as ledger
from endi_ext.ledger import spans
from endi_ext.ledger.models import OPEN, Period
from endi_ext.reconciliation import year_end
from endi_ext.web import month_desk

LAST_MONTH, ANY_MONTH, YEAR = "2026-12", "2026-06", "2026"


class Book:
    """A year of entries, its months closed but the last."""

    def __init__(self, engine: Engine, entries: int) -> None:
        migrations.upgrade(engine)
        self.engine = engine
        bulk_posting.posting(engine, bulk_posting.drafts(entries))
        with Session(engine, future=True) as session:
            months = list(session.execute(select(Period).order_by(Period.starts_on)).scalars())
            self.closing_ms = max(milliseconds(lambda p=one: self._close(session, p)) for one in months[:-1])

    def _close(self, session: Session, period: Period) -> None:
        ledger.close_period(session, period, bulk_posting.ACT)
        session.commit()

    def month(self, name: str) -> None:
        """Read what the page of a month reads."""
        with read_only(Session(self.engine, future=True)) as session:
            desk = month_desk.read(month_desk.setting_of(session, spans.span_of(session, name)))
            assert desk.period is not None
            assert (desk.period.state == OPEN) == (name == LAST_MONTH)

    def year(self) -> None:
        """Read what the page of the year reads."""
        with read_only(Session(self.engine, future=True)) as session:
            assert year_end.read(session, spans.span_of(session, YEAR)).proposals


def report(chosen: argparse.Namespace) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    sizes = f"Books of {chosen.small:,} and {chosen.large:,} entries"
    yield f"{sizes}, {chosen.rounds} alternating rounds, medians; ms.\n"
    yield from on_engines(measured, chosen)


def measured(
    name: str, new_url: Callable[[], str], small: int, large: int, rounds: int
) -> Iterator[str | Figure]:
    book, big = (Book(make_engine(new_url()), entries) for entries in (small, large))
    sizes = small, large
    for what, month in (("page of the last month", LAST_MONTH), ("page of a closed month", ANY_MONTH)):
        took = in_turn(rounds, lambda m=month: book.month(m), lambda m=month: big.month(m))
        yield from grown(name, what, sizes, took)
    yield from grown(name, "page of the year", sizes, in_turn(rounds, book.year, big.year))
    closing = [[one.closing_ms] for one in (book, big)]
    yield from grown(name, "closing a month, the slowest", sizes, closing)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_options(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen), chosen.json)


if __name__ == "__main__":
    main()
