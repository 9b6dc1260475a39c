"""A long book proved by two processes says what one process says."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.ledger import audit, audit_halves, seals
from endi_ext.ledger import service as ledger
from tests.builders import an_act
from tests.ledger.books import a_book, reseal
from tests.ledger.raw import digest, run


@pytest.fixture(autouse=True)
def _short_is_long(monkeypatch):
    """Books of two entries are long, and read two entries at a time."""
    monkeypatch.setattr(audit_halves, "LONG", 2)
    monkeypatch.setattr(audit_halves.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(audit, "CHUNK", 2)


@pytest.fixture
def forged(copy):
    """Return what changes the rows of a committed book that nothing guards and then verifies it."""

    def of(entries, *changes):
        engine = copy("sqlite")
        with Session(engine, future=True) as session:
            a_book(session, entries)
            session.commit()
        with engine.begin() as connection:
            for name in migrations.expected_triggers(migrations.head()):
                run(connection, f"DROP TRIGGER {name}")
            for change in changes:
                run(connection, change) if isinstance(change, str) else change(connection)
        return found(engine)

    return of


def found(engine):
    with Session(engine, future=True) as session:
        two, one = audit_halves.verify(session), audit.verify(session)
    assert two == one
    return two.breaks[0] if two.breaks else None


def test_a_sound_book_is_found_sound_by_both_halves(engine, tmp_path):
    seals.keep_key_at(tmp_path / "key.pem")
    told = []
    with Session(engine, future=True) as session:
        a_book(session, 7)
        document = ledger.sign_checkpoint(session, an_act()).document
        a_book(session, 2)
        ledger.close_period(session, ledger.period_of(session, date(2026, 10, 1)), an_act())
        session.commit()
        words = {"checkpoint": document, "progress": lambda done, of: told.append((done, of))}
        verdict = audit_halves.verify(session, **words)
        assert verdict == audit.verify(session, checkpoint=document)
    seals.keep_key_at(None)
    assert (verdict.breaks, verdict.entries, verdict.lines) == ((), 9, 36)
    # What this process proved counts twice: the other one went on as fast.
    assert told == [(5, 9), (9, 9)]


def test_what_is_changed_in_either_half_or_between_them_is_named(forged):
    amount = "UPDATE endi_ext_line SET debit_cents = 1 WHERE entry_id = {} AND position = 1"
    assert forged(8, amount.format(7), "DELETE FROM endi_ext_seal WHERE entry_id = 8")[1]["sequence"] == 7
    code, facts = forged(8, amount.format(7), "DELETE FROM endi_ext_seal WHERE entry_id = 4")
    assert (code, facts["sequence"]) == ("entry_unsealed", 4)


def test_a_number_left_out_between_the_halves_is_named(forged):
    jump = "UPDATE endi_ext_entry SET number = number + 1 WHERE id = 2"
    named, facts = forged(2, jump, lambda connection: reseal(connection, 2))
    assert (named, facts["sequence"]) == ("number_gap", 2)


def test_a_day_total_that_only_all_lines_together_disprove_is_named(forged):
    # Two days of one account, wrong in opposite ways: its total stays right.
    def change(connection):
        account, first, last = run(
            connection,
            "SELECT account_id, MIN(day), MAX(day) FROM endi_ext_day_total GROUP BY 1 HAVING COUNT(*) > 1",
        ).first()
        for day, cents in ((first, 1), (last, -1)):
            sql = (
                "UPDATE endi_ext_day_total SET debit_cents = debit_cents + ? WHERE account_id = ? AND day = ?"
            )
            run(connection, sql, cents, account, day)

    assert forged(8, change)[0] == "day_total_differs"


def test_a_checkpoint_of_another_chain_in_the_second_half_is_named(forged):
    sql = (
        "INSERT INTO endi_ext_checkpoint (sequence, digest, signed_at, document)"
        f" VALUES (7, '{digest(7)}', '2026-11-16 10:00:00.000000', '')"
    )
    assert forged(8, sql) == ("checkpoint_differs", {"sequence": 7})


@pytest.mark.parametrize("command", ["false", "there-is-no-such-command"])
def test_without_the_other_process_one_proves_all(session, monkeypatch, command):
    monkeypatch.setattr(audit_halves, "COMMAND", (command,))
    a_book(session, 6)
    assert audit_halves.verify(session) == audit.verify(session)
    assert audit.verify(session).sound


def test_what_is_not_committed_is_proved_by_one(session):
    a_book(session, 6)
    verdict = audit_halves.verify(session)
    assert (verdict.breaks, verdict.entries) == ((), 6)
