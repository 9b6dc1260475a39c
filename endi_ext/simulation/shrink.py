"""The shortest history that still shows a failure: steps are taken out as long as it fails the same way."""

from collections.abc import Callable, Sequence
from time import monotonic

# Whether keeping only these steps still fails as before.
Fails = Callable[[Sequence[int]], bool]


def shortest(steps: Sequence[int], fails: Fails, *, seconds: float) -> list[int]:
    """Return fewer of `steps` that still fail, the best found within `seconds`."""
    kept, size, until = list(steps), max(1, len(steps) // 2), monotonic() + seconds
    while monotonic() < until:
        removed = False
        for start in range(0, len(kept), size):
            fewer = kept[:start] + kept[start + size :]
            if monotonic() > until:
                return kept
            if len(fewer) < len(kept) and fails(fewer):
                kept, removed = fewer, True
                break
        if removed:
            continue
        if size == 1:
            return kept
        size //= 2
    return kept
