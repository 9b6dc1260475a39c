"""What parts of a line are worth, and what a digest covers."""

import dataclasses
import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel.money import line_total
from endi_ext.subcontracts.terms import (
    Conditions,
    ProposedLine,
    Terms,
    accepted_cents,
    digest,
    done_cents,
    part_cents,
    permille_of,
    thousandths_at,
)

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


@pytest.mark.parametrize(
    ("done", "agreed", "permille"),
    [
        (0, 3000, 0),
        (1, 3000, 1),  # begun is never nothing
        (1500, 3000, 500),
        (5, 2000, 3),  # halves upwards
        (2999, 3000, 999),  # nearly all is never all
        (3000, 3000, 1000),
        (0, 0, 0),
    ],
)
def test_only_nothing_is_0_percent_and_only_all_is_100(done, agreed, permille):
    assert permille_of(done, agreed) == permille


def test_a_percentage_of_a_line_is_the_nearest_thousandth_and_all_of_it_at_the_end():
    assert [thousandths_at(permille, 3001) for permille in (0, 1, 500, 1000)] == [0, 3, 1501, 3001]


def test_part_of_a_claim_that_is_accepted_is_worth_its_part_and_neither_nothing_nor_all():
    assert [accepted_cents(1000, 3000, part) for part in (0, 1000, 2000, 3000)] == [0, 333, 667, 1000]
    assert accepted_cents(100, 100_000, 1) == 1
    assert accepted_cents(100, 100_000, 99_999) == 99


def test_a_line_reduced_to_less_than_its_price_keeps_a_cent_for_the_rest():
    worth = [
        done_cents(done, agreed_thousandths=3000, unit_price_cents=333, total_cents=500)
        for done in (1000, 2000, 3000)
    ]
    assert worth == [333, 499, 500]


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


def test_what_is_signed_can_be_written_again_by_anyone():
    """Years later too: the digest is that of this text, with what is left as usual not written."""
    assert signed() == sha256_of(
        '{"buyer":"company:1","due_on":"2026-12-15","lines":[["Plans",10000,"h",4500]],"message":"Merci",'
        '"seller":"company:2","title":"Escalier"}'
    )


def test_every_choice_is_in_what_is_signed():
    chosen = Conditions(
        retention_rate_bp=500, retention_release_on=date(2027, 12, 31), payment_days=45, silence_accepts=True
    )
    reduced = ProposedLine("Été", 1000, "u", 4500, key=7, agreed_cents=3000)
    terms = dataclasses.replace(TERMS, lines=(reduced,), answer_by=date(2026, 12, 1), conditions=chosen)
    assert digest("Escalier", "company:1", "company:2", terms, "frame", 3) == sha256_of(
        '{"amends":3,"answer_by":"2026-12-01","buyer":"company:1","due_on":"2026-12-15","kind":"frame",'
        '"lines":[["Été",1000,"u",4500,3000]],"message":"Merci","payment_days":45,'
        '"retention_rate_bp":500,"retention_release_on":"2027-12-31","seller":"company:2",'
        '"silence_accepts":true,"title":"Escalier"}'
    )


def sha256_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def signed():
    return digest("Escalier", "company:1", "company:2", TERMS)
