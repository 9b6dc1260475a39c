"""What waits for an accountant: listed, validated, rejected."""

from dataclasses import replace
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from endi_ext.kernel.errors import ReasonMissing
from endi_ext.ledger import drafts
from tests.builders import an_act

from .model import next_month
from .pages import walk
from .posting import JOURNALS, MONTHS, days, parties, places


class Waiting:
    """Rules of an accountant who decides what goes into the books."""

    @rule(journal=st.sampled_from(JOURNALS), on=st.booleans())
    def choose_stage(self, journal, on):
        count = sum(one.journal == journal for one in self.model.waiting.values())
        stays = not on and count and journal in self.model.stages
        with self.refused({drafts.DraftsWait} if stays else ()):
            drafts.choose_stage(self.session, journal, on, an_act())
        if not stays:
            (self.model.stages.add if on else self.model.stages.discard)(journal)

    @precondition(lambda self: self.model.waiting)
    @rule(chosen=st.sets(places, min_size=1, max_size=4), on=st.none() | days)
    def validate(self, chosen, on):
        wanted = {self.some(sorted(self.model.waiting), place) for place in chosen}
        first_open = self.model.first_open_day()
        moved = [self.model.waiting[one] for one in sorted(wanted, key=self.by_day)]
        posted = [replace(one, effective_on=on or one.effective_on) for one in moved]
        if on and any(on < max(one.effective_on, first_open or one.effective_on) for one in moved):
            expected = {drafts.DayNotOpen}
        else:
            expected = self.model.refusals(posted, validating=True)
        with self.refused(expected):
            drafts.validate(self.session, sorted(wanted), an_act(), on=on)
        if not expected:
            for one in wanted:
                self.model.waiting.pop(one)
            for draft in posted:
                self.model.enter(draft)

    def by_day(self, draft_id):
        return self.model.waiting[draft_id].effective_on, draft_id

    @precondition(lambda self: self.model.waiting)
    @rule(place=places, reason=st.sampled_from(["Doublon", " "]))
    def reject(self, place, reason):
        one = self.some(sorted(self.model.waiting), place)
        with self.refused(() if reason.strip() else {ReasonMissing}):
            drafts.reject(self.session, [one], an_act(), reason=reason)
        if reason.strip():
            self.model.waiting.pop(one)
            with self.refused({drafts.DraftDecided}):
                drafts.validate(self.session, [one], an_act())

    @rule(
        journal=st.none() | st.sampled_from(JOURNALS),
        party=st.none() | parties,
        since=st.none() | days,
        until=st.none() | days,
        last_id=st.none() | st.integers(0, 4),
    )
    def list_what_waits(self, journal, party, since, until, last_id):
        party_id = None if party is None else self.ids[party]
        wanted = drafts.Wanted(journal, party_id, since, until, last_id)
        found = sorted(
            (draft.effective_on, key)
            for key, draft in self.model.waiting.items()
            if journal in (None, draft.journal)
            and (since is None or since <= draft.effective_on)
            and (until is None or draft.effective_on <= until)
            and (last_id is None or key <= last_id)
            and party_id in (None, *(line.party_id for line in draft.lines))
        )
        listed = [key for _on, key in found]
        assert drafts.ids(self.session, wanted, size=3) == listed[:3]
        assert drafts.count(self.session, wanted) == len(listed)
        assert [one.id for one in walk(partial(drafts.page, self.session, wanted, size=2))] == listed[::-1]
        assert drafts.last_id(self.session) == self.model.drafts
        for month in MONTHS:
            ends_on = next_month(month)
            said = [one for one in self.model.waiting.values() if month <= one.effective_on < ends_on]
            standing = drafts.standing(self.session, month, month.replace(day=28))
            assert standing == (len(said), sum(one.total_cents for one in said))
            assert drafts.any_waits(self.session, month, month.replace(day=28)) == bool(said)
