"""Whatever waits, is validated or rejected, in whatever order: books and exchanges agree."""

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from endi_ext.exchanges import invariants, queries
from endi_ext.exchanges.models import CANCELLED, WAITING
from endi_ext.exchanges.waiting_models import WaitingStep
from endi_ext.kernel.errors import DomainError
from endi_ext.ledger import audit, drafts
from endi_ext.subcontracts import drafts as decisions
from tests.builders import an_act
from tests.exchanges.makers import ON
from tests.exchanges.test_properties import (
    DAYS,
    PLACES,
    STEPS,
    Play,
    each_state_is_the_last_of_its_history,
    one_of,
)

DECISIONS = st.one_of(
    st.tuples(st.just("validate"), PLACES),
    st.tuples(st.just("validate_later"), PLACES, DAYS),
    st.tuples(st.just("validate_all")),
    st.tuples(st.just("reject"), PLACES),
    st.tuples(st.just("stage"), st.sampled_from(["EXI", "RGI"]), st.booleans()),
)


class Waits(Play):
    """People at work, and an accountant who decides what goes into the books."""

    def settle(self, place, percent, on):
        super().settle(place, percent, on)
        if isinstance(self.settlements[-1], WaitingStep):
            self.settlements.pop()

    def waiting(self):
        return drafts.ids(self.session, drafts.Wanted(), size=100)

    def validate(self, place):
        decisions.validate(self.session, [one_of(self.waiting(), place)], an_act())

    def validate_later(self, place, on):
        decisions.validate(self.session, [one_of(self.waiting(), place)], an_act(), on=on)

    def validate_all(self):
        decisions.validate(self.session, self.waiting(), an_act())

    def reject(self, place):
        decisions.reject(self.session, [one_of(self.waiting(), place)], an_act(), reason="Erreur")

    def stage(self, journal, on):
        drafts.choose_stage(self.session, journal, on, an_act())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(STEPS, DECISIONS, DECISIONS), min_size=8, max_size=24))
def test_after_any_sequence_of_steps_and_decisions_books_and_exchanges_agree(session, steps):
    with session.begin_nested() as play_only:
        play = Waits(session)
        play.record(100_000, backwards=False, on=ON)
        for journal in ("EXI", "RGI"):
            play.stage(journal, on=True)
        play.record(50_000, backwards=True, on=ON)
        play.settle(0, 30, ON)
        for name, *details in steps:
            try:
                with session.begin_nested():
                    getattr(play, name)(*details)
                event(f"{name} done")
            except (DomainError, IndexError):
                continue  # refused, or there is nothing to do it to
        assert invariants.check(session) == []
        assert audit.verify(session).breaks == ()
        what_waits_is_owed_by_nobody(play)
        each_state_is_the_last_of_its_history(play)
        play_only.rollback()


def what_waits_is_owed_by_nobody(play):
    seller = play.world.seller.id
    in_the_books = [one for one in play.exchanges if one.state not in (WAITING, CANCELLED)]
    owed = sum(one.remaining_cents for one in in_the_books if one.seller_id == seller)
    owing = sum(one.remaining_cents for one in in_the_books if one.buyer_id == seller)
    said = [
        (one.owed_to_us_cents, one.owed_by_us_cents) for one in queries.partner_balances(play.session, seller)
    ]
    assert said == ([(owed, owing)] if owed or owing else [])
