"""Many years of an invented cooperative, each proved step by step, and one table of what came of them.

    .venv/bin/python tools/years.py --seeds 1-20 --months 12 --parties 60 --jobs 2
    .venv/bin/python tools/years.py --seeds 1-20 --engines sqlite,mariadb --faults both --into var/years.jsonl

Each year is lived in a process and a database of its own, on /dev/shm where there is one. MariaDB is a
private server that does not wait for the disk. With `--into` each year is a line of that file once it is
over, and those that are there already are not lived again: what was interrupted goes on.
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from endi_ext.simulation.run import Failed, Year
from endi_ext.simulation_commands import lent_book
from tests.mariadb import Server

MEMORY = Path("/dev/shm")
ENGINES = ("sqlite", "mariadb")
COLUMNS = (
    "engine",
    "faults",
    "seed",
    "months",
    "parties",
    "steps",
    "proofs",
    "entries",
    "seconds",
    "outcome",
)
KINDS = {"no": (False,), "yes": (True,), "both": (False, True)}


def main():
    """Live the years asked for, print them, and fail if one of them failed."""
    chosen = asked()
    kept = Path(chosen.into) if chosen.into else None
    known = [json.loads(line) for line in kept.read_text().splitlines()] if kept and kept.exists() else []
    lived = {tuple(one[name] for name in COLUMNS[:5]) for one in known}
    years = [
        (engine, faults, seed, chosen.months, chosen.parties)
        for seed in seeds_of(chosen.seeds)
        for faults in KINDS[chosen.faults]
        for engine in chosen.engines.split(",")
    ]
    with ProcessPoolExecutor(chosen.jobs, max_tasks_per_child=1) as pool:
        asked_for = [pool.submit(live, *year) for year in years if year not in lived]
        for one in as_completed(asked_for):
            told = one.result()
            known.append(told)
            if kept:
                with kept.open("a") as lines:
                    lines.write(json.dumps(told) + "\n")
            print(*(told[name] for name in COLUMNS), flush=True)
    wanted = [one for one in known if tuple(one[name] for name in COLUMNS[:5]) in set(years)]
    print_table(sorted(wanted, key=lambda one: (one["engine"], one["faults"], one["seed"])))
    return any(one["outcome"] != "holds" for one in wanted)


def asked():
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", default="1-20", help="1-20, or 3,7,11")
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--parties", type=int, default=60)
    parser.add_argument("--engines", default="sqlite", help="sqlite, mariadb, or both with a comma")
    parser.add_argument("--faults", choices=sorted(KINDS), default="no")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--into", help="a file of JSON lines to add to")
    return parser.parse_args()


def seeds_of(text):
    """Return the seeds that `1-20` or `3,7,11` names."""
    first, dash, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if dash else [int(one) for one in text.split(",")]


def live(engine, faults, seed, months, parties):
    """Live one year in this process and return what came of it."""
    # Nothing that a year makes hangs in circles for long; looking for it often costs a tenth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    tempfile.tempdir = str(MEMORY) if MEMORY.is_dir() else None
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        server = Server.start(Path(folder)) if engine == "mariadb" else None
        try:
            with lent_book(server.new_database() if server else None) as book:
                year = Year(book, seed=seed, months=months, party_count=parties, with_faults=faults)
                outcome, history = "holds", []
                try:
                    year.live()
                except Failed as failed:
                    outcome, history = (
                        f"FAILED at {failed.step}: {failed.broken!r}",
                        failed.told.history[-10:],
                    )
        finally:
            if server:
                server.stop()
    told = year.told
    facts = dict(zip(COLUMNS[:5], (engine, faults, seed, months, parties), strict=True))
    facts |= {"steps": told.steps, "proofs": told.proofs, "entries": year.proofs.sequence}
    facts |= {"seconds": round(time.monotonic() - begun), "cpu_s": round(sum(os.times()[:2]))}
    facts |= {"outcome": outcome, "history": history}
    return facts | {"done": told.done, "refused": +told.refused, "met": +told.faults}


def print_table(years):
    """Print the years and what they come to, as Markdown."""
    names = (*COLUMNS[:3], *COLUMNS[5:])
    print("\n| " + " | ".join(names) + " |\n|" + " --- |" * len(names))
    for one in years:
        print("| " + " | ".join(str(one[name]) for name in names) + " |")
    for engine in ENGINES:
        for faults in (False, True):
            some = [one for one in years if one["engine"] == engine and one["faults"] == faults]
            if some:
                print_total(f"{engine}, {'with' if faults else 'without'} faults", some)


def print_total(name, years):
    """Print the sums over some years."""
    sums = {column: sum(one[column] for one in years) for column in ("steps", "proofs", "entries", "seconds")}
    failed = sum(one["outcome"] != "holds" for one in years)
    print(f"\n{name}: {len(years)} years, {failed} failed, {sums}")
    for kind in ("met", "done", "refused"):
        counted = Counter()
        for one in years:
            counted.update(one[kind])
        print(f"  {kind}: " + ", ".join(f"{what} {count}" for what, count in counted.most_common()))


if __name__ == "__main__":
    sys.exit(main())
