"""Exchanges between two parties, and their settlements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JOURNALS = {"EXI": "Achats et ventes internes", "RGI": "Règlements internes"}
INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def cents(name):
    return sa.Column(name, big_int(), nullable=False)


def reference(table, column, target):
    """A column and its foreign key to `target`.id."""
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_endi_ext_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def index(table, name, *columns):
    op.create_index(op.f(f"ix_endi_ext_{table}_{name}"), f"endi_ext_{table}", list(columns))


def upgrade():
    try:
        create_exchanges()
        create_settlements()
        open_journals()
    except sa.exc.DBAPIError:
        # MariaDB commits each change of structure by itself: without this, a second attempt would find half
        # of it.
        if op.get_bind().dialect.name != "sqlite":
            downgrade()
        raise


def downgrade():
    op.execute("DROP TABLE IF EXISTS endi_ext_settlement")
    op.execute("DROP TABLE IF EXISTS endi_ext_exchange")
    used = "SELECT 1 FROM endi_ext_entry WHERE endi_ext_entry.journal_id = endi_ext_journal.id"
    for code in JOURNALS:
        op.execute(f"DELETE FROM endi_ext_journal WHERE code = '{code}' AND NOT EXISTS ({used})")


def create_exchanges():
    op.create_table(
        "endi_ext_exchange",
        sa.Column("id", big_int(), nullable=False),
        sa.Column("source", exact(190), nullable=False),
        reference("exchange", "seller_id", "party"),
        reference("exchange", "buyer_id", "party"),
        cents("net_cents"),
        cents("contribution_cents"),
        cents("settled_cents"),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("label", sa.String(190), nullable=False),
        sa.Column("reference", sa.String(100), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("recorded_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endi_ext_exchange")),
        sa.UniqueConstraint("source", name=op.f("uq_endi_ext_exchange_source")),
        check("exchange", "net_is_positive", "net_cents > 0"),
        check("exchange", "contribution_fits", "contribution_cents >= 0 AND contribution_cents <= net_cents"),
        check("exchange", "settled_fits", "settled_cents >= 0 AND settled_cents <= net_cents"),
        check("exchange", "two_parties", "seller_id <> buyer_id"),
        check("exchange", "state_is_known", "state IN ('open', 'partly_settled', 'settled', 'cancelled')"),
        **INNODB,
    )
    index("exchange", "seller", "seller_id", "accepted_on", "id")
    index("exchange", "buyer", "buyer_id", "accepted_on", "id")
    index("exchange", "state", "state", "due_on", "id")
    index("exchange", "owed", "seller_id", "state", "buyer_id", "net_cents", "settled_cents")
    index("exchange", "owing", "buyer_id", "state", "seller_id", "net_cents", "settled_cents")


def create_settlements():
    op.create_table(
        "endi_ext_settlement",
        sa.Column("id", big_int(), nullable=False),
        reference("settlement", "exchange_id", "exchange"),
        sa.Column("request_key", exact(64), nullable=False),
        cents("amount_cents"),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", instant(), nullable=False),
        sa.Column("recorded_by", sa.String(190), nullable=False),
        sa.Column("reversed_at", instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endi_ext_settlement")),
        sa.UniqueConstraint("request_key", name=op.f("uq_endi_ext_settlement_request_key")),
        check("settlement", "amount_is_positive", "amount_cents > 0"),
        **INNODB,
    )
    index("settlement", "exchange_id", "exchange_id")


def open_journals():
    journal = sa.table("endi_ext_journal", sa.column("code"), sa.column("label"))
    known = set(op.get_bind().execute(sa.select(journal.c.code)).scalars())
    for code, label in JOURNALS.items():
        if code not in known:
            op.execute(journal.insert().values(code=code, label=label))
