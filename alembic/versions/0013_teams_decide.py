"""Teams decide: what entrepreneurs offer and where they are, positions, criteria."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
PARTY = "endi_ext_party"
DECISION, POSITION, CRITERION, SCORE, PROFILE = (
    f"endi_ext_{name}" for name in ("decision", "position", "criterion", "score", "profile")
)
PLACE = {"postcode": sa.String(20), "city": sa.String(190)}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def long_text():
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql").with_variant(mysql.MEDIUMTEXT(), "mariadb")


def needed(name, column_type):
    return sa.Column(name, column_type, nullable=False)


def reference(table, column, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, big_int(), foreign, nullable=False)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def key(table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade():
    for name, column_type in PLACE.items():
        # The host fills them in: at its next start, or when it writes the company.
        op.add_column(PARTY, sa.Column(name, column_type, nullable=False, server_default=""))
    create_decisions()
    create_criteria()
    op.create_table(
        PROFILE,
        needed("id", big_int()),
        reference(PROFILE, "party_id", "party"),
        needed("skills", sa.String(2000)),
        needed("area", sa.String(300)),
        needed("availability", sa.String(20)),
        sa.Column("available_from", sa.Date()),
        needed("note", sa.String(500)),
        needed("changed_at", instant()),
        needed("changed_by", sa.String(190)),
        key(PROFILE),
        unique(PROFILE, "party_id"),
        check(
            PROFILE,
            "availability_is_known",
            "availability IN ('available', 'partly', 'busy', 'unknown')",
        ),
        **INNODB,
    )


def create_decisions():
    op.create_table(
        DECISION,
        needed("id", big_int()),
        reference(DECISION, "tender_id", "tender"),
        needed("number", sa.Integer()),
        needed("state", sa.String(10)),
        needed("rule", sa.String(20)),
        sa.Column("closes_on", sa.Date()),
        needed("opened_at", instant()),
        needed("statement", sa.String(2000)),
        needed("positions_said", long_text()),
        sa.Column("closed_at", instant()),
        needed("closed_by", sa.String(190)),
        key(DECISION),
        unique(DECISION, "tender_id", "number"),
        check(DECISION, "state_is_known", "state IN ('open', 'go', 'no_go')"),
        check(DECISION, "rule_is_known", "rule IN ('unanimity', 'majority', 'lead')"),
        **INNODB,
    )
    op.create_table(
        POSITION,
        needed("id", big_int()),
        reference(POSITION, "decision_id", "decision"),
        reference(POSITION, "member_id", "member"),
        needed("stance", sa.String(10)),
        needed("reason", sa.String(2000)),
        needed("actor_name", sa.String(190)),
        needed("taken_at", instant()),
        key(POSITION),
        unique(POSITION, "decision_id", "member_id"),
        check(POSITION, "stance_is_known", "stance IN ('go', 'no_go', 'abstain')"),
        **INNODB,
    )
    op.create_index(f"ix_{POSITION}_member_id", POSITION, ["member_id"])


def create_criteria():
    op.create_table(
        CRITERION,
        needed("id", big_int()),
        reference(CRITERION, "tender_id", "tender"),
        needed("position", sa.Integer()),
        needed("label", sa.String(190)),
        needed("weight", sa.Integer()),
        key(CRITERION),
        unique(CRITERION, "tender_id", "position"),
        check(CRITERION, "weight_is_positive", "weight > 0"),
        **INNODB,
    )
    op.create_table(
        SCORE,
        needed("id", big_int()),
        reference(SCORE, "criterion_id", "criterion"),
        reference(SCORE, "member_id", "member"),
        needed("value", sa.Integer()),
        key(SCORE),
        unique(SCORE, "criterion_id", "member_id"),
        check(SCORE, "value_fits", "value >= 1 AND value <= 5"),
        **INNODB,
    )
    op.create_index(f"ix_{SCORE}_member_id", SCORE, ["member_id"])


def downgrade():
    for table in (SCORE, CRITERION, POSITION, DECISION, PROFILE):
        op.execute(f"DROP TABLE IF EXISTS {table}")
    for name in reversed(PLACE):
        op.execute(f"ALTER TABLE {PARTY} DROP COLUMN {name}")
