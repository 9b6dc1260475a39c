"""Writing to the books by hand, as somebody with a database client would."""

from hashlib import sha256

GENESIS = "0" * 64
DAY = "2026-11-16"


def run(connection, sql, *values):
    """Execute `sql`, whose parameters are question marks."""
    sign = "?" if connection.dialect.name == "sqlite" else "%s"
    return connection.exec_driver_sql(sql.replace("?", sign), values)


def open_books(connection):
    """Two parties, an account of each, and a journal."""
    for number in (1, 2):
        run(
            connection,
            "INSERT INTO endi_ext_party (id, host_key, kind, name, analytic_code, trade, email, active)"
            " VALUES (?, ?, 'internal', 'Atelier', '', '', '', 1)",
            number,
            f"company:{number}",
        )
        account = "INSERT INTO endi_ext_account (id, number, party_id, label) VALUES (?, '411900', ?, '')"
        run(connection, account, number, number)
    run(connection, "INSERT INTO endi_ext_journal (id, code, label) VALUES (900, 'HAND', 'By hand')")


def digest(sequence):
    return GENESIS if sequence == 0 else sha256(str(sequence).encode()).hexdigest()


def insert_entry(connection, sequence, *, total=100, source=None, day=DAY, number=None):
    run(
        connection,
        "INSERT INTO endi_ext_entry (id, journal_id, fiscal_year, number, effective_on, recorded_at, source,"
        " text_digest, content_digest, total_cents) VALUES (?, 900, 2026, ?, ?, '2026-11-16 10:00:00.000000',"
        " ?, '', '', ?)",
        sequence,
        number or sequence,
        day,
        source or f"by hand:{sequence}",
        total,
    )
    text = (
        "INSERT INTO endi_ext_entry_text (entry_id, salt, text, document) VALUES (?, 'salt', 'text', 'F-1')"
    )
    run(connection, text, sequence)


def insert_line(connection, entry, position, *, debit=0, credit=0, day=DAY, account=None):
    run(
        connection,
        "INSERT INTO endi_ext_line (entry_id, position, account_id, effective_on, debit_cents, credit_cents)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        entry,
        position,
        account or position,
        day,
        debit,
        credit,
    )


def insert_seal(connection, entry, *, sequence=None, previous=None, own=None):
    sequence = sequence or entry
    run(
        connection,
        "INSERT INTO endi_ext_seal (entry_id, sequence, previous_digest, digest) VALUES (?, ?, ?, ?)",
        entry,
        sequence,
        previous or digest(sequence - 1),
        own or digest(sequence),
    )


def unsealed(connection, sequence, *, debit=100, credit=100, total=100):
    """An entry of two lines that waits for its seal."""
    insert_entry(connection, sequence, total=total)
    insert_line(connection, sequence, 1, debit=debit)
    insert_line(connection, sequence, 2, credit=credit)


def sealed(connection, sequence):
    unsealed(connection, sequence)
    insert_seal(connection, sequence)
