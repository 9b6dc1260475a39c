"""Read files made of the samples by random changes, for as long as asked; keep what breaks a reader.

    python tools/fuzz_notices.py [--seconds 600] [--seed 1]

Each find is made as small as it goes and kept in tests/data/notices/found, where the tests read it for ever.
"""

import argparse
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.tenders.notices.fuzzing import SEEDS, check, files  # noqa: E402 - found once the root is on the path

FOUND = ROOT / "tests" / "data" / "notices" / "found"
AT_A_TIME = 1_000


class Fuzzing:
    """Counts of what was read, and the file read last: where a reader breaks, the smallest one that does."""

    def __init__(self) -> None:
        self.files, self.finds, self.last = 0, 0, b""
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0

    def read(self, content: bytes) -> None:
        self.last = content
        begun = time.process_time()
        for outcome in check(content):
            self.outcomes[outcome] += 1
        self.slowest = max(self.slowest, time.process_time() - begun)
        self.files += 1

    def some(self, number: int) -> None:
        """Read a thousand files; those of one number are always the same."""

        @seed(number)
        @settings(
            max_examples=AT_A_TIME,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        @given(files())
        def one(content: bytes) -> None:
            self.read(content)

        try:
            one()
        except Exception as problem:  # noqa: BLE001 - whatever a reader raises is what we are after
            self.keep(problem)

    def keep(self, problem: Exception) -> None:
        FOUND.mkdir(exist_ok=True)
        path = FOUND / f"{type(problem).__name__}-{sha256(self.last).hexdigest()[:12]}.bin"
        path.write_bytes(self.last)
        self.finds += 1
        print(f"{path.name}: {problem!r}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    fuzzing, begun, number = Fuzzing(), time.monotonic(), given_.seed
    while time.monotonic() - begun < given_.seconds:
        fuzzing.some(number)
        number += 1
    took = time.monotonic() - begun
    print(f"{fuzzing.files} files made of {len(SEEDS)} samples in {took:.0f} s, {fuzzing.finds} find(s)")
    print(f"slowest: {fuzzing.slowest * 1000:.0f} ms; seeds {given_.seed} to {number - 1}")
    for outcome, count in fuzzing.outcomes.most_common():
        print(f"{count:>9} {outcome}")
    sys.exit(1 if fuzzing.finds else 0)


if __name__ == "__main__":
    main()
