"""What hypothesis chooses from: places in lists that grow, parts of wholes, lines and conditions."""

from datetime import timedelta

from hypothesis import strategies as st

from endi_ext.subcontracts.terms import Conditions
from tests.builders import TODAY

from ..builders import a_line

places = st.integers(0, 7)
shares = st.lists(st.integers(0, 1000), min_size=1, max_size=4)
# Odd quantities of cheap things: each cent of rounding shows.
quantities = st.sampled_from([1000, 3000, 333, 7777, 12_500, 100_000]) | st.integers(1, 20_000)
prices = st.sampled_from([1, 3, 99, 4500, 33_333]) | st.integers(1, 50_000)
lines = st.builds(a_line, st.just("Plans"), quantities, st.just("h"), prices).filter(
    lambda line: line.total_cents > 0
)


@st.composite
def conditions(draw):
    """How a job is held back, paid and answered."""
    rate = draw(st.sampled_from([0, 500, 500, 333, 1]))
    by_date, silence = rate and draw(st.booleans()), draw(st.sampled_from([None, 3, 10]))
    return Conditions(
        retention_rate_bp=rate,
        retention_release="on_acceptance" if rate and not by_date else "on_date",
        retention_release_on=TODAY + timedelta(days=draw(st.integers(20, 150))) if by_date else None,
        payment_kind=draw(st.sampled_from(["days", "end_of_month", "client", "client"])),
        silence_days=silence,
        silence_accepts=silence is not None and draw(st.booleans()),
    )


def one_of(found, place):
    return found[place % len(found)]
