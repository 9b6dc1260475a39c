"""Whatever is settled, undone and lettered by hand, in any order: letters are what a simple model says."""

from collections import defaultdict
from datetime import timedelta

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from endi_ext.exchanges import invariants
from endi_ext.exchanges import service as exchanges
from endi_ext.kernel.errors import DomainError
from endi_ext.ledger import lettering
from endi_ext.ledger.lettering_models import UNDONE, Matching, MatchingLine, OpenItem
from endi_ext.ledger.models import Account, Entry, Line
from tests.builders import an_act
from tests.exchanges.conftest import World
from tests.exchanges.makers import ON, an_exchange, settled

PLACES = st.integers(0, 3)
STEPS = st.one_of(
    st.tuples(st.just("record"), st.integers(1, 5)),
    st.tuples(st.just("settle"), PLACES, st.integers(1, 5)),
    st.tuples(st.just("settle"), PLACES, st.integers(1, 5)),
    st.tuples(st.just("reverse"), PLACES),
    st.tuples(st.just("letter"), st.sets(st.integers(0, 6), min_size=2, max_size=4), st.booleans()),
    st.tuples(st.just("letter"), st.sets(st.integers(0, 6), min_size=2, max_size=4), st.booleans()),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


class Model:
    """Lines with what they are worth, and sets of them that belong together."""

    def __init__(self):
        self.lines, self.groups = {}, []

    def worth(self, group):
        return sum(self.lines[one][1] for one in group)

    def open(self, account=None):
        closed = {one for group in self.groups if not self.worth(group) for one in group}
        return [one for one in self.lines if one not in closed and account in (None, self.lines[one][0])]

    def together(self, ids):
        brought = [group for group in self.groups if group & ids and self.worth(group)]
        signs = {self.lines[one][1] > 0 for one in ids.union(*brought)}
        if len(signs) == 1:
            return False
        self.groups = [group for group in self.groups if group not in brought] + [ids.union(*brought)]
        return True

    def follow(self, lines):
        """Lines of one exchange, account by account."""
        by_account = defaultdict(set)
        for one in set(lines) & set(self.open()):
            by_account[self.lines[one][0]].add(one)
        for ids in by_account.values():
            if not any(ids <= group for group in self.groups):
                self.together(ids)


class Play:
    """An accountant at work, and the model beside."""

    def __init__(self, session):
        self.world, self.session, self.model = World(session), session, Model()
        self.exchanges, self.settlements, self.about = [], [], defaultdict(list)

    def learn(self, exchange):
        """Read the lines just posted; return them."""
        wanted = (
            select(Line.id, Line.account_id, Line.debit_cents - Line.credit_cents)
            .join(Account, Account.id == Line.account_id)
            .where(Account.number.in_(("401900", "411900")), Line.id.not_in(list(self.model.lines)))
        )
        new = {key: (account, cents) for key, account, cents in self.session.execute(wanted)}
        self.model.lines.update(new)
        self.about[exchange.id] += new
        return new

    def record(self, euros):
        self.exchanges.append(an_exchange(self.world, net_cents=euros))
        self.learn(self.exchanges[-1])

    def settle(self, place, cents):
        exchange = self.exchanges[place % len(self.exchanges)]
        made = settled(self.world, exchange, min(cents, exchange.remaining_cents))
        self.settlements.append((made, self.learn(exchange)))
        self.model.follow(self.about[exchange.id])

    def reverse(self, place):
        made, lines = self.settlements[place % len(self.settlements)]
        on = ON + timedelta(days=1)
        exchanges.reverse_settlement(self.session, made, reason="Erreur", on=on, act=an_act())
        exchange = made.exchange
        opposite = self.learn(exchange)
        self.model.groups = [group for group in self.model.groups if not group & set(lines)]
        for account in {account for account, _cents in lines.values()}:
            both = {**lines, **opposite}
            self.model.groups.append({one for one, (where, _cents) in both.items() if where == account})
        self.model.follow(self.about[exchange.id])

    def letter(self, places, debts):
        number = "401900" if debts else "411900"
        account_id = (
            self.session.execute(select(Account.id).where(Account.number == number)).scalars().first()
        )
        there = self.model.open(account_id)
        ids = {there[place % len(there)] for place in places}
        lettering.letter(self.session, account_id, ids, an_act())
        assert self.model.together(ids)

    def undo(self, place):
        found = select(Matching).where(Matching.state != UNDONE).order_by(Matching.id)
        standing = list(self.session.execute(found).scalars())
        chosen = standing[place % len(standing)]
        lines = set(lettering.lines_of(self.session, chosen))
        lettering.undo(self.session, chosen, reason="Erreur", act=an_act())
        self.model.groups.remove(lines)


def groups_of(session):
    found = defaultdict(set)
    for matching_id, line_id in session.execute(select(MatchingLine.matching_id, MatchingLine.line_id)):
        found[matching_id].add(line_id)
    return sorted(map(sorted, found.values()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=8, max_size=24))
def test_letters_are_what_the_model_says(session, steps):
    with session.begin_nested() as play_only:
        play = Play(session)
        play.record(4)
        play.record(2)
        for name, *details in steps:
            try:
                with session.begin_nested():
                    getattr(play, name)(*details)
                event(f"{name} done")
            except (DomainError, ZeroDivisionError):
                continue  # refused, or there is nothing to do it to
            assert groups_of(session) == sorted(map(sorted, play.model.groups)), name
            opened = sorted(session.execute(select(OpenItem.line_id)).scalars())
            assert opened == sorted(play.model.open())
        assert invariants.check(session) == []
        assert session.execute(select(Entry.id)).first()
        play_only.rollback()
