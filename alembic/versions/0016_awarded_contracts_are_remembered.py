"""Awarded contracts are remembered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
AWARD, WINNER = "endi_ext_award", "endi_ext_award_winner"
CHECKS = {
    "kind_is_known": "kind IN ('contract', 'concession')",
    "grouping_is_known": "grouping_kind IS NULL OR grouping_kind IN ('none', 'several', 'joint_and_several')",
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


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def key(table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade():
    op.create_table(
        AWARD,
        needed("id", big_int()),
        needed("buyer_id", exact(20)),
        needed("contract_id", exact(60)),
        needed("kind", sa.String(10)),
        needed("buyer_name", sa.String(300)),
        needed("title", sa.String(1000)),
        needed("words", sa.String(1500)),
        sa.Column("cpv", sa.String(8)),
        needed("nature", sa.String(60)),
        needed("procedure", sa.String(120)),
        needed("notified_on", sa.Date()),
        sa.Column("amount_cents", big_int()),
        sa.Column("last_amount_cents", big_int()),
        sa.Column("months", sa.Integer()),
        sa.Column("offers", sa.Integer()),
        sa.Column("grouping_kind", sa.String(20)),
        sa.Column("subcontracted", sa.Boolean()),
        needed("place_code", sa.String(20)),
        needed("place_kind", sa.String(30)),
        needed("digest", sa.String(64)),
        needed("imported_at", instant()),
        key(AWARD),
        unique(AWARD, "buyer_id", "contract_id", "kind"),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{AWARD}_{name}")) for name, text in CHECKS.items()),
        **INNODB,
    )
    op.create_index(f"ix_{AWARD}_cpv", AWARD, ["cpv", "notified_on", "id"])
    op.create_index(f"ix_{AWARD}_day", AWARD, ["notified_on", "id"])
    op.create_table(
        WINNER,
        needed("id", big_int()),
        sa.Column(
            "award_id",
            big_int(),
            sa.ForeignKey(f"{AWARD}.id", name=op.f(f"fk_{WINNER}_award_id")),
            nullable=False,
        ),
        needed("position", sa.Integer()),
        needed("id_kind", sa.String(20)),
        needed("identifier", exact(40)),
        needed("name", sa.String(300)),
        key(WINNER),
        unique(WINNER, "award_id", "position"),
        **INNODB,
    )
    op.create_index(f"ix_{WINNER}_identifier", WINNER, ["identifier", "award_id"])


def downgrade():
    for table in (WINNER, AWARD):
        op.execute(f"DROP TABLE IF EXISTS {table}")
