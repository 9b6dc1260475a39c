"""The SQL of posting, spelled once for both databases and given to the driver as it stands.

Bulk posting never goes through ORM objects, and one posting has a dozen statements: compiling each by
SQLAlchemy would cost more than the database does. `?` stands for a parameter, `{share}` and `{update}` for
the locks that MariaDB needs because its plain SELECT reads the books as they were when the transaction
began.
"""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Statements:
    """Each statement of the writer, in the words of one dialect."""

    head: str = "SELECT last_sequence, last_digest FROM endi_ext_book WHERE id = 1 {update}"
    move_head: str = "UPDATE endi_ext_book SET last_sequence = ?, last_digest = ? WHERE id = 1"
    accounts: str = "SELECT number, party_id, id FROM endi_ext_account WHERE party_id IN ({places}) {share}"
    open_account: str = "INSERT INTO endi_ext_account (number, party_id, label) VALUES (?, ?, '')"
    journal: str = "SELECT id FROM endi_ext_journal WHERE code = ? {share}"
    open_journal: str = "INSERT INTO endi_ext_journal (code, label) VALUES (?, ?)"
    period: str = "SELECT fiscal_year FROM endi_ext_period WHERE starts_on = ? {share}"
    journal_and_period: str = (
        "SELECT j.id, p.fiscal_year FROM endi_ext_journal j, endi_ext_period p"
        " WHERE j.code = ? AND p.starts_on = ?"
    )
    open_period: str = (
        "INSERT INTO endi_ext_period (starts_on, ends_on, fiscal_year, state) VALUES (?, ?, ?, 'open')"
    )
    # Periods are closed in order: the last closed one closes all that comes before. Which journals wait is
    # read as it was when the transaction began: an entry on its way then is posted as it set out. All of it
    # in one statement, so that a book without drafts pays for none.
    limits: str = (
        "SELECT (SELECT MAX(ends_on) FROM endi_ext_period WHERE state = 'closed' {share}),"
        " (SELECT GROUP_CONCAT(name) FROM endi_ext_preference"
        " WHERE name BETWEEN 'draft_stage.' AND 'draft_stage.~' AND value = 'yes'),"
        " (SELECT MAX(id) FROM endi_ext_draft {share})"
    )
    drafts_of: str = (
        "SELECT id, source, journal, effective_on, text, document, state FROM endi_ext_draft"
        " WHERE source IN ({places}) {share}"
    )
    lines_aside: str = (
        "SELECT number, party_id, debit_cents, credit_cents, counterparty_id FROM endi_ext_draft_line"
        " WHERE draft_id = ? ORDER BY position {share}"
    )
    put_aside: str = (
        "INSERT INTO endi_ext_draft (id, journal, effective_on, source, text, document, total_cents,"
        " recorded_at, recorded_by, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
    )
    put_line_aside: str = (
        "INSERT INTO endi_ext_draft_line (draft_id, position, number, party_id, debit_cents, credit_cents,"
        " counterparty_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    last_number: str = (
        "SELECT number FROM endi_ext_entry WHERE journal_id = ? AND fiscal_year = ?"
        " ORDER BY number DESC LIMIT 1 {share}"
    )
    existing: str = (
        "SELECT e.id, e.source, e.content_digest, e.text_digest, t.salt, t.text, v.source"
        " FROM endi_ext_entry e"
        " JOIN endi_ext_entry_text t ON t.entry_id = e.id LEFT JOIN endi_ext_entry v ON v.id = e.reverses_id"
        " WHERE e.source IN ({places}) {share}"
    )
    entry_id: str = "SELECT id FROM endi_ext_entry WHERE source = ? {share}"
    reversal: str = "SELECT id FROM endi_ext_entry WHERE reverses_id = ? {share}"
    is_reversal: str = "SELECT reverses_id FROM endi_ext_entry WHERE id = ? {share}"
    entry: str = (
        "INSERT INTO endi_ext_entry (id, journal_id, fiscal_year, number, effective_on, recorded_at, source,"
        " text_digest, content_digest, total_cents, reverses_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    entry_text: str = "INSERT INTO endi_ext_entry_text (entry_id, salt, text, document) VALUES (?, ?, ?, ?)"
    line: str = (
        "INSERT INTO endi_ext_line"
        " (entry_id, position, account_id, counterparty_id, effective_on, debit_cents,"
        " credit_cents) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    seal: str = "INSERT INTO endi_ext_seal (entry_id, sequence, previous_digest, digest) VALUES (?, ?, ?, ?)"
    day_total: str = (
        "INSERT INTO endi_ext_day_total (account_id, day, debit_cents, credit_cents) VALUES (?, ?, ?, ?)"
        " {on_conflict(account_id, day)}"
    )
    lettered: str = "INSERT INTO endi_ext_lettered_account (account_id) VALUES (?)"
    # The lines first, whatever the planner thinks of the few accounts of a small book.
    open_items: str = (
        "INSERT INTO endi_ext_open_item (line_id, account_id, effective_on, cents)"
        " SELECT l.id, l.account_id, l.effective_on, l.debit_cents - l.credit_cents FROM endi_ext_line l"
        " {in_this_order} endi_ext_lettered_account a ON a.account_id = l.account_id"
        " WHERE l.entry_id > ? AND l.entry_id <= ?"
    )
    account_total: str = (
        "INSERT INTO endi_ext_account_total (account_id, debit_cents, credit_cents) VALUES (?, ?, ?)"
        " {on_conflict(account_id)}"
    )


def _in_sqlite(sql: str) -> str:
    add = "DO UPDATE SET debit_cents = debit_cents + excluded.debit_cents,"
    add += " credit_cents = credit_cents + excluded.credit_cents"
    sql = sql.replace("{on_conflict(account_id, day)}", f"ON CONFLICT (account_id, day) {add}")
    sql = sql.replace("{on_conflict(account_id)}", f"ON CONFLICT (account_id) {add}")
    return sql.replace("{share}", "").replace("{update}", "").replace("{in_this_order}", "CROSS JOIN")


def _in_mariadb(sql: str) -> str:
    add = "ON DUPLICATE KEY UPDATE debit_cents = debit_cents + VALUES(debit_cents),"
    add += " credit_cents = credit_cents + VALUES(credit_cents)"
    sql = sql.replace("{on_conflict(account_id, day)}", add).replace("{on_conflict(account_id)}", add)
    sql = sql.replace("{share}", "LOCK IN SHARE MODE").replace("{update}", "FOR UPDATE")
    return sql.replace("{in_this_order}", "STRAIGHT_JOIN").replace("?", "%s")


SQLITE = Statements(**{field.name: _in_sqlite(str(field.default)) for field in fields(Statements)})
MARIADB = Statements(**{field.name: _in_mariadb(str(field.default)) for field in fields(Statements)})


def in_dialect(name: str) -> Statements:
    """Return the statements in the words of the database."""
    return SQLITE if name == "sqlite" else MARIADB


def with_places(sql: str, count: int, dialect: str) -> str:
    """Return `sql` with `count` parameters where it says {places}."""
    return sql.replace("{places}", ", ".join(["?" if dialect == "sqlite" else "%s"] * count))


@lru_cache(maxsize=512)
def of_rows(sql: str, count: int) -> str:
    """Return an INSERT of one row as an INSERT of `count` rows."""
    head, row, tail = around_row(sql)
    return f"{head}{', '.join([row] * count)}{tail}"


@lru_cache(maxsize=64)
def around_row(sql: str) -> tuple[str, str, str]:
    """Return an INSERT of one row in three pieces, the row in the middle."""
    found = re.search(r"(?<= VALUES )\([^)]*\)", sql)
    assert found is not None, "it inserts values"
    return sql[: found.start()], found[0], sql[found.end() :]


def fetched(connection: Any, sql: str, *values: Any) -> Any:
    """Return the rows of a query by the driver's own cursor: SQLAlchemy's rows take as long again to make."""
    cursor = connection.connection.cursor()
    cursor.execute(sql if connection.dialect.name == "sqlite" else sql.replace("?", "%s"), values)
    rows = cursor.fetchall()
    cursor.close()
    return rows
