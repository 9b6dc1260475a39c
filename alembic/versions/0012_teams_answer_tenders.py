"""Teams answer tenders: notices kept, tenders, their lots and members."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
NOTICE, TENDER, LOT, MEMBER = (f"endi_ext_{name}" for name in ("tender_notice", "tender", "lot", "member"))
TENDER_CHECKS = {
    "state_is_known": "state IN ('preparing', 'answering', 'submitted', 'won', 'lost', 'abandoned')",
    "liability_is_known": "liability IN ('none', 'several', 'joint_and_several')",
    "rule_is_known": "decision_rule IN ('unanimity', 'majority', 'lead')",
    "deductions_fit": "fee_bp >= 0 AND fee_bp <= 10000 AND common_cents >= 0"
    " AND retention_rate_bp >= 0 AND retention_rate_bp <= 10000",
}
MEMBER_CHECKS = {
    "role_is_known": "role IN ('lead', 'member', 'adviser')",
    "state_is_known": "state IN ('invited', 'accepted', 'declined', 'removed', 'left')",
    "via_is_known": "via IN ('party', 'firm', 'cooperative')",
    "party_or_outside": "(via = 'party') = (party_id IS NOT NULL)",
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
        NOTICE,
        needed("id", big_int()),
        needed("notice_key", exact(100)),
        needed("version", exact(20)),
        sa.Column("procedure_key", exact(100)),
        needed("source", sa.String(20)),
        needed("title", sa.String(500)),
        needed("buyer_name", sa.String(300)),
        sa.Column("deadline", instant()),
        needed("facts", long_text()),
        needed("digest", sa.String(64)),
        reference(NOTICE, "replaces_id", "tender_notice", nullable=True),
        needed("current", sa.Boolean()),
        needed("actor_key", sa.String(60)),
        needed("actor_name", sa.String(190)),
        needed("imported_at", instant()),
        key(NOTICE),
        unique(NOTICE, "notice_key", "version"),
        **INNODB,
    )
    op.create_index(f"ix_{NOTICE}_replaces_id", NOTICE, ["replaces_id"])
    op.create_index(f"ix_{NOTICE}_procedure", NOTICE, ["procedure_key", "id"])
    op.create_index(f"ix_{NOTICE}_deadline", NOTICE, ["current", "deadline", "id"])
    op.create_table(
        TENDER,
        needed("id", big_int()),
        needed("request_key", exact(64)),
        reference(TENDER, "lead_id", "party"),
        reference(TENDER, "notice_id", "tender_notice", nullable=True),
        sa.Column("procedure_key", exact(100)),
        needed("state", sa.String(20)),
        needed("title", sa.String(500)),
        needed("reference", sa.String(100)),
        needed("description", long_text()),
        needed("buyer_name", sa.String(300)),
        needed("buyer_siret", sa.String(14)),
        needed("procedure", sa.String(60)),
        needed("cpv", long_text()),
        needed("places", long_text()),
        sa.Column("estimated_value_cents", big_int()),
        sa.Column("deadline", instant()),
        needed("group_form", long_text()),
        sa.Column("variants_allowed", sa.Boolean()),
        needed("documents_url", sa.String(1000)),
        needed("submission_url", sa.String(1000)),
        needed("requested_documents", long_text()),
        needed("language", sa.String(10)),
        needed("liability", sa.String(20)),
        needed("lead_is_liable", sa.Boolean()),
        needed("decision_rule", sa.String(20)),
        needed("fee_bp", sa.Integer()),
        needed("common_cents", big_int()),
        needed("retention_rate_bp", sa.Integer()),
        needed("member_count", sa.Integer()),
        needed("created_at", instant()),
        sa.Column("submitted_at", instant()),
        sa.Column("closed_at", instant()),
        needed("outcome_reason", sa.String(2000)),
        sa.Column("deal_key", sa.String(60)),
        key(TENDER),
        unique(TENDER, "request_key"),
        *checks(TENDER, TENDER_CHECKS),
        **INNODB,
    )
    op.create_index(f"ix_{TENDER}_notice_id", TENDER, ["notice_id"])
    op.create_index(f"ix_{TENDER}_procedure_key", TENDER, ["procedure_key"])
    op.create_index(f"ix_{TENDER}_lead", TENDER, ["lead_id", "id"])
    op.create_index(f"ix_{TENDER}_state", TENDER, ["state", "deadline", "id"])
    op.create_table(
        LOT,
        needed("id", big_int()),
        reference(LOT, "tender_id", "tender"),
        needed("position", sa.Integer()),
        needed("key", exact(40)),
        needed("title", sa.String(500)),
        needed("description", long_text()),
        needed("cpv", long_text()),
        sa.Column("estimated_value_cents", big_int()),
        sa.Column("deadline", instant()),
        needed("criteria", long_text()),
        needed("answered", sa.Boolean()),
        needed("outcome", sa.String(10)),
        key(LOT),
        unique(LOT, "tender_id", "position"),
        unique(LOT, "tender_id", "key"),
        *checks(LOT, {"outcome_is_known": "outcome IN ('none', 'won', 'lost')"}),
        **INNODB,
    )
    op.create_table(
        MEMBER,
        needed("id", big_int()),
        reference(MEMBER, "tender_id", "tender"),
        needed("position", sa.Integer()),
        needed("via", sa.String(20)),
        reference(MEMBER, "party_id", "party", nullable=True),
        needed("firm_name", sa.String(190)),
        needed("siret", sa.String(14)),
        needed("email", sa.String(190)),
        needed("role", sa.String(10)),
        needed("state", sa.String(10)),
        needed("mission", sa.String(500)),
        sa.Column("answer_by", sa.Date()),
        sa.Column("cap_cents", big_int()),
        needed("invited_at", instant()),
        sa.Column("answered_at", instant()),
        needed("reason", sa.String(2000)),
        key(MEMBER),
        unique(MEMBER, "tender_id", "position"),
        unique(MEMBER, "tender_id", "party_id"),
        *checks(MEMBER, MEMBER_CHECKS),
        **INNODB,
    )
    op.create_index(f"ix_{MEMBER}_party", MEMBER, ["party_id", "state", "tender_id"])


def downgrade():
    for table in (MEMBER, LOT, TENDER, NOTICE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
