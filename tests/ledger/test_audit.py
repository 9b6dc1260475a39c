"""What verify finds, with the triggers removed by hand."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import audit, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Book
from tests.builders import TODAY, a_draft, a_party, an_act
from tests.conftest import ENGINES, url_of
from tests.ledger.books import a_book, reseal
from tests.ledger.raw import digest, insert_entry, insert_line, run


@pytest.fixture
def key(tmp_path):
    """A signing key of our own."""
    seals.keep_key_at(tmp_path / "key.pem")
    yield tmp_path / "key.pem"
    seals.keep_key_at(None)


@pytest.fixture(scope="session")
def unguarded(request, tmp_path_factory):
    """Return the database of a kind, migrated and without its triggers, made when first asked for."""
    made = {}

    def of(kind):
        if kind not in made:
            made[kind] = make_engine(url_of(kind, request, tmp_path_factory.mktemp("unguarded")))
            migrations.upgrade(made[kind])
            with made[kind].begin() as connection:
                for name in migrations.expected_triggers(migrations.head()):
                    run(connection, f"DROP TRIGGER {name}")
        return made[kind]

    yield of
    for engine in made.values():
        engine.dispose()


@pytest.fixture(params=ENGINES)
def books(request, unguarded):
    """A connection on a book of seven entries that nothing guards, rolled back."""
    with unguarded(request.param).connect() as connection:
        transaction = connection.begin()
        session = Session(bind=connection, future=True)
        a_book(session, 7)
        session.flush()
        yield connection
        transaction.rollback()


def found(connection, **options):
    """The first break as (code, sequence)."""
    verdict = audit.verify(Session(bind=connection, future=True), **options)
    assert not verdict.sound
    code, facts = verdict.breaks[0]
    return code, facts.get("sequence")


def remove_entry(connection, sequence):
    sqlite = connection.dialect.name == "sqlite"
    run(connection, "PRAGMA defer_foreign_keys = ON" if sqlite else "SET FOREIGN_KEY_CHECKS = 0")
    for table in ("line", "entry_text", "seal"):
        run(connection, f"DELETE FROM endi_ext_{table} WHERE entry_id = ?", sequence)
    run(connection, "DELETE FROM endi_ext_entry WHERE id = ?", sequence)
    if not sqlite:
        run(connection, "SET FOREIGN_KEY_CHECKS = 1")


def test_a_sound_book_is_sound(either_session):
    a_book(either_session, 30)
    verdict = audit.verify(either_session)
    assert (verdict.breaks, verdict.entries, verdict.lines) == ((), 30, 120)
    assert verdict.digest == either_session.execute(select(Book.last_digest)).scalar_one()


def test_an_empty_book_is_sound(either_session):
    assert audit.verify(either_session).breaks == ()


def test_a_changed_amount_is_found(books):
    run(books, "UPDATE endi_ext_line SET debit_cents = debit_cents + 1 WHERE entry_id = 3 AND position = 1")
    assert found(books) == ("entry_unbalanced", 3)


def test_amounts_changed_together_are_found(books):
    run(books, "UPDATE endi_ext_line SET debit_cents = debit_cents * 2, credit_cents = credit_cents * 2")
    run(books, "UPDATE endi_ext_entry SET total_cents = total_cents * 2")
    assert found(books) == ("entry_changed", 1)


def test_a_changed_source_is_found(books):
    run(books, "UPDATE endi_ext_entry SET source = 'other' WHERE id = 4")
    assert found(books) == ("entry_changed", 4)


def test_an_entry_moved_to_another_day_is_found(books):
    run(books, "UPDATE endi_ext_entry SET effective_on = '2020-01-01' WHERE id = 2")
    run(books, "UPDATE endi_ext_line SET effective_on = '2020-01-01' WHERE entry_id = 2")
    assert found(books) == ("entry_changed", 2)


def test_an_account_renamed_under_its_lines_is_found(books):
    run(books, "UPDATE endi_ext_account SET number = '999999' WHERE number = '604020'")
    assert found(books) == ("entry_changed", 1)


def test_a_removed_line_is_found(books):
    run(books, "DELETE FROM endi_ext_line WHERE entry_id = 5 AND position = 2")
    assert found(books) == ("line_missing", 5)


def test_the_last_line_removed_is_found(books):
    run(books, "DELETE FROM endi_ext_line WHERE entry_id = 5 AND position = 4")
    assert found(books) == ("entry_unbalanced", 5)


def test_an_entry_removed_in_the_middle_is_found(books):
    remove_entry(books, 4)
    assert found(books) == ("entry_missing", 4)


def test_the_tail_cut_off_is_found_by_the_head(books):
    remove_entry(books, 7)
    assert found(books) == ("tail_cut", 7)


def test_the_tail_cut_off_with_its_head_is_found_by_a_checkpoint(engine, key):
    with Session(engine, future=True) as session:
        a_book(session, 5)
        document = ledger.sign_checkpoint(session, an_act()).document
        session.rollback()
        a_book(session, 3)
        assert audit.verify(session).sound
        code, facts = audit.verify(session, checkpoint=document).breaks[0]
        assert (code, facts) == ("tail_cut", {"sequence": 5, "last": 3})


def test_another_book_of_the_same_length_is_found_by_a_checkpoint(either_session, key):
    a_book(either_session, 3)
    document = ledger.sign_checkpoint(either_session, an_act()).document
    facts = seals.read_signed(document, seals.CHECKPOINT)
    forged = {**facts, "digest": digest(1)}
    document = seals.signed({k: v for k, v in forged.items() if k != "public_key"}, seals.signing_key())
    either_session.rollback()
    a_book(either_session, 3)
    assert audit.verify(either_session, checkpoint=document).breaks == (
        ("checkpoint_differs", {"sequence": 3}),
    )


def test_a_checkpoint_changed_or_signed_by_another_key_is_not_taken(session, key):
    a_book(session, 2)
    document = ledger.sign_checkpoint(session, an_act()).document
    assert audit.verify(session, checkpoint=document).sound
    changed = document.replace('"sequence":2', '"sequence":1')
    assert audit.verify(session, checkpoint=changed).breaks[0][0] == "checkpoint_not_genuine"
    assert audit.verify(session, checkpoint="not json").breaks[0][0] == "checkpoint_not_genuine"
    key.unlink()
    assert seals.signing_key() is not None  # another one
    assert audit.verify(session, checkpoint=document).breaks[0][0] == "checkpoint_not_genuine"


def test_only_what_follows_a_checkpoint_is_read_when_asked(session, key):
    a_book(session, 4)
    document = ledger.sign_checkpoint(session, an_act()).document
    a_book(session, 3)
    verdict = audit.verify(session, checkpoint=document, only_since=True)
    assert (verdict.breaks, verdict.entries) == ((), 3)
    assert verdict.digest == audit.verify(session).digest


def test_an_unsealed_entry_is_found(books):
    run(books, "DELETE FROM endi_ext_seal WHERE entry_id = 7")
    assert found(books) == ("entry_unsealed", 7)


def test_an_entry_slipped_in_at_the_end_without_seal_is_found(books):
    run(books, "INSERT INTO endi_ext_journal (id, code, label) VALUES (900, 'HAND', 'By hand')")
    insert_entry(books, 8)
    account = run(books, "SELECT MIN(id) FROM endi_ext_account").scalar()
    insert_line(books, 8, 1, debit=1, account=account)
    insert_line(books, 8, 2, credit=1, account=account)
    assert found(books) == ("entry_unsealed", 8)


def test_a_text_that_was_changed_is_found_and_an_erased_one_is_not(books):
    run(books, "UPDATE endi_ext_entry_text SET text = '', document = '', salt = '' WHERE entry_id = 2")
    assert audit.verify(Session(bind=books, future=True)).sound
    run(books, "UPDATE endi_ext_entry_text SET text = 'Autre chose' WHERE entry_id = 3")
    assert found(books) == ("text_changed", 3)


def test_a_missing_text_is_found(books):
    run(books, "DELETE FROM endi_ext_entry_text WHERE entry_id = 3")
    assert found(books) == ("text_changed", 3)


def test_a_number_that_leaves_a_gap_is_found(books):
    # Everything recomputed as a careful forger would, but for the numbers.
    run(books, "UPDATE endi_ext_entry SET number = number + 1 WHERE id = 7")
    reseal(books, 7)
    assert found(books) == ("number_gap", 7)


def test_a_wrong_day_total_is_found(books):
    account, day = run(books, "SELECT account_id, day FROM endi_ext_day_total").first()
    add = "UPDATE endi_ext_day_total SET debit_cents = debit_cents + 1 WHERE account_id = ? AND day = ?"
    run(books, add, account, day)
    assert found(books)[0] == "account_total_differs"


def test_day_totals_wrong_in_opposite_ways_are_found(books):
    # The account's total stays right: only the days tell.
    account = run(books, "SELECT account_id FROM endi_ext_day_total GROUP BY 1 HAVING COUNT(*) > 1").first()[
        0
    ]
    days = run(books, "SELECT MIN(day), MAX(day) FROM endi_ext_day_total WHERE account_id = ?", account).one()
    for day, change in zip(days, (1, -1), strict=True):
        run(
            books,
            "UPDATE endi_ext_day_total SET debit_cents = debit_cents + ? WHERE account_id = ? AND day = ?",
            change,
            account,
            day,
        )
    code, facts = audit.verify(Session(bind=books, future=True)).breaks[0]
    assert (code, str(facts["on"])) == ("day_total_differs", str(days[0]))
    number = run(books, "SELECT number FROM endi_ext_account WHERE id = ?", account).scalar()
    assert facts["account"].startswith(f"{number} Atelier")


def test_a_missing_day_total_is_found(books):
    run(books, "DELETE FROM endi_ext_day_total")
    assert found(books)[0] == "account_total_differs"


def test_a_wrong_snapshot_is_found(books):
    session = Session(bind=books, future=True)
    ledger.close_period(session, ledger.period_of(session, date(2026, 10, 1)), an_act())
    assert audit.verify(session).sound
    run(books, "UPDATE endi_ext_snapshot SET credit_cents = credit_cents + 1")
    assert found(books)[0] == "snapshot_differs"


def test_a_certificate_of_another_chain_is_found(either_session, key):
    a_book(either_session, 3)
    period = ledger.close_period(either_session, ledger.period_of(either_session, TODAY), an_act())
    assert audit.verify(either_session).sound
    facts = seals.read_signed(period.certificate, seals.CERTIFICATE)
    facts.pop("public_key")
    period.certificate = seals.signed({**facts, "digest": digest(3)}, seals.signing_key())
    assert audit.verify(either_session).breaks[0][0] == "certificate_differs"
    period.certificate = period.certificate.replace('"entries":3', '"entries":4')
    assert audit.verify(either_session).breaks[0][0] == "certificate_not_genuine"


def test_a_certificate_of_the_first_kind_still_counts(either_session, key):
    a_book(either_session, 3)
    period = ledger.close_period(either_session, ledger.period_of(either_session, TODAY), an_act())
    facts = seals.read_signed(period.certificate, seals.CERTIFICATE)
    first = {name: facts[name] for name in facts if name not in ("public_key", "movements", "journal_digest")}
    first["format"] = "endi_ext certificate 1"
    period.certificate = seals.signed(first, seals.signing_key())
    assert audit.verify(either_session).sound
    period.certificate = seals.signed({**first, "digest": digest(3)}, seals.signing_key())
    assert audit.verify(either_session).breaks[0][0] == "certificate_differs"


def test_the_head_of_the_book_is_compared(books):
    run(books, "UPDATE endi_ext_book SET last_digest = ?", digest(3))
    assert found(books) == ("head_differs", 7)


def test_progress_is_told(session):
    a_book(session, 3)
    told = []
    audit.verify(session, progress=lambda done, total: told.append((done, total)))
    assert told == [(3, 3)]


def test_verification_reads_in_chunks(session, monkeypatch):
    monkeypatch.setattr(audit, "CHUNK", 2)
    a_book(session, 7)
    verdict = audit.verify(session)
    assert (verdict.breaks, verdict.entries, verdict.lines) == ((), 7, 28)


def test_a_reversed_entry_is_proved_too(either_session):
    buyer, seller = a_party(either_session), a_party(either_session)
    entry = ledger.post(either_session, a_draft(buyer.id, seller.id), an_act())
    ledger.reverse(either_session, entry, on=TODAY, source="undo", text="Erreur de prix", act=an_act())
    assert audit.verify(either_session).breaks == ()
