"""Tenders end: what was submitted and won, competitors, and the agreements that carry the shares on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
SUBMISSION, RESULT, COMPETITOR, AGREEMENT, AGREEMENT_LINE = (
    f"endi_ext_tender_{name}"
    for name in ("submission", "lot_result", "competitor", "agreement", "agreement_line")
)
RESULT_CHECKS = {
    "outcome_is_known": "outcome IN ('won', 'lost')",
    "rank_is_positive": "our_rank IS NULL OR our_rank > 0",
    "count_is_positive": "bidder_count IS NULL OR bidder_count > 0",
}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def long_text():
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql").with_variant(mysql.MEDIUMTEXT(), "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target, *, nullable=False):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=nullable)


def checks(table, conditions):
    return [sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in conditions.items()]


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def key(table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade():
    op.create_table(
        SUBMISSION,
        needed("id", big_int()),
        reference(SUBMISSION, "tender_id", "tender"),
        needed("number", sa.Integer()),
        needed("submitted_at", instant()),
        needed("reference", sa.String(190)),
        needed("note", sa.String(2000)),
        reference(SUBMISSION, "file_id", "tender_file", nullable=True),
        sa.Column("total_cents", big_int()),
        needed("lot_cents", long_text()),
        needed("actor_key", sa.String(60)),
        needed("actor_name", sa.String(190)),
        needed("recorded_at", instant()),
        sa.Column("taken_back_at", instant()),
        key(SUBMISSION),
        unique(SUBMISSION, "tender_id", "number"),
        **INNODB,
    )
    op.create_index(f"ix_{SUBMISSION}_file_id", SUBMISSION, ["file_id"])
    op.create_table(
        RESULT,
        needed("id", big_int()),
        reference(RESULT, "tender_id", "tender"),
        reference(RESULT, "lot_id", "lot"),
        needed("outcome", sa.String(10)),
        sa.Column("decided_on", sa.Date()),
        needed("reason_kind", sa.String(20)),
        needed("reason", sa.String(2000)),
        sa.Column("our_cents", big_int()),
        sa.Column("our_rank", sa.Integer()),
        sa.Column("bidder_count", sa.Integer()),
        needed("recorded_at", instant()),
        key(RESULT),
        unique(RESULT, "lot_id"),
        *checks(RESULT, RESULT_CHECKS),
        **INNODB,
    )
    op.create_index(f"ix_{RESULT}_tender_id", RESULT, ["tender_id"])
    op.create_table(
        COMPETITOR,
        needed("id", big_int()),
        reference(COMPETITOR, "result_id", "tender_lot_result"),
        needed("position", sa.Integer()),
        needed("name", sa.String(190)),
        sa.Column("amount_cents", big_int()),
        needed("is_winner", sa.Boolean()),
        key(COMPETITOR),
        unique(COMPETITOR, "result_id", "position"),
        *checks(COMPETITOR, {"amount_is_not_negative": "amount_cents IS NULL OR amount_cents >= 0"}),
        **INNODB,
    )
    op.create_table(
        AGREEMENT,
        needed("id", big_int()),
        reference(AGREEMENT, "tender_id", "tender"),
        reference(AGREEMENT, "member_id", "member"),
        reference(AGREEMENT, "subcontract_id", "subcontract"),
        needed("sent_at", instant()),
        key(AGREEMENT),
        unique(AGREEMENT, "subcontract_id"),
        **INNODB,
    )
    op.create_index(f"ix_{AGREEMENT}_tender_id", AGREEMENT, ["tender_id"])
    op.create_index(f"ix_{AGREEMENT}_member_id", AGREEMENT, ["member_id"])
    op.create_table(
        AGREEMENT_LINE,
        needed("id", big_int()),
        reference(AGREEMENT_LINE, "agreement_id", "tender_agreement"),
        needed("line_key", sa.Integer()),
        needed("price_line_id", big_int()),
        needed("gross_cents", big_int()),
        needed("agreed_cents", big_int()),
        key(AGREEMENT_LINE),
        unique(AGREEMENT_LINE, "agreement_id", "line_key"),
        **INNODB,
    )
    op.create_index(f"ix_{AGREEMENT_LINE}_price_line_id", AGREEMENT_LINE, ["price_line_id"])


def downgrade():
    for table in (AGREEMENT_LINE, AGREEMENT, COMPETITOR, RESULT, SUBMISSION):
        op.execute(f"DROP TABLE IF EXISTS {table}")
