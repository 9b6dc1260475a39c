"""Exports are marked: which entries were handed to the accounting software, by whom and when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
MARK = "endi_ext_export_mark"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    precise = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(precise, "mysql").with_variant(precise, "mariadb")


def exact(length):
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def upgrade():
    op.create_table(
        MARK,
        sa.Column("id", big_int(), nullable=False),
        sa.Column("shape", exact(10), nullable=False),
        sa.Column("span", sa.String(10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("first_sequence", big_int(), nullable=False),
        sa.Column("last_sequence", big_int(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("entry_count", big_int(), nullable=False),
        sa.Column("repeated_count", big_int(), nullable=False),
        sa.Column("file_name", sa.String(190), nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
        sa.Column("made_at", instant(), nullable=False),
        sa.Column("made_by", sa.String(190), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MARK}")),
        sa.UniqueConstraint(
            "shape", "starts_on", "ends_on", "last_sequence", "attempt", name=op.f(f"uq_{MARK}_place")
        ),
        sa.CheckConstraint("first_sequence <= last_sequence", name=op.f(f"ck_{MARK}_begins_before_it_ends")),
        sa.CheckConstraint("entry_count > 0", name=op.f(f"ck_{MARK}_is_not_empty")),
        sa.CheckConstraint(
            "repeated_count >= 0 AND repeated_count <= entry_count", name=op.f(f"ck_{MARK}_repeated_fits")
        ),
        **INNODB,
    )
    op.create_index(f"ix_{MARK}_days", MARK, ["ends_on", "starts_on", "last_sequence"])


def downgrade():
    op.execute(f"DROP TABLE IF EXISTS {MARK}")
