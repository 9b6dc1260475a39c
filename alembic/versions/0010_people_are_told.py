"""People are told: which events are still to tell, who was told of which, and what each person prefers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def named(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade():
    # What happened before has nothing to tell: nobody wants last year's letters.
    op.add_column("endi_ext_event", sa.Column("untold", sa.Boolean()))
    op.create_index(op.f("ix_endi_ext_event_untold"), "endi_ext_event", ["untold"])
    create_choices()
    create_notices()


def create_choices():
    table = "endi_ext_person_choice"
    op.create_table(
        table,
        sa.Column("user_key", sa.String(60), nullable=False),
        sa.Column("letters", sa.String(10), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("changed_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("user_key", name=op.f(f"pk_{table}")),
        named(table, "letters_are_known", "letters IN ('at_once', 'daily', 'never')"),
        **INNODB,
    )


def create_notices():
    table = "endi_ext_notice"

    def reference(column, target):
        foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{column}"))
        return sa.Column(column, big_int(), foreign, nullable=False)

    op.create_table(
        table,
        sa.Column("id", big_int(), nullable=False),
        reference("event_id", "event"),
        sa.Column("user_key", sa.String(60), nullable=False),
        reference("party_id", "party"),
        sa.Column("letter", sa.String(10), nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", instant()),
        sa.Column("sent_at", instant()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("event_id", "user_key", name=op.f(f"uq_{table}_event_id_user_key")),
        named(table, "letter_is_known", "letter IN ('at_once', 'daily', 'none')"),
        named(table, "claimed_before_sent", "sent_at IS NULL OR claimed_at IS NOT NULL"),
        **INNODB,
    )
    op.create_index("ix_endi_ext_notice_of_a_person", table, ["user_key", "id"])
    op.create_index("ix_endi_ext_notice_to_send", table, ["letter", "claimed_at", "id"])


def downgrade():
    op.drop_table("endi_ext_notice")
    op.drop_table("endi_ext_person_choice")
    op.drop_index(op.f("ix_endi_ext_event_untold"), "endi_ext_event")
    op.drop_column("endi_ext_event", "untold")
