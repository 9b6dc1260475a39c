"""Papers are gathered: files, checklists, steps, questions, parts of the proposal."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
FILE, PIECE = "endi_ext_tender_file", "endi_ext_tender_file_piece"
KIND, COMMON, PAPER = "endi_ext_paper_kind", "endi_ext_cooperative_paper", "endi_ext_tender_paper"
STEP, QUESTION, PART = "endi_ext_tender_step", "endi_ext_tender_question", "endi_ext_proposal_part"


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


def bytes_of_a_piece():
    large = mysql.LONGBLOB()
    return sa.LargeBinary().with_variant(large, "mysql").with_variant(large, "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target, *, nullable=False):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=nullable)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def create(table, *parts):
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, needed("id", big_int()), *parts, primary, **INNODB)


def upgrade():
    create_files()
    create_papers()
    create_calendar()
    create_proposal()


def create_files():
    create(
        FILE,
        reference(FILE, "tender_id", "tender", nullable=True),
        needed("name", sa.String(190)),
        needed("kind", sa.String(10)),
        needed("size_bytes", big_int()),
        needed("sha256", sa.String(64)),
        needed("actor_key", sa.String(60)),
        needed("actor_name", sa.String(190)),
        needed("kept_at", instant()),
        check(FILE, "size_is_positive", "size_bytes > 0"),
    )
    op.create_index(f"ix_{FILE}_tender_id", FILE, ["tender_id"])
    create(
        PIECE,
        reference(PIECE, "file_id", "tender_file"),
        needed("position", sa.Integer()),
        needed("content", bytes_of_a_piece()),
        unique(PIECE, "file_id", "position"),
    )


def create_papers():
    create(
        KIND,
        needed("request_key", exact(64)),
        needed("position", sa.Integer()),
        needed("label", sa.String(300)),
        needed("who", sa.String(20)),
        needed("has_term", sa.Boolean()),
        needed("added_at", instant()),
        sa.Column("withdrawn_at", instant()),
        unique(KIND, "request_key"),
        check(KIND, "who_is_known", "who IN ('cooperative', 'team', 'member', 'firm')"),
    )
    create(
        COMMON,
        reference(COMMON, "kind_id", "paper_kind"),
        reference(COMMON, "file_id", "tender_file"),
        sa.Column("valid_until", sa.Date()),
        needed("provided_at", instant()),
        needed("provided_key", sa.String(60)),
        needed("provided_name", sa.String(190)),
    )
    op.create_index(f"ix_{COMMON}_kind", COMMON, ["kind_id", "id"])
    create(
        PAPER,
        reference(PAPER, "tender_id", "tender"),
        needed("item_key", exact(64)),
        needed("origin", sa.String(10)),
        needed("label", sa.String(300)),
        reference(PAPER, "member_id", "member", nullable=True),
        needed("state", sa.String(20)),
        reference(PAPER, "file_id", "tender_file", nullable=True),
        sa.Column("valid_until", sa.Date()),
        sa.Column("provided_at", instant()),
        needed("provided_key", sa.String(60)),
        needed("provided_name", sa.String(190)),
        sa.Column("checked_at", instant()),
        needed("checked_key", sa.String(60)),
        needed("checked_name", sa.String(190)),
        needed("reason", sa.String(2000)),
        unique(PAPER, "tender_id", "item_key"),
        check(PAPER, "origin_is_known", "origin IN ('notice', 'list', 'team')"),
        check(PAPER, "state_is_known", "state IN ('missing', 'provided', 'checked', 'not_needed')"),
    )


def create_calendar():
    create(
        STEP,
        reference(STEP, "tender_id", "tender"),
        needed("step_key", exact(64)),
        needed("label", sa.String(300)),
        sa.Column("days_before", sa.Integer()),
        sa.Column("due_on", sa.Date()),
        reference(STEP, "member_id", "member", nullable=True),
        needed("dropped", sa.Boolean()),
        sa.Column("done_at", instant()),
        needed("done_name", sa.String(190)),
        sa.Column("reminded_at", instant()),
        unique(STEP, "tender_id", "step_key"),
        check(STEP, "days_fit", "days_before IS NULL OR days_before >= 0"),
    )
    create(
        QUESTION,
        needed("request_key", exact(64)),
        reference(QUESTION, "tender_id", "tender"),
        needed("number", sa.Integer()),
        needed("state", sa.String(20)),
        needed("text", sa.String(4000)),
        reference(QUESTION, "written_by_id", "party"),
        needed("written_name", sa.String(190)),
        needed("written_at", instant()),
        sa.Column("sent_on", sa.Date()),
        needed("answer", long_text()),
        sa.Column("answered_on", sa.Date()),
        unique(QUESTION, "request_key"),
        unique(QUESTION, "tender_id", "number"),
        check(QUESTION, "state_is_known", "state IN ('draft', 'sent', 'answered', 'withdrawn')"),
    )


def create_proposal():
    create(
        PART,
        reference(PART, "tender_id", "tender"),
        needed("key", exact(64)),
        needed("position", sa.Integer()),
        needed("title", sa.String(300)),
        needed("guidance", sa.String(2000)),
        reference(PART, "member_id", "member", nullable=True),
        sa.Column("due_on", sa.Date()),
        needed("state", sa.String(20)),
        needed("text", long_text()),
        reference(PART, "file_id", "tender_file", nullable=True),
        needed("revision", sa.Integer()),
        needed("changed_at", instant()),
        needed("changed_name", sa.String(190)),
        sa.Column("removed_at", instant()),
        unique(PART, "tender_id", "key"),
        check(PART, "state_is_known", "state IN ('to_write', 'draft', 'ready')"),
    )
    op.create_index(f"ix_{PART}_place", PART, ["tender_id", "position", "id"])


def downgrade():
    # IF EXISTS: MariaDB commits each table as it drops it, and a downgrade that broke is begun again.
    for table in (PART, QUESTION, STEP, PAPER, COMMON, KIND, PIECE, FILE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
