"""The memory of awarded contracts: kept once each, found again, and what those of a kind were worth."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from endi_ext.tenders import award_prices, awards
from endi_ext.tenders.award_models import Award as Row
from endi_ext.tenders.award_models import AwardWinner
from endi_ext.tenders.awards import GROUPED, SINGLE, Kept, Wanted
from endi_ext.tenders.notices.decp_contract import Unusable, Winner
from tests.builders import a_party
from tests.tenders.award_rows import AT, an_award, several
from tests.tenders.builders import a_tender, some_facts


def keep(session, *found):
    return awards.keep(session, found, AT)


def found(session, **wanted):
    return [row.contract_id for row in awards.search(session, Wanted(**wanted)).rows]


def facts_of(row):
    winners = tuple(Winner(one.id_kind, one.identifier, one.name) for one in row.winners)
    names = set(vars(an_award(1))) - {"winners", "grouping"}
    return {"winners": winners, "grouping": row.grouping_kind, **{name: getattr(row, name) for name in names}}


def test_a_contract_is_kept_as_it_was_read(either_session):
    award = an_award(
        7, kind="concession", buyer_name="Métropole", nature="Concession", procedure="Ouverte", months=24,
        last_amount_cents=10**12, offers=3, grouping="several", subcontracted=True, place_code="74010",
        place_kind="Code commune", winners=(Winner("SIRET", "1"), Winner("TVA", "FR2", "Élan")),
    )  # fmt: skip
    keep(either_session, award)
    row = either_session.execute(select(Row)).scalar_one()
    assert facts_of(row) == vars(award)
    assert row.imported_at == AT


def test_the_same_file_twice_changes_nothing(either_session):
    listed = [*several(3), Unusable("x", "day"), Unusable("y", "day"), Unusable("", "id")]
    first, second = keep(either_session, *listed), keep(either_session, *listed)
    assert first == Kept(new=3, left_out={"day": 2, "id": 1})
    assert second == Kept(same=3, left_out={"day": 2, "id": 1})
    assert (second.usable, second.read) == (3, 6)
    assert either_session.execute(select(func.count(AwardWinner.id))).scalar_one() == 3


def test_a_contract_published_again_takes_the_place_of_the_earlier(either_session):
    keep(either_session, *several(2))
    later = replace(an_award(2), amount_cents=7, winners=(Winner("SIRET", "8"), Winner("SIRET", "9")))
    assert keep(either_session, later, an_award(1)) == Kept(changed=1, same=1)
    either_session.expire_all()
    row = either_session.execute(select(Row).where(Row.contract_id == "2026-0002")).scalar_one()
    assert (row.amount_cents, [one.identifier for one in row.winners]) == (7, ["8", "9"])


def test_a_contract_twice_in_a_file_is_there_once_as_it_was_said_last(either_session):
    assert keep(either_session, an_award(1), replace(an_award(1), title="Autre")) == Kept(new=1, same=1)
    assert either_session.execute(select(Row.title)).scalars().all() == ["Autre"]


def test_numbers_that_differ_by_case_buyer_or_kind_are_different_contracts(either_session):
    first = an_award(1, contract_id="a1")
    others = (
        replace(first, contract_id="A1"),
        replace(first, kind="concession"),
        replace(first, buyer_id="21740173600020"),
    )
    assert keep(either_session, first, *others) == Kept(new=4)


def test_thousands_are_kept_in_pieces(session):
    assert keep(session, *several(1_203)) == Kept(new=1_203)
    assert keep(session, *several(1_203)) == Kept(same=1_203)


@pytest.mark.parametrize(
    "wanted",
    [
        {"text": "menuiserie"},
        {"text": "MENUISERIES bois"},
        {"text": "ville elan"},
        {"cpv": "45421"},
        {"cpv": "45"},
        {"buyer_id": "21690123100011"},
        {"buyer_id": "216901231"},
        {"winner_id": "391081234"},
        {"grouping": GROUPED},
        {"since": date(2026, 6, 1)},
        {"text": "menuiserie", "cpv": "454", "grouping": GROUPED, "since": date(2026, 6, 1)},
    ],
)
def test_a_contract_is_found_among_others(either_session, wanted):
    mine = an_award(
        99, title="Menuiseries en bois", buyer_name="Ville de Lyon", buyer_id="21690123100011",
        cpv="45421000", grouping="several", notified_on=date(2026, 6, 1),
        winners=(Winner("SIRET", "55204599900869"), Winner("SIRET", "39108123400017", "Élan")),
    )  # fmt: skip
    keep(either_session, *several(3, grouping="none", buyer_name="Ville d'Annecy"), mine)
    assert found(either_session, **wanted) == ["2026-0099"]


@pytest.mark.parametrize("text", ["100%", "march* z", "Marché zéro", "'; drop table"])
def test_what_stands_for_any_letter_elsewhere_stands_for_itself(session, text):
    keep(session, *several(3))
    assert found(session, text=text) == []


def test_those_without_a_group_are_those_that_say_so(session):
    kinds = ("none", "several", "joint_and_several", None)
    keep(session, *(an_award(place, grouping=kind) for place, kind in enumerate(kinds)))
    assert found(session, grouping=SINGLE) == ["2026-0000"]
    assert found(session, grouping=GROUPED) == ["2026-0002", "2026-0001"]


def test_pages_go_on_where_the_last_ended(session):
    keep(session, *(an_award(n, notified_on=date(2026, 1, 1) + timedelta(n // 2)) for n in range(7)))
    first = awards.search(session, Wanted(), size=3)
    second = awards.search(session, Wanted(), cursor=first.next_cursor, size=3)
    last = awards.search(session, Wanted(), cursor=second.next_cursor, size=3)
    numbers = [int(row.contract_id[5:]) for page in (first, second, last) for row in page.rows]
    assert numbers == [6, 5, 4, 3, 2, 1, 0]
    assert last.next_cursor is None
    back = awards.search(session, Wanted(), cursor=second.previous_cursor, size=3)
    assert [row.contract_id for row in back.rows] == [row.contract_id for row in first.rows]


def test_whether_any_is_remembered(session):
    assert not awards.any_kept(session)
    keep(session, an_award(1))
    assert awards.any_kept(session)


def test_prices_are_ranges_of_what_was_paid(either_session):
    keep(either_session, *several(100), an_award(500, amount_cents=None), an_award(501, cpv="45000000"))
    (prices,) = award_prices.price_ranges(either_session, ["77310000"])
    assert prices.cpv == "7731"
    assert vars(prices.whole) == {
        "kind": "all",
        "count": 100,
        "low_cents": 1_000_000,
        "first_quarter_cents": 2_500_000,
        "median_cents": 5_000_000,
        "third_quarter_cents": 7_500_000,
        "high_cents": 9_000_000,
    }
    assert len(prices.ranges) == 1  # who won alone is not said


def test_those_alone_and_those_in_groups_are_told_apart_where_there_are_enough(session):
    keep(session, *several(5, grouping="none"), *several(3, first=6, grouping="several"))
    keep(session, *several(2, first=9, grouping="joint_and_several"), *several(9, first=20))
    (prices,) = award_prices.price_ranges(session, ["77310000"])
    assert [(one.kind, one.count, one.median_cents) for one in prices.ranges] == [
        ("all", 19, 1_000_000),
        ("alone", 5, 300_000),
        ("grouped", 5, 800_000),
    ]


@pytest.mark.parametrize(
    ("kept", "asked", "level"),
    [
        ("77314100", "77314100", "773141"),
        ("77314200", "77314100", "77314"),
        ("77319000", "77314100", "7731"),
        ("77390000", "77314100", "773"),
        ("77900000", "77314100", "77"),
        ("77314100", "77310000", "7731"),
        ("77314100", "77000000", "77"),
    ],
)
def test_a_code_is_as_narrow_as_enough_contracts_allow(session, kept, asked, level):
    keep(session, *several(5, cpv=kept), *several(5, first=10, cpv="45000000"))
    assert [one.cpv for one in award_prices.price_ranges(session, [asked])] == [level]


def test_too_few_contracts_say_nothing(session):
    keep(session, *several(4))
    assert award_prices.price_ranges(session, ["77310000", "45000000"]) == []
    keep(session, *several(1, first=5))
    assert award_prices.price_ranges(session, ["77314100"], wider=False) == []
    assert [one.cpv for one in award_prices.price_ranges(session, ["7731"], wider=False)] == ["7731"]


def test_codes_that_widen_to_the_same_are_said_once(session):
    keep(session, *several(5, cpv="77319000"))
    assert [one.cpv for one in award_prices.price_ranges(session, ["77314100", "77315000"])] == ["7731"]


def test_the_codes_of_a_tender_are_its_own_and_those_of_the_lots_it_answers(session):
    tender = a_tender(session, a_party(session), facts=some_facts(cpv=["45000000"]))
    first, second = tender.lots
    first.cpv, second.cpv = ["45421000", "45000000"], ["45442100"]
    second.answered = False
    assert award_prices.codes_of(tender) == ["45000000", "45421000"]


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_every_end_of_a_range_is_an_amount_that_was_paid(count):
    amounts = [17 * number for number in range(1, count + 1)]
    ends = award_prices.range_of("all", amounts)
    five = [
        ends.low_cents,
        ends.first_quarter_cents,
        ends.median_cents,
        ends.third_quarter_cents,
        ends.high_cents,
    ]
    assert set(five) <= set(amounts)
    assert five == sorted(five)
