"""The books: parties, history, choices of the cooperative, entries and what guards them.

Names of constraints go through op.f, which keeps them as written. The triggers refuse what the services
never do: they speak to whoever writes SQL by hand. MariaDB's triggers read with LOCK IN SHARE MODE: under
REPEATABLE READ a plain SELECT would see the books as they were when the transaction began.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (  # in the order of their foreign keys
    "party",
    "event",
    "preference",
    "account",
    "journal",
    "period",
    "book",
    "entry",
    "entry_text",
    "line",
    "seal",
    "day_total",
    "account_total",
    "snapshot",
    "checkpoint",
)
GENESIS = "0" * 64
INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}

ONLY_ONE_SIDE = "(debit_cents > 0 AND credit_cents = 0) OR (debit_cents = 0 AND credit_cents > 0)"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def long_text():
    """MariaDB's TEXT ends at 64 KiB."""
    return sa.Text().with_variant(mysql.LONGTEXT(), "mysql").with_variant(mysql.LONGTEXT(), "mariadb")


def cents(name):
    return sa.Column(name, big_int(), nullable=False)


def key(name="id", type_=None, **options):
    return sa.Column(name, type_ or big_int(), nullable=False, **options)


def reference(table, column, target, **options):
    """A column and its foreign key to `target`.id."""
    options.setdefault("nullable", False)
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_endi_ext_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, **options)


def primary(table, *columns):
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_endi_ext_{table}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_endi_ext_{table}_{'_'.join(columns)}"))


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def create(table, *items):
    op.create_table(f"endi_ext_{table}", *items, **INNODB)


def index(table, name, *columns):
    op.create_index(op.f(f"ix_endi_ext_{table}_{name}"), f"endi_ext_{table}", list(columns))


def upgrade():
    try:
        create_parties()
        create_frame()
        create_entries()
        create_totals()
        open_the_book()
        create_triggers()
    except sa.exc.DBAPIError:
        # MariaDB commits each change of structure by itself: without this, a second attempt would find half
        # of it.
        if op.get_bind().dialect.name != "sqlite":
            downgrade()
        raise


def downgrade():
    # Triggers go with their tables. Naming them would need more privileges than dropping the tables: a
    # MariaDB with a binary log refuses that to the account to which it refused their creation, and half of
    # this would stay.
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE IF EXISTS endi_ext_{table}")


