"""What parts of a line are worth, and what a digest covers."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel.money import line_total
from endi_ext.subcontracts.terms import ProposedLine, Terms, digest, part_cents

quantities = st.integers(1, 50_000)
prices = st.integers(1, 200_000)
# Declare that many thousandths (cut to what remains), or give back a standing delivery by its rank.
steps = st.lists(
    st.one_of(st.tuples(st.just("declare"), quantities), st.tuples(st.just("give_back"), st.integers(0, 20))),
    max_size=30,
)


class Line:
    """A line and its standing deliveries, as the service keeps them."""

    def __init__(self, quantity, price):
        self.quantity, self.price, self.total = quantity, price, line_total(quantity, price)
        self.standing = []

    @property
    def delivered(self):
        return sum(part for part, _ in self.standing)

    @property
    def cents(self):
        return sum(cents for _, cents in self.standing)

    def worth(self, part):
        return part_cents(
            part,
            agreed_thousandths=self.quantity,
            unit_price_cents=self.price,
            total_cents=self.total,
            delivered_thousandths=self.delivered,
            delivered_cents=self.cents,
        )

    def declare(self, part):
        cents = self.worth(part)
        if cents >= 1:
            self.standing.append((part, cents))
        return cents

    def follow(self, steps):
        for action, number in steps:
            if action == "declare" and self.delivered < self.quantity:
                self.declare(min(number, self.quantity - self.delivered))
            elif action == "give_back" and self.standing:
                self.standing.pop(number % len(self.standing))
            yield


@given(quantities, prices, steps)
def test_a_line_delivered_in_full_is_worth_its_total_whatever_happened_before(quantity, price, steps):
    line = Line(quantity, price)
    for _ in line.follow(steps):
        assert (line.cents == line.total) == (line.delivered == line.quantity) or line.total == 0
        assert 0 <= line.cents <= line.total


@given(quantities, prices, steps)
def test_the_rest_of_a_line_can_always_be_delivered(quantity, price, steps):
    line = Line(quantity, price)
    for _ in line.follow(steps):
        if line.total >= 1 and line.delivered < line.quantity:
            assert line.worth(line.quantity - line.delivered) >= 1


@given(quantities, prices, st.lists(quantities, max_size=20))
def test_without_contestation_no_delivery_is_a_cent_away_from_its_price(quantity, price, parts):
    line = Line(quantity, price)
    for wanted in parts:
        part = min(wanted, line.quantity - line.delivered)
        if part:
            cents = line.declare(part)
            # One half cent before, one half cent after, and the cent kept for the rest.
            assert abs(1000 * cents - part * price) <= 2000


def test_three_thirds_of_ten_euros_are_ten_euros():
    line = Line(3000, 333)
    line.total = 999
    assert [line.declare(1000) for _ in range(3)] == [333, 333, 333]
    odd = Line(1000, 1000)
    assert [odd.declare(part) for part in (333, 333, 334)] == [333, 333, 334]


def test_the_last_delivery_takes_the_remainder():
    line = Line(1500, 333)  # 499.5, that is 5.00 €
    assert [line.declare(500) for _ in range(3)] == [167, 166, 167]


TERMS = Terms(date(2026, 12, 15), (ProposedLine("Plans", 10_000, "h", 4500),), "Merci")


def test_the_same_terms_have_the_same_digest():
    again = Terms(date(2026, 12, 15), [ProposedLine("Plans", 10_000, "h", 4500)], "Merci")
    assert digest("Escalier", "company:1", "company:2", again) == signed()


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2026, 12, 16)},
        {"message": "Merci !"},
        {"lines": ()},
        {"lines": TERMS.lines * 2},
        *(
            {"lines": (dataclasses.replace(TERMS.lines[0], **different),)}
            for different in (
                {"description": "Plan"},
                {"quantity_thousandths": 10_001},
                {"unit": "j"},
                {"unit_price_cents": 4501},
            )
        ),
    ],
)
def test_other_terms_have_another_digest(change):
    assert digest("Escalier", "company:1", "company:2", dataclasses.replace(TERMS, **change)) != signed()


def test_another_title_or_other_parties_have_another_digest():
    assert digest("Rampe", "company:1", "company:2", TERMS) != signed()
    assert digest("Escalier", "company:2", "company:1", TERMS) != signed()


def signed():
    return digest("Escalier", "company:1", "company:2", TERMS)
