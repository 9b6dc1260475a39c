"""Part of an exchange is held back or waits for the client: then nothing may be due yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
EXCHANGE = "endi_ext_exchange"
CHECKS = {
    "net_is_positive": "net_cents > 0",
    "contribution_fits": "contribution_cents >= 0 AND contribution_cents <= net_cents",
    "settled_fits": "settled_cents >= 0 AND settled_cents <= net_cents",
    "two_parties": "seller_id <> buyer_id",
    "state_is_known": "state IN ('open', 'partly_settled', 'settled', 'cancelled')",
}
HELD_FITS = (
    "retained_cents >= 0 AND awaiting_cents >= 0"
    " AND settled_cents + retained_cents + awaiting_cents <= net_cents"
)


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def named(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def on_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def changing(checks):
    """Return what changes the table: SQLite makes it anew, and must be told what it checks."""
    spelled = [named(EXCHANGE, name, condition) for name, condition in checks.items()]
    if not on_sqlite():
        return op.batch_alter_table(EXCHANGE)
    return op.batch_alter_table(
        EXCHANGE, recreate="always", copy_from=without_checks(EXCHANGE), table_args=spelled
    )


def without_checks(table):
    """Return a table as SQLite has it; older libraries do not read its checks, newer ones do."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    found.constraints -= {one for one in found.constraints if isinstance(one, sa.CheckConstraint)}
    return found


def upgrade():
    with changing({**CHECKS, "held_fits": HELD_FITS}) as exchange:
        for name in ("retained_cents", "awaiting_cents"):
            exchange.add_column(sa.Column(name, big_int(), nullable=False, server_default="0"))
        exchange.alter_column("due_on", existing_type=sa.Date(), nullable=True)
    with changing({**CHECKS, "held_fits": HELD_FITS}) as exchange:
        for name in ("retained_cents", "awaiting_cents"):
            exchange.alter_column(name, existing_type=big_int(), existing_nullable=False, server_default=None)
    if not on_sqlite():
        op.create_check_constraint(op.f(f"ck_{EXCHANGE}_held_fits"), EXCHANGE, HELD_FITS)
    create_retentions()


def downgrade():
    op.execute("DROP TABLE IF EXISTS endi_ext_retention")
    # What waited for a client becomes due the day it was accepted: the older schema wants a date.
    op.execute(f"UPDATE {EXCHANGE} SET due_on = accepted_on WHERE due_on IS NULL")
    if not on_sqlite():
        op.drop_constraint(op.f(f"ck_{EXCHANGE}_held_fits"), EXCHANGE, type_="check")
    with changing(CHECKS) as exchange:
        exchange.drop_column("awaiting_cents")
        exchange.drop_column("retained_cents")
        exchange.alter_column("due_on", existing_type=sa.Date(), nullable=False)


def create_retentions():
    table = "endi_ext_retention"
    exchange = sa.ForeignKey(f"{EXCHANGE}.id", name=op.f(f"fk_{table}_exchange_id"))
    op.create_table(
        table,
        sa.Column("id", big_int(), nullable=False),
        sa.Column("exchange_id", big_int(), exchange, nullable=False),
        sa.Column("held_cents", big_int(), nullable=False),
        sa.Column("released_cents", big_int(), nullable=False),
        sa.Column("release_count", sa.Integer(), nullable=False),
        sa.Column("release_on", sa.Date()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("recorded_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("exchange_id", name=op.f(f"uq_{table}_exchange_id")),
        named(table, "held_is_positive", "held_cents > 0"),
        named(table, "released_fits", "released_cents >= 0 AND released_cents <= held_cents"),
        named(table, "state_is_known", "state IN ('held', 'contested', 'released')"),
        **INNODB,
    )
    op.create_index(op.f("ix_endi_ext_retention_state"), table, ["state", "release_on", "id"])
