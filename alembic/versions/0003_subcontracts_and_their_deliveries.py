"""Subcontracts with the versions both sides sign, and their deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (  # in the order of their foreign keys
    "subcontract",
    "subcontract_version",
    "subcontract_line",
    "signature",
    "delivery",
    "delivery_line",
)
INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}

DELIVERED_FITS = (
    "accepted_thousandths >= 0 AND accepted_thousandths <= delivered_thousandths"
    " AND delivered_thousandths <= quantity_thousandths"
)


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def whole(name):
    """A whole number: cents, thousandths, or a key."""
    return sa.Column(name, big_int(), nullable=False)


def reference(table, column, target, **options):
    """A column and its foreign key to `target`.id."""
    options.setdefault("nullable", False)
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_endi_ext_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, **options)


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_endi_ext_{table}_{'_'.join(columns)}"))


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def positive(table, column, name):
    return check(table, f"{name}_is_positive", f"{column} > 0")


def create(table, *items):
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_endi_ext_{table}"))
    op.create_table(f"endi_ext_{table}", whole("id"), *items, primary, **INNODB)


def index(table, name, *columns):
    op.create_index(op.f(f"ix_endi_ext_{table}_{name}"), f"endi_ext_{table}", list(columns))


def upgrade():
    try:
        create_subcontracts()
        create_versions()
        create_deliveries()
    except sa.exc.DBAPIError:
        # MariaDB commits each change of structure by itself: without this, a second attempt would find half
        # of it.
        if op.get_bind().dialect.name != "sqlite":
            downgrade()
        raise


def downgrade():
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE IF EXISTS endi_ext_{table}")


def create_subcontracts():
    create(
        "subcontract",
        sa.Column("request_key", exact(64), nullable=False),
        reference("subcontract", "buyer_id", "party"),
        reference("subcontract", "seller_id", "party"),
        reference("subcontract", "proposed_by_id", "party"),
        sa.Column("title", sa.String(190), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("delivery_count", sa.Integer(), nullable=False),
        whole("accepted_cents"),
        sa.Column("created_at", instant(), nullable=False),
        unique("subcontract", "request_key"),
        check("subcontract", "two_parties", "seller_id <> buyer_id"),
        check(
            "subcontract",
            "state_is_known",
            "state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'completed')",
        ),
        check("subcontract", "accepted_is_not_negative", "accepted_cents >= 0"),
    )
    index("subcontract", "buyer", "buyer_id", "id")
    index("subcontract", "seller", "seller_id", "id")


def create_versions():
    create(
        "subcontract_version",
        reference("subcontract_version", "subcontract_id", "subcontract"),
        sa.Column("number", sa.Integer(), nullable=False),
        reference("subcontract_version", "proposed_by_id", "party"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("message", sa.String(2000), nullable=False),
        whole("total_cents"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        unique("subcontract_version", "subcontract_id", "number"),
        positive("subcontract_version", "total_cents", "total"),
    )
    create(
        "subcontract_line",
        reference("subcontract_line", "version_id", "subcontract_version"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        whole("quantity_thousandths"),
        sa.Column("unit", sa.String(30), nullable=False),
        whole("unit_price_cents"),
        whole("total_cents"),
        whole("delivered_thousandths"),
        whole("delivered_cents"),
        whole("accepted_thousandths"),
        unique("subcontract_line", "version_id", "position"),
        positive("subcontract_line", "quantity_thousandths", "quantity"),
        positive("subcontract_line", "unit_price_cents", "unit_price"),
        positive("subcontract_line", "total_cents", "total"),
        check("subcontract_line", "delivered_fits", DELIVERED_FITS),
        check(
            "subcontract_line",
            "delivered_price_fits",
            "delivered_cents >= 0 AND delivered_cents <= total_cents",
        ),
    )
    create(
        "signature",
        reference("signature", "version_id", "subcontract_version"),
        reference("signature", "party_id", "party"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("actor_key", sa.String(60), nullable=False),
        sa.Column("actor_name", sa.String(190), nullable=False),
        sa.Column("signed_at", instant(), nullable=False),
        unique("signature", "version_id", "party_id"),
    )


def create_deliveries():
    create(
        "delivery",
        reference("delivery", "subcontract_id", "subcontract"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("request_key", exact(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        whole("net_cents"),
        reference("delivery", "exchange_id", "exchange", nullable=True),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("decided_at", instant()),
        unique("delivery", "subcontract_id", "number"),
        unique("delivery", "request_key"),
        unique("delivery", "exchange_id"),
        positive("delivery", "net_cents", "net"),
        check("delivery", "state_is_known", "state IN ('declared', 'accepted', 'contested', 'withdrawn')"),
    )
    create(
        "delivery_line",
        reference("delivery_line", "delivery_id", "delivery"),
        reference("delivery_line", "line_id", "subcontract_line"),
        whole("quantity_thousandths"),
        whole("net_cents"),
        unique("delivery_line", "delivery_id", "line_id"),
        positive("delivery_line", "quantity_thousandths", "quantity"),
        positive("delivery_line", "net_cents", "net"),
    )
