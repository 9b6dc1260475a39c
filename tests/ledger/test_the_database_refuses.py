"""What SQLite and MariaDB refuse by themselves, to whoever speaks to them without our services."""

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError

from endi_ext import migrations
from tests.ledger.raw import insert_entry, insert_line, insert_seal, open_books, run, sealed, unsealed


@pytest.fixture
def books(connection):
    """Books with one sealed entry."""
    open_books(connection)
    sealed(connection, 1)
    return connection


def refused(connection, write, *arguments, saying="", **options):
    """Run `write` and return what the database says against it; fail if it says nothing."""
    with connection.begin_nested(), pytest.raises(DBAPIError) as refusal:
        write(connection, *arguments, **options)
    assert saying in str(refusal.value.orig)


def test_a_sound_entry_is_taken(books):
    sealed(books, 2)
    assert run(books, "SELECT COUNT(*) FROM endi_ext_seal").scalar() == 2


@pytest.mark.parametrize(
    ("table", "change"),
    [("entry", "total_cents = 1"), ("line", "debit_cents = 1"), ("seal", "digest = 'x'")],
)
def test_nothing_posted_is_updated(books, table, change):
    refused(books, run, f"UPDATE endi_ext_{table} SET {change}", saying=f"a posted {table} is never changed")


@pytest.mark.parametrize("table", ["entry", "line", "seal"])
def test_nothing_posted_is_deleted(books, table):
    refused(books, run, f"DELETE FROM endi_ext_{table}", saying=f"a posted {table} is never removed")


def test_an_entry_whose_debits_and_credits_differ_is_not_sealed(books):
    unsealed(books, 2, debit=100, credit=99)
    refused(books, insert_seal, 2, saying="does not balance")


def test_an_entry_whose_total_differs_is_not_sealed(books):
    unsealed(books, 2, total=101)
    refused(books, insert_seal, 2, saying="does not balance")


def test_an_entry_without_lines_is_not_sealed(books):
    insert_entry(books, 2)
    refused(books, insert_seal, 2, saying="does not balance")


def test_an_entry_whose_lines_are_of_another_day_is_not_sealed(books):
    insert_entry(books, 2)
    insert_line(books, 2, 1, debit=100)
    insert_line(books, 2, 2, credit=100, day="2026-11-17")
    refused(books, insert_seal, 2, saying="its lines differ")


def test_a_line_is_not_added_once_the_entry_is_sealed(books):
    refused(books, insert_line, 1, 3, debit=1, account=1, saying="the entry is sealed")


@pytest.mark.parametrize(("debit", "credit"), [(1, 1), (0, 0), (-1, 0), (0, -1), (2, -1)])
def test_exactly_one_side_of_a_line_is_positive(books, debit, credit):
    insert_entry(books, 2)
    refused(books, insert_line, 2, 1, debit=debit, credit=credit)


def test_a_total_is_positive(books):
    refused(books, insert_entry, 2, total=0)


def test_a_source_is_posted_once(books):
    refused(books, insert_entry, 2, source="by hand:1")


def test_sources_that_differ_by_case_or_accent_are_different(books):
    insert_entry(books, 2, source="By hand:1")
    insert_entry(books, 3, source="by hànd:1")


def test_a_number_is_given_once(books):
    refused(books, insert_entry, 2, number=1)


def test_the_sequence_has_no_gap(books):
    unsealed(books, 2)
    refused(books, insert_seal, 2, sequence=3, previous="0" * 64, saying="does not follow")


def test_a_sequence_is_not_repeated(books):
    unsealed(books, 2)
    refused(books, insert_seal, 2, sequence=1, own="f" * 64)


def test_a_seal_names_the_digest_of_the_previous_one(books):
    unsealed(books, 2)
    refused(books, insert_seal, 2, previous="f" * 64, saying="does not follow")


def test_an_entry_is_not_dated_in_a_closed_month_nor_before_it(books):
    run(
        books,
        "INSERT INTO endi_ext_period (starts_on, ends_on, fiscal_year, state)"
        " VALUES ('2026-11-01', '2026-11-30', 2026, 'closed')",
    )
    refused(books, insert_entry, 2, day="2026-11-30", saying="the period is closed")
    refused(books, insert_entry, 2, day="2026-10-31", saying="the period is closed")
    insert_entry(books, 2, day="2026-12-01")


def test_a_text_is_erased_with_its_document_or_left_as_it_is(books):
    refused(books, run, "UPDATE endi_ext_entry_text SET text = 'other'", saying="is erased or left")
    refused(books, run, "UPDATE endi_ext_entry_text SET text = ''", saying="is erased or left")
    refused(books, run, "DELETE FROM endi_ext_entry_text", saying="never removed")
    run(books, "UPDATE endi_ext_entry_text SET text = '', document = '', salt = ''")


@pytest.mark.parametrize("table", ["entry", "line", "seal", "entry_text"])
def test_nothing_posted_is_replaced(books, table):
    refused(books, run, f"REPLACE INTO endi_ext_{table} SELECT * FROM endi_ext_{table}")


def test_sqlite_refuses_replacing_even_on_a_connection_without_our_settings(tmp_path):
    path = tmp_path / "books.sqlite"
    engine = migrations_at(path)
    with engine.begin() as connection:
        open_books(connection)
        sealed(connection, 1)
    engine.dispose()
    plain = sqlite3.connect(path)
    for table in ("entry", "line", "seal", "entry_text"):
        with pytest.raises(sqlite3.IntegrityError, match="endi_ext"):
            plain.execute(f"REPLACE INTO endi_ext_{table} SELECT * FROM endi_ext_{table}")
    plain.close()


def test_there_is_one_head_of_the_book(books):
    refused(books, run, "INSERT INTO endi_ext_book (id, last_sequence, last_digest) VALUES (2, 0, '')")


def migrations_at(path):
    from endi_ext.kernel.engine import make_engine

    engine = make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    return engine
