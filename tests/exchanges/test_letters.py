"""What settles an exchange is matched with it; what is undone is open again, and leaves a trace."""

from datetime import date

import pytest
from sqlalchemy import select

from endi_ext.exchanges import reductions, retention
from endi_ext.exchanges import service as exchanges
from endi_ext.kernel import preferences
from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.ledger import lettering, lettering_queries, letters
from endi_ext.ledger.lettering_models import FULL, PARTIAL, UNDONE, Matching, OpenItem
from endi_ext.ledger.models import Account, Line
from tests.builders import an_act
from tests.exchanges.makers import ON, an_exchange, settled

LATER = date(2026, 11, 12)


def of_account(world, number="401900", party=None):
    """The letters of an account, the first one first: letters, state, and the amounts under each."""
    party = party or world.buyer
    account = lettering_queries.account_of(world.session, party.id, number)
    made = select(Matching).where(Matching.account_id == account.id).order_by(Matching.number)
    found = list(world.session.execute(made.execution_options(populate_existing=True)).scalars())
    under = lettering_queries.lines_under(world.session, found)
    return [
        (
            letters.letters(one.number, partial=one.state == PARTIAL),
            one.state,
            [line.debit_cents - line.credit_cents for line in under[one.id]],
        )
        for one in found
    ]


def still_open(world, number="401900", party=None):
    """The amounts that are open on an account, in order."""
    wanted = select(OpenItem.cents).join(Account, Account.id == OpenItem.account_id)
    mine = wanted.where(Account.number == number, Account.party_id == (party or world.buyer).id)
    return list(world.session.execute(mine.order_by(OpenItem.line_id)).scalars())


@pytest.mark.parametrize(
    ("number", "letter"), [(1, "AA"), (26, "AZ"), (27, "BA"), (676, "ZZ"), (677, "AAA"), (18_252, "ZZZ")]
)
def test_numbers_are_letters_and_back(number, letter):
    assert letters.letters(number) == letter
    assert letters.letters(number, partial=True) == letter.lower()
    assert letters.number_of(letter.lower()) == number
    assert [letters.number_of(one) for one in ("", "A", "Z", "A1")] == [None] * 4


def test_what_is_settled_in_parts_is_in_small_letters_until_it_nets_to_zero(either_world):
    exchange = an_exchange(either_world)
    assert of_account(either_world) == []
    settled(either_world, exchange, 40_000)
    assert of_account(either_world) == [("aa", PARTIAL, [-100_000, 40_000])]
    settled(either_world, exchange)
    assert of_account(either_world) == [("AA", FULL, [-100_000, 40_000, 60_000])]
    assert of_account(either_world, "411900", either_world.seller)[0][:2] == ("AA", FULL)
    assert still_open(either_world) == []
    assert either_world.broken() == []


def test_what_is_held_back_stays_open_on_its_own_account_until_it_is_let_go(world):
    exchange = an_exchange(world)
    retention.hold(world.session, exchange, cents=5_000, release_on=None, act=an_act())
    settled(world, exchange, 95_000)
    assert of_account(world) == [("AA", FULL, [-100_000, 5_000, 95_000])]
    assert still_open(world, "401700") == [-5_000]
    retention.release(world.session, exchange, on=LATER, act=an_act(), role="buyer")
    settled(world, exchange, settled_on=LATER)
    assert of_account(world)[1] == ("AB", FULL, [-5_000, 5_000])
    assert of_account(world, "401700") == [("AA", FULL, [-5_000, 5_000])]
    assert world.broken() == []


def test_a_settlement_undone_is_matched_with_its_opposite_and_the_debt_is_open_again(world):
    exchange = an_exchange(world)
    made = settled(world, exchange)
    exchanges.reverse_settlement(world.session, made, reason="Chèque rejeté", on=LATER, act=an_act())
    undone, pair = of_account(world)
    assert undone == ("AA", UNDONE, [-100_000, 100_000])
    assert pair == ("AB", FULL, [100_000, -100_000])
    assert still_open(world) == [-100_000]
    kept = world.session.execute(select(Matching).where(Matching.state == UNDONE)).scalars().first()
    assert "Chèque rejeté" in kept.reason
    settled(world, exchange, settled_on=LATER)
    assert of_account(world)[2] == ("AC", FULL, [-100_000, 100_000])
    assert world.broken() == []


