"""How long the pages of the accountant's desk take, on books of different sizes, in the whole application.

    python -m benchmarks.desk [--sizes 10000 100000] [--rounds 20] [--keep FOLDER] [--plans]
                              [--json FILE]

Every page is asked for as a browser does (WebTest, logged in as an accountant), in turn on each book: the
median and the 95th percentile of `rounds` rounds after one to warm up, and how the largest book's compares
with the smallest one's, in time and in processor time; what exceeds 1.5 in both is marked. With --keep a
book is built once and found again; --plans lists the statements that read a whole table or index.
"""

import argparse
import gc
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from webtest import TestApp

from benchmarks import desk_book, figures
from benchmarks.figures import DEMO, Figure, ratio
from endi_ext.hosts.demo.app import main as demo
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.parties import Party
from endi_ext.ledger import spans
from endi_ext.ledger.models import Account, AccountTotal, Entry
from endi_ext.reconciliation.campaign_models import Campaign
from tests.mariadb import Server

PASSWORD = "passerelle"
# The ratio to hold at every size.
MOST = 1.5


class Book:
    """The application on books of a size, and an accountant logged in."""

    def __init__(self, url: str, entries: int, folder: Path) -> None:
        engine = make_engine(url)
        if not _known(engine):
            print(f"built {desk_book.build(engine, entries, password=PASSWORD)} entries", flush=True)
        self.app = demo({"here": str(folder)}, **{"sqlalchemy.url": url})
        self.browser = TestApp(self.app)
        form = self.browser.get("/login").forms["login-form"]
        form["login"], form["password"] = "odile", PASSWORD
        form.submit(status=303)
        with Session(engine, future=True) as session:
            self.entries = session.execute(select(func.max(Entry.id))).scalar_one()
            self.pages = _pages(session)

    def seconds(self, path: str) -> tuple[float, float]:
        """Return how long a page took, and its processor time (on SQLite that of the database too)."""
        begun, worked = time.perf_counter(), time.process_time()
        self.browser.get(path, status=200)
        return time.perf_counter() - begun, time.process_time() - worked


def _known(engine: Any) -> bool:
    with engine.connect() as connection:
        return bool(engine.dialect.has_table(connection, "endi_ext_matching_campaign"))


def _pages(session: Session) -> Mapping[str, str]:
    """Return the addresses of the desk's pages, the busiest account's where one is asked for."""
    busiest = (
        select(Party.name, Account.number)
        .join(Account, Account.party_id == Party.id)
        .join(AccountTotal, AccountTotal.account_id == Account.id)
        .where(Account.number.like("411%"))
        .order_by(AccountTotal.debit_cents.desc())
    )
    party, number = session.execute(busiest.limit(1)).one()
    campaign = f"/exchanges/matching/{session.execute(select(func.max(Campaign.id))).scalar_one()}"
    today = desk_book.TODAY
    year = spans.span_of(session, f"{today.year}")
    return {
        "month end": f"/exchanges/month-end/{today:%Y-%m}",
        "month end, closed": f"/exchanges/month-end/{today.year}-06",
        "closing form": f"/exchanges/month-end/{today:%Y-%m}/close",
        "findings": "/exchanges/findings",
        "campaigns": "/exchanges/matching",
        "a campaign": campaign,
        "its suggestions": f"{campaign}/matches?state=suggested",
        "its leftovers": f"{campaign}/left",
        "lettering": "/exchanges/lettering",
        "lettering, open": f"/exchanges/lettering?party={party}&account={number}",
        "lettering, lettered": f"/exchanges/lettering?party={party}&account={number}&tab=lettered",
        "aged balance": "/exchanges/aged-balance",
        "aged balance, a party": f"/exchanges/aged-balance?party={party}",
        "drafts": "/exchanges/drafts",
        "questions": "/exchanges/questions",
        "trial balance": "/exchanges/trial-balance",
        "trial balance, a day": f"/exchanges/trial-balance?as_of={today.year}-05-15",
        "journal": "/exchanges/journal",
        "journal, a day": f"/exchanges/journal?until={today.year}-03-10",
        "journal, files": "/exchanges/journal/exports",
        "statement": f"/exchanges/statement?party={party}",
        "statement, a year": f"/exchanges/statement?party={party}&year={year.name}",
        "year end": f"/exchanges/year-end/{year.name}",
    }


