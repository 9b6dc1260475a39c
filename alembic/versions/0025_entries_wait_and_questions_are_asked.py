"""Entries wait for an accountant, and accountants ask parties questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
# In the order of their foreign keys.
TABLES = (
    "draft", "draft_line", "waiting_step", "question", "question_message", "question_file",
    "question_file_piece",
)  # fmt: skip
EXCHANGE = "endi_ext_exchange"
STATES = "'open', 'partly_settled', 'settled', 'cancelled'"
CHECKS = {
    "net_is_positive": "net_cents > 0",
    "contribution_fits": "contribution_cents >= 0 AND contribution_cents <= net_cents",
    "settled_fits": "settled_cents >= 0 AND settled_cents <= net_cents",
    "held_fits": (
        "retained_cents >= 0 AND awaiting_cents >= 0"
        " AND settled_cents + retained_cents + awaiting_cents <= net_cents"
    ),
    "two_parties": "seller_id <> buyer_id",
}
STATE_BEFORE, STATE_AFTER = f"state IN ({STATES})", f"state IN ('waiting', {STATES})"
ONE_SIDE = "(debit_cents > 0 AND credit_cents = 0) OR (debit_cents = 0 AND credit_cents > 0)"


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


def reference(table, column, target, *, nullable=False):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_endi_ext_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=nullable)


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_endi_ext_{table}_{'_'.join(columns)}"))


def named(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_endi_ext_{table}_{name}"))


def create(table, *parts, numbered=True):
    identity = sa.Column("id", big_int(), nullable=False, autoincrement=numbered)
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_endi_ext_{table}"))
    op.create_table(f"endi_ext_{table}", identity, *parts, primary, **INNODB)


def index(name, table, *columns):
    op.create_index(op.f(f"ix_endi_ext_{name}"), f"endi_ext_{table}", list(columns))


def upgrade():
    create_drafts()
    exchanges_may_wait()
    create_questions()


def downgrade():
    # None is left where MariaDB broke off a downgrade that is begun again.
    if sa.inspect(op.get_bind()).has_table("endi_ext_draft"):
        waiting = sa.text("SELECT 1 FROM endi_ext_draft WHERE state = 'waiting' LIMIT 1")
        if op.get_bind().execute(waiting).first() is not None:
            raise RuntimeError("entries wait in the drafts: validate or reject them first")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE IF EXISTS endi_ext_{table}")
    if not on_sqlite():
        op.drop_constraint(op.f(f"ck_{EXCHANGE}_state_is_known"), EXCHANGE, type_="check")
    with changing(STATE_BEFORE) as exchange:
        exchange.drop_column("step_waits")
    if not on_sqlite():
        op.create_check_constraint(op.f(f"ck_{EXCHANGE}_state_is_known"), EXCHANGE, STATE_BEFORE)


def exchanges_may_wait():
    if not on_sqlite():
        op.drop_constraint(op.f(f"ck_{EXCHANGE}_state_is_known"), EXCHANGE, type_="check")
    with changing(STATE_AFTER) as exchange:
        exchange.add_column(sa.Column("step_waits", sa.String(20), nullable=False, server_default=""))
    if not on_sqlite():
        op.create_check_constraint(op.f(f"ck_{EXCHANGE}_state_is_known"), EXCHANGE, STATE_AFTER)
    create(
        "waiting_step",
        reference("waiting_step", "exchange_id", "exchange"),
        needed("kind", exact(20)),
        needed("source", exact(190)),
        needed("request_key", exact(64)),
        needed("amount_cents", big_int()),
        needed("contribution_cents", big_int()),
        needed("dated_on", sa.Date()),
        needed("number", sa.Integer()),
        needed("role", sa.String(20)),
        needed("reason", sa.String(2000)),
        needed("recorded_at", instant()),
        needed("recorded_by", sa.String(190)),
        needed("actor_key", sa.String(60)),
        unique("waiting_step", "exchange_id"),
        unique("waiting_step", "source"),
        named("waiting_step", "kind_is_known", "kind IN ('invoice', 'settle', 'reduce', 'release')"),
    )


def create_drafts():
    create(
        "draft",
        needed("journal", exact(10)),
        needed("effective_on", sa.Date()),
        needed("source", exact(220)),
        needed("text", sa.String(500)),
        needed("document", sa.String(190)),
        needed("total_cents", big_int()),
        needed("state", sa.String(10)),
        needed("recorded_at", instant()),
        needed("recorded_by", sa.String(190)),
        sa.Column("decided_at", instant()),
        sa.Column("decided_by", sa.String(190)),
        needed("reason", sa.String(2000)),
        unique("draft", "source"),
        named("draft", "state_is_known", "state IN ('waiting', 'validated', 'rejected')"),
        named("draft", "total_is_positive", "total_cents > 0"),
        named("draft", "decided_once", "(state = 'waiting') = (decided_at IS NULL)"),
        numbered=False,
    )
    index("draft_state", "draft", "state", "effective_on", "id")
    create(
        "draft_line",
        reference("draft_line", "draft_id", "draft"),
        needed("position", sa.Integer()),
        needed("number", exact(20)),
        reference("draft_line", "party_id", "party"),
        reference("draft_line", "counterparty_id", "party", nullable=True),
        needed("debit_cents", big_int()),
        needed("credit_cents", big_int()),
        unique("draft_line", "draft_id", "position"),
        named("draft_line", "one_side_is_positive", ONE_SIDE),
    )
    index("draft_line_party", "draft_line", "party_id", "draft_id")


def create_questions():
    subjects = "'entry', 'exchange', 'draft', 'finding', 'leftover', 'other'"
    create(
        "question",
        needed("request_key", exact(64)),
        reference("question", "party_id", "party"),
        needed("subject", exact(20)),
        needed("subject_id", big_int()),
        needed("title", sa.String(190)),
        needed("on_day", sa.Date()),
        needed("amount_cents", big_int()),
        needed("state", sa.String(10)),
        needed("message_count", sa.Integer()),
        needed("file_count", sa.Integer()),
        needed("file_bytes", big_int()),
        needed("asked_at", instant()),
        needed("asked_by", sa.String(190)),
        needed("asked_key", sa.String(60)),
        sa.Column("answered_at", instant()),
        sa.Column("closed_at", instant()),
        sa.Column("closed_by", sa.String(190)),
        unique("question", "request_key"),
        named("question", "state_is_known", "state IN ('asked', 'answered', 'closed')"),
        named("question", "subject_is_known", f"subject IN ({subjects})"),
        named("question", "amount_is_not_negative", "amount_cents >= 0"),
    )
    index("question_of_a_party", "question", "party_id", "state", "id")
    index("question_state", "question", "state", "on_day", "id")
    index("question_subject", "question", "subject", "subject_id", "id")
    create(
        "question_message",
        reference("question_message", "question_id", "question"),
        needed("number", sa.Integer()),
        needed("request_key", exact(64)),
        needed("side", sa.String(10)),
        needed("author_key", sa.String(60)),
        needed("author_name", sa.String(190)),
        needed("text", sa.String(4000)),
        needed("written_at", instant()),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_endi_ext_question_message_question_id_number")
        ),
        unique("question_message", "request_key"),
        named("question_message", "side_is_known", "side IN ('accountant', 'party')"),
    )
    create(
        "question_file",
        reference("question_file", "message_id", "question_message"),
        needed("name", sa.String(190)),
        needed("kind", sa.String(10)),
        needed("size_bytes", big_int()),
        needed("sha256", sa.String(64)),
        named("question_file", "size_is_positive", "size_bytes > 0"),
    )
    index("question_file_message_id", "question_file", "message_id")
    piece = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql").with_variant(mysql.LONGBLOB(), "mariadb")
    create(
        "question_file_piece",
        reference("question_file_piece", "file_id", "question_file"),
        needed("position", sa.Integer()),
        needed("content", piece),
        unique("question_file_piece", "file_id", "position"),
    )


def on_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def changing(states):
    """Return what changes the exchanges: SQLite makes the table anew, and must be told what it checks."""
    if not on_sqlite():
        return op.batch_alter_table(EXCHANGE)
    spelled = [named("exchange", name, condition) for name, condition in CHECKS.items()]
    found = sa.Table(EXCHANGE, sa.MetaData(), autoload_with=op.get_bind())
    found.constraints -= {one for one in found.constraints if isinstance(one, sa.CheckConstraint)}
    return op.batch_alter_table(
        EXCHANGE,
        recreate="always",
        copy_from=found,
        table_args=[*spelled, named("exchange", "state_is_known", states)],
    )
