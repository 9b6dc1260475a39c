"""Whatever is posted, closed, lettered, put aside or exported, in whatever order: the books are the model's.

HYPOTHESIS_PROFILE=thorough tries many more and longer histories.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.kernel import preferences
from endi_ext.ledger import audit, lettering_audit, queries, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Book
from tests.builders import a_cooperative, a_draft, a_party, an_act
from tests.conftest import ENGINES

from .anything.deciding import Months
from .anything.letters import Letters
from .anything.model import Model
from .anything.posting import MONTHS, PARTIES, Posting, facts
from .anything.reading import Reading
from .anything.waiting import Waiting

QUICK, THOROUGH = {"sqlite": 20, "mariadb": 4}, {"sqlite": 400, "mariadb": 100}
IS_THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
EXAMPLES, STEPS = (THOROUGH, 60) if IS_THOROUGH else (QUICK, 30)
if os.environ.get("HYPOTHESIS_PROFILE") == "unshrunk":  # hundreds of times (tools/mutants.py)
    EXAMPLES = {"sqlite": 8, "mariadb": 1}


class AnyBook(Posting, Waiting, Months, Letters, Reading, RuleBasedStateMachine):
    """One book in a transaction of its own, read and written as people and imports do."""

    def __init__(self, engine):
        super().__init__()
        self.connection = engine.connect()
        self.transaction = self.connection.begin()
        self.session = Session(bind=self.connection, future=True)
        self.model, self.sources, self.ids = Model(), 0, []

    @initialize(
        first_month=st.sampled_from([1, 1, 7, 12]),
        told=st.lists(facts(), min_size=2, max_size=8),
        closed=st.integers(0, 2),
    )
    def begin(self, first_month, told, closed):
        preferences.choose(self.session, "fiscal_year_first_month", str(first_month), an_act())
        self.model.first_month = first_month
        parties = [a_cooperative(self.session), *(a_party(self.session) for _ in range(PARTIES - 1))]
        self.ids = [party.id for party in parties]
        self.know_keys()
        self.post_run([self.drafted(one) for one in told])
        for month in MONTHS[:closed]:
            self.close(month=month)

    @invariant()
    def the_balance_of_now_is_that_of_the_model(self):
        rows = {
            (row.number, row.party_id): (row.debit_cents, row.credit_cents)
            for row in queries.trial_balance(self.session)
        }
        assert rows == self.model.totals()
        assert self.session.execute(select(Book.last_sequence)).scalar() == len(self.model.entries)

    def teardown(self):
        try:
            verdict = audit.verify(self.session)
            said = verdict.breaks, verdict.entries, verdict.lines
            assert said == ((), len(self.model.entries), len(self.model.rows()))
            assert lettering_audit.check(self.session) == []
            self.read_certificates()
        finally:
            self.session.close()
            self.transaction.rollback()
            self.connection.close()


@pytest.mark.parametrize("kind", ENGINES)
def test_whatever_happens_the_books_are_what_a_simple_model_says(migrated, tmp_path, kind):
    seals.keep_key_at(tmp_path / "key.pem")
    try:
        size = {"max_examples": EXAMPLES[kind], "stateful_step_count": STEPS}
        size = settings(suppress_health_check=list(HealthCheck), **size)
        run_state_machine_as_test(lambda: AnyBook(migrated(kind)), settings=size)
    finally:
        seals.keep_key_at(None)


def test_a_cursor_nobody_gave_out_leads_to_the_first_page(session):
    parties = [a_party(session) for _ in range(2)]
    ledger.post(session, a_draft(*(party.id for party in parties)), an_act())
    for cursor in ("", "x", "o.2026-01-01", "o.2026-13-01.1", "q.2026-01-01.1", "o.2026-01-01.x"):
        assert len(queries.journal_page(session, cursor=cursor).rows) == 1
