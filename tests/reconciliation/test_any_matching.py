"""What holds of the matching of any two lists, whatever they say."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from endi_ext.reconciliation.documents import Document
from endi_ext.reconciliation.matching import match

SUMS = ("one_to_many", "many_to_one")
SAME_AMOUNT = ("exact", "window", "date", "party", *SUMS)

documents = st.lists(
    st.builds(
        Document,
        id=st.just(""),
        seller=st.sampled_from("AB"),
        buyer=st.sampled_from("CD"),
        day=st.integers(0, 60),
        cents=st.sampled_from([-300, -100, 100, 200, 300]) | st.integers(-300, 300),
        label=st.sampled_from(("", "LOGO", "SITE")),
        reference=st.sampled_from(("", "F1", "F2", "F12")),
    ),
    max_size=14,
)
DAY = st.integers(-200, 200)


def named(side, some):
    return [replace(one, id=f"{side}{place:02}") for place, one in enumerate(some)]


def told(outcome):
    return set(outcome.matches), set(outcome.unmatched)


def placed(outcome):
    """Every document as often as it stands in a match or among the unmatched."""
    held = [("sales", one) for match in outcome.matches for one in match.sales]
    held += [("purchases", one) for match in outcome.matches for one in match.purchases]
    return sorted(held + [(one.side, one.id) for one in outcome.unmatched])


@given(documents, documents, st.integers(0, 2**16), DAY)
@settings(max_examples=100)
def test_each_document_ends_in_one_place_whatever_the_order_the_year_and_what_others_exchange(
    here, there, seed, later
):
    sales, purchases = named("S", here), named("P", there)
    outcome = match(sales, purchases)
    assert placed(outcome) == sorted(
        [("sales", one.id) for one in sales] + [("purchases", one.id) for one in purchases]
    )
    draw = random.Random(seed)
    again = match(draw.sample(sales, len(sales)), draw.sample(purchases, len(purchases)))
    assert told(again) == told(outcome)
    other = Document("T", "ANSE", "BRON", 30, 7_777, "TOIT")
    sales, purchases = ([replace(one, day=one.day + later) for one in some] for some in (sales, purchases))
    more = match([*sales, other], [*purchases, replace(other, id="Q", day=32)])
    (theirs,) = (one for one in more.matches if one.sales == ("T",))
    assert theirs.confirmed
    assert set(more.matches) - {theirs} == set(outcome.matches)
    assert set(more.unmatched) == set(outcome.unmatched)


@given(documents, documents)
@settings(max_examples=100)
def test_what_a_match_says_of_amounts_and_days_is_what_its_documents_say(here, there):
    sales, purchases = named("S", here), named("P", there)
    known = {one.id: one for one in [*sales, *purchases]}
    for one in match(sales, purchases).matches:
        sold, paid = [known[key] for key in one.sales], [known[key] for key in one.purchases]
        assert one.difference_cents == sum(p.cents for p in paid) - sum(s.cents for s in sold)
        apart = [p.day - s.day for s in sold for p in paid]
        assert one.day_difference in apart
        assert abs(one.day_difference) == max(map(abs, apart))
        assert one.difference_cents == 0 or one.rule not in SAME_AMOUNT
        assert (len(sold), len(paid)) == (1, 1) or (one.rule in SUMS and 1 in (len(sold), len(paid)))
        assert 3 <= len(sold) + len(paid) <= 5 or one.rule not in SUMS
        assert 0 < one.score <= 1
        assert round(1000 * one.score) / 1000 == one.score
        assert (one.rule == "party") == (
            {(s.seller, s.buyer) for s in sold} != {(p.seller, p.buyer) for p in paid}
        )
        if one.confirmed:
            assert one.rule in ("exact", "window")
            assert abs(one.day_difference) <= 10


@given(documents, documents)
@settings(max_examples=60)
def test_where_no_amount_recurs_what_is_confirmed_is_the_same_seen_from_the_other_side(here, there):
    """Of equal amounts a purchase is rather the later one: which side is which counts there alone."""

    def once(some):
        return list({one.cents: one for one in some}.values())

    def confirmed(outcome):
        return {(one.sales, one.purchases, one.rule) for one in outcome.matches if one.confirmed}

    sales, purchases = named("S", once(here)), named("P", once(there))
    turned = confirmed(match(purchases, sales))
    assert confirmed(match(sales, purchases)) == {(sold, paid, rule) for paid, sold, rule in turned}
