"""Pages of served hosts opened by people (benchmarks/people.py), and what is told of them."""

import json
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from endi_ext.hosts.demo.seeding import PASSWORD

ROOT = Path(__file__).parent.parent
# People read before they open another page.
PAUSE_S = (3.0, 9.0)
Pages = Sequence[dict[str, str]]


def at(host: str, pages: Pages, *, label: str = "") -> list[dict[str, str]]:
    """Return pages as they are asked of one host; a label tells them from the same of another."""
    return [{**page, "host": host, "name": f"{label}{page['name']}"} for page in pages]


def in_turn(pages: Pages, rounds: int) -> dict[str, Any]:
    """Let one person open all pages in the order given, again and again; the first round warms up."""
    found = opened({"people": 1, "rounds": rounds + 1, "pages": pages})
    if found["failures"]:
        raise RuntimeError(f"{len(found['failures'])} pages failed: {found['failures'][:3]}")
    found["took_ms"] = {name: took[1:] for name, took in found["took_ms"].items()}
    return found


def by_people(pages: Pages, people: int, seconds: float) -> dict[str, Any]:
    """Let so many people open any page, read, open another."""
    return opened({"people": people, "rounds": 0, "seconds": seconds, "pause_s": PAUSE_S, "pages": pages})


def opened(plan: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps({"password": PASSWORD, **plan}), "utf-8")
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.people", str(path)]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    return json.loads(done.stdout.splitlines()[-1])


def blocks(took: Sequence[float], count: int) -> Iterator[Sequence[float]]:
    """Yield a series in so many parts, one after the other: each gives a percentile of its own."""
    size = max(1, len(took) // count)
    for first in range(0, size * count, size):
        some = took[first : first + size]
        if some:
            yield some


def p50(took: Sequence[float]) -> float:
    return statistics.median(took)


def p95(took: Sequence[float]) -> float:
    return sorted(took)[math.ceil(len(took) * 0.95) - 1]
