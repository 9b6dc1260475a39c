"""Agreements have terms of payment, amendments and call-offs; deliveries are accepted in part."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}

DELIVERED_FITS = (
    "accepted_thousandths >= 0 AND accepted_thousandths <= delivered_thousandths"
    " AND delivered_thousandths <= quantity_thousandths"
)

# What each table checks, before and after; a name with another condition is replaced.
BEFORE = {
    "subcontract": {
        "two_parties": "seller_id <> buyer_id",
        "state_is_known": "state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'completed')",
        "accepted_is_not_negative": "accepted_cents >= 0",
    },
    "subcontract_version": {"total_is_positive": "total_cents > 0"},
    "signature": {},
    "subcontract_line": {
        "quantity_is_positive": "quantity_thousandths > 0",
        "unit_price_is_positive": "unit_price_cents > 0",
        "total_is_positive": "total_cents > 0",
        "delivered_fits": DELIVERED_FITS,
        "delivered_price_fits": "delivered_cents >= 0 AND delivered_cents <= total_cents",
    },
    "delivery": {
        "net_is_positive": "net_cents > 0",
        "state_is_known": "state IN ('declared', 'accepted', 'contested', 'withdrawn')",
    },
    "delivery_line": {
        "quantity_is_positive": "quantity_thousandths > 0",
        "net_is_positive": "net_cents > 0",
    },
}
AFTER = {
    "subcontract": {
        **BEFORE["subcontract"],
        "state_is_known": (
            "state IN ('proposed', 'agreed', 'completed', 'closed', 'declined', 'withdrawn', 'expired')"
        ),
        "kind_is_known": "kind IN ('contract', 'frame')",
    },
    "subcontract_version": {
        # An amendment may end an agreement of which nothing is done.
        "total_is_not_negative": "total_cents >= 0",
        "rate_fits": "retention_rate_bp >= 0 AND retention_rate_bp <= 10000",
    },
    "signature": {},
    "subcontract_line": {
        **BEFORE["subcontract_line"],
        "delivered_price_fits": (
            "accepted_cents >= 0 AND accepted_cents <= delivered_cents AND delivered_cents <= total_cents"
        ),
    },
    "delivery": {
        **BEFORE["delivery"],
        "state_is_known": "state IN ('declared', 'accepted', 'contested', 'withdrawn', 'reversed')",
        "accepted_fits": "accepted_cents IS NULL OR (accepted_cents > 0 AND accepted_cents <= net_cents)",
    },
    "delivery_line": {
        **BEFORE["delivery_line"],
        "accepted_fits": (
            "accepted_thousandths IS NULL"
            " OR (accepted_thousandths >= 0 AND accepted_thousandths <= quantity_thousandths)"
        ),
        "accepted_price_fits": (
            "accepted_cents IS NULL OR (accepted_cents >= 0 AND accepted_cents <= net_cents)"
        ),
    },
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


def added(name, column_type, default):
    """A column that rows already there need a value for."""
    return sa.Column(name, column_type, nullable=False, server_default=default)


def new_columns():
    """Return what each table gets."""
    integer, whole = sa.Integer(), big_int()
    return {
        "subcontract": (
            added("kind", sa.String(10), "contract"),
            sa.Column("frame_id", whole),
            added("version_count", integer, "0"),
            added("amendment_count", integer, "0"),
        ),
        "subcontract_version": (
            sa.Column("amendment_id", whole),
            sa.Column("answer_by", sa.Date()),
            added("retention_rate_bp", integer, "0"),
            added("retention_release", sa.String(20), "on_date"),
            sa.Column("retention_release_on", sa.Date()),
            added("payment_kind", sa.String(20), "days"),
            sa.Column("payment_days", integer),
            sa.Column("payment_on", sa.Date()),
            added("client_mode", sa.String(20), "pro_rata"),
            sa.Column("silence_days", integer),
            added("silence_accepts", sa.Boolean(), "0"),
        ),
        "signature": (sa.Column("through_id", whole),),
        "subcontract_line": (added("key", integer, "0"), added("accepted_cents", whole, "0")),
        "delivery": (
            sa.Column("accepted_cents", whole),
            sa.Column("reminded_at", instant()),
            sa.Column("decided_by", sa.String(20)),
        ),
        "delivery_line": (
            added("previous_thousandths", whole, "0"),
            sa.Column("accepted_thousandths", whole),
            sa.Column("accepted_cents", whole),
            added("refusal", sa.String(500), ""),
        ),
    }


REFERENCES = {
    "subcontract": ("frame_id", "subcontract"),
    "subcontract_version": ("amendment_id", "amendment"),
    "signature": ("through_id", "subcontract_version"),
}


def on_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def changing(table, checks):
    """Return what changes a table: SQLite makes it anew, and must be told what it checks."""
    spelled = [named(table, name, condition) for name, condition in checks[table].items()]
    if not on_sqlite():
        return op.batch_alter_table(f"endi_ext_{table}")
    return op.batch_alter_table(
        f"endi_ext_{table}",
        recreate="always",
        copy_from=without_checks(f"endi_ext_{table}"),
        table_args=spelled,
    )


def without_checks(table):
    """Return a table as SQLite has it; older libraries do not read its checks, newer ones do."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    found.constraints -= {one for one in found.constraints if isinstance(one, sa.CheckConstraint)}
    return found


