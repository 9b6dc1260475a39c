"""How long two lists take to be matched and how much of them is found, beside other ways, in the same run.

    python -m benchmarks.reconciliation [--sizes 10000 100000] [--pairs 3] [--seed 1]

Lists are drawn from the seed: exchanges of which one in twelve is of a hard kind (tests/reconciliation/
hard_world.py). Ours, splink, recordlinkage and a bare hash join take them in turn, each in a process of its
own; what is timed is the matching, of documents already read. Ratios are medians of each turn's own.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks import figures, matchers
from benchmarks.figures import Figure
from endi_ext.reconciliation.matching import match
from tests.reconciliation.hard_world import Hard, a_hard_world

OTHERS = {"hash join": matchers.hash_join, "splink": matchers.splink, "recordlinkage": matchers.recordlinkage}
OURS = "ours"
SOUND = "sound"  # the kind of exchanges that both sides tell alike


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="1000000 is for ours")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=[OURS, *OTHERS], help="which ways; all unless told")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    figures.add_option(parser)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measured(options.child, options.sizes[0], options.seed)))
        return
    figures.show(
        report(options.sizes, options.pairs, options.seed, options.only or [OURS, *OTHERS]), options.json
    )


def report(sizes: list[int], turns: int, seed: int, ways: list[str]) -> Iterator[str | Figure]:
    """Return the report line by line, as Markdown, and its figures."""
    ways = [OURS, *(way for way in ways if way != OURS)]
    for way in list(ways):
        why = matchers.missing(way)
        if why:
            ways.remove(way)
            yield why
    growth, last = [], {}
    yield f"Lists of seed {seed}, {turns} turns, medians; the ratio is of that way's time to ours:\n"
    yield "| exchanges | way | s | ratio | precision | recall | F1 | wrong among confirmed |"
    yield "|---|---|---|---|---|---|---|---|"
    for size in sizes:
        rounds = [{way: child(way, size, seed) for way in ways} for _ in range(turns)]
        last = rounds[0]
        for way in ways:
            ratio = statistics.median(one[way]["seconds"] / one[OURS]["seconds"] for one in rounds)
            yield row(size, way, statistics.median(one[way]["seconds"] for one in rounds), ratio, last[way])
        yield from figures_of(size, rounds, ways)
        growth.append((size, statistics.median(one[OURS]["seconds"] for one in rounds)))
    yield "\n" + "; ".join(
        f"from {small} to {large} exchanges ours takes {there / here:.1f} times as long"
        for (small, here), (large, there) in pairwise(growth)
    )
    yield f"\nFound of each kind, in hundredths of its links ({sizes[-1]} exchanges):\n"
    yield "| kind | links | " + " | ".join(ways) + " |"
    yield "|---|---|" + "---|" * len(ways)
    for kind, count in sorted(last[OURS]["links"].items()):
        shares = " | ".join(f"{100 * last[way]['found'].get(kind, 0) / count:.1f}" for way in ways)
        yield f"| {kind} | {count} | {shares} |"
    yield f"\nLeft over, by ours, of those that match nothing: {last[OURS]['alone']}."


def figures_of(size: int, rounds: list[dict], ways: list[str]) -> Iterator[Figure]:
    """Yield the time of each way, how many times as long the others take, and what ours finds."""
    times = {
        way: Figure(
            "matching of two lists", "time", "s", [one[way]["seconds"] for one in rounds], "", size, way
        )
        for way in ways
    }
    for way, took in times.items():
        yield took
        if way != OURS:
            longer = figures.ratio(took, times[OURS])
            yield replace(longer, goal="9c" if way == "splink" else "")
    found = rounds[0][OURS]
    hard = [kind for kind in found["links"] if kind != SOUND]
    recall = sum(found["found"].get(kind, 0) for kind in hard) / sum(found["links"][kind] for kind in hard)
    operation = "matching of two lists"
    yield Figure(operation, "recall on discrepancies", "", [recall], "", size, goal="9a")
    yield Figure(operation, "precision", "", [found["precision"]], "", size, goal="9b")


def row(size: int, way: str, seconds: float, ratio: float, found: dict) -> str:
    figures = " | ".join(f"{found[name]:.4f}" for name in ("precision", "recall", "f1"))
    wrong = f"{found['wrong']} of {found['confirmed']}" if way == OURS else "-"
    return f"| {size} | {way} | {seconds:.2f} | {ratio:.2f} | {figures} | {wrong} |"


def child(way: str, size: int, seed: int) -> dict:
    command = [sys.executable, "-m", "benchmarks.reconciliation", "--child", way, "--seed", str(seed)]
    done = subprocess.run([*command, "--sizes", str(size)], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measured(way: str, size: int, seed: int) -> dict:
    """Match the lists once; return how long it took and what was found."""
    world = a_hard_world(seed, size, parties=max(10, size // 100), share=1 / 12)
    confirmed, alone = set(), ""
    if way == OURS:
        begun = time.perf_counter()
        outcome = match(world.sales, world.purchases)
        seconds = time.perf_counter() - begun
        pairs = links(outcome.matches)
        confirmed = links(one for one in outcome.matches if one.confirmed)
        alone = of_those_alone(outcome, world)
    else:
        matchers.imported(way)
        begun = time.perf_counter()
        pairs = OTHERS[way](world.sales, world.purchases)
        seconds = time.perf_counter() - begun
    right = pairs & world.links.keys()
    return {
        "seconds": seconds,
        "precision": len(right) / len(pairs),
        "recall": len(right) / len(world.links),
        "f1": 2 * len(right) / (len(pairs) + len(world.links)),
        "wrong": len(confirmed - world.links.keys()),
        "confirmed": len(confirmed),
        "links": Counter(world.links.values()),
        "found": Counter(world.links[pair] for pair in right),
        "alone": alone,
    }


def links(matches) -> set[tuple[str, str]]:
    return {(sale, bought) for one in matches for sale in one.sales for bought in one.purchases}


def of_those_alone(outcome, world: Hard) -> str:
    left = {(one.side, one.id) for one in outcome.unmatched}
    right = len(left & world.alone.keys())
    return f"{right} of {len(world.alone)}, precision {right / max(1, len(left)):.4f}"


if __name__ == "__main__":
    main()
