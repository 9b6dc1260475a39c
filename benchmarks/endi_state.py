"""A private enDI to open pages of, run by its own Python: with the plugin and without, on one database.

    .venv-endi/bin/python -m benchmarks.endi_state up [--entries 10000]    prints where, as JSON
    .venv-endi/bin/python -m benchmarks.endi_state down

Its servers are those of tools/endi_host.py (ENDI_STATE, if it is set); they are stopped if they were started
here. The host has documents of its own; the books are those of benchmarks/page_book.py.
"""

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import endi_ini  # noqa: E402
import endi_processes as processes  # noqa: E402
from endi_processes import STATE, free_port, listens, run, start, wait_until  # noqa: E402
from endi_servers import BIN, HOST_ALONE, fingerprint, load, start_servers, tables, write_ini  # noqa: E402

DATABASE = "bench"
WITH, WITHOUT = "bench_with", "bench_without"
EMPTY = "benchmarks.empty_page"
STARTED = STATE / "bench-started.json"
SOLD, OFFERED = 40, 10


def up(entries: int) -> dict[str, Any]:
    """Make the database, its documents and its books, and serve it twice."""
    running = [name for name in ("mariadb", "redis") if processes.running(name) is not None]
    chosen = start_servers()
    STARTED.write_text(json.dumps([name for name in ("mariadb", "redis") if name not in running]))
    web, _worker = write_ini(chosen, DATABASE, first_redis=FIRST_REDIS)
    build(chosen, web, entries)
    facts = {"url": url_of(web), "redis_port": chosen["redis"], "first_redis": FIRST_REDIS}
    both = ((WITH, f"endi_ext {EMPTY}"), (WITHOUT, EMPTY))
    served = {name: serve(name, includes, facts) for name, includes in both}
    pages = json.loads((STATE / "bench-pages.json").read_text())
    return {"with": served[WITH], "without": served[WITHOUT], **pages}


def build(chosen: dict[str, Any], web: Path, entries: int) -> None:
    """Fill the database, unless it was filled today with as many."""
    made, wanted = STATE / "bench.of", f"{fingerprint()} {entries} {datetime.now(UTC).date()}"
    if made.exists() and made.read_text() == wanted and tables(chosen, DATABASE):
        return
    made.unlink(missing_ok=True)
    load(chosen, DATABASE, HOST_ALONE)
    alone, _worker = write_ini(chosen, f"{DATABASE}_documents", includes="", first_redis=FIRST_REDIS)
    alone.write_text(alone.read_text().replace(f"endi_{DATABASE}_documents?", f"endi_{DATABASE}?"))
    module("benchmarks.endi_documents", alone, SOLD, OFFERED)
    run(BIN / "endi-ext", "-c", web, "upgrade", log="bench-upgrade.log")
    module("benchmarks.endi_state", "fill", "--entries", entries, "--ini", web)
    made.write_text(wanted)


# The served enDI has the three before, its tests nine more.
FIRST_REDIS = 21


def module(name: str, *arguments: object) -> None:
    """Run one of our modules with this Python; its libraries warn about each other."""
    command = [sys.executable, "-W", "ignore", "-m", name, *map(str, arguments)]
    with (STATE / "bench.log").open("w") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=processes.clean_environment(), stdout=log, stderr=log, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{name}: {(STATE / 'bench.log').read_text()[-1500:]}")


def url_of(ini: Path) -> str:
    """Return the database an ini names."""
    return next(
        line.partition(" = ")[2] for line in ini.read_text().splitlines() if line.startswith("sqlalchemy.url")
    )


def serve(name: str, includes: str, facts: dict[str, Any]) -> str:
    """Serve the database on a port of its own; return where."""
    port = free_port()
    web, _worker = endi_ini.write(STATE, name=name, includes=includes, http_port=port, **facts)
    processes.stop(name)
    start(name, "env", f"PYTHONPATH={ROOT}", BIN / "pserve", web)
    wait_until(lambda: listens(port), f"enDI does not start: {STATE / name}.log")
    return f"http://127.0.0.1:{port}"


def fill(entries: int, ini: str) -> None:
    """Fill the books of the host; note the addresses to open."""
    from benchmarks import page_book
    from endi_ext.kernel.engine import make_engine

    engine = make_engine(url_of(Path(ini)))
    page_book.fill(engine, entries)
    with Session(engine, future=True) as session:
        found = {"pages": page_book.pages(session), "host_pages": host_pages(session)}
    (STATE / "bench-pages.json").write_text(json.dumps(found))


def host_pages(session: Session) -> list[dict[str, str]]:
    """Return pages of the host's own: name, login, path."""
    from benchmarks import page_book

    company = page_book.party(session, page_book.BUSIEST).host_id
    first = (
        "SELECT MIN(t.id) FROM task t JOIN node n ON n.id = t.id"
        " WHERE t.company_id = :company AND n.type_ = :kind"
    )
    invoice, estimation = (
        session.execute(text(first), {"company": company, "kind": kind}).scalar_one()
        for kind in ("internalinvoice", "internalestimation")
    )
    of_helene = {
        "company dashboard": f"/companies/{company}/dashboard",
        "invoices of a company": f"/companies/{company}/invoices",
        "one invoice": f"/invoices/{invoice}/general",
        "estimations of a company": f"/companies/{company}/estimations",
        "one estimation": f"/estimations/{estimation}/general",
        "supplier invoices of a company": f"/companies/{company}/supplier_invoices",
        "customers of a company": f"/companies/{company}/customers",
        # Nothing but the frame: what the plugin adds to every page shows best here.
        page_book.EMPTY_PAGE: page_book.EMPTY,
    }
    of_odile = {
        "home of an accountant": "/manage",
        "all invoices": "/invoices",
        "all companies": "/companies",
        "all supplier invoices": "/supplier_invoices",
    }
    return [
        {"name": name, "login": login, "path": path}
        for login, found in (("helene", of_helene), ("odile", of_odile))
        for name, path in found.items()
    ]


def down() -> None:
    """Stop what was started here."""
    for name in (WITH, WITHOUT):
        processes.stop(name)
    if STARTED.exists():
        for name in reversed(json.loads(STARTED.read_text())):
            processes.stop(name)
        STARTED.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("up", "down", "fill"))
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--ini", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.what == "fill":
        fill(chosen.entries, chosen.ini)
    elif chosen.what == "down":
        down()
    else:
        print(json.dumps(up(chosen.entries)))


if __name__ == "__main__":
    main()
