"""Reading a day of notices, made of the samples, beside bare lxml.etree.fromstring and json.loads of them.

    python -m benchmarks.notices [--rounds 5] [--notices 414]

The day has the shape of a real one: 224 of 414 notices in eForms, half of them XML and half BOAMP's JSON, the
others in the forms of BOAMP; each is a file with a number of its own. Ours and the floor alternate; each is
measured once more in a process of its own for the memory that a whole day takes, read or parsed. `donnees` of
BOAMP is JSON in a string of JSON: the floor parses both.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks import figures
from benchmarks.figures import Figure, ratio
from endi_ext.tenders.notices import reading

DATA = Path(__file__).parent.parent / "tests" / "data" / "notices"
EFORMS_OF_A_DAY, A_DAY = 224, 414
NUMBER = re.compile(rb"\d\d-\d{5,6}(?=[\"<])")
IDENTIFIER = re.compile(rb"[0-9a-f]{8}(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--notices", type=int, default=A_DAY)
    parser.add_argument("--child", choices=WORKS, help=argparse.SUPPRESS)
    figures.add_option(parser)
    chosen = parser.parse_args()
    if chosen.child:
        print(memory_of(WORKS[chosen.child], a_day(chosen.notices)))
        return
    figures.show(report(chosen.rounds, chosen.notices), chosen.json)


def report(rounds: int, notices: int) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    day = a_day(notices)
    size = sum(map(len, day))
    yield f"{notices} notices, {size / 1e6:.1f} MB, {rounds} rounds, medians of processor time.\n"
    yield "| | notices a second | MB a second | ms a notice | memory, MB |"
    yield "|---|--:|--:|--:|--:|"
    found = {
        name: Figure("notices read", "each notice, processor time", "ms", took, size=notices, who=WHO[name])
        for name, took in alternated(rounds, day).items()
    }
    for name, each in found.items():
        took, memory = each.value * notices / 1e3, in_a_process(name, notices)
        yield each
        yield replace(each, measure="growth of memory for a day", unit="MiB", samples=[memory])
        rates = f"{notices / took:,.0f} | {size / 1e6 / took:.1f} | {took / notices * 1e3:.2f}"
        yield f"| {name} | {rates} | {memory:.1f} |"
    times = ratio(found[OURS], found[FLOOR])
    yield times
    yield f"\nOurs takes {times.value:.1f} times the floor."


def a_day(notices: int) -> list[bytes]:
    """Return the files of a day, in the proportions of a real one, no two with the same number."""
    xml = [
        path.read_bytes()
        for path in sorted((DATA / "eforms").glob("c*.xml"))
        if not path.name.startswith("can")
    ]
    boamp = sorted((DATA / "boamp").glob("boamp_*"))
    in_json = [path.read_bytes() for path in boamp if "EFORMS" in path.name]
    national = [
        path.read_bytes() for path in boamp if "EFORMS" not in path.name and "attribution" not in path.name
    ]
    share = notices * EFORMS_OF_A_DAY // A_DAY
    listed = [
        *islice(cycle(xml), share // 2),
        *islice(cycle(in_json), share - share // 2),
        *islice(cycle(national), notices - share),
    ]
    return [_numbered(content, number) for number, content in enumerate(listed)]


def _numbered(content: bytes, number: int) -> bytes:
    renamed = IDENTIFIER.sub(b"%08x" % number, content)
    return NUMBER.sub(b"26-%06d" % number, renamed)


def read(day: list[bytes]) -> int:
    notices = [reading.read(content) for content in day]
    return sum(map(len, notices))


def parse(day: list[bytes]) -> int:
    parsed = [_parsed(content) for content in day]
    return len(parsed)


def _parsed(content: bytes) -> Any:
    if content.lstrip().startswith(b"<"):
        return etree.fromstring(content)
    record = json.loads(content)
    return record, json.loads(record["donnees"]), json.loads(record.get("gestion", "{}"))


OURS, FLOOR = "ours: endi_ext reads", "floor: lxml and json parse"
WHO = {OURS: figures.OURS, FLOOR: "bare parsers: lxml and json"}
WORKS: dict[str, Callable[[list[bytes]], int]] = {OURS: read, FLOOR: parse}


def alternated(rounds: int, day: list[bytes]) -> dict[str, list[float]]:
    """Return the milliseconds of the processor a notice takes each work, in turn; all must be read."""
    for work in WORKS.values():
        assert work(day) == len(day)
    found: dict[str, list[float]] = {name: [] for name in WORKS}
    for _ in range(rounds):
        for name, work in WORKS.items():
            begun = time.process_time()
            work(day)
            found[name].append(1e3 * (time.process_time() - begun) / len(day))
    return found


def in_a_process(name: str, notices: int) -> float:
    command = [sys.executable, "-m", "benchmarks.notices", "--notices", str(notices), "--child", name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def memory_of(work: Callable[[list[bytes]], int], day: list[bytes]) -> float:
    """Return by how many megabytes the process grows at most while it reads a day (Linux only)."""
    work(day[:1])
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    work(day)
    return (_status("VmHWM") - before) / 1024


def _status(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1])


if __name__ == "__main__":
    main()
