"""What an amendment makes of the lines in force, for any progress and any change."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from endi_ext.kernel import money
from endi_ext.kernel.errors import DomainError
from endi_ext.subcontracts import changes
from endi_ext.subcontracts.models import SubcontractLine
from endi_ext.subcontracts.terms import ProposedLine, Terms, done_cents

quantities = st.integers(1, 50_000)
prices = st.integers(1, 100_000)


@st.composite
def started_lines(draw, key):
    """A line in force, not started, under way or delivered in full."""
    quantity, price = draw(quantities), draw(prices)
    total = max(money.line_total(quantity, price), 1)
    delivered = draw(st.sampled_from([0, quantity]) | st.integers(0, quantity))
    worth = done_cents(delivered, agreed_thousandths=quantity, unit_price_cents=price, total_cents=total)
    if worth < 1:
        delivered = worth = 0
    return SubcontractLine(
        key=key,
        description=f"Ligne {key}",
        quantity_thousandths=quantity,
        unit="h",
        unit_price_cents=price,
        total_cents=total,
        delivered_thousandths=delivered,
        delivered_cents=worth,
    )


@st.composite
def changed_lines(draw):
    """Two lines in force, and what someone would make of them."""
    lines = [draw(started_lines(key)) for key in (1, 2)]
    wanted = [
        ProposedLine(
            line.description,
            draw(st.sampled_from([line.quantity_thousandths, line.delivered_thousandths or 1]) | quantities),
            "h",
            draw(st.sampled_from([line.unit_price_cents]) | prices),
            line.key,
        )
        for line in lines
    ]
    return lines, Terms(date(2027, 1, 1), wanted)


def in_force(terms):
    """What would be in force: new lines get a key of their own."""
    return [
        SubcontractLine(
            key=line.key or 100 + place,
            description=line.description,
            quantity_thousandths=line.quantity_thousandths,
            unit=line.unit,
            unit_price_cents=line.unit_price_cents,
            total_cents=line.total_cents,
        )
        for place, line in enumerate(terms.lines)
    ]


def allowed(lines, terms):
    """What is signed of the terms; none when they are refused."""
    try:
        return changes.amended(lines, terms)
    except DomainError:
        return None


@given(changed_lines())
def test_what_is_done_keeps_its_price_and_what_is_left_has_the_new_one(example):
    lines, terms = example
    agreed = allowed(lines, terms)
    if agreed is None:
        return
    for line, wanted in zip(lines, terms.lines, strict=True):
        parts = [part for part in agreed.lines if part.description == line.description]
        assert sum(part.quantity_thousandths for part in parts) == wanted.quantity_thousandths
        if not line.delivered_thousandths:
            continue
        first = parts[0]
        assert (first.key, first.unit_price_cents) == (line.key, line.unit_price_cents)
        assert first.quantity_thousandths >= line.delivered_thousandths
        if first.quantity_thousandths == line.delivered_thousandths:
            assert first.total_cents == line.delivered_cents
        assert [part.unit_price_cents for part in parts[1:]] in ([], [wanted.unit_price_cents])


@given(changed_lines())
def test_what_is_allowed_fits_at_once_and_comes_from_what_was_asked(example):
    lines, terms = example
    agreed = allowed(lines, terms)
    if agreed is None:
        return
    changes.refuse_what_does_not_fit(lines, in_force(agreed))
    assert changes.comes_from(in_force(agreed), terms)


@given(changed_lines())
def test_reducing_every_line_to_what_is_delivered_leaves_exactly_its_worth(example):
    lines, _terms = example
    started = [line for line in lines if line.delivered_thousandths]
    reduced = [
        ProposedLine(line.description, line.delivered_thousandths, "h", line.unit_price_cents, line.key)
        for line in started
    ]
    agreed = changes.amended(lines, Terms(date(2027, 1, 1), reduced))
    assert agreed.total_cents == sum(line.delivered_cents for line in started)
