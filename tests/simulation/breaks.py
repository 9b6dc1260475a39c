"""Mistakes of one line put into the code on purpose: each must be named by the year that lives with it.

.venv/bin/python -m tests.simulation.breaks            every one, as the table of docs/proof.md
.venv/bin/python -m tests.simulation.breaks settle     those whose name holds a word
"""

import itertools
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from endi_ext.exchanges import postings, rules
from endi_ext.exchanges import service as exchanges
from endi_ext.kernel import history
from endi_ext.ledger import lettering, seals, statements, writer
from endi_ext.simulation import run
from endi_ext.simulation.world import Operation
from endi_ext.simulation_commands import lent_book
from endi_ext.subcontracts import acceptances, duties, steps, workflow
from endi_ext.subcontracts import service as subcontracts
from endi_ext.tenders import shares

again = itertools.count()
SEEDS = (3, 4, 5)


def no_day_total(patch):
    """The total of a day is not kept."""
    lost = statements.SQLITE.day_total.replace("debit_cents + excluded", "excluded")
    patch.setattr(statements, "SQLITE", replace(statements.SQLITE, day_total=lost))


def no_account_total(patch):
    """The total of an account forgets its credits."""
    lost = statements.SQLITE.account_total.replace("credit_cents + excluded.credit_cents", "credit_cents")
    patch.setattr(statements, "SQLITE", replace(statements.SQLITE, account_total=lost))


def settled_at_each_click(patch):
    """A payment asked for again under the same key is noted again."""
    real = exchanges.settle

    def settle(session, exchange, *, request_key, **facts):
        return real(session, exchange, request_key=f"{request_key}{next(again)}", **facts)

    patch.setattr(exchanges, "settle", settle)


def proposed_at_each_click(patch):
    """A proposal sent again makes a second one: nothing is posted by it."""
    real = subcontracts.propose

    def propose(session, *, request_key, **facts):
        return real(session, request_key=f"{request_key[:50]}{next(again)}", **facts)

    patch.setattr(subcontracts, "propose", propose)


def committed_half_way(patch):
    """A service commits in the middle of what it does."""
    real = history.remember

    def remember(session, *said, **facts):
        event = real(session, *said, **facts)
        session.commit()
        return event

    patch.setattr(exchanges, "remember", remember)


def never_committed(patch):
    """One commit in twenty is told and does not happen."""
    real = Session.commit

    def commit(session):
        return session.rollback() if next(again) % 20 == 19 else real(session)

    patch.setattr(Session, "commit", commit)


def settled_says_nothing(patch):
    """A payment is posted and the exchange does not know."""
    patch.setattr(exchanges, "_move", lambda *_said, **_facts: None)


def paid_one_cent_less(patch):
    """The entry of a payment is a cent short of it."""
    real = rules.payment_of

    def payment_of(exchange, settlement):
        payment = real(exchange, settlement)
        return replace(payment, amount_cents=max(1, payment.amount_cents - 1))

    patch.setattr(rules, "payment_of", payment_of)


def the_wrong_party(patch):
    """The expense of an acceptance is booked to another party than the buyer."""
    real = postings.accepted

    def accepted(*facts):
        draft = real(*facts)
        first, *others = draft.lines
        return replace(draft, lines=(first._replace(party_id=others[-1].party_id), *others))

    patch.setattr(postings, "accepted", accepted)


def too_much_is_fine(patch):
    """More than what is owed may be paid."""
    patch.setattr(exchanges, "_refuse_wrong_amount", lambda *_said: None)


def closed_months_take_entries(patch):
    """A closed month takes an entry."""
    patch.setattr(
        writer.Writer, "closed_until", property(lambda _self: "", lambda *_said: None), raising=False
    )


def strangers_may_accept(patch):
    """Anybody accepts a delivery."""
    real = workflow.side_of

    def side_of(subcontract, party):
        side = real(subcontract, party)
        return workflow.BUYER if side == workflow.STRANGER else side

    patch.setattr(workflow, "side_of", side_of)