def create_parties():
    create(
        "party",
        key(),
        sa.Column("host_key", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(190), nullable=False),
        sa.Column("analytic_code", sa.String(40), nullable=False),
        sa.Column("trade", sa.String(190), nullable=False),
        sa.Column("email", sa.String(190), nullable=False),
        sa.Column("contribution_rate_bp", sa.Integer()),
        sa.Column("follower_key", sa.String(60)),
        sa.Column("active", sa.Boolean(), nullable=False),
        primary("party", "id"),
        unique("party", "host_key"),
    )
    index("party", "name", "name")
    index("party", "analytic_code", "analytic_code")
    create(
        "event",
        key(),
        sa.Column("subject", sa.String(30), nullable=False),
        sa.Column("subject_id", big_int(), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("state_before", sa.String(30)),
        sa.Column("state_after", sa.String(30)),
        sa.Column("actor_key", sa.String(60), nullable=False),
        sa.Column("actor_name", sa.String(190), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.Column("reason", sa.String(2000)),
        primary("event", "id"),
    )
    index("event", "subject", "subject", "subject_id", "id")
    create(
        "preference",
        key("name", sa.String(60)),
        sa.Column("value", sa.String(2000), nullable=False),
        sa.Column("changed_at", instant(), nullable=False),
        sa.Column("changed_by", sa.String(190), nullable=False),
        primary("preference", "name"),
    )


def create_frame():
    """Accounts, journals, periods, and the head of the book."""
    create(
        "account",
        key(),
        sa.Column("number", exact(20), nullable=False),
        reference("account", "party_id", "party"),
        sa.Column("label", sa.String(190), nullable=False),
        primary("account", "id"),
        unique("account", "number", "party_id"),
    )
    index("account", "party_id", "party_id")
    create(
        "journal",
        key(),
        sa.Column("code", exact(10), nullable=False),
        sa.Column("label", sa.String(190), nullable=False),
        primary("journal", "id"),
        unique("journal", "code"),
    )
    create(
        "period",
        key(),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("closed_at", instant()),
        sa.Column("closed_by", sa.String(190)),
        sa.Column("certificate", long_text()),
        primary("period", "id"),
        unique("period", "starts_on"),
        unique("period", "ends_on"),
        check("period", "state_is_known", "state IN ('open', 'closed')"),
        check("period", "starts_before_it_ends", "starts_on <= ends_on"),
    )
    index("period", "state", "state", "ends_on")
    create(
        "book",
        key("id", sa.Integer(), autoincrement=False),
        sa.Column("last_sequence", big_int(), nullable=False),
        sa.Column("last_digest", sa.String(64), nullable=False),
        primary("book", "id"),
        check("book", "there_is_one", "id = 1"),
    )


def create_entries():
    create(
        "entry",
        key(autoincrement=False),
        reference("entry", "journal_id", "journal"),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", big_int(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", instant(), nullable=False),
        sa.Column("source", exact(190), nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        cents("total_cents"),
        reference("entry", "reverses_id", "entry", nullable=True),
        primary("entry", "id"),
        unique("entry", "source"),
        unique("entry", "journal_id", "fiscal_year", "number"),
        unique("entry", "reverses_id"),
        check("entry", "total_is_positive", "total_cents > 0"),
    )
    index("entry", "effective_on", "effective_on", "id")
    index("entry", "journal", "journal_id", "effective_on", "id")
    create(
        "entry_text",
        reference("entry_text", "entry_id", "entry", autoincrement=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("document", sa.String(190), nullable=False),
        primary("entry_text", "entry_id"),
    )
    create(
        "line",
        key(),
        reference("line", "entry_id", "entry"),
        sa.Column("position", sa.Integer(), nullable=False),
        reference("line", "account_id", "account"),
        reference("line", "counterparty_id", "party", nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        cents("debit_cents"),
        cents("credit_cents"),
        primary("line", "id"),
        unique("line", "entry_id", "position"),
        check("line", "one_side_is_positive", ONLY_ONE_SIDE),
    )
    index("line", "account", "account_id", "effective_on", "id")
    index("line", "pair", "counterparty_id", "account_id", "effective_on", "id")
    create(
        "seal",
        reference("seal", "entry_id", "entry", autoincrement=False),
        sa.Column("sequence", big_int(), nullable=False),
        sa.Column("previous_digest", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        primary("seal", "entry_id"),
        unique("seal", "sequence"),
        unique("seal", "digest"),
    )


def create_totals():
    create(
        "day_total",
        reference("day_total", "account_id", "account", autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        cents("debit_cents"),
        cents("credit_cents"),
        primary("day_total", "account_id", "day"),
    )
    index("day_total", "day", "day", "account_id")
    create(
        "account_total",
        reference("account_total", "account_id", "account", autoincrement=False),
        cents("debit_cents"),
        cents("credit_cents"),
        primary("account_total", "account_id"),
    )
    create(
        "snapshot",
        reference("snapshot", "account_id", "account", autoincrement=False),
        reference("snapshot", "period_id", "period", autoincrement=False),
        cents("debit_cents"),
        cents("credit_cents"),
        primary("snapshot", "account_id", "period_id"),
    )
    create(
        "checkpoint",
        key(),
        sa.Column("sequence", big_int(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("signed_at", instant(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        primary("checkpoint", "id"),
    )


def open_the_book():
    book = sa.table("endi_ext_book", sa.column("id"), sa.column("last_sequence"), sa.column("last_digest"))
    op.execute(book.insert().values(id=1, last_sequence=0, last_digest=GENESIS))


def create_triggers():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (moment, table, *refusals) in TRIGGERS.items():
        head = f"CREATE TRIGGER endi_ext_{name} BEFORE {moment} ON endi_ext_{table} FOR EACH ROW"
        body = sqlite_body(refusals) if sqlite else " ".join(mariadb_body(*refusal) for refusal in refusals)
        # A colon would be read as a parameter; driver-level SQL also leaves the percent signs alone.
        op.get_bind().exec_driver_sql(f"{head} BEGIN {body} END")


def sqlite_body(refusals):
    cases = " ".join(f"WHEN {refusal[0]} THEN RAISE(ABORT, '{refusal[1]}')" for refusal in refusals)
    return f"SELECT CASE {cases} END;"


def mariadb_body(condition, message, condition_in_mariadb=None):
    refusal = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{message}';"
    if condition_in_mariadb == "":
        return ""
    return f"IF {condition_in_mariadb or condition} THEN {refusal} END IF;"


def never(table):
    """The two triggers that keep the rows of `table` as they were written."""
    return {
        f"{table}_is_not_updated": (
            "UPDATE",
            table,
            ("1 = 1", f"endi_ext: a posted {table} is never changed"),
        ),
        f"{table}_is_not_deleted": (
            "DELETE",
            table,
            ("1 = 1", f"endi_ext: a posted {table} is never removed"),
        ),
    }


# SQLite's REPLACE removes a row before it inserts its own and, on a connection without recursive_triggers,
# fires no trigger for that: so an insertion that meets an existing key is refused here. MariaDB's REPLACE
# fires the others.
ENTRY_EXISTS = """EXISTS (SELECT 1 FROM endi_ext_entry WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM endi_ext_entry WHERE source = NEW.source)
    OR EXISTS (SELECT 1 FROM endi_ext_entry
        WHERE journal_id = NEW.journal_id AND fiscal_year = NEW.fiscal_year AND number = NEW.number)
    OR (NEW.reverses_id IS NOT NULL
        AND EXISTS (SELECT 1 FROM endi_ext_entry WHERE reverses_id = NEW.reverses_id))"""
LINE_EXISTS = "NEW.id > 0 AND EXISTS (SELECT 1 FROM endi_ext_line WHERE id = NEW.id)"
SEAL_EXISTS = """EXISTS (SELECT 1 FROM endi_ext_seal WHERE entry_id = NEW.entry_id)
    OR EXISTS (SELECT 1 FROM endi_ext_seal WHERE sequence = NEW.sequence)
    OR EXISTS (SELECT 1 FROM endi_ext_seal WHERE digest = NEW.digest)"""

# Periods are closed in order: what comes before a closed one is closed too, even a month that was never
# opened.
PERIOD_IS_CLOSED = """EXISTS (
    SELECT 1 FROM endi_ext_period WHERE state = 'closed' AND ends_on >= NEW.effective_on {lock})"""
ENTRY_IS_SEALED = "EXISTS (SELECT 1 FROM endi_ext_seal WHERE entry_id = NEW.entry_id {lock})"
LINES_DIFFER = """(SELECT COUNT(*) < 2 OR SUM(l.debit_cents) <> MAX(e.total_cents)
        OR SUM(l.credit_cents) <> MAX(e.total_cents) OR SUM(l.effective_on <> e.effective_on) <> 0
    FROM endi_ext_line AS l JOIN endi_ext_entry AS e ON e.id = l.entry_id
    WHERE l.entry_id = NEW.entry_id {lock})"""
CHAIN_IS_BROKEN = f"""NOT ((NEW.sequence = 1 AND NEW.previous_digest = '{GENESIS}')
    OR EXISTS (SELECT 1 FROM endi_ext_seal AS s
        WHERE s.sequence = NEW.sequence - 1 AND s.digest = NEW.previous_digest {{lock}}))"""
NOT_AN_ERASURE = """NOT (NEW.entry_id = OLD.entry_id AND NEW.text = '' AND NEW.document = ''
    AND (NEW.salt = OLD.salt OR NEW.salt = ''))"""


def reading(condition, message):
    """A refusal that reads other rows: the same condition on both engines, locked on MariaDB."""
    return (condition.format(lock=""), message, condition.format(lock="LOCK IN SHARE MODE"))


def on_sqlite(condition, message):
    return (condition, message, "")


TRIGGERS = {
    **never("entry"),
    **never("line"),
    **never("seal"),
    "entry_fits_the_books": (
        "INSERT",
        "entry",
        on_sqlite(ENTRY_EXISTS, "endi_ext: this entry is posted already"),
        reading(PERIOD_IS_CLOSED, "endi_ext: the period is closed"),
    ),
    "line_joins_an_open_entry": (
        "INSERT",
        "line",
        on_sqlite(LINE_EXISTS, "endi_ext: a posted line is never replaced"),
        reading(ENTRY_IS_SEALED, "endi_ext: the entry is sealed"),
    ),
    "seal_closes_a_sound_entry": (
        "INSERT",
        "seal",
        on_sqlite(SEAL_EXISTS, "endi_ext: a seal is never replaced"),
        reading(LINES_DIFFER, "endi_ext: the entry does not balance or its lines differ from it"),
        reading(CHAIN_IS_BROKEN, "endi_ext: the seal does not follow the previous one"),
    ),
    "entry_text_joins_an_open_entry": (
        "INSERT",
        "entry_text",
        reading(ENTRY_IS_SEALED, "endi_ext: the entry is sealed"),
    ),
    "entry_text_is_only_erased": (
        "UPDATE",
        "entry_text",
        (NOT_AN_ERASURE, "endi_ext: the text of an entry is erased or left as it is"),
    ),
    "entry_text_is_not_deleted": (
        "DELETE",
        "entry_text",
        ("1 = 1", "endi_ext: the text of an entry is erased, never removed"),
    ),
}
