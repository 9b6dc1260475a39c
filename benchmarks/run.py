"""`make bench`: every measure in one run, as one Markdown report, var/bench/report.md.

    python -m benchmarks.run [--quick]

Absolute figures belong to the machine and the moment; ratios within one run travel better.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.mariadb import Server

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "var" / "bench" / "report.md"
FULL = {"entries": 20_000, "rows": 100_000, "small": 10_000, "large": 100_000, "pairs": 5}
QUICK = {"entries": 2_000, "rows": 5_000, "small": 1_000, "large": 5_000, "pairs": 2}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, to see that it works: not to be quoted"
    )
    sizes = QUICK if parser.parse_args().quick else FULL
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    with REPORT.open("w", encoding="utf-8") as out:
        for line in report(sizes):
            print(line, flush=True)
            print(line, file=out, flush=True)


def report(sizes: dict[str, int]) -> Iterator[str]:
    begun = time.monotonic()
    yield f"# Measures of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n"
    yield surroundings()
    pairs = str(sizes["pairs"])
    with tempfile.TemporaryDirectory() as folder:
        server = Server.start(Path(folder), durable=True)
        try:
            yield "\n## Bulk posting, with chain, totals and seals, against executemany of the same rows\n"
            posting = ("--entries", str(sizes["entries"]), "--pairs", pairs, "--mariadb", server.url)
            yield "```\n" + output("bulk_posting", *posting) + "```"
            yield "\n## Import of exchanges from a CSV\n"
            importing = ("--rows", str(sizes["rows"]), "--pairs", pairs, "--mariadb", server.url)
            yield output("import_exchanges", *importing)
        finally:
            server.stop()
    yield "\n## Posting one entry, reading, proving\n"
    reading = ("--small", str(sizes["small"]), "--large", str(sizes["large"]), "--rounds", pairs)
    yield output("reading", *reading)
    yield "\n## The end of a month and of a year\n"
    yield output("month_end", *reading)
    yield "\n## The pages of the accountant's desk\n"
    yield output("desk", "--sizes", str(sizes["small"]), str(sizes["large"]))
    yield "\n## Bringing a host's internal documents into the books\n"
    yield output("adoption", "--small", str(sizes["small"] // 10), "--large", str(sizes["large"] // 10))
    yield "\n## The journal of a year in the shape of the FEC, against a bare CSV of the same rows\n"
    yield output("export_journal", "--entries", str(sizes["entries"]), "--pairs", pairs)
    yield "\n## Reading a day of public notices, beside bare parsers\n"
    yield output("notices", "--rounds", pairs)
    yield "\n## Matching two lists without a common key, beside two libraries and a bare hash join\n"
    yield output("reconciliation", "--sizes", str(sizes["small"]), str(sizes["large"]), "--pairs", pairs)
    yield "\n## The pages of matching\n"
    yield output("campaigns", *reading)
    yield f"\nMeasured in {time.monotonic() - begun:.0f} s."


def output(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def surroundings() -> str:
    """Say on what and beside what it was measured."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "mysqlclient"))
    database = subprocess.run(
        ["mariadbd", "--version"], check=True, capture_output=True, text=True
    ).stdout.strip()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"{machine}, {libraries}, {database}.\nLoad of the machine at the start (1, 5, 15 min): {load}."


if __name__ == "__main__":
    main()
