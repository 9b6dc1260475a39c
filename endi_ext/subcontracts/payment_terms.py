"""When what is accepted is due, what of it is held back and until when. Pure: no session, no clock."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from ..kernel import money
from .terms import CLIENT_PAYS, DAYS, FIXED_DATE, ON_DATE, Conditions


def awaits_client(conditions: Conditions) -> bool:
    """Say whether nothing is due before the client pays."""
    return conditions.payment_kind == CLIENT_PAYS


def due_on(conditions: Conditions, accepted_on: date) -> date | None:
    """Return when what is accepted on a day is due; none: when the client pays, or as the cooperative chose.

    A fixed date that has passed makes it due on the day it is accepted: nothing is late before it is owed.
    """
    if awaits_client(conditions):
        return None
    if conditions.payment_kind == FIXED_DATE:
        return max(conditions.payment_on or accepted_on, accepted_on)
    if conditions.payment_kind == DAYS:
        days = conditions.payment_days
        return None if days is None else accepted_on + timedelta(days=days)
    return end_of_month(accepted_on + timedelta(days=conditions.payment_days or 0))


def retained_cents(
    conditions: Conditions, accepted_on: date, amount_cents: int, *, accepted_before: int, held_before: int
) -> int:
    """Return what is held back of an amount accepted on a day, after `accepted_before` of the same agreement.

    With `held_before` it makes the rate of all that is accepted, so that roundings never add up; but never
    further than the next cent from the rate of this very amount, whatever the rate was before. After the day
    of the release nothing is held.
    """
    rate_bp = conditions.retention_rate_bp
    let_go_on = release_on(conditions)
    if not rate_bp or (let_go_on is not None and let_go_on <= accepted_on):
        return 0
    exact = Fraction(amount_cents * rate_bp, money.BASIS_POINTS)
    least, most = int(exact), -int(-exact // 1)
    wanted = money.percent_of(accepted_before + amount_cents, rate_bp) - held_before
    return max(least, min(most, wanted))


def release_on(conditions: Conditions) -> date | None:
    """Return when what is held is let go; none: when the acceptance of the whole is pronounced."""
    return conditions.retention_release_on if conditions.retention_release == ON_DATE else None


def end_of_month(on: date) -> date:
    """Return the last day of the month of a day."""
    return on.replace(day=monthrange(on.year, on.month)[1])


def a_year_after(on: date) -> date:
    """Return the same day of the next year; the twenty-ninth of February becomes the twenty-eighth."""
    following = date(on.year + 1, on.month, 1)
    return following.replace(day=min(on.day, monthrange(following.year, following.month)[1]))
