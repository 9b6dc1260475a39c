"""Whatever happens to a job, in whatever order: no cent is lost, and the books of both sides say so.

HYPOTHESIS_PROFILE=thorough tries many more and longer sequences than `make test` does.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, run_state_machine_as_test
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from endi_ext.ledger import audit
from endi_ext.subcontracts import service

from .anything.job import Job
from .anything.payments import Payments
from .anything.picking import conditions, lines
from .anything.terms import Terms
from .anything.work import Work
from .builders import lines_of, some_terms

QUICK = {"max_examples": 15, "stateful_step_count": 25}
THOROUGH = {"max_examples": 500, "stateful_step_count": 60}
SIZE = THOROUGH if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else QUICK


class AnyJob(Work, Payments, Terms, RuleBasedStateMachine):
    """One job in a transaction of its own; each rule is what people, clients or the calendar do."""

    def __init__(self, engine):
        super().__init__()
        self.connection = engine.connect()
        self.transaction = self.connection.begin()
        self.session = Session(bind=self.connection, future=True)

    @initialize(work=st.lists(lines, min_size=1, max_size=3), agreed=conditions(), counters=st.integers(0, 2))
    def agree(self, work, agreed, counters):
        """Both sides agree, after some answers with changes."""
        job = self.job = Job(self.session, work, agreed)
        for turn in range(1, counters + 1):
            terms = some_terms(*lines_of(job.subcontract), conditions=agreed, message=f"{turn}")
            facts = {"party": job.answerer, "terms": terms, "version": turn, "act": job.act()}
            job.done(service.counter, job.subcontract, **facts)
        facts = {"party": job.answerer, "version": counters + 1, "act": job.act()}
        job.done(service.accept, job.subcontract, **facts)
        # Something to work with: half of the first line, delivered and accepted.
        job.declare({job.lines[0].id: (job.lines[0].quantity_thousandths + 1) // 2})
        if job.claims:
            self.accept(place=0)

    @invariant()
    def no_cent_is_lost(self):
        if self.job:
            self.job.prove()

    def teardown(self):
        try:
            if self.job:
                assert invariants.check(self.session) == []
                assert audit.verify(self.session).breaks == ()
        finally:
            self.session.close()
            self.transaction.rollback()
            self.connection.close()


def test_after_any_sequence_no_cent_is_lost_and_the_books_say_so(migrated):
    size = settings(suppress_health_check=list(HealthCheck), **SIZE)
    run_state_machine_as_test(lambda: AnyJob(migrated("sqlite")), settings=size)
