"""The client of a job pays: the deal, its invoices, what receipts cover, the margin and the lines to invoice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "client_job",
    "client_invoice",
    "client_claim",
    "client_share",
    "client_line",
)  # in the order of their foreign keys
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


def text(name, length):
    return sa.Column(name, sa.String(length), nullable=False)


def key(name, length=60):
    return sa.Column(name, exact(length), nullable=False)


def whole(name):
    return sa.Column(name, big_int(), nullable=False)


def reference(table, column, target):
    """A column and its foreign key to `target`.id."""
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_endi_ext_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def unique(table, *columns, name=None):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_endi_ext_{table}_{name or '_'.join(columns)}"))


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def create(table, *parts):
    identity = sa.Column("id", big_int(), nullable=False)
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_endi_ext_{table}"))
    op.create_table(f"endi_ext_{table}", identity, *parts, primary, **INNODB)


def upgrade():
    create(
        "client_job",
        reference("client_job", "subcontract_id", "subcontract"),
        key("deal_key"),
        text("deal_label", 190),
        text("client", 190),
        text("margin_kind", 10),
        sa.Column("margin_rate_bp", sa.Integer(), nullable=False),
        whole("margin_cents"),
        sa.Column("lifted_at", instant()),
        sa.Column("lifted_on", sa.Date()),
        text("lifted_reason", 2000),
        unique("client_job", "subcontract_id"),
        check("client_job", "margin_is_known", "margin_kind IN ('none', 'percent', 'amount')"),
        check("client_job", "margin_is_not_negative", "margin_rate_bp >= 0 AND margin_cents >= 0"),
    )
    create(
        "client_invoice",
        reference("client_invoice", "job_id", "client_job"),
        key("invoice_key"),
        sa.Column("delivery_number", sa.Integer(), nullable=False),
        text("number", 100),
        sa.Column("paid_bp", sa.Integer(), nullable=False),
        whole("expected_cents"),
        sa.Column("looked_at", instant(), nullable=False),
        unique("client_invoice", "job_id", "invoice_key", "delivery_number"),
        check("client_invoice", "paid_fits", "paid_bp >= 0 AND paid_bp <= 10000"),
    )
    op.create_index("ix_endi_ext_client_invoice_key", "endi_ext_client_invoice", ["invoice_key"])
    create(
        "client_claim",
        reference("client_claim", "job_id", "client_job"),
        reference("client_claim", "exchange_id", "exchange"),
        whole("released_cents"),
        whole("early_cents"),
        unique("client_claim", "exchange_id"),
        check("client_claim", "amounts_fit", "released_cents >= 0 AND early_cents >= 0"),
    )
    create(
        "client_share",
        reference("client_share", "job_id", "client_job"),
        reference("client_share", "exchange_id", "exchange"),
        key("invoice_key"),
        key("receipt_key"),
        whole("amount_cents"),
        unique("client_share", "job_id", "invoice_key", "receipt_key", "exchange_id", name="receipt"),
        check("client_share", "amount_is_not_negative", "amount_cents >= 0"),
    )
    states = "'waiting', 'added', 'by_hand', 'to_remove', 'dropped'"
    create(
        "client_line",
        reference("client_line", "job_id", "client_job"),
        reference("client_line", "delivery_id", "delivery"),
        text("label", 500),
        whole("cost_cents"),
        whole("margin_cents"),
        text("state", 20),
        key("line_key"),
        sa.Column("made_at", instant(), nullable=False),
        unique("client_line", "delivery_id"),
        check("client_line", "amounts_fit", "cost_cents > 0 AND margin_cents >= 0"),
        check("client_line", "state_is_known", f"state IN ({states})"),
    )


def downgrade():
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE IF EXISTS endi_ext_{table}")
