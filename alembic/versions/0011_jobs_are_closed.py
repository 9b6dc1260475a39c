"""Jobs are closed: one side draws up a final account, the other signs it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
ACCOUNT, LINE = "endi_ext_final_account", "endi_ext_final_account_line"
PARTS = ("credited", "settled", "due", "awaiting", "retained", "disputed")
CHECKS = {
    "state_is_known": "state IN ('proposed', 'signed', 'refused', 'withdrawn')",
    "all_is_accepted": "accepted_cents = contract_cents",
    "amounts_add_up": (
        "accepted_cents = credited_cents + settled_cents + due_cents + awaiting_cents + retained_cents"
        " + disputed_cents"
    ),
    "amounts_are_not_negative": " AND ".join(f"{part}_cents >= 0" for part in PARTS),
}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def named(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def upgrade():
    op.create_table(
        ACCOUNT,
        needed("id", big_int()),
        reference(ACCOUNT, "subcontract_id", "subcontract"),
        needed("number", sa.Integer()),
        needed("request_key", exact(64)),
        sa.Column("open_key", big_int()),
        needed("state", sa.String(20)),
        reference(ACCOUNT, "drawn_by_id", "party"),
        needed("actor_key", sa.String(60)),
        needed("actor_name", sa.String(190)),
        needed("drawn_at", instant()),
        needed("drawn_on", sa.Date()),
        needed("message", sa.String(2000)),
        *(needed(f"{part}_cents", big_int()) for part in ("contract", "accepted", *PARTS)),
        needed("digest", sa.String(64)),
        sa.Column("answered_at", instant()),
        sa.Column("answered_key", sa.String(60)),
        sa.Column("answered_name", sa.String(190)),
        needed("reason", sa.String(2000)),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ACCOUNT}")),
        unique(ACCOUNT, "request_key"),
        unique(ACCOUNT, "open_key"),
        sa.UniqueConstraint("subcontract_id", "number", name=op.f(f"uq_{ACCOUNT}_subcontract_id_number")),
        *(named(ACCOUNT, name, condition) for name, condition in CHECKS.items()),
        **INNODB,
    )
    op.create_table(
        LINE,
        needed("id", big_int()),
        reference(LINE, "account_id", "final_account"),
        needed("position", sa.Integer()),
        needed("kind", sa.String(20)),
        needed("number", sa.Integer()),
        needed("dated_on", sa.Date()),
        sa.Column("claimed_cents", big_int()),
        needed("amount_cents", big_int()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{LINE}")),
        sa.UniqueConstraint("account_id", "position", name=op.f(f"uq_{LINE}_account_id_position")),
        named(LINE, "kind_is_known", "kind IN ('agreement', 'amendment', 'claim', 'credit')"),
        **INNODB,
    )


def downgrade():
    op.execute(f"DROP TABLE IF EXISTS {LINE}")
    op.execute(f"DROP TABLE IF EXISTS {ACCOUNT}")