def test_a_cancelled_exchange_leaves_nothing_open(world):
    exchange = an_exchange(world)
    reductions.reduce(
        world.session,
        exchange,
        amount_cents=10_000,
        reason="Remise",
        on=ON,
        request_key="avoir-1",
        act=an_act(),
    )
    settled(world, exchange, 30_000)
    exchanges.reverse(world.session, exchange, reason="Erreur", on=LATER, act=an_act())
    assert still_open(world) == []
    assert [state for _letters, state, _cents in of_account(world)] == [UNDONE, FULL, FULL, FULL]
    assert world.broken() == []


def test_liaison_accounts_are_matched_too_and_a_chosen_account_whatever_its_number(world):
    preferences.choose(world.session, "scheme", "181/186/187", an_act())
    settled(world, an_exchange(world))
    assert of_account(world, "181") == [("AA", FULL, [-100_000, 100_000])]
    preferences.choose(world.session, "account.181/186/187.payable", "C999", an_act())
    settled(world, an_exchange(world), 1)
    assert of_account(world, "C999") == [("aa", PARTIAL, [-100_000, 1])]
    numbers = set(lettering_queries.numbers(world.session))
    assert numbers == {"181", "C999"}


def ids_of(world, *cents):
    """The ids of open lines of the buyer's debts, one for each amount."""
    wanted = select(OpenItem.cents, OpenItem.line_id).join(Account, Account.id == OpenItem.account_id)
    rows = world.session.execute(wanted.where(Account.number == "401900"))
    known = {amount: line_id for amount, line_id in rows}
    return [known[amount] for amount in cents]


def by_hand(world, *cents):
    account = lettering_queries.account_of(world.session, world.buyer.id, "401900")
    return lettering.letter(world.session, account.id, ids_of(world, *cents), an_act("user:5"))


def test_lines_of_several_exchanges_are_matched_by_hand_and_bring_their_letters_along(world):
    first, second = an_exchange(world), an_exchange(world, net_cents=50_000)
    settled(world, first, 30_000)
    settled(world, second, 20_000)
    made = by_hand(world, -100_000, -50_000)
    assert (made.state, made.cents) == (PARTIAL, -100_000)
    assert [row[:2] for row in of_account(world)] == [("aa", PARTIAL), ("AB", UNDONE)]
    settled(world, first)
    settled(world, second)
    assert of_account(world)[0][:2] == ("AA", FULL)
    assert world.broken() == []


def test_a_line_is_under_one_letter_and_one_side_alone_under_none(world):
    an_exchange(world, net_cents=1_000)
    an_exchange(world, net_cents=2_000)
    with pytest.raises(lettering.OneSided):
        by_hand(world, -1_000, -2_000)
    lines = ids_of(world, -1_000)
    account = lettering_queries.account_of(world.session, world.buyer.id, "401900")
    other = lettering_queries.account_of(world.session, world.seller.id, "411900")
    with pytest.raises(lettering.AlreadyLettered):
        lettering.letter(world.session, other.id, lines, an_act())
    with pytest.raises(lettering.AlreadyLettered):
        lettering.letter(world.session, account.id, [999_999], an_act())
    with pytest.raises(lettering.TooManyLines):
        lettering.letter(world.session, account.id, range(1, lettering.MOST_LINES + 2), an_act())


def test_a_letter_is_undone_once_with_a_reason(world):
    settled(world, an_exchange(world))
    matching = world.session.execute(select(Matching)).scalars().first()
    with pytest.raises(ReasonMissing):
        lettering.undo(world.session, matching, reason=" ", act=an_act())
    lettering.undo(world.session, matching, reason="Mauvaise facture", act=an_act(actor_name="Odile"))
    assert (matching.state, matching.undone_by, matching.reason) == (UNDONE, "Odile", "Mauvaise facture")
    assert sorted(still_open(world)) == [-100_000, 100_000]
    with pytest.raises(WrongState):
        lettering.undo(world.session, matching, reason="Encore", act=an_act())
    again = by_hand(world, -100_000, 100_000)
    assert letters.letters(again.number) == "AB"
    assert world.session.execute(select(Line.id)).first()
    assert world.broken() == []
