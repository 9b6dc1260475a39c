"""Whatever two lists hold and whatever people decide about them: every document is in one place, all agree.

The model (campaign_model.py) knows nothing of the database. HYPOTHESIS_PROFILE=thorough tries many more and
longer sequences than `make test` does.
"""

import csv
import io
import os
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.errors import DomainError
from endi_ext.kernel.history import history_of
from endi_ext.ledger.models import Entry
from endi_ext.reconciliation import campaign_decisions as decisions
from endi_ext.reconciliation import campaign_queries as queries
from endi_ext.reconciliation import campaigns
from endi_ext.reconciliation.campaign_models import COUNTED, CampaignDocument, CampaignMatch, CampaignPair
from endi_ext.reconciliation.matching import match
from endi_ext.web import campaigns as words
from endi_ext.web import csv_export, matching_files

from .any_lists import two_lists
from .campaign_model import SPLIT, OnPaper, Piece
from .campaigns import DAY, MARC, ODILE, a_campaign, listed

QUICK = {"max_examples": 10, "stateful_step_count": 10}
THOROUGH = {"max_examples": 400, "stateful_step_count": 40}
SIZE = THOROUGH if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else QUICK

SPANS = ((date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 11, 5), date(2026, 11, 12)))

acts, draws = st.sampled_from([ODILE, MARC]), st.integers(0, 1000)
chosen = st.lists(draws, max_size=4)


