"""What people post into a book: facts, the same ones again, mistakes, reversals."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy.exc import IntegrityError

from endi_ext.ledger import service as ledger
from endi_ext.ledger.draft_models import Draft
from endi_ext.ledger.entries import EntryDraft, LineDraft, opposite
from endi_ext.ledger.models import Entry
from tests.builders import an_act

from .model import LARGEST_CENTS

MONTHS = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
DAYS = [month.replace(day=day) for month in MONTHS for day in (1, 15, 28)]
NUMBERS, PARTIES, JOURNALS = ["401900", "411900", "704900", "181000"], 3, ["EI", "OD"]

days = st.sampled_from(DAYS)
places = st.integers(0, 40)
parties = st.integers(0, PARTIES - 1)
cents = st.integers(1, 4) | st.integers(1, 10**9)
sides = st.tuples(st.sampled_from(NUMBERS), parties, st.none() | parties, cents)


@st.composite
def facts(draw):
    """A day, a journal and lines that balance, with the places of their parties."""
    lines = [(*side[:2], side[3], 0, side[2]) for side in draw(st.lists(sides, min_size=1, max_size=3))]
    left = sum(line[2] for line in lines)
    while left:
        number, party, other, drawn = draw(sides)
        part = min(drawn, left) if len(lines) < 5 else left
        lines.append((number, party, 0, part, other))
        left -= part
    return draw(days), draw(st.sampled_from(JOURNALS)), draw(st.permutations(lines))


MISTAKES = {
    "a cent too much": lambda lines: (lines[0]._replace(**more(lines[0], 1)), *lines[1:]),
    "one line": lambda lines: lines[:1],
    "no line": lambda _lines: (),
    "both sides": lambda lines: tuple(one._replace(debit_cents=5, credit_cents=5) for one in lines),
    "nothing": lambda lines: tuple(one._replace(debit_cents=0, credit_cents=0) for one in lines),
    "less than nothing": lambda lines: tuple(
        one._replace(debit_cents=-one.debit_cents, credit_cents=-one.credit_cents) for one in lines
    ),
}


def more(line, by):
    return (
        {"debit_cents": line.debit_cents + by}
        if line.debit_cents
        else {"credit_cents": line.credit_cents + by}
    )


class Posting:
    """Rules that post; `model` and `session` are those of the machine."""

    def drafted(self, told, **changes):
        on, journal, lines = told
        self.sources += 1
        made = tuple(
            LineDraft(number, self.ids[party], debits, credited, None if other is None else self.ids[other])
            for number, party, debits, credited, other in lines
        )
        values = {"text": f"Fait {self.sources}", "document": f"P-{self.sources % 3}", **changes}
        return EntryDraft(journal, on, f"any:{self.sources}", lines=made, **values)

    @contextmanager
    def refused(self, expected):
        """Do it in a savepoint: it is refused as expected, leaving nothing, or it is done."""
        if not expected:
            with self.session.begin_nested():
                yield
            return
        with pytest.raises(tuple(expected)) as refusal, self.session.begin_nested():
            yield
        event(refusal.type.__name__)

    @rule(told=facts())
    def post(self, told):
        self.post_one(self.drafted(told))

    @rule(told=st.lists(facts(), max_size=5), place=places, twice=st.booleans())
    def post_many(self, told, place, twice):
        run = [self.drafted(one) for one in told]
        if run and twice:
            run.append(run[place % len(run)])
        if self.model.entries:
            run.append(self.some(self.model.entries, place).draft)
        self.post_run(run)

    @precondition(lambda self: self.model.entries)
    @rule(place=places, on=days, back=st.booleans())
    def post_with_its_reversal(self, place, on, back):
        """A run may hold an entry and what reverses it, or reverse one of the book: as imports do."""
        if not back:
            lines = [("401900", 0, 7, 0, 1), ("411900", 0, 0, 7, None)]
            victim = self.drafted(
                (on, next(one for one in (*JOURNALS, "XX") if one not in self.model.stages), lines)
            )
            self.post_run([victim, self.reversal(victim, on)])
        else:
            self.post_run([self.reversal(self.some(self.model.entries, place).draft, on)])

    def reversal(self, victim, on):
        self.sources += 1
        lines, source = opposite(victim.lines), f"undo:{self.sources}"
        return EntryDraft(victim.journal, on, source, "Erreur", lines, victim.document, victim.source)

    def post_one(self, draft):
        expected = self.model.refusals([draft])
        with self.refused(expected):
            made = ledger.post(self.session, draft, an_act())
        if expected:
            return
        _posted, _existing, waiting = self.model.take([draft])
        assert isinstance(made, Draft if waiting else Entry)
        assert made.source == draft.source
        if not waiting:
            known = self.model.posted(draft.source)
            said = made.id, made.fiscal_year, made.number, made.effective_on, made.journal.code
            assert said == (known.sequence, known.year, known.number, draft.effective_on, draft.journal)
            assert made.total_cents == draft.total_cents

    def post_run(self, run):
        expected = self.model.refusals(run)
        with self.refused(expected):
            done = ledger.post_many(self.session, run, an_act())
        if not expected:
            assert done == ledger.Posted(*self.model.take(run))

    @precondition(lambda self: self.model.entries or self.model.waiting)
    @rule(
        place=places,
        changes=st.sampled_from([{}, {}, {"text": "Autre"}, {"journal": "XX"}, {"document": ""}]),
    )
    def post_again(self, place, changes):
        known = [one.draft for one in self.model.entries] + list(self.model.waiting.values())
        self.post_one(replace(self.some(known, place), **changes))

    @precondition(lambda self: self.model.entries)
    @rule(place=places, on=days)
    def post_again_on_another_day_or_for_more(self, place, on):
        draft = self.some(self.model.entries, place).draft
        self.post_one(replace(draft, effective_on=on))
        lines = tuple(one._replace(**more(one, 1)) for one in draft.lines)
        if len({bool(one.debit_cents) for one in lines}) == 2 and len(lines) == 2:
            self.post_one(replace(draft, lines=lines))

    @rule(told=facts(), how=st.sampled_from(sorted(MISTAKES)), among=st.booleans())
    def post_a_mistake(self, told, how, among):
        """Refused, and what was posted along with it is not in the books either."""
        draft = self.drafted(told)
        draft = replace(draft, lines=MISTAKES[how](draft.lines))
        assert self.model.refusals([draft]) == {ledger.Unbalanced}
        if among:
            self.post_run([self.drafted(told), draft])
        else:
            self.post_one(draft)

    @rule(told=facts(), nobody=st.booleans())
    def post_what_no_account_can_take(self, told, nobody):
        """The account of a party that is not there; or more cents than a JSON number holds exactly."""
        draft = self.drafted(told)
        if nobody:
            draft = replace(draft, lines=tuple(one._replace(party_id=10**6) for one in draft.lines))
        else:
            large = LARGEST_CENTS + 1
            lines = (
                draft.lines[0]._replace(debit_cents=large, credit_cents=0),
                draft.lines[0]._replace(debit_cents=0, credit_cents=large),
            )
            draft = replace(draft, lines=lines)
        with self.refused({IntegrityError} if nobody else {ledger.AmountTooLarge}):
            ledger.post(self.session, draft, an_act())

    @precondition(lambda self: self.model.entries)
    @rule(place=places, on=days)
    def reverse(self, place, on):
        victim = self.some(self.model.entries, place)
        self.sources += 1
        draft = replace(self.reversal(victim.draft, on), source=f"undo:{self.sources}")
        self.reverse_as(victim, draft)

    def reverse_as(self, victim, draft):
        if victim.erased:
            draft = replace(draft, document="")
        expected = self.model.refusals([draft])
        with self.refused(expected):
            entry = self.session.get(Entry, victim.sequence)
            told = {"on": draft.effective_on, "source": draft.source, "text": draft.text}
            ledger.reverse(self.session, entry, **told, act=an_act())
        if not expected:
            self.model.take([draft])
            self.model.letter_reversal(victim, self.model.entries[-1])

    @precondition(lambda self: any(one.draft.reverses for one in self.model.entries))
    @rule(place=places)
    def reverse_again(self, place):
        """A second click on the same reversal posts nothing more and leaves letters as they are."""
        made = self.some([one.draft for one in self.model.entries if one.draft.reverses], place)
        victim = self.session.get(Entry, self.model.posted(made.reverses).sequence)
        if self.model.posted(made.reverses).erased:
            return
        told = {"on": made.effective_on, "source": made.source, "text": made.text}
        with self.refused(self.model.refusals([made])):
            assert ledger.reverse(self.session, victim, **told, act=an_act()).source == made.source

    @precondition(lambda self: self.model.entries)
    @rule(place=places)
    def erase_a_text(self, place):
        posted = self.some(self.model.entries, place)
        ledger.erase_text(self.session, self.session.get(Entry, posted.sequence))
        self.session.flush()
        posted.erased = True

    @staticmethod
    def some(listed, place):
        return listed[place % len(listed)]
