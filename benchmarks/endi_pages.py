"""The ten pages people open most in the real enDI, and the host's own pages with the plugin on and off.

    python -m benchmarks.endi_pages [--endi .venv-endi/bin/python] [--entries 10000] [--rounds 30]
                                    [--people 10 50] [--seconds 20] [--json FILE]

enDI runs with its own Python and libraries (`make endi` makes them; ENDI_PYTHON names others), on a private
MariaDB, served twice on the same database: once with the plugin in its ini, once without. One person opens
ours in turn with an empty page, then the host's own, on and off in turn. Then many people open ours.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import figures, opening
from benchmarks.figures import ENDI, Figure, ratio
from benchmarks.opening import ROOT, Pages
from benchmarks.pages import BLOCKS, alone, together

OFF = "plugin off"
PYTHON = Path(os.environ.get("ENDI_PYTHON") or ROOT / ".venv-endi" / "bin" / "python")


def report(
    python: Path, entries: int, rounds: int, people: Sequence[int], seconds: float
) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    try:
        host = state(python, "up", "--entries", str(entries))
        yield from alone(ENDI, [(entries, host["pages"], host["with"])], rounds)
        yield from own_pages(host, entries, rounds)
        yield from together(ENDI, entries, opening.at(host["with"], host["pages"]), people, seconds)
    finally:
        state(python, "down")


def state(python: Path, *asked: str) -> dict[str, Any]:
    """Have the private enDI brought up or down by its own Python; return what it says."""
    command = [str(python), "-W", "ignore", "-m", "benchmarks.endi_state", *asked]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}


def own_pages(host: dict[str, Any], entries: int, rounds: int) -> Iterator[str | Figure]:
    """Tell what the plugin adds to the host's own pages."""
    pages: Pages = host["host_pages"]
    # Each page right after itself: what else the machine does hits both. Who comes first takes turns too.
    asked = []
    for place, page in enumerate(pages):
        pair = [*opening.at(host["with"], [page], label="on "), *opening.at(host["without"], [page])]
        asked += pair if place % 2 else reversed(pair)
    took = opening.in_turn(asked, rounds)["took_ms"]
    yield f"\nThe host's own pages, {rounds} rounds in turn; ms.\n"
    yield "| page | p50 on | off | ratio | p95 on | off | ratio |"
    yield "|---|---|---|---|---|---|---|"
    for page in pages:
        yield from _on_and_off(page["name"], entries, took[f"on {page['name']}"], took[page["name"]])
    names = [page["name"] for page in pages]
    on, off = (
        [sum(took[f"{label}{name}"][place] for name in names) for place in range(rounds)]
        for label in ("on ", "")
    )
    yield from _on_and_off("all of them", entries, on, off, goal="13")


def _on_and_off(
    name: str, entries: int, on: Sequence[float], off: Sequence[float], *, goal: str = ""
) -> Iterator[str | Figure]:
    operation = f"host page: {name}"
    cells = []
    for measure, of in (("p50", opening.p50), ("p95", opening.p95)):
        ours, bare = (
            Figure(
                operation,
                f"{measure} of a round" if goal else measure,
                "ms",
                [of(one) for one in opening.blocks(took, BLOCKS)],
                ENDI,
                entries,
            )
            for took in (on, off)
        )
        bare = replace(bare, who=OFF)
        times = ratio(ours, bare, goal=goal if measure == "p50" else "")
        yield from (ours, bare, times)
        cells += [f"{ours.value:.0f}", f"{bare.value:.0f}", f"{times.value:.3f}"]
    yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--endi", type=Path, default=PYTHON, help="the Python that runs enDI")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--people", type=int, nargs="*", default=[10, 50])
    parser.add_argument("--seconds", type=float, default=20)
    figures.add_option(parser)
    chosen = parser.parse_args()
    if not chosen.endi.exists():
        parser.exit(1, f"{chosen.endi} is not there: `make endi` installs enDI; --endi names its Python\n")
    lines = report(chosen.endi, chosen.entries, chosen.rounds, chosen.people, chosen.seconds)
    figures.show(lines, chosen.json)


if __name__ == "__main__":
    main()
