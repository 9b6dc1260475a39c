"""What an accountant does with a book: closes months, exports, signs where it stands."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from endi_ext.kernel.errors import ReasonMissing
from endi_ext.ledger import audit, export_marks, exports, seals, spans
from endi_ext.ledger import service as ledger
from tests.builders import an_act

from .model import FULL, next_month
from .posting import MONTHS, places

reasons = st.sampled_from(["Erreur", "Erreur", " "])
SPANS = [*(f"{month:%Y-%m}" for month in MONTHS), "2025", "2026"]


class Months:
    """Rules that close, reopen, sign and export."""

    @rule(month=st.sampled_from(MONTHS))
    def close(self, month):
        period = ledger.period_of(self.session, month)
        self.model.months.setdefault(month, False)
        closed, may = self.model.months[month], self.model.may_close(month)
        with self.refused(() if closed or may else {ledger.PeriodNotLast}):
            ledger.close_period(self.session, period, an_act())
        if not closed and may:
            self.model.close(month)
            facts = seals.read_signed(period.certificate, seals.CERTIFICATE)
            assert facts["sequence"] == len(self.model.entries)

    @precondition(lambda self: any(self.model.months.values()))
    @rule(place=places, reason=reasons)
    def reopen(self, place, reason):
        month = self.some(sorted(self.model.months), -place // 3)
        last = max(start for start, closed in self.model.months.items() if closed)
        expected = ()
        if not reason.strip():
            expected = {ReasonMissing}
        elif self.model.months[month] and month != last:
            expected = {ledger.PeriodNotLast}
        with self.refused(expected):
            ledger.reopen_period(
                self.session, ledger.period_of(self.session, month), reason=reason, act=an_act()
            )
        if not expected:
            self.model.months[month] = False

    @precondition(lambda self: self.signed_until() < len(self.model.entries))
    @rule()
    def sign_where_it_stands(self):
        document = ledger.sign_checkpoint(self.session, an_act()).document
        assert seals.read_signed(document, seals.CHECKPOINT)["lines"] == len(self.model.rows())
        self.model.checkpoints.append((len(self.model.entries), document))

    def signed_until(self):
        return max((sequence for sequence, _document in self.model.checkpoints), default=-1)

    @precondition(lambda self: self.model.checkpoints)
    @rule(place=places)
    def verify_since(self, place):
        sequence, document = self.some(self.model.checkpoints, place)
        verdict = audit.verify(self.session, checkpoint=document, only_since=True)
        later = self.model.entries[sequence:]
        said = verdict.breaks, verdict.entries, verdict.lines
        assert said == ((), len(later), sum(len(one.rows) for one in later))

    @rule(
        name=st.sampled_from(SPANS),
        shape=st.sampled_from(["fec", "sage"]),
        scope=st.sampled_from([export_marks.FIRST, export_marks.REST, export_marks.AGAIN]),
    )
    def export(self, name, shape, scope):
        span = spans.span_of(self.session, name)
        there = {one.sequence for one in self.model.within(span)}
        left = there - self.model.exported[shape]
        expected = ()
        if left != there and scope == export_marks.FIRST:
            expected = {export_marks.AlreadyExported}
        elif left != there and scope == export_marks.REST and not left:
            expected = {export_marks.NothingToExport}
        wanted = left if scope == export_marks.REST else there
        with self.refused(expected):
            planned = export_marks.plan(self.session, span, shape, scope)
            self.read_a_file(span, planned, wanted)
            if wanted:
                told = {"file_name": "x", "file_digest": "0" * 64}
                mark = export_marks.record(self.session, planned, **told, act=an_act())
                said = mark.entry_count, mark.repeated_count, mark.first_sequence, mark.last_sequence
                assert said == (len(wanted), len(wanted - left), min(wanted), max(wanted))
        if not expected:
            self.model.exported[shape] |= there

    def read_a_file(self, span, planned, wanted):
        """The file holds each line of what is wanted once, in the order of their numbers."""
        read = []
        for entry, line in exports.recorded_lines(self.session, span, planned.only):
            amounts = line.debit_cents, line.credit_cents, line.letter
            read.append((entry.id, entry.number, line.holder.account, line.holder.party_id, *amounts))
        kept = [one for one in self.model.entries if one.sequence in wanted]
        assert read == [
            (one.sequence, one.number, row.number, row.party, row.debit, row.credit, self.full_letter(row))
            for one in kept
            for row in one.rows
        ]

    def full_letter(self, row):
        letter = self.model.letter_of(row)
        return letter.number if letter and letter.state == FULL else None

    @rule(month=st.sampled_from(MONTHS))
    def count_what_was_never_exported(self, month):
        days = month, next_month(month)
        exported = set().union(*self.model.exported.values())
        left = [
            one
            for one in self.model.entries
            if days[0] <= one.draft.effective_on < days[1] and one.sequence not in exported
        ]
        said = export_marks.standing(self.session, month, month.replace(day=28))
        assert said == (len(left), sum(one.draft.total_cents for one in left))
