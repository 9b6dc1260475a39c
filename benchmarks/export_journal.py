"""How long the FEC-shaped journal of a year takes, beside streaming the same rows to a CSV in the same run.

    python -m benchmarks.export_journal [--entries 20000] [--pairs 3] [--mariadb mysql://user:password@host:port]

The floor is one query through the driver's own cursor (on MariaDB one that fetches as it goes), each row
handed to csv.writer as it comes: nothing is cleaned, named or checked. Export and floor alternate, each in a
process of its own on the same book of six lines an entry; medians are compared, and the peak of memory at
half the size and at the whole one shows whether it grows.
"""

import argparse
import csv
import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from benchmarks import figures
from benchmarks.figures import MARIADB, SQLITE, Figure
from endi_ext.kernel.engine import make_engine, read_only, reading_once

OPERATION, FLOOR = "export in the shape of the FEC", "the same rows streamed to a CSV"
SQL = """
SELECT j.code, e.number, e.effective_on, a.number, p.analytic_code, p.name, t.document, t.text, l.debit_cents,
       l.credit_cents, e.recorded_at
FROM endi_ext_entry e JOIN endi_ext_journal j ON j.id = e.journal_id
JOIN endi_ext_entry_text t ON t.entry_id = e.id JOIN endi_ext_line l ON l.entry_id = e.id
JOIN endi_ext_account a ON a.id = l.account_id JOIN endi_ext_party p ON p.id = a.party_id
WHERE e.effective_on BETWEEN '2026-01-01' AND '2026-12-31' ORDER BY e.id, l.position
"""


def export_once(url: str, out: str) -> dict:
    """Write the journal of 2026 in the shape of the FEC."""
    from endi_ext.exchanges import titles
    from endi_ext.ledger import exports, fec, spans

    begun = time.perf_counter(), time.process_time()
    with Session(make_engine(url, pooled=False), future=True) as session, Path(out).open("wb") as file:
        rows = exports.recorded_lines(read_only(session), spans.span_of(session, "2026"))
        file.write(fec.heading())
        with reading_once(session):
            file.writelines(fec.lines(rows, titles.names(session)))
    return measured(begun, out)


def floor_once(url: str, out: str) -> dict:
    """Write what one bare query gives."""
    engine = make_engine(url, pooled=False)
    connection = engine.raw_connection()
    own = connection.driver_connection
    if engine.dialect.name == "sqlite":
        cursor = own.cursor()
    else:
        from MySQLdb.cursors import SSCursor

        cursor = own.cursor(SSCursor)
    begun = time.perf_counter(), time.process_time()
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        cursor.execute(SQL)
        csv.writer(file).writerows(cursor)
    return measured(begun, out)


CHILDREN = {"export": export_once, "floor": floor_once}


def measured(begun: tuple[float, float], out: str) -> dict:
    seconds, worked = time.perf_counter() - begun[0], time.process_time() - begun[1]
    with Path(out).open("rb") as file:
        lines = sum(1 for _line in file)
    # Not getrusage: its maximum is inherited from whoever started the process.
    status = Path("/proc/self/status").read_text("utf-8")
    peak_kib = int(status.partition("VmHWM:")[2].split()[0])
    return {"seconds": seconds, "worked": worked, "peak_mib": peak_kib / 1024, "lines": lines}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=20_000, help="six lines each; 166667 for a million")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--mariadb", help="a server where databases may be created; SQLite alone without it")
    parser.add_argument("--child", choices=sorted(CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("--with", dest="with_", nargs="*", help=argparse.SUPPRESS)
    figures.add_option(parser)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(CHILDREN[options.child](*options.with_)))
        return
    figures.show(report(options.entries, options.pairs, options.mariadb), options.json)


def report(entries: int, pairs: int, mariadb: str | None) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    yield f"The journal of a year in the shape of the FEC, {pairs} alternating pairs, medians:\n"
    yield "| database | lines | export s | lines/s | CSV s | ratio | of processor time | peak MiB (CSV) |"
    yield "|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for size in (entries // 2, entries):
            url = f"sqlite:///{folder}/{size}.sqlite"
            yield from row(SQLITE, url, size, pairs, Path(folder))
            if mariadb:
                name = f"endi_ext_bench_{secrets.token_hex(4)}"
                on_server(mariadb, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
                yield from row(MARIADB, f"{mariadb}/{name}?charset=utf8mb4", size, pairs, Path(folder))
                on_server(mariadb, f"DROP DATABASE {name}")


def row(name: str, url: str, size: int, pairs: int, folder: Path) -> Iterator[str | Figure]:
    # Imported here: what builds a book has no part in the memory of an export.
    from benchmarks import bulk_posting
    from endi_ext import migrations

    engine = make_engine(url)
    migrations.upgrade(engine)
    bulk_posting.posting(engine, bulk_posting.drafts(size))
    engine.dispose()
    found = [
        (child("export", url, folder / "fec"), child("floor", url, folder / "csv")) for _ in range(pairs)
    ]
    ours, floors = zip(*found, strict=True)
    lines = ours[0]["lines"] - 1
    assert lines == floors[0]["lines"], "both write every line"
    seconds, bare = median(ours, "seconds"), median(floors, "seconds")
    # On a busy machine processor time says more; on SQLite it covers the database too.
    worked = median(ours, "worked") / median(floors, "worked")
    peaks = f"{median(ours, 'peak_mib'):.0f} ({median(floors, 'peak_mib'):.0f})"
    speeds = f"{seconds:.2f} | {lines / seconds:,.0f} | {bare:.2f} | {seconds / bare:.2f} | {worked:.2f}"
    yield f"| {name} | {lines} | {speeds} | {peaks} |"
    export = Figure(OPERATION, "time", "s", [one["seconds"] for one in ours], name, lines)
    floor = replace(export, samples=[one["seconds"] for one in floors], who=FLOOR)
    yield from (export, floor, figures.ratio(export, floor, goal="11a"))
    peak = Figure(
        OPERATION, "peak of memory", "MiB", [one["peak_mib"] for one in ours], name, lines, goal="11b"
    )
    yield from (peak, replace(peak, samples=[one["peak_mib"] for one in floors], who=FLOOR, goal=""))


def child(what: str, *parameters: object) -> dict:
    command = [sys.executable, "-m", "benchmarks.export_journal", "--child", what, "--with"]
    done = subprocess.run([*command, *map(str, parameters)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def median(found: tuple[dict, ...], key: str) -> float:
    return statistics.median(one[key] for one in found)


def on_server(server: str, statement: str) -> None:
    engine = create_engine(f"{server}/", future=True)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


if __name__ == "__main__":
    main()
