"""Documents of the host are adopted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
PAIR, ADOPTION, LEFT_OUT = "endi_ext_host_pair", "endi_ext_adoption", "endi_ext_left_out"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def long_text():
    medium = mysql.MEDIUMTEXT()
    return sa.Text().with_variant(medium, "mysql").with_variant(medium, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def key_to(table, name, target, *, nullable):
    column = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, big_int(), column, nullable=nullable)


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def create(table, *parts):
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, needed("id", big_int()), *parts, primary, **INNODB)


def upgrade():
    create(
        PAIR,
        needed("origin", exact(20)),
        needed("key", exact(60)),
        needed("kind", exact(20)),
        key_to(PAIR, "exchange_id", "endi_ext_exchange", nullable=True),
        needed("sale_number", sa.String(255)),
        needed("purchase_key", exact(60)),
        needed("purchase_number", sa.String(255)),
        sa.Column("quotation_key", exact(60)),
        needed("said_on", sa.Date()),
        needed("amount_cents", big_int()),
        needed("digest", exact(64)),
        needed("read_at", instant()),
        unique(PAIR, "origin", "key"),
        check(PAIR, "kind_is_known", "kind IN ('quotation', 'invoice', 'credit_note')"),
    )
    op.create_index(op.f(f"ix_{PAIR}_exchange"), PAIR, ["exchange_id", "id"])
    op.create_index(op.f(f"ix_{PAIR}_quotation"), PAIR, ["origin", "quotation_key", "id"])
    create(
        ADOPTION,
        needed("request_key", exact(64)),
        needed("origin", exact(20)),
        needed("dry_run", sa.Boolean(name=op.f(f"ck_{ADOPTION}_dry_run_is_boolean"))),
        sa.Column("since", instant()),
        needed("state", sa.String(10)),
        needed("place", exact(60)),
        needed("expected", sa.Integer()),
        needed("seen", sa.Integer()),
        needed("counts", long_text()),
        needed("started_at", instant()),
        needed("started_by", sa.String(190)),
        sa.Column("finished_at", instant()),
        unique(ADOPTION, "request_key"),
        check(ADOPTION, "state_is_known", "state IN ('running', 'done', 'stopped')"),
    )
    op.create_index(op.f(f"ix_{ADOPTION}_state"), ADOPTION, ["state", "dry_run", "id"])
    create(
        LEFT_OUT,
        key_to(LEFT_OUT, "adoption_id", ADOPTION, nullable=False),
        needed("key", exact(60)),
        needed("kind", exact(20)),
        needed("reason", exact(40)),
        needed("number", sa.String(255)),
        needed("said_on", sa.Date()),
        needed("amount_cents", big_int()),
        needed("seller_key", sa.String(60)),
        needed("buyer_key", sa.String(60)),
        key_to(LEFT_OUT, "exchange_id", "endi_ext_exchange", nullable=True),
        unique(LEFT_OUT, "adoption_id", "key"),
    )
    op.create_index(op.f(f"ix_{LEFT_OUT}_reason"), LEFT_OUT, ["adoption_id", "reason", "id"])


def downgrade():
    # IF EXISTS: MariaDB commits each table as it drops it, and a downgrade that broke is begun again.
    for table in (LEFT_OUT, ADOPTION, PAIR):
        op.execute(f"DROP TABLE IF EXISTS {table}")