class AnyCampaign(RuleBasedStateMachine):
    """One campaign in a transaction of its own; each rule is what one of two people does."""

    def __init__(self, engine):
        super().__init__()
        self.connection = engine.connect()
        self.transaction = self.connection.begin()
        self.session = Session(bind=self.connection, future=True)
        self.booked = self.books()
        self.campaign = None

    @initialize(lists=two_lists())
    def begin(self, lists):
        self.campaign = a_campaign(self.session, *lists)
        assert a_campaign(self.session, *lists, act=MARC) is self.campaign
        sides = zip(("sales", "purchases"), lists, strict=True)
        self.paper = OnPaper([_piece(side, row) for side, rows in sides for row in rows])
        outcome = match(*(listed(rows).documents for rows in lists))
        for one in outcome.matches:
            keys = [("sales", key) for key in one.sales] + [("purchases", key) for key in one.purchases]
            self.paper.suggest(keys, one.rule, confirmed=one.confirmed)
        for one in outcome.unmatched:
            self.paper.pieces[one.side, one.id].reason = one.reason
        documents = self.rows(CampaignDocument)
        self.ids = {(one.side, one.name): one.id for one in documents}
        held = {}
        for one in documents:
            held.setdefault(one.match_id, set()).add((one.side, one.name))
        same = {frozenset(one.key for one in known.pieces): known for known in self.paper.matches}
        self.known = {row.id: same[frozenset(held[row.id])] for row in self.rows(CampaignMatch)}

    @rule(place=draws, act=acts)
    def accept(self, place, act):
        for row_id, known in self.one_match(place):
            self.both(decisions.accept, row_id, act, told=self.paper.accept, known=known)

    @rule(place=draws, act=acts)
    def split(self, place, act):
        for row_id, known in self.one_match(place):
            self.both(decisions.split, row_id, act, told=self.paper.split, known=known)

    @rule(name=st.sampled_from(["date", "one_to_many", "many_to_one", "party", "tolerance"]), act=acts)
    def accept_all_of_a_rule(self, name, act):
        waiting = queries.how_many_acceptable(self.session, self.campaign, name)
        assert (name in queries.acceptable(self.session, self.campaign)) == (
            waiting > 0 and name in queries.WITHOUT_DIFFERENCE
        )
        refusal = self.paper.accept_rule(name, act.actor_name) if self.paper.open else "campaign_closed"
        done = self.attempt(refusal, decisions.accept_rule, name, act)
        assert done in (None, waiting)

    @rule(places=chosen, act=acts, free=st.booleans())
    def match_by_hand(self, places, act, free):
        keys = self.some(places, "left" if free else None)
        refusal = self.paper.match_by_hand(keys, act.actor_name) if self.paper.open else "campaign_closed"
        made = self.attempt(refusal, decisions.match_by_hand, [self.ids[key] for key in keys], act)
        if made is not None:
            self.known[made.id] = self.paper.matches[-1]

    @rule(places=chosen, act=acts, reason=st.sampled_from(["En décembre", " perdu ", " "]))
    def set_aside(self, places, act, reason):
        keys = self.some(places, "left")
        refusal = self.paper.waive(keys, reason) if self.paper.open else "campaign_closed"
        if not reason.strip():
            refusal = "reason_missing"
        self.attempt(refusal, decisions.waive, [self.ids[key] for key in keys], reason, act)

    @rule(places=chosen, act=acts, free=st.booleans())
    def take_back(self, places, act, free):
        keys = self.some(places, "waived" if free else None)
        refusal = self.paper.take_back(keys) if self.paper.open else "campaign_closed"
        self.attempt(refusal, decisions.take_back, [self.ids[key] for key in keys], act)

    @rule(places=chosen, act=acts)
    def change_ones_mind(self, places, act):
        """What is done and undone leaves every document where it was, and every count."""
        before = self.shown()
        keys = self.some(places, "left")
        refusal = self.paper._refused(keys, "left") if self.paper.open else "campaign_closed"
        ids = [self.ids[key] for key in keys]
        if self.attempt(refusal, decisions.waive, ids, "À revoir", act):
            self.attempt(None, decisions.take_back, ids, act)
        assert self.shown() == before

    @rule(act=acts)
    def close_or_open_again(self, act):
        if self.paper.open:
            campaigns.close(self.session, self.campaign.id, act)
        else:
            campaigns.reopen(self.session, self.campaign.id, act)
        self.paper.open = not self.paper.open

    def both(self, service, row_id, act, *, told, known):
        """Decide it, and once more as somebody who did not see it: the second is told by whom it was done."""
        for _time in range(2):
            refusal = told(known, act.actor_name) if self.paper.open else "campaign_closed"
            self.attempt(refusal, service, row_id, act, by=known.by)

    def attempt(self, refusal, service, *arguments, by=None):
        """Do it if the paper says one may; else it is refused with that code, and who decided it is named."""
        if refusal is None:
            return service(self.session, self.campaign.id, *arguments)
        with pytest.raises(DomainError) as told:
            service(self.session, self.campaign.id, *arguments)
        assert told.value.code == refusal
        if refusal.startswith("match_") and by is not None:
            assert told.value.facts["by"] == by
        return None

    def one_match(self, place):
        known = sorted(self.known)
        return [(row_id, self.known[row_id]) for row_id in known[place % len(known) :][:1]] if known else []

    def some(self, places, pile):
        """Some documents: anywhere, or of a pile."""
        keys = sorted(key for key, one in self.paper.pieces.items() if pile in (None, one.pile))
        return sorted({keys[place % len(keys)] for place in places}) if keys else []

    def rows(self, model):
        self.session.expire_all()
        wanted = select(model).filter_by(campaign_id=self.campaign.id).order_by(model.id)
        return self.session.execute(wanted).scalars().all()

    def shown(self):
        pairs = [(one.id, one.waits, _counts(one)) for one in self.rows(CampaignPair)]
        places = [
            (one.id, one.place, one.match_id, one.reason, one.note) for one in self.rows(CampaignDocument)
        ]
        return pairs, places

    def books(self):
        return [
            self.session.execute(select(func.count(model.id))).scalar_one() for model in (Entry, Exchange)
        ]

    @invariant()
    def every_document_is_where_the_paper_says(self):
        if self.campaign is None:
            return
        rows = self.rows(CampaignDocument)
        assert (
            len(rows) == len(self.paper.pieces) == self.campaign.sales_count + self.campaign.purchases_count
        )
        for row in rows:
            one = self.paper.pieces[row.side, row.name]
            assert (row.place, row.note) == (one.pile, one.note)
            assert (row.match_id is None) == (one.of is None)
            assert one.of in (None, self.known.get(row.match_id))
            assert one.of or row.reason == one.reason
        assert self.books() == self.booked

    @invariant()
    def every_sum_is_that_of_the_paper(self):
        if self.campaign is None:
            return
        for row in self.rows(CampaignMatch):
            known = self.known[row.id]
            assert (row.state, row.rule, row.decided_by or "") == (known.state, known.rule, known.by)
            assert (row.sales_cents, row.difference_cents) == (known.cents("sales"), known.difference)
            assert row.dated_on == known.on
        assert _counts(self.campaign) == self.paper.counted()
        for pair in self.rows(CampaignPair):
            assert _counts(pair) == self.paper.counted((pair.seller, pair.buyer))
            assert pair.waits == (pair.undecided > 0)
        for span in SPANS:
            assert campaigns.standing(self.session, *span) == self.paper.undecided(*span)

    @rule()
    def the_file_says_the_same(self):
        """One line for each document, whatever became of it; matches show what they hold, added up."""
        out = io.BytesIO()
        matching_files.write(queries.told(self.session, self.campaign), "csv", out, str)
        told = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";"))
        assert sorted((one["Côté"], one["Document"]) for one in told) == sorted(
            (words.SIDES[side], name) for side, name in self.paper.pieces
        )
        sides = {label: side for side, label in words.SIDES.items()}
        numbers = {id(known): row_id % 1_000_000 for row_id, known in _unsplit(self.known)}
        for row in told:
            one = self.paper.pieces[sides[row["Côté"]], row["Document"]]
            held = one.of
            state = words.BADGES[held.state].label if held else matching_files.PLACES[one.pile]
            assert (row["Rapprochement"], row["État"]) == (str(numbers[id(held)]) if held else "", state)
            assert row["Montant"] == csv_export.cents(one.cents)
            assert row["Écart"] == (csv_export.cents(held.difference) if held else "")
            assert row["Raison"] == ("" if held else one.note or words.REASONS[one.reason])

    @rule()
    def every_list_shows_each_row_once(self):
        """Page by page, whatever the size of the pages, forwards and back."""
        waits = [row_id for row_id, one in self.known.items() if one.state == "suggested"]
        left = [self.ids[key] for key, one in self.paper.pieces.items() if one.pile == "left"]
        lists = (
            (queries.matches_of(self.campaign, "suggested"), CampaignMatch.id, waits),
            (queries.leftovers_of(self.campaign, "left"), CampaignDocument.id, left),
        )
        for statement, row_id, wanted in lists:
            seen, found = [], queries.page_of(self.session, statement, row_id, None, 2)
            while True:
                seen += [one.id for one in found.rows]
                if found.next_cursor is None:
                    break
                following = queries.page_of(self.session, statement, row_id, found.next_cursor, 2)
                back = queries.page_of(self.session, statement, row_id, following.previous_cursor, 2)
                assert [one.id for one in back.rows] == [one.id for one in found.rows]
                found = following
            assert seen == sorted(wanted)

    def teardown(self):
        try:
            if self.campaign is not None:
                for row in self.rows(CampaignMatch):
                    steps = [(one.action, one.actor_name) for one in history_of(self.session, row)]
                    assert steps == self.known[row.id].steps
        finally:
            self.session.close()
            self.transaction.rollback()
            self.connection.close()


def _piece(side, row):
    name, seller, buyer, day, cents, _label, _reference = row
    return Piece(side, name, (seller, buyer), DAY.replace(day=day), cents)


def _counts(row):
    return [getattr(row, f"{state}_count") for state in COUNTED]


def _unsplit(known):
    return [(row_id, one) for row_id, one in known.items() if one.state != SPLIT]


def test_whatever_is_decided_every_document_is_in_exactly_one_place(migrated):
    size = settings(suppress_health_check=list(HealthCheck), **SIZE)
    run_state_machine_as_test(lambda: AnyCampaign(migrated("sqlite")), settings=size)
