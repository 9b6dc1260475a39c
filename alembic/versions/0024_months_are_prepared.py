"""Months are prepared for their closing: what is passed with a reason is kept, what waits is found by index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
PASS, DELIVERY = "endi_ext_month_pass", "endi_ext_delivery"
INDEX = "ix_endi_ext_delivery_state"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def upgrade():
    period = sa.ForeignKey("endi_ext_period.id", name=op.f(f"fk_{PASS}_period_id"))
    op.create_table(
        PASS,
        sa.Column("id", big_int(), nullable=False),
        sa.Column("period_id", big_int(), period, nullable=False),
        sa.Column("code", exact(40), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("count", big_int(), nullable=False),
        sa.Column("amount_cents", big_int(), nullable=False),
        sa.Column("passed_at", instant(), nullable=False),
        sa.Column("passed_by", sa.String(190), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PASS}")),
        sa.UniqueConstraint("period_id", "code", name=op.f(f"uq_{PASS}_period_id_code")),
        **INNODB,
    )
    op.create_index(op.f(INDEX), DELIVERY, ["state", "delivered_on", "id"])


def downgrade():
    op.execute(f"DROP TABLE IF EXISTS {PASS}")
    op.drop_index(op.f(INDEX), DELIVERY)