def named(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def exchange_checks(table, *, old, new):
    """Replace what MariaDB checks; SQLite was told when the table was made anew."""
    if on_sqlite():
        return
    for name in old[table]:
        if old[table][name] != new[table].get(name):
            op.drop_constraint(op.f(f"ck_endi_ext_{table}_{name}"), f"endi_ext_{table}", type_="check")
    for name, condition in new[table].items():
        if condition != old[table].get(name):
            op.create_check_constraint(op.f(f"ck_endi_ext_{table}_{name}"), f"endi_ext_{table}", condition)


def upgrade():
    create_amendments()
    create_comments()
    for table, columns in new_columns().items():
        with changing(table, BEFORE) as batch:
            for column in columns:
                batch.add_column(column)
    fill()
    for table, columns in new_columns().items():
        exchange_checks(table, old=BEFORE, new=AFTER)
        with changing(table, AFTER) as batch:
            finish(batch, table, columns)
    for table, (column, _target) in REFERENCES.items():
        op.create_index(op.f(f"ix_endi_ext_{table}_{column}"), f"endi_ext_{table}", [column])
    # What was accepted and undone was called contested; now that is a dispute, and its quantities are held.
    op.execute("UPDATE endi_ext_delivery SET state = 'reversed' WHERE state = 'contested'")


def finish(batch, table, columns):
    """Values for rows already there are given: later ones are never left to a default."""
    for column in columns:
        if column.server_default is not None:
            batch.alter_column(
                column.name, existing_type=column.type, existing_nullable=False, server_default=None
            )
    if table == "subcontract_line":
        batch.create_unique_constraint(
            op.f("uq_endi_ext_subcontract_line_version_id_key"), ["version_id", "key"]
        )
    if table in REFERENCES:
        column, target = REFERENCES[table]
        batch.create_foreign_key(
            op.f(f"fk_endi_ext_{table}_{column}"), f"endi_ext_{target}", [column], ["id"]
        )


def fill():
    """Give what was there before the values it would have had."""
    key = op.get_bind().dialect.identifier_preparer.quote("key")
    op.execute("UPDATE endi_ext_subcontract SET version_count = version_number")
    op.execute(f"UPDATE endi_ext_subcontract_line SET {key} = position")
    op.execute(
        "UPDATE endi_ext_delivery SET accepted_cents = net_cents, decided_by = 'buyer' WHERE state = 'accepted'"
    )
    accepted = "SELECT id FROM endi_ext_delivery WHERE state = 'accepted'"
    op.execute(
        "UPDATE endi_ext_delivery_line SET accepted_thousandths = quantity_thousandths,"
        f" accepted_cents = net_cents WHERE delivery_id IN ({accepted})"
    )
    # Contested ones gave their quantities back; those with an exchange were accepted first, then reversed.
    op.execute(
        "UPDATE endi_ext_delivery SET state = 'withdrawn' WHERE state = 'contested' AND exchange_id IS NULL"
    )
    sums = (
        "SELECT SUM(part.net_cents) FROM endi_ext_delivery_line AS part"
        " JOIN endi_ext_delivery AS whole ON whole.id = part.delivery_id"
        " WHERE whole.state = 'accepted' AND part.line_id = endi_ext_subcontract_line.id"
    )
    op.execute(f"UPDATE endi_ext_subcontract_line SET accepted_cents = COALESCE(({sums}), 0)")


def downgrade():
    refuse_what_cannot_go_back()
    op.execute("UPDATE endi_ext_delivery SET state = 'contested' WHERE state = 'reversed'")
    for table, (column, _target) in REFERENCES.items():
        if not on_sqlite():
            op.drop_constraint(op.f(f"fk_endi_ext_{table}_{column}"), f"endi_ext_{table}", type_="foreignkey")
        op.drop_index(op.f(f"ix_endi_ext_{table}_{column}"), f"endi_ext_{table}")
    for table, columns in new_columns().items():
        exchange_checks(table, old=AFTER, new=BEFORE)
        with changing(table, BEFORE) as batch:
            if table in REFERENCES and on_sqlite():
                batch.drop_constraint(op.f(f"fk_endi_ext_{table}_{REFERENCES[table][0]}"), type_="foreignkey")
            if table == "subcontract_line":
                batch.drop_constraint(op.f("uq_endi_ext_subcontract_line_version_id_key"), type_="unique")
            for column in columns:
                batch.drop_column(column.name)
    op.execute("DROP TABLE IF EXISTS endi_ext_comment")
    op.execute("DROP TABLE IF EXISTS endi_ext_amendment")


def refuse_what_cannot_go_back():
    """Only what the older schema can say is taken back to it; the books are not concerned."""
    newer = (
        "SELECT COUNT(*) FROM endi_ext_subcontract"
        " WHERE state IN ('closed', 'expired') OR kind = 'frame' OR amendment_count > 0"
    )
    partly = "SELECT COUNT(*) FROM endi_ext_delivery WHERE accepted_cents < net_cents OR state = 'contested'"
    bind = op.get_bind()
    if bind.execute(sa.text(newer)).scalar_one() or bind.execute(sa.text(partly)).scalar_one():
        message = (
            "amendments, frame agreements, disputes and partial acceptances have no place in revision 0005"
        )
        raise RuntimeError(message)


def reference_of(table):
    """Return what makes the columns of `table` that name rows of others."""

    def reference(column, target):
        foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
        return sa.Column(column, big_int(), foreign, nullable=False)

    return reference


def create_comments():
    table = "endi_ext_comment"
    reference = reference_of(table)
    op.create_table(
        table,
        sa.Column("id", big_int(), nullable=False),
        reference("subcontract_id", "subcontract"),
        reference("party_id", "party"),
        sa.Column("request_key", exact(64), nullable=False),
        sa.Column("actor_key", sa.String(60), nullable=False),
        sa.Column("actor_name", sa.String(190), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("request_key", name=op.f(f"uq_{table}_request_key")),
        **INNODB,
    )
    op.create_index(op.f(f"ix_{table}_subcontract_id"), table, ["subcontract_id"])


def create_amendments():
    table = "endi_ext_amendment"
    reference = reference_of(table)
    op.create_table(
        table,
        sa.Column("id", big_int(), nullable=False),
        reference("subcontract_id", "subcontract"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request_key", exact(64), nullable=False),
        sa.Column("open_key", big_int()),
        reference("proposed_by_id", "party"),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("decided_at", instant()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("subcontract_id", "number", name=op.f(f"uq_{table}_subcontract_id_number")),
        sa.UniqueConstraint("request_key", name=op.f(f"uq_{table}_request_key")),
        sa.UniqueConstraint("open_key", name=op.f(f"uq_{table}_open_key")),
        named(
            "amendment",
            "state_is_known",
            "state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'expired')",
        ),
        **INNODB,
    )
