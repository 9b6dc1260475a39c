"""Forms need more facts: what is asked about the consultation and about each outside firm, per tender."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
FACTS = "endi_ext_tender_form_facts"


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def long_text():
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql").with_variant(mysql.MEDIUMTEXT(), "mariadb")


def upgrade():
    foreign = sa.ForeignKey("endi_ext_tender.id", name=op.f(f"fk_{FACTS}_tender_id"))
    op.create_table(
        FACTS,
        sa.Column("id", big_int(), nullable=False),
        sa.Column("tender_id", big_int(), foreign, nullable=False),
        sa.Column("member_key", big_int(), nullable=False),
        sa.Column("facts", long_text(), nullable=False),
        sa.Column("changed_at", instant(), nullable=False),
        sa.Column("changed_by", sa.String(190), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{FACTS}")),
        sa.UniqueConstraint("tender_id", "member_key", name=op.f(f"uq_{FACTS}_tender_id_member_key")),
        **INNODB,
    )


def downgrade():
    op.execute(f"DROP TABLE IF EXISTS {FACTS}")
