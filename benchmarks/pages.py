"""The ten pages people open most, in the served demo, by people who use it (locust).

    python -m benchmarks.pages [--sizes 10000 100000] [--rounds 45] [--people 10 50] [--seconds 20]
                               [--json FILE]

`endi-ext demo` serves a book of each size. One person opens each page of each book in turn with an empty
page of the same host, without a pause: how a page grows, and what it adds to an empty one. Then many people
open pages of the largest book, reading some seconds between two: how long they wait, and whether anything
fails. Pages are asked for alone, without the files they name, which a browser keeps.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from benchmarks import figures, opening, page_book
from benchmarks.figures import DEMO, Figure, ratio
from benchmarks.opening import Pages
from endi_ext.kernel.engine import make_engine
from tests.browser.served import BIN, start, wait_for
from tests.mariadb import free_port

BLOCKS = 3
INI = """[app:main]
use = egg:endi_ext#demo
sqlalchemy.url = {url}
demo.includes = endi_ext benchmarks.empty_page
"""
LOGGING = """
[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = WARNING
handlers =
"""


def report(
    sizes: Sequence[int], rounds: int, people: Sequence[int], seconds: float
) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        hosts = [(size, *served(folder, size, stack)) for size in sizes]
        yield from alone(DEMO, [(size, pages, url) for size, url, pages in hosts], rounds)
        _size, url, pages = hosts[-1]
        yield from together(DEMO, sizes[-1], opening.at(url, pages), people, seconds)


def served(folder: Path, entries: int, stack: ExitStack) -> tuple[str, Pages]:
    """Build a book and serve it; return its address and its pages."""
    url = f"sqlite:///{folder}/{entries}.sqlite"
    engine = make_engine(url)
    page_book.build_demo(engine, entries)
    with Session(engine, future=True) as session:
        pages = page_book.pages(session)
    engine.dispose()
    return serve(url, folder / str(entries), stack), pages


def serve(url: str, here: Path, stack: ExitStack) -> str:
    """Serve a database of the demo as the command does, until the stack ends; return where."""
    here.mkdir()
    ini, port, log = here / "demo.ini", free_port(), here / "log"
    ini.write_text(INI.format(url=url) + LOGGING)
    process = start([BIN / "endi-ext", "-c", ini, "demo", "--port", str(port)], log)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    address = f"http://127.0.0.1:{port}"
    wait_for(address, process, log)
    return address


def alone(host: str, books: Sequence[tuple[int, Pages, str]], rounds: int) -> Iterator[str | Figure]:
    """Tell what one person waits for, page by page, and what grows from the first book to the last."""
    asked = [
        page
        for several in zip(
            *(opening.at(url, pages, label=f"{size} ") for size, pages, url in books), strict=True
        )
        for page in several
    ]
    took = opening.in_turn(asked, rounds)["took_ms"]
    sizes = [size for size, _pages, _url in books]
    headings = " | ".join(f"p50 at {size:,} | p95" for size in sizes)
    yield f"One person, {rounds} rounds of all pages in turn; ms of the whole answer.\n"
    yield f"| page | {headings} | p95, last / first | p95 over an empty page (last) |"
    yield "|---" * (2 * len(sizes) + 3) + "|"
    logins = {page["login"]: page["name"] for page in books[0][1] if page_book.EMPTY_PAGE in page["name"]}
    for page in books[0][1]:
        found = [_figures(host, size, page["name"], took[f"{size} {page['name']}"]) for size in sizes]
        empty = _figures(host, sizes[-1], page["name"], took[f"{sizes[-1]} {logins[page['login']]}"])[1]
        yield from _row(page["name"], found, replace(empty, who=page_book.EMPTY_PAGE))


def _figures(host: str, size: int, name: str, took: Sequence[float]) -> tuple[Figure, Figure]:
    parts = list(opening.blocks(took, BLOCKS))
    middle = Figure(f"page: {name}", "p50", "ms", [opening.p50(one) for one in parts], host, size)
    return middle, replace(middle, measure="p95", samples=[opening.p95(one) for one in parts])


def _row(name: str, found: Sequence[tuple[Figure, Figure]], empty: Figure) -> Iterator[str | Figure]:
    first, last = found[0][1], found[-1][1]
    for middle, slow in found:
        yield middle
        yield slow
    cells = [f"{middle.value:.0f} | {slow.value:.0f}" for middle, slow in found]
    counts = page_book.EMPTY_PAGE not in name
    grown = ratio(last, first, against=f"{first.size:,}", goal="12a" if counts else "")
    pairs = zip(last.samples, empty.samples, strict=True)
    added = [slow - bare for slow, bare in pairs]
    over = replace(last, measure="p95 over an empty page", samples=added, goal="12b" if counts else "")
    if len(found) > 1:
        yield grown
    if counts:
        yield over
    tail = [f"{grown.value:.2f}" if len(found) > 1 else "", f"{over.value:.0f}" if counts else ""]
    yield f"| {name} | {' | '.join([*cells, *tail])} |"


def together(
    host: str, size: int, pages: Pages, people: Sequence[int], seconds: float
) -> Iterator[str | Figure]:
    """Tell what many people wait for at once, page by page."""
    pages = [page for page in pages if page_book.EMPTY_PAGE not in page["name"]]
    rounds = [(count, opening.by_people(pages, count, seconds)) for count in people]
    pause = "{:.0f} to {:.0f} s between two pages".format(*opening.PAUSE_S)
    yield f"\nMany people at {size:,} entries for {seconds:.0f} s, {pause}; ms.\n"
    yield "| page | " + " | ".join(f"p50 of {count} people | p95" for count, _ in rounds) + " |"
    yield "|---" * (2 * len(rounds) + 1) + "|"
    for page in pages:
        cells = []
        for _count, found in rounds:
            took = found["took_ms"].get(page["name"])
            cells.append(f"{opening.p50(took):.0f} | {opening.p95(took):.0f}" if took else " | ")
        yield f"| {page['name']} | {' | '.join(cells)} |"
    for count, found in rounds:
        yield from _of_all(host, size, count, found)


def _of_all(host: str, size: int, count: int, found: dict[str, Any]) -> Iterator[str | Figure]:
    all_took = [one for took in found["took_ms"].values() for one in took]
    name = f"all ten pages, {count} people"
    rate = Figure(name, "requests", "/s", [found["answered"] / found["seconds"]], host, size)
    failed = replace(rate, measure="failures", unit="", samples=[len(found["failures"])])
    yield rate
    yield failed
    if all_took:
        yield replace(rate, measure="p50", unit="ms", samples=[opening.p50(all_took)])
        yield replace(rate, measure="p95", unit="ms", samples=[opening.p95(all_took)])
        told = f"p50 {opening.p50(all_took):.0f} ms, p95 {opening.p95(all_took):.0f} ms"
    else:
        told = "nothing was answered"
    yield f"\n{count} people: {rate.value:.1f} pages a second, {told}, {len(found['failures'])} failures."
    for one in found["failures"][:3]:
        yield f"- {one}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="entries")
    parser.add_argument("--rounds", type=int, default=45)
    parser.add_argument("--people", type=int, nargs="*", default=[10, 50])
    parser.add_argument("--seconds", type=float, default=20)
    figures.add_option(parser)
    chosen = parser.parse_args()
    figures.show(report(chosen.sizes, chosen.rounds, chosen.people, chosen.seconds), chosen.json)


if __name__ == "__main__":
    main()