def one_signature(patch):
    """Who accepts a proposal does not sign it."""
    real = steps.sign

    def sign(version, party, act):
        if not version.signatures:
            real(version, party, act)

    patch.setattr(steps, "sign", sign)


def accepted_short(patch):
    """A delivery becomes an exchange of a cent more."""
    real = exchanges.record

    def record(session, facts, act):
        return real(session, replace(facts, net_cents=facts.net_cents + 1), act)

    patch.setattr(exchanges, "record", record)


def a_fee_a_cent_short(patch):
    """The lead of a tender receives a cent more than the others give."""
    real = shares.split_bid

    def split_bid(gross, lead, *others):
        found = real(gross, lead, *others)
        return {**found, lead: replace(found[lead], fee_cents=found[lead].fee_cents + 1)}

    patch.setattr(shares, "split_bid", split_bid)


def reminded_each_time(patch):
    """The daily task reminds somebody whom it has just reminded."""
    patch.setattr(duties, "_reminded", lambda *_said: {})


def a_letter_half_put(patch):
    """Lines go under a letter and stay open."""
    real = lettering._put_under

    def put_under(session, matching, items):
        real(session, matching, list(items)[:-1])

    patch.setattr(lettering, "_put_under", put_under)


def a_digest_of_nothing(patch):
    """A seal does not hold the one before it."""

    def sealed_json(content, year, number, _previous, *others):
        return seals.sealed_json(content, year, number, seals.GENESIS, *others)

    patch.setattr(writer, "seals", SimpleNamespace(**{**vars(seals), "sealed_json": sealed_json}))


def accepted_and_not_counted(patch):
    """A line of an agreement does not hear that it was accepted in part."""
    real = acceptances._record

    def record(session, subcontract, delivery, *others):
        real(session, subcontract, delivery, *others)
        delivery.lines[0].line.accepted_cents -= 1

    patch.setattr(acceptances, "_record", record)


def a_row_removed_beside(patch):
    """Somebody removes the last event of a history, not through the application."""

    def remove(session):
        wanted = "DELETE FROM endi_ext_event WHERE id = (SELECT MAX(id) FROM endi_ext_event)"
        session.connection().connection.dbapi_connection.execute(wanted)

    patch.setattr(run, "PLANNERS", [*run.PLANNERS, lambda *_said: Operation("meddle", remove)])
    patch.setattr(run, "WEIGHTS", [*run.WEIGHTS, 3])


BREAKS = (
    no_day_total,
    no_account_total,
    settled_at_each_click,
    proposed_at_each_click,
    committed_half_way,
    never_committed,
    settled_says_nothing,
    paid_one_cent_less,
    the_wrong_party,
    too_much_is_fine,
    closed_months_take_entries,
    strangers_may_accept,
    one_signature,
    accepted_short,
    a_fee_a_cent_short,
    reminded_each_time,
    a_letter_half_put,
    a_digest_of_nothing,
    accepted_and_not_counted,
    a_row_removed_beside,
)


def found(engine, broken, **facts):
    """Return how the year that lives with a mistake ends: its failure, or nothing."""
    with pytest.MonkeyPatch.context() as patch:
        broken(patch)
        try:
            run.Year(
                engine, **{"seed": 3, "months": 2, "party_count": 16, "with_faults": True, **facts}
            ).live()
        except run.Failed as failed:
            return failed
        except ArithmeticError as crashed:
            return crashed
    return None


def main(word=""):
    """Print what each mistake is called."""
    for broken in BREAKS:
        if word not in broken.__name__:
            continue
        for seed in SEEDS:
            with lent_book(None) as engine:
                failed = found(engine, broken, seed=seed, months=4, party_count=30)
            if failed is not None:
                break
        said = "NOT FOUND" if failed is None else repr(getattr(failed, "broken", failed))[:150]
        print(f"| {broken.__doc__} | `{said}` | {seed} | {getattr(failed, 'step', '')} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
