"""Whole cents: rounding, shares that lose nothing, and nothing but integers."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

BASIS_POINTS = 10_000


def round_half_up(value: Decimal) -> int:
    """Return the whole number nearest to `value`, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_of(amount_cents: int, rate_bp: int) -> int:
    """Return `rate_bp` basis points (1 % = 100) of `amount_cents`, in cents, halves away from zero."""
    return round_half_up(Decimal(amount_cents) * rate_bp / BASIS_POINTS)


def line_total(quantity_thousandths: int, unit_price_cents: int) -> int:
    """Return the price in cents of a quantity in thousandths of a unit, halves away from zero."""
    return round_half_up(Decimal(quantity_thousandths) * unit_price_cents / 1000)


def allocate(total_cents: int, weights: Sequence[int]) -> list[int]:
    """Share `total_cents` by `weights` without losing a cent: largest remainder, ties to the first.

    The parts are whole cents of the sign of the total and sum to it exactly. Weights are integers, at
    least one of them positive and none negative.

    Raises ValueError when they are not.
    """
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights are non-negative and at least one is positive")
    whole, sign = sum(weights), -1 if total_cents < 0 else 1
    parts = [divmod(abs(total_cents) * weight, whole) for weight in weights]
    shares = [quotient for quotient, _ in parts]
    missing = abs(total_cents) - sum(shares)
    largest_first = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    for place in largest_first[:missing]:
        shares[place] += 1
    return [sign * share for share in shares]
