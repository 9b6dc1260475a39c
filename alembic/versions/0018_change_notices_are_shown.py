"""What change notices changed of a tender is shown to each party of its team, until it has seen it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
NOTICE, CHANGE, SEEN = "endi_ext_tender_notice", "endi_ext_tender_change", "endi_ext_tender_change_seen"


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
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql").with_variant(mysql.MEDIUMTEXT(), "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def upgrade():
    op.add_column(NOTICE, sa.Column("changes_key", exact(100)))
    op.create_index(f"ix_{NOTICE}_changes_key", NOTICE, ["changes_key"])
    op.add_column(NOTICE, sa.Column("partial", sa.Boolean()))
    op.add_column(NOTICE, sa.Column("said", long_text()))
    op.create_table(
        CHANGE,
        needed("id", big_int()),
        reference(CHANGE, "tender_id", "tender"),
        reference(CHANGE, "notice_id", "tender_notice"),
        needed("changes", long_text()),
        needed("noted_at", instant()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CHANGE}")),
        **INNODB,
    )
    op.create_index(f"ix_{CHANGE}_tender", CHANGE, ["tender_id", "id"])
    op.create_index(f"ix_{CHANGE}_notice_id", CHANGE, ["notice_id"])
    op.create_table(
        SEEN,
        needed("id", big_int()),
        reference(SEEN, "change_id", "tender_change"),
        reference(SEEN, "party_id", "party"),
        needed("seen_at", instant()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{SEEN}")),
        sa.UniqueConstraint("change_id", "party_id", name=op.f(f"uq_{SEEN}_change_id_party_id")),
        **INNODB,
    )
    op.create_index(f"ix_{SEEN}_party_id", SEEN, ["party_id"])


def downgrade():
    for table in (SEEN, CHANGE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    op.drop_index(f"ix_{NOTICE}_changes_key", NOTICE)
    for column in ("changes_key", "partial", "said"):
        op.execute(f"ALTER TABLE {NOTICE} DROP COLUMN {column}")
