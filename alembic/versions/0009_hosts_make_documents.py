"""Hosts make the papers of exchanges: what is asked of them, what they made, what differs; reductions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
TASK, DOCUMENT = "endi_ext_document_task", "endi_ext_host_document"
FINDING, REDUCTION = "endi_ext_document_finding", "endi_ext_reduction"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def text(name, length):
    return sa.Column(name, sa.String(length), nullable=False)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def key_to(table, name, target):
    column = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, big_int(), column, nullable=False)


def create(table, *parts):
    exchange = key_to(table, "exchange_id", "endi_ext_exchange")
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, sa.Column("id", big_int(), nullable=False), exchange, *parts, primary, **INNODB)


def upgrade():
    create(
        TASK,
        sa.Column("kind", exact(40), nullable=False),
        text("state", 20),
        sa.Column("attempts", sa.Integer(), nullable=False),
        text("error_code", 60),
        text("error_facts", 2000),
        sa.Column("asked_at", instant(), nullable=False),
        text("asked_by", 190),
        sa.Column("tried_at", instant()),
        sa.Column("done_at", instant()),
        sa.UniqueConstraint("exchange_id", "kind", name=op.f(f"uq_{TASK}_exchange_id_kind")),
        check(TASK, "state_is_known", "state IN ('pending', 'done', 'failed', 'given_up', 'not_needed')"),
    )
    op.create_index(op.f(f"ix_{TASK}_state"), TASK, ["state", "id"])
    create(
        DOCUMENT,
        sa.Column("kind", exact(40), nullable=False),
        sa.Column("family", exact(20), nullable=False),
        sa.Column("sale_id", big_int(), nullable=False),
        sa.Column("purchase_id", big_int()),
        sa.Column("amount_cents", big_int(), nullable=False),
        text("sale_number", 255),
        text("purchase_number", 255),
        sa.Column("made_at", instant(), nullable=False),
        sa.Column("removed_at", instant()),
        sa.UniqueConstraint("exchange_id", "kind", name=op.f(f"uq_{DOCUMENT}_exchange_id_kind")),
        sa.UniqueConstraint("family", "sale_id", name=op.f(f"uq_{DOCUMENT}_family_sale_id")),
        check(DOCUMENT, "family_is_known", "family IN ('invoice', 'payment', 'credit_note')"),
    )
    op.create_index(op.f(f"ix_{DOCUMENT}_purchase"), DOCUMENT, ["family", "purchase_id"])
    create(
        FINDING,
        sa.Column("code", exact(40), nullable=False),
        text("facts", 2000),
        sa.Column("amount_cents", big_int(), nullable=False),
        sa.Column("found_at", instant(), nullable=False),
        sa.Column("closed_at", instant()),
    )
    op.create_index(op.f(f"ix_{FINDING}_exchange"), FINDING, ["exchange_id", "closed_at"])
    op.create_index(op.f(f"ix_{FINDING}_open"), FINDING, ["closed_at", "id"])
    create(
        REDUCTION,
        sa.Column("request_key", exact(64), nullable=False),
        sa.Column("amount_cents", big_int(), nullable=False),
        sa.Column("contribution_cents", big_int(), nullable=False),
        sa.Column("reduced_on", sa.Date(), nullable=False),
        text("reason", 2000),
        sa.Column("recorded_at", instant(), nullable=False),
        text("recorded_by", 190),
        sa.UniqueConstraint("request_key", name=op.f(f"uq_{REDUCTION}_request_key")),
        check(REDUCTION, "amount_is_positive", "amount_cents > 0"),
        check(
            REDUCTION, "contribution_fits", "contribution_cents >= 0 AND contribution_cents <= amount_cents"
        ),
    )
    op.create_index(op.f(f"ix_{REDUCTION}_exchange_id"), REDUCTION, ["exchange_id"])


def downgrade():
    # IF EXISTS: MariaDB commits each table as it drops it, and a downgrade that broke is begun again.
    for table in (REDUCTION, FINDING, DOCUMENT, TASK):
        op.execute(f"DROP TABLE IF EXISTS {table}")
