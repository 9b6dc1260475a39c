"""Letters put by hand, with a matter, in bulk and as an import posts; taken away; and read."""

from dataclasses import replace
from datetime import date
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from endi_ext.kernel.errors import ReasonMissing, WrongState
from endi_ext.ledger import lettering, lettering_bulk, lettering_queries, letters
from endi_ext.ledger.lettering_models import Matching
from endi_ext.ledger.models import Account, Line
from tests.builders import an_act

from .deciding import reasons
from .model import FULL, PARTIAL, UNDONE, owes
from .posting import NUMBERS, facts, parties, places

sizes = st.integers(1, 5)


class Letters:
    """Rules that put letters and take them away."""

    @rule(
        number=st.sampled_from([number for number in NUMBERS if owes(number)]),
        party=parties,
        chosen=st.sets(st.integers(0, 6), min_size=1, max_size=4),
    )
    def letter(self, number, party, chosen):
        account = number, self.ids[party]
        there = self.model.open_rows(account)
        if not there:
            return
        self.letter_rows(account, {there[place % len(there)] for place in chosen})

    @precondition(lambda self: len(self.model.entries) > 1)
    @rule(entries=st.sets(places, min_size=2, max_size=4))
    def letter_a_matter(self, entries):
        """Entries about one matter: what settles something is put together, account by account."""
        chosen = {self.some(self.model.entries, place).sequence for place in entries}
        lettering.letter_matter(self.session, chosen, an_act())
        rows = [row for row in self.model.rows() if row.key[0] in chosen]
        for account in self.opened_in_order():
            some = {row for row in self.model.open_rows(account) if row in rows}
            under = {id(self.model.letter_of(row)) for row in some}
            if some and (len(under) > 1 or self.model.letter_of(min(some)) is None):
                both = any(row.cents > 0 for row in some) and any(row.cents < 0 for row in some)
                assert not both or self.model.together(some)

    def opened_in_order(self):
        return sorted({row.account for row in self.model.rows() if owes(row.number)})

    def letter_rows(self, account, rows):
        brought = rows.union(*(one.rows for one in self.model.standing_letters() if one.rows & rows))
        both = any(row.cents > 0 for row in brought) and any(row.cents < 0 for row in brought)
        with self.refused(() if both else {lettering.OneSided}):
            made = lettering.letter(self.session, self.account_id(account), self.line_ids(rows), an_act())
        if both:
            assert self.model.together(rows)
            letter = self.model.letter_of(min(rows))
            assert (made.number, made.state, made.cents) == (letter.number, letter.state, letter.cents)
            assert made.last_on == max(row.on for row in letter.rows)

    @precondition(lambda self: self.model.letters)
    @rule(place=places, reason=reasons)
    def take_a_letter_away(self, place, reason):
        letter = self.some(self.model.letters, -place)
        expected = set()
        if not reason.strip():
            expected = {ReasonMissing}
        elif letter.state == UNDONE:
            expected = {WrongState}
        with self.refused(expected):
            lettering.undo(self.session, self.matching_of(letter), reason=reason, act=an_act())
        if not expected:
            letter.undone = True

    @precondition(lambda self: any(one.state == FULL for one in self.model.letters))
    @rule(place=places)
    def letter_what_is_lettered(self, place):
        letter = self.some([one for one in self.model.letters if one.state == FULL], place)
        with self.refused({lettering.AlreadyLettered}):
            ids = self.line_ids(letter.rows)
            lettering.letter(self.session, self.account_id(letter.account), ids, an_act())

    def account_id(self, account):
        wanted = select(Account.id).where(Account.number == account[0], Account.party_id == account[1])
        return self.session.execute(wanted).scalar_one()

    def line_ids(self, rows):
        found = []
        for row in rows:
            wanted = select(Line.id).where(Line.entry_id == row.key[0], Line.position == row.key[1])
            found.append(self.session.execute(wanted).scalar_one())
        return found

    def matching_of(self, letter):
        wanted = select(Matching).where(Matching.number == letter.number)
        of_account = wanted.where(Matching.account_id == self.account_id(letter.account))
        return self.session.execute(of_account).scalars().one()

    @precondition(lambda self: len(self.model.entries) > 1)
    @rule(matters=st.lists(st.sets(places, min_size=1, max_size=3), min_size=1, max_size=3))
    def letter_many_matters(self, matters):
        """As a book from before letters is caught up with: what people lettered or undid is left as it is."""
        matter_of = {
            self.some(self.model.entries, place).sequence: number
            for number, entries in enumerate(matters)
            for place in entries
        }
        chosen = [[key for key, number in matter_of.items() if number == one] for one in range(len(matters))]
        groups = {}
        for row in self.model.rows():
            if row.key[0] in matter_of and owes(row.number) and row in self.model.open_rows(row.account):
                groups.setdefault((matter_of[row.key[0]], row.account), set()).add(row)
        ever = set().union(*(one.rows for one in self.model.letters))
        made = [rows for rows in groups.values() if not rows & ever and self.model.together(rows)]
        assert lettering_bulk.letter_many(self.session, chosen, an_act()) == len(made)

    @rule(told=st.lists(facts(), min_size=1, max_size=4), every=st.integers(1, 2))
    def import_with_letters(self, told, every):
        """An import letters what it settles as it posts, matter by matter; what does not is left open."""
        run = [self.drafted(one) for one in told]
        run += [self.reversal(one, one.effective_on) for one in run[::2]]
        run = [one if one.reverses is None else self.as_a_payment(one) for one in run]
        matters = {one.source: place % len(told) for place, one in enumerate(run) if not place % every}
        before = len(self.model.entries)
        if self.model.refusals(run):
            return
        self.post_run(run)
        groups = {}
        for entry in self.model.entries[before:]:
            for row in entry.rows:
                if owes(row.number) and entry.draft.source in matters:
                    groups.setdefault((matters[entry.draft.source], row.account), set()).add(row)
        settled = [rows for rows in groups.values() if not sum(row.cents for row in rows)]
        made = lettering_bulk.letter_new(self.session, matters, before, len(self.model.entries), an_act())
        assert made == len(settled)
        assert all(self.model.together(rows) for rows in settled)

    @staticmethod
    def as_a_payment(reversal):
        return replace(reversal, reverses=None)

    @rule(party=st.none() | parties, most=st.integers(1, 4), months=st.integers(0, 2))
    def read_which_accounts_are_open(self, party, most, months):
        there = {account: self.model.open_rows(account) for account in self.opened_in_order()}
        if party is None:
            listed = lettering_queries.accounts_open(self.session, most=most)
            counts = sorted((len(rows) for rows in there.values() if rows), reverse=True)
            assert [one.items for one in listed] == counts[:most]
        else:
            listed = lettering_queries.accounts_open(self.session, party_id=self.ids[party])
            wanted = {account for account in there if account[1] == self.ids[party]}
            assert wanted <= {(one.account.number, one.account.party_id) for one in listed}
        for one in listed:
            rows = there.get((one.account.number, one.account.party_id), [])
            assert (one.items, one.cents) == (len(rows), sum(row.cents for row in rows))
        self.read_what_is_open_for_long(date(2026, 2 + months, 28), there)

    def read_what_is_open_for_long(self, ends_on, there):
        """More than ninety days when a month ends."""
        old = [row for rows in there.values() for row in rows if (ends_on - row.on).days > 90]
        debits = sum(row.cents for row in old if row.cents > 0)
        assert lettering_queries.standing(self.session, ends_on.replace(day=1), ends_on) == (len(old), debits)

    @precondition(lambda self: self.model.entries)
    @rule(
        number=st.sampled_from([one for one in NUMBERS if owes(one)]),
        party=parties,
        other=st.none() | parties,
        size=sizes,
    )
    def read_what_is_open(self, number, party, other, size):
        account = lettering_queries.account_of(self.session, self.ids[party], number)
        rows = self.model.open_rows((number, self.ids[party]))
        if account is None:
            assert rows == []
            return
        other_id = None if other is None else self.ids[other]
        rows = [row for row in rows if other_id in (None, row.other)]
        standing = lettering_queries.standing_of(self.session, account.id, counterparty_id=other_id)
        assert (standing.items, standing.cents) == (len(rows), sum(row.cents for row in rows))
        cursor, read = None, []
        while True:
            page = lettering_queries.open_page(
                self.session, account.id, counterparty_id=other_id, cursor=cursor, size=size
            )
            read += [(self.told(one.line), one.cents, one.letter) for one in page.rows]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert read == [(row, row.cents, self.small_letter(row)) for row in reversed(rows)]

    def small_letter(self, row):
        letter = self.model.letter_of(row)
        return "" if letter is None else letters.letters(letter.number, partial=True)

    @precondition(lambda self: self.model.letters)
    @rule(place=places, undone=st.booleans(), other=st.none() | parties, size=sizes)
    def read_letters(self, place, undone, other, size):
        """An account's letters, the latest first, page by page, each with its lines."""
        account = self.some(self.model.letters, place).account
        expected = [one for one in self.model.letters if one.account == account and one.undone == undone]
        filters = {"undone": True} if undone else {}
        if other is not None:
            filters["counterparty_id"] = self.ids[other]
            expected = [one for one in expected if self.ids[other] in {row.other for row in one.rows}]
        page = partial(
            lettering_queries.letters_page, self.session, self.account_id(account), size=size, **filters
        )
        found, before = page()
        while before is not None:
            more, before = page(before=before)
            found += more
        assert [one.number for one in found] == sorted((one.number for one in expected), reverse=True)
        under = lettering_queries.lines_under(self.session, found)
        read = {one.number: set(map(self.told, under[one.id])) for one in found}
        assert read == {one.number: one.rows for one in expected}
        for one in found:
            letter = next(kept for kept in expected if kept.number == one.number)
            assert one.state == (UNDONE if undone else FULL if not letter.cents else PARTIAL)
            ids = lettering.lines_of(self.session, one)
            assert sorted(ids) == sorted(line.id for line in under[one.id])
            standing = lettering_queries.of_lines(self.session, ids)
            if undone:  # its lines may be under another one since
                assert one.id not in {kept.matching_id for kept in standing.values()}
            else:
                text = letters.letters(one.number, partial=bool(letter.cents))
                told = lettering_queries.Letter(one.id, text, not letter.cents, an_act().today)
                assert standing == dict.fromkeys(ids, told)
