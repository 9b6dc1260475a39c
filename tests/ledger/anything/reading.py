"""What people read in a book: balances, statements, the journal, what moved, certificates."""

import json
from collections import Counter
from datetime import timedelta
from functools import partial
from hashlib import sha256

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from endi_ext.kernel.parties import Party
from endi_ext.ledger import (
    certificates,
    exports,
    movements,
    openings,
    queries,
    running,
    seals,
    spans,
)
from endi_ext.ledger.models import CLOSED, Period

from .deciding import SPANS
from .model import Row
from .pages import walk
from .posting import JOURNALS, NUMBERS, days, parties

sizes = st.integers(1, 5)


class Reading:
    """Rules that read; each compares with the model."""

    @rule(as_of=st.none() | days, party=st.none() | parties)
    def read_balances(self, as_of, party):
        totals = self.model.totals(until=as_of) if as_of else self.model.totals()
        party_id = None if party is None else self.ids[party]
        found = queries.trial_balance(self.session, as_of=as_of, party_id=party_id)
        rows = {(row.number, row.party_id): (row.debit_cents, row.credit_cents) for row in found}
        assert rows == {key: sums for key, sums in totals.items() if party_id in (None, key[1])}
        assert party is not None or sum(row.balance_cents for row in found) == 0
        assert [row.number for row in found] == sorted(row.number for row in found)
        for account in queries.accounts(self.session, party_id=party_id):
            balance = queries.balance(self.session, account, as_of=as_of)
            sums = totals.get((account.number, account.party_id), (0, 0))
            assert (balance.debit_cents, balance.credit_cents) == sums
            assert balance.balance_cents == sums[0] - sums[1]

    @rule(
        party=parties,
        other=st.none() | parties,
        numbers=st.none() | st.sets(st.sampled_from(NUMBERS)),
        name=st.none() | st.sampled_from(SPANS),
        size=sizes,
    )
    def read_a_statement(self, party, other, numbers, name, size):
        """Every line once, newest first, on any page; and the balance after each, on whichever page it is."""
        span = None if name is None else spans.span_of(self.session, name)
        other_id = None if other is None else self.ids[other]
        filters = {"counterparty_id": other_id, "numbers": None if numbers is None else sorted(numbers)}
        page = partial(queries.statement_page, self.session, self.ids[party], span=span, size=size, **filters)
        rows = sorted(
            row
            for row in self.model.rows()
            if row.party == self.ids[party]
            and other_id in (None, row.other)
            and (numbers is None or row.number in numbers)
        )
        shown = [row for row in rows if span is None or span.starts_on <= row.on <= span.ends_on]
        lines = walk(page)
        assert list(map(self.told, lines)) == shown[::-1]
        for place in range(0, len(lines), size):
            some = lines[place : place + size]
            first = running.balance_after(self.session, some[0], span=span, **filters)
            assert running.running_balances(some, first) == [
                sum(row.cents for row in rows if row <= self.told(line)) for line in some
            ]
        if span is not None:
            opening = running.opening(self.session, self.ids[party], span, **filters)
            assert opening == sum(row.cents for row in rows if row.on < span.starts_on)

    def told(self, line):
        """Return a line as the model has it."""
        place, account = (line.entry_id, line.position), line.account
        sums = line.debit_cents, line.credit_cents
        return Row(line.effective_on, place, account.number, account.party_id, line.counterparty_id, *sums)

    @rule(
        journal=st.none() | st.sampled_from(JOURNALS),
        since=st.none() | days,
        until=st.none() | days,
        size=sizes,
    )
    def read_the_journal(self, journal, since, until, size):
        bounds = {"journal": journal, "since": since, "until": until}
        kept = [
            one
            for one in self.model.entries
            if journal in (None, one.draft.journal)
            and (since is None or since <= one.draft.effective_on)
            and (until is None or one.draft.effective_on <= until)
        ]
        kept.sort(key=lambda one: (one.draft.effective_on, one.sequence))
        shown = walk(partial(queries.journal_page, self.session, size=size, **bounds))
        assert [(one.id, one.number, one.fiscal_year) for one in reversed(shown)] == [
            (one.sequence, one.number, one.year) for one in kept
        ]
        read = [
            (
                row.code,
                row.number,
                row.effective_on,
                row.account,
                row.party_key,
                row.debit_cents,
                row.credit_cents,
            )
            for row in exports.journal_lines(self.session, **bounds)
        ]
        assert read == [
            (one.draft.journal, one.number, row.on, row.number, self.keys[row.party], row.debit, row.credit)
            for one in kept
            for row in one.rows
        ]

    @rule(name=st.sampled_from(SPANS))
    def read_what_moved(self, name):
        span = spans.span_of(self.session, name)
        before = self.model.totals(until=span.starts_on - timedelta(days=1))
        within = self.model.totals(since=span.starts_on, until=span.ends_on)
        moved = movements.of_span(self.session, span)
        read = [
            (
                one.number,
                one.party_id,
                one.opening_cents,
                one.debit_cents,
                one.credit_cents,
                one.closing_cents,
            )
            for one in moved
        ]
        expected = []
        for key in sorted(before.keys() | within.keys()):
            old, new = before.get(key, (0, 0)), within.get(key, (0, 0))
            opening = old[0] - old[1]
            expected.append((*key, opening, *new, opening + new[0] - new[1]))
        assert read == expected
        wanted = NUMBERS[:2]
        assert movements.net_of(moved, wanted) == sum(
            new[0] - new[1] for (number, _party), new in within.items() if number in wanted
        )
        self.read_openings(span, before)

    def read_openings(self, span, before):
        """Results begin at zero; what they left before goes to the cooperative, so that it balances."""
        expected = Counter()
        for (number, party), (debits, credited) in before.items():
            if number != "704900":
                expected[number, party] += debits - credited
        left = sum(expected.values())
        if left:
            expected["120000" if left > 0 else "129000", self.ids[0]] -= left
        said = {(one.number, one.party_id): one.cents for one in openings.of_span(self.session, span)}
        assert said == {key: cents for key, cents in expected.items() if cents}
        lines = list(openings.lines(self.session, span, "À nouveaux"))
        read = {
            (one.holder.account, one.holder.party_id, self.names[one.holder.party_id]): one
            for _head, one in lines
        }
        assert len(read) == len(lines) == len(said)
        assert all(key[2] == (one.holder.party, one.holder.analytic_code) for key, one in read.items())
        sums = {key[:2]: (one.debit_cents, one.credit_cents) for key, one in read.items()}
        assert sums == {key: (max(cents, 0), max(-cents, 0)) for key, cents in said.items()}
        for head, _side in lines:
            assert (head.code, head.number, head.effective_on) == ("AN", 1, span.starts_on)
            assert (head.document, head.text) == (f"AN {span.name}", "À nouveaux")

    def read_certificates(self):
        """What each closed month holds, as its certificate says."""
        closed = select(Period).where(Period.state == CLOSED)
        periods = self.session.execute(closed).scalars().all()
        assert {one.starts_on for one in periods} == {one for one, shut in self.model.months.items() if shut}
        for period in periods:
            facts = seals.read_signed(period.certificate, seals.CERTIFICATE)
            kept = sorted(self.model.within(period), key=lambda one: (one.draft.effective_on, one.sequence))
            assert certificates.of_span(self.session, period_span(period)) == period.certificate
            rows = [(one, row) for one in kept for row in one.rows]
            total = sum(one.draft.total_cents for one in kept)
            said = facts["entries"], facts["lines"], facts["total_cents"]
            assert said == (len(kept), len(rows), total)
            assert facts["trial_balance"] == self.listed(self.model.totals(until=period.ends_on))
            within = self.model.totals(since=period.starts_on, until=period.ends_on)
            assert facts["movements"] == self.listed(within)
            digest = sha256()
            for one, row in rows:
                place = one.draft.journal, one.number, str(row.on), row.number
                told = [*place, self.keys[row.party], row.debit, row.credit]
                digest.update((json.dumps(told, separators=(",", ":"), ensure_ascii=False) + "\n").encode())
            assert facts["journal_digest"] == digest.hexdigest()

    def listed(self, totals):
        return sorted([number, self.keys[party], *sums] for (number, party), sums in totals.items())

    def know_keys(self):
        parties = self.session.execute(select(Party)).scalars().all()
        self.keys = {one.id: one.host_key for one in parties}
        self.names = {one.id: (one.name, one.analytic_code) for one in parties}


def period_span(period):
    return spans.Span(f"{period.starts_on:%Y-%m}", period.starts_on, period.ends_on)