def report(sizes: Sequence[int], rounds: int, urls: Sequence[str], folder: Path) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    books = [Book(url, size, folder) for size, url in zip(sizes, urls, strict=True)]
    # The applications stay: looking through both for garbage takes 0.2 s, on whichever page it falls.
    gc.collect()
    gc.freeze()
    sizes_found = ", ".join(f"{book.entries:,}" for book in books)
    yield f"Pages at {sizes_found} entries, {rounds} rounds in turn; ms.\n"
    headings = [f"p50 {book.entries:,} | p95" for book in books]
    yield f"| page | {' | '.join(headings)} | p95, last / first | p95 of processor time |"
    yield "|---" * (2 * len(books) + 3) + "|"
    for name in books[0].pages:
        found: list[list[tuple[float, float]]] = [[] for _ in books]
        for number in range(rounds + 1):
            for book, taken in zip(books, found, strict=True):
                seconds = book.seconds(book.pages[name])
                if number:
                    taken.append(seconds)
        columns = [list(zip(*taken, strict=True)) for taken in found]
        yield from _figures(name, [book.entries for book in books], columns)
        yield _row(name, columns)


def _figures(name: str, sizes: Sequence[int], found: Sequence[Sequence[Sequence[float]]]) -> Iterator[Figure]:
    """Yield the processor time of a page on each book, which the load of the machine hardly changes."""
    each = [
        Figure(f"desk: {name}", "processor time", "ms", [1e3 * one for one in columns[1]], DEMO, size)
        for size, columns in zip(sizes, found, strict=True)
    ]
    yield from each
    if len(each) > 1:
        yield ratio(each[-1], each[0], against=f"{sizes[0]:,}")


def _row(name: str, found: Sequence[Sequence[Sequence[float]]]) -> str:
    """Return the row of a page: of each book, its times and its processor times."""
    cells = [f"{statistics.median(times) * 1e3:.0f} | {_p95(times) * 1e3:.0f}" for times, _worked in found]
    ratios = [_p95(last) / _p95(first) for first, last in zip(found[0], found[-1], strict=True)]
    # On a busy machine processor time says more.
    sign = " **" if min(ratios) > MOST else ""
    return f"| {name}{sign} | {' | '.join(cells)} | {ratios[0]:.2f} | {ratios[1]:.2f} |"


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95) - 1]


def plans(book: Book) -> Iterator[str]:
    """Yield the statements of each page that read a table or an index from end to end (SQLite)."""
    asked: list[tuple[str, Any]] = []
    engine = book.app.registry["engine"]
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: asked.append((sql, values)))
    for name, path in book.pages.items():
        asked.clear()
        book.browser.get(path, status=200)
        for sql, values in asked:
            for read in _whole(engine, sql, values):
                yield f"{name}: {read}: {' '.join(sql.split())[:300]}"


def _whole(engine: Any, sql: str, values: Any) -> list[str]:
    if not sql.startswith("SELECT"):
        return []
    raw = engine.raw_connection()
    told = [row[3] for row in raw.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    raw.close()
    return [one for one in told if re.match(r"SCAN .*", one)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="a folder where SQLite books are kept")
    parser.add_argument("--mariadb", action="store_true", help="on a private MariaDB instead of SQLite")
    parser.add_argument("--plans", action="store_true", help="of the last book; SQLite")
    figures.add_option(parser)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        server = Server.start(Path(name), durable=True) if asked.mariadb else None
        try:
            urls = [_url(server, folder, size) for size in asked.sizes]
            if asked.plans:
                lines = plans(Book(urls[-1], asked.sizes[-1], folder))
            else:
                lines = report(asked.sizes, asked.rounds, urls, folder)
            figures.show(lines, asked.json)
        finally:
            if server is not None:
                server.stop()


def _url(server: Any, folder: Path, size: int) -> str:
    return server.new_database() if server else f"sqlite:///{folder}/desk{size}.sqlite"


if __name__ == "__main__":
    main()
