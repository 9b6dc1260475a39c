"""What a grid of weighted criteria says: averages of scores from 1 to 5, in hundredths. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..kernel.money import round_half_up

LOWEST, HIGHEST = 1, 5
HUNDREDTHS = 100


def average(scores: Sequence[int]) -> int | None:
    """Return the mean of scores in hundredths (3,75 is 375); none without any."""
    return round_half_up(Decimal(sum(scores) * HUNDREDTHS) / len(scores)) if scores else None


def weighted(weights: Mapping[int, int], scores: Mapping[int, Sequence[int]]) -> int | None:
    """Return the mean of the criteria's means by their weights, in hundredths, but for what nobody scored.

    `weights` and `scores` are by criterion.
    """
    scored = [key for key in weights if scores.get(key)]
    whole = sum(weights[key] for key in scored)
    if not whole:
        return None
    # One rounding, at the end.
    means = (Decimal(sum(scores[key])) / len(scores[key]) * weights[key] for key in scored)
    return round_half_up(sum(means, Decimal(0)) * HUNDREDTHS / whole)
