"""Disputes have messages and files; the host knows the right to arbitrate them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
DISPUTE, MESSAGE, PART = "endi_ext_dispute", "endi_ext_dispute_message", "endi_ext_dispute_part"
FILE, PIECE = "endi_ext_dispute_file", "endi_ext_dispute_file_piece"

# In enDI a right is a row, held by its administrators from the start; see revision 0004.
RIGHT, ADMINISTRATORS = "endi_ext_arbiter", "admin"
HOST_TABLES = {"access_rights", "groups", "groups_access_rights"}
rights = sa.table("access_rights", sa.column("id"), sa.column("name"))
groups = sa.table("groups", sa.column("id"), sa.column("name"))
held = sa.table("groups_access_rights", sa.column("access_right_id"), sa.column("group_id"))
ours = rights.c.name == RIGHT


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    """A text compared byte by byte: MariaDB's usual collation ignores case and accents."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def bytes_of_a_piece():
    large = mysql.LONGBLOB()
    return sa.LargeBinary().with_variant(large, "mysql").with_variant(large, "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def create(table, *parts):
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, needed("id", big_int()), *parts, primary, **INNODB)


def upgrade():
    create_disputes()
    create_messages()
    create_files()
    if in_endi():
        add_the_right()


def create_disputes():
    create(
        DISPUTE,
        reference(DISPUTE, "subcontract_id", "subcontract"),
        needed("subject", sa.String(20)),
        needed("subject_id", big_int()),
        sa.Column("open_key", exact(40)),
        reference(DISPUTE, "opened_by_id", "party"),
        needed("state", sa.String(20)),
        needed("reason", sa.String(2000)),
        needed("amount_cents", big_int()),
        sa.Column("expected", sa.String(10)),
        needed("message_count", sa.Integer()),
        needed("file_count", sa.Integer()),
        needed("file_bytes", big_int()),
        sa.Column("proposal_number", sa.Integer()),
        sa.Column("arbitration_at", instant()),
        sa.Column("arbiter_key", sa.String(60)),
        sa.Column("arbiter_name", sa.String(190)),
        sa.Column("outcome", sa.String(20)),
        sa.Column("decided_by", sa.String(20)),
        sa.Column("awarded_cents", big_int()),
        needed("opened_at", instant()),
        sa.Column("closed_at", instant()),
        unique(DISPUTE, "open_key"),
        check(DISPUTE, "state_is_known", "state IN ('open', 'arbitration', 'closed')"),
        check(DISPUTE, "subject_is_known", "subject IN ('delivery', 'retention')"),
        check(DISPUTE, "amount_is_positive", "amount_cents > 0"),
        check(
            DISPUTE,
            "awarded_fits",
            "awarded_cents IS NULL OR (awarded_cents >= 0 AND awarded_cents <= amount_cents)",
        ),
        check(
            DISPUTE,
            "closed_with_an_outcome",
            "(state = 'closed') = (open_key IS NULL) AND (state = 'closed') = (outcome IS NOT NULL)",
        ),
    )
    op.create_index(op.f(f"ix_{DISPUTE}_subcontract_id"), DISPUTE, ["subcontract_id"])
    op.create_index(op.f(f"ix_{DISPUTE}_subject"), DISPUTE, ["subject", "subject_id", "id"])
    op.create_index(op.f(f"ix_{DISPUTE}_state"), DISPUTE, ["state", "id"])


def create_messages():
    create(
        MESSAGE,
        reference(MESSAGE, "dispute_id", "dispute"),
        needed("number", sa.Integer()),
        needed("request_key", exact(64)),
        needed("side", sa.String(10)),
        needed("author_key", sa.String(60)),
        needed("author_name", sa.String(190)),
        needed("kind", sa.String(20)),
        needed("text", sa.String(4000)),
        sa.Column("outcome", sa.String(20)),
        sa.Column("amount_cents", big_int()),
        needed("written_at", instant()),
        unique(MESSAGE, "dispute_id", "number"),
        unique(MESSAGE, "request_key"),
        check(MESSAGE, "side_is_known", "side IN ('buyer', 'seller', 'arbiter')"),
        check(MESSAGE, "kind_is_known", "kind IN ('message', 'proposal', 'request', 'decision')"),
        check(MESSAGE, "outcome_is_proposed", "(kind IN ('proposal', 'decision')) = (outcome IS NOT NULL)"),
    )
    create(
        PART,
        reference(PART, "message_id", "dispute_message"),
        reference(PART, "delivery_line_id", "delivery_line"),
        needed("accepted_thousandths", big_int()),
        needed("refusal", sa.String(500)),
        unique(PART, "message_id", "delivery_line_id"),
        check(PART, "accepted_is_not_negative", "accepted_thousandths >= 0"),
    )


def create_files():
    create(
        FILE,
        reference(FILE, "message_id", "dispute_message"),
        needed("name", sa.String(190)),
        needed("kind", sa.String(10)),
        needed("size_bytes", big_int()),
        needed("sha256", sa.String(64)),
        check(FILE, "size_is_positive", "size_bytes > 0"),
    )
    op.create_index(op.f(f"ix_{FILE}_message_id"), FILE, ["message_id"])
    create(
        PIECE,
        reference(PIECE, "file_id", "dispute_file"),
        needed("position", sa.Integer()),
        needed("content", bytes_of_a_piece()),
        unique(PIECE, "file_id", "position"),
    )


def add_the_right():
    if op.get_bind().execute(sa.select(rights.c.id).where(ours)).first() is None:
        op.execute(rights.insert().values(name=RIGHT))
    already = sa.exists().where(held.c.access_right_id == rights.c.id, held.c.group_id == groups.c.id)
    pairs = rights.join(groups, groups.c.name == ADMINISTRATORS)
    missing = sa.select(rights.c.id, groups.c.id).select_from(pairs).where(ours, ~already)
    for right_id, group_id in op.get_bind().execute(missing).all():
        op.execute(held.insert().values(access_right_id=right_id, group_id=group_id))


def downgrade():
    # IF EXISTS: MariaDB commits each table as it drops it, and a downgrade that broke is begun again.
    for table in (PIECE, FILE, PART, MESSAGE, DISPUTE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    if in_endi():
        ids = list(op.get_bind().execute(sa.select(rights.c.id).where(ours)).scalars())
        op.execute(held.delete().where(held.c.access_right_id.in_(ids)))
        op.execute(rights.delete().where(rights.c.id.in_(ids)))


def in_endi():
    return HOST_TABLES <= set(sa.inspect(op.get_bind()).get_table_names())
