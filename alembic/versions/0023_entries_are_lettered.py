"""Entries are lettered: letters, the lines under each, and the lines that are open.

Nothing is read here: a long book is caught up with by `endi-ext letter`, and in parts each day.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
LETTERED, MATCHING = "endi_ext_lettered_account", "endi_ext_matching"
STANDING, PAST = "endi_ext_matching_line", "endi_ext_matching_past_line"
OPEN = "endi_ext_open_item"
CHECKS = {
    "state_is_known": "state IN ('partial', 'full', 'undone')",
    "full_nets_to_zero": "state <> 'full' OR cents = 0",
    "partial_does_not": "state <> 'partial' OR cents <> 0",
}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def key_of(table, column, target):
    foreign = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False, autoincrement=False)


def upgrade():
    op.create_table(
        LETTERED,
        key_of(LETTERED, "account_id", "endi_ext_account"),
        sa.PrimaryKeyConstraint("account_id", name=op.f(f"pk_{LETTERED}")),
        **INNODB,
    )
    op.create_table(
        MATCHING,
        sa.Column("id", big_int(), nullable=False),
        key_of(MATCHING, "account_id", "endi_ext_account"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cents", big_int(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("made_at", instant(), nullable=False),
        sa.Column("made_by", sa.String(190), nullable=False),
        sa.Column("undone_at", instant()),
        sa.Column("undone_by", sa.String(190)),
        sa.Column("reason", sa.String(2000)),
        sa.Column("merged_into_id", big_int()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MATCHING}")),
        sa.UniqueConstraint("account_id", "number", name=op.f(f"uq_{MATCHING}_account_id_number")),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{MATCHING}_{name}"))
            for name, condition in CHECKS.items()
        ),
        **INNODB,
    )
    op.create_index("ix_endi_ext_matching_last_on", MATCHING, ["state", "last_on", "id"])
    op.create_table(
        STANDING,
        key_of(STANDING, "line_id", "endi_ext_line"),
        key_of(STANDING, "matching_id", MATCHING),
        sa.PrimaryKeyConstraint("line_id", name=op.f(f"pk_{STANDING}")),
        **INNODB,
    )
    op.create_index(f"ix_{STANDING}_matching_id", STANDING, ["matching_id"])
    op.create_table(
        PAST,
        key_of(PAST, "matching_id", MATCHING),
        key_of(PAST, "line_id", "endi_ext_line"),
        sa.PrimaryKeyConstraint("matching_id", "line_id", name=op.f(f"pk_{PAST}")),
        **INNODB,
    )
    op.create_table(
        OPEN,
        sa.Column("line_id", big_int(), nullable=False, autoincrement=False),
        sa.Column("account_id", big_int(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("cents", big_int(), nullable=False),
        sa.Column("matching_id", big_int()),
        sa.PrimaryKeyConstraint("line_id", name=op.f(f"pk_{OPEN}")),
        **INNODB,
    )
    op.create_index("ix_endi_ext_open_item_account", OPEN, ["account_id", "effective_on", "line_id"])


def downgrade():
    for table in (OPEN, PAST, STANDING, MATCHING, LETTERED):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    # How far the book was caught up with: with the letters gone, it is to be caught up with again.
    op.execute("DELETE FROM endi_ext_preference WHERE name = 'lettered_until'")
