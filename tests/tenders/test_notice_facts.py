"""What one notice says otherwise than another is all a tender needs to follow it."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from endi_ext.tenders import updates
from endi_ext.tenders.models import Tender
from endi_ext.tenders.notices import facts
from endi_ext.tenders.notices.model import Criterion, Notice, NoticeLot, from_plain, plain

texts = st.one_of(st.none(), st.sampled_from(("", "Préau", "Charpente", "Toiture")))
amounts = st.one_of(st.none(), st.integers(0, 10**12))
instants = st.one_of(
    st.none(), st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
)
codes = st.lists(st.sampled_from(("45000000", "71000000", "90000000")), max_size=2).map(tuple)
criteria = st.lists(st.builds(Criterion, st.just("Prix"), st.sampled_from((None, 60.0))), max_size=1).map(
    tuple
)
lots = st.builds(
    NoticeLot, st.sampled_from("123"), title=texts, cpv=codes, estimated_value_cents=amounts,
    deadline=instants, criteria=criteria,
)  # fmt: skip
notices = st.builds(
    Notice,
    source=st.just("eforms"),
    title=texts,
    description=texts,
    buyer_name=texts,
    cpv=codes,
    estimated_value_cents=amounts,
    deadline=instants,
    variants_allowed=st.sampled_from((None, True, False)),
    requested_documents=st.lists(st.sampled_from(("DC1", "DC2")), max_size=2).map(tuple),
    lots=st.lists(lots, max_size=3, unique_by=lambda lot: lot.id).map(tuple),
    criteria=criteria,
)


def begun(known):
    """A tender that nobody saves."""
    tender = Tender(title=known.title, **known.values)
    tender.lots.extend(updates.lot_row(place, lot) for place, lot in enumerate(known.lots, start=1))
    return tender


def follow(tender, before, after):
    for change in facts.between(before, after):
        list(updates.apply_change(tender, change, after))


@settings(max_examples=100)
@given(notices, notices)
def test_a_tender_that_follows_says_what_the_newer_notice_says_and_keeps_the_rest(first, second):
    before, after = facts.of(first), facts.of(second)
    tender = begun(before)
    follow(tender, before, after)
    for name, value in after.values.items():
        if name != "reference":
            assert getattr(tender, name) == (value if facts.said(value) else before.values[name])
    rows = {lot.key: lot for lot in tender.lots}
    alone = len(before.lots) == len(after.lots) == 1
    assert alone or set(rows) == {lot.key for lot in (*before.lots, *after.lots)}
    for lot in after.lots:
        row = tender.lots[0] if alone else rows[lot.key]
        for name in ("estimated_value_cents", "deadline"):
            assert getattr(lot, name) is None or getattr(row, name) == getattr(lot, name)


@settings(max_examples=100)
@given(notices)
def test_a_notice_changes_nothing_of_itself_and_is_the_same_once_stored(notice):
    known = facts.of(notice)
    assert facts.between(known, known) == []
    assert from_plain(plain(notice)) == notice
    assert facts.upon(notice, Notice(source=notice.source)) == notice


@settings(max_examples=100)
@given(notices, notices)
def test_what_a_partial_notice_does_not_say_stays(first, second):
    laid = facts.upon(first, second)
    assert laid.title == (second.title or first.title)
    assert len(laid.lots) >= len(first.lots)
    assert facts.said(facts.of(laid).values["cpv"]) == bool(first.cpv or second.cpv)


def test_lots_of_one_number_stay_two():
    twins = facts.of(Notice(source="eforms", lots=(NoticeLot("1", "Bois"), NoticeLot("1", "Fer"))))
    assert [(lot.key, lot.title) for lot in twins.lots] == [("1", "Bois"), ("1#2", "Fer")]
