"""The account of a whole job: drawn up, signed, refused, outgrown; to the cent with the agreement."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from endi_ext.exchanges import reductions
from endi_ext.kernel.errors import ReasonMissing, WrongRole, WrongState
from endi_ext.subcontracts import final_accounts, queries, retentions, service
from endi_ext.subcontracts.errors import (
    AccountOnTheTable,
    AccountOutdated,
    AmendmentWaits,
    RequestKeyReused,
)
from endi_ext.subcontracts.final_account_models import FinalAccount
from tests.builders import TODAY, a_party, an_act, numbers

from .builders import a_delivery, a_line, accepted, accepted_in_part, amended, an_amendment, lines_of
from .money import A_YEAR_LATER, FIVE_PERCENT, a_job, assert_adds_up, settled


def done(session, **facts):
    """A job that is delivered and accepted in full, its due part settled."""
    job = a_job(session, **facts)
    settled(session, accepted(session, a_delivery(session, job)).exchange)
    return job


def drawn(session, job, **facts):
    values = {"party": job.seller, "message": "", "request_key": f"account-{next(numbers)}", "act": an_act()}
    return final_accounts.draw_up(session, job, **{**values, **facts})


def lines(account):
    return [(line.kind, line.number, line.claimed_cents, line.amount_cents) for line in account.lines]


def test_it_says_the_agreement_its_amendments_and_what_was_accepted(either_session):
    session = either_session
    job = a_job(session)
    part = a_delivery(session, job, 4_000)
    (line,) = part.lines
    accepted_in_part(session, part, {line.id: 3_000}, {line.id: "Une heure de trop"})
    more = a_line("Perspective", 1_000, "pièce", 25_000)
    amended(session, an_amendment(session, job, *lines_of(job), more, conditions=FIVE_PERCENT))
    settled(session, accepted(session, a_delivery(session, job)).exchange)
    account = drawn(session, job, message="Merci à tous")
    assert lines(account) == [
        ("agreement", 1, None, 100_000),
        ("amendment", 1, None, 25_000),
        ("claim", 1, 40_000, 30_000),
        ("claim", 2, 95_000, 95_000),
    ]
    assert account.contract_cents == account.accepted_cents == 125_000
    assert (account.settled_cents, account.due_cents, account.retained_cents) == (90_250, 28_500, 6_250)
    assert len(account.digest) == 64
    assert_adds_up(session, job)


def test_what_was_signed_after_midnight_in_paris_is_dated_of_that_day(session):
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # the first of November, half past midnight
    job = a_job(session)
    for signature in job.version.signatures:
        signature.signed_at = late
    accepted(session, a_delivery(session, job))
    assert drawn(session, job).lines[0].on == date(2026, 11, 1)


def test_the_other_side_signs_and_the_job_is_closed(session):
    job = done(session)
    account = drawn(session, job)
    with pytest.raises(WrongRole):
        final_accounts.sign(session, account, party=job.seller, act=an_act())
    with pytest.raises(WrongRole):
        final_accounts.sign(session, account, party=a_party(session), act=an_act())
    final_accounts.sign(session, account, party=job.buyer, act=an_act("user:1", "Hélène Marchand"))
    assert (job.state, account.state, account.answered_name) == ("closed", "signed", "Hélène Marchand")
    with pytest.raises(WrongState):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    with pytest.raises(WrongState):
        drawn(session, job)
    told = [event.action for event in queries.history(session, job)]
    assert told[-2:] == ["draw_up_final_account", "sign_final_account"]


def test_either_side_draws_it_up(session):
    job = done(session)
    account = drawn(session, job, party=job.buyer)
    final_accounts.sign(session, account, party=job.seller, act=an_act())
    assert job.state == "closed"


def test_a_stranger_draws_nothing_up(session):
    with pytest.raises(WrongRole):
        drawn(session, done(session), party=a_party(session))


def test_a_closed_job_still_pays_and_lets_go(session):
    job = done(session)
    final_accounts.sign(session, drawn(session, job), party=job.buyer, act=an_act())
    (kept,) = retentions.releasable(session, A_YEAR_LATER)
    retentions.release_due(session, kept, an_act("cli", today=A_YEAR_LATER))
    settled(session, kept.exchange, on=A_YEAR_LATER)
    assert (job.state, kept.exchange.state) == ("closed", "settled")
    assert_adds_up(session, job)


def test_a_refusal_needs_a_reason_and_makes_room_for_another(session):
    job = done(session)
    account = drawn(session, job)
    with pytest.raises(ReasonMissing):
        final_accounts.refuse(session, account, party=job.buyer, reason=" ", act=an_act())
    final_accounts.refuse(session, account, party=job.buyer, reason="Il manque l'avoir", act=an_act())
    assert (account.state, account.reason, job.state) == ("refused", "Il manque l'avoir", "completed")
    with pytest.raises(WrongState):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    assert drawn(session, job, party=job.buyer).number == 2


def test_its_author_takes_it_back_and_the_other_side_does_not(session):
    job = done(session)
    account = drawn(session, job)
    with pytest.raises(WrongRole):
        final_accounts.withdraw(session, account, party=job.buyer, act=an_act())
    with pytest.raises(WrongRole):
        final_accounts.refuse(session, account, party=job.seller, reason="Erreur", act=an_act())
    final_accounts.withdraw(session, account, party=job.seller, act=an_act())
    assert account.state == "withdrawn"


def test_one_waits_at_a_time_and_a_second_click_draws_up_one(either_session):
    session = either_session
    job = done(session)
    account = drawn(session, job, request_key="click")
    assert drawn(session, job, request_key="click") is account
    with pytest.raises(RequestKeyReused):
        drawn(session, job, request_key="click", message="Autre chose")
    with pytest.raises(AccountOnTheTable):
        drawn(session, job, party=job.buyer)
    assert len(final_accounts.of_subcontract(session, job)) == 1


def test_nothing_is_drawn_up_before_all_is_accepted(session):
    job = a_job(session)
    with pytest.raises(WrongState):
        drawn(session, job)
    accepted(session, a_delivery(session, job, 4_000))
    with pytest.raises(WrongState):
        drawn(session, job)


def test_an_amendment_that_waits_is_answered_first(session):
    job = done(session)
    account = drawn(session, job)
    an_amendment(session, job, *lines_of(job), a_line("Perspective", 1_000, "pièce", 25_000))
    with pytest.raises(AmendmentWaits):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    with pytest.raises((AmendmentWaits, AccountOnTheTable)):
        drawn(session, job)


def test_a_reversal_reopens_the_job_and_what_was_drawn_up_is_outgrown(session):
    job = done(session)
    account = drawn(session, job)
    service.reverse_delivery(session, job.deliveries[0], reason="Erreur", on=TODAY, act=an_act())
    assert job.state == "agreed"
    with pytest.raises(WrongState):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    accepted(session, a_delivery(session, job))
    with pytest.raises(AccountOutdated):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    again = drawn(session, job)
    assert (account.state, again.number, lines(again)[-1]) == ("withdrawn", 2, ("claim", 2, 100_000, 100_000))
    final_accounts.sign(session, again, party=job.buyer, act=an_act())
    service.reverse_delivery(session, job.deliveries[1], reason="Erreur", on=TODAY, act=an_act())
    assert (job.state, again.state) == ("agreed", "signed")
    assert_adds_up(session, job)


def test_what_was_credited_since_is_part_of_it(session):
    job = a_job(session)
    exchange = accepted(session, a_delivery(session, job)).exchange
    account = drawn(session, job)
    reductions.reduce(
        session, exchange, amount_cents=1_000, reason="Remise", on=TODAY, request_key="avoir-01", act=an_act()
    )
    with pytest.raises(AccountOutdated):
        final_accounts.sign(session, account, party=job.buyer, act=an_act())
    again = drawn(session, job)
    assert lines(again)[-1] == ("credit", 1, None, -1_000)
    assert (again.accepted_cents, again.credited_cents, again.due_cents) == (100_000, 1_000, 94_000)
    assert_adds_up(session, job)


@pytest.mark.parametrize("change", ["due_cents = due_cents + 1", "accepted_cents = 1", "state = 'lost'"])
def test_the_database_refuses_an_account_that_does_not_add_up(either_session, change):
    drawn(either_session, done(either_session))
    either_session.flush()  # older libraries do not, before a text
    with pytest.raises(DBAPIError):
        either_session.execute(text(f"UPDATE endi_ext_final_account SET {change}"))


def test_what_was_drawn_up_does_not_change_with_what_follows(session):
    job = a_job(session)
    exchange = accepted(session, a_delivery(session, job)).exchange
    account = drawn(session, job)
    said = (account.digest, account.due_cents)
    settled(session, exchange)
    final_accounts.sign(session, account, party=job.buyer, act=an_act())
    session.expire_all()
    kept = session.execute(select(FinalAccount)).scalars().one()
    assert (kept.digest, kept.due_cents) == said
