"""Prices are shared: price schedules, their lines and who does them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
LINE, SHARE, TERMS, INSTALMENT = (
    f"endi_ext_price_{name}" for name in ("line", "share", "terms", "instalment")
)
LINE_CHECKS = {
    "part_is_known": "part IN ('base', 'option', 'variant')",
    "quantity_is_positive": "quantity_thousandths IS NULL OR quantity_thousandths > 0",
    "unit_price_fits": "unit_price_cents IS NULL OR unit_price_cents >= 0",
    "total_is_not_negative": "total_cents >= 0",
}
SHARE_CHECKS = {
    "kind_is_known": "kind IN ('amount', 'percent', 'parts')",
    "value_is_positive": "value > 0",
}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def checks(table, conditions):
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in conditions.items()]


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def key(table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade():
    op.create_table(
        LINE,
        needed("id", big_int()),
        reference(LINE, "tender_id", "tender"),
        reference(LINE, "lot_id", "lot"),
        needed("position", sa.Integer()),
        sa.Column("request_key", exact(64)),
        needed("reference", sa.String(40)),
        needed("description", sa.String(500)),
        needed("unit", sa.String(30)),
        sa.Column("quantity_thousandths", big_int()),
        sa.Column("unit_price_cents", big_int()),
        needed("total_cents", big_int()),
        needed("part", sa.String(10)),
        needed("label", sa.String(100)),
        key(LINE),
        unique(LINE, "request_key"),
        unique(LINE, "tender_id", "position"),
        *checks(LINE, LINE_CHECKS),
        **INNODB,
    )
    op.create_index(f"ix_{LINE}_lot_id", LINE, ["lot_id"])
    op.create_table(
        SHARE,
        needed("id", big_int()),
        reference(SHARE, "line_id", "price_line"),
        reference(SHARE, "member_id", "member"),
        needed("kind", sa.String(10)),
        needed("value", big_int()),
        key(SHARE),
        unique(SHARE, "line_id", "member_id"),
        *checks(SHARE, SHARE_CHECKS),
        **INNODB,
    )
    op.create_index(f"ix_{SHARE}_member_id", SHARE, ["member_id"])
    op.create_table(
        TERMS,
        needed("id", big_int()),
        reference(TERMS, "tender_id", "tender"),
        needed("payment_days", sa.Integer()),
        sa.Column("retention_release_on", sa.Date()),
        key(TERMS),
        unique(TERMS, "tender_id"),
        *checks(TERMS, {"days_fit": "payment_days >= 0 AND payment_days <= 365"}),
        **INNODB,
    )
    op.create_table(
        INSTALMENT,
        needed("id", big_int()),
        reference(INSTALMENT, "tender_id", "tender"),
        needed("position", sa.Integer()),
        needed("label", sa.String(190)),
        needed("invoiced_on", sa.Date()),
        needed("rate_bp", sa.Integer()),
        key(INSTALMENT),
        unique(INSTALMENT, "tender_id", "position"),
        *checks(INSTALMENT, {"rate_fits": "rate_bp > 0 AND rate_bp <= 10000"}),
        **INNODB,
    )


def downgrade():
    for table in (INSTALMENT, TERMS, SHARE, LINE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
