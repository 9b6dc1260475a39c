"""Lists are matched by people: campaigns, pairs of parties, documents, matches, and what waits to be
written.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
CAMPAIGN, PAIR, MATCH = "endi_ext_matching_campaign", "endi_ext_matching_pair", "endi_ext_matching_match"
DOCUMENT, BATCH = "endi_ext_matching_document", "endi_ext_matching_batch"
COUNTS = ("confirmed_count", "suggested_count", "accepted_count", "left_count", "waived_count")


def big_int():
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant():
    exact = mysql.DATETIME(fsp=6)
    return sa.DateTime().with_variant(exact, "mysql").with_variant(exact, "mariadb")


def exact(length):
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return sa.String(length).with_variant(binary, "mysql").with_variant(binary, "mariadb")


def long_text():
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql").with_variant(mysql.MEDIUMTEXT(), "mariadb")


def large():
    blob = mysql.LONGBLOB()
    return sa.LargeBinary().with_variant(blob, "mysql").with_variant(blob, "mariadb")


def counts():
    return [sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS]


def refers(table, name, target, *, nullable=False, **options):
    foreign = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, big_int(), foreign, nullable=nullable, **options)


def own_id(table):
    return (
        sa.Column("id", big_int(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def upgrade():
    create_campaign()
    op.create_table(
        PAIR,
        *counts(),
        *own_id(PAIR),
        refers(PAIR, "campaign_id", CAMPAIGN),
        sa.Column("seller", sa.String(300), nullable=False),
        sa.Column("buyer", sa.String(300), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        **INNODB,
    )
    op.create_index("ix_endi_ext_matching_pair_waits", PAIR, ["campaign_id", "waits", "id"])
    create_match()
    create_document()
    op.create_table(
        BATCH,
        refers(BATCH, "campaign_id", CAMPAIGN),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", exact(10), nullable=False),
        sa.Column("content", large(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "position", name=op.f(f"pk_{BATCH}")),
        **INNODB,
    )


def create_campaign():
    op.create_table(
        CAMPAIGN,
        *counts(),
        sa.Column("id", big_int(), nullable=False),
        sa.Column("request_key", exact(64), nullable=False),
        sa.Column("name", sa.String(190), nullable=False),
        sa.Column("source", exact(20), nullable=False),
        sa.Column("sales_name", sa.String(190), nullable=False),
        sa.Column("purchases_name", sa.String(190), nullable=False),
        sa.Column("sales_count", sa.Integer(), nullable=False),
        sa.Column("purchases_count", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("state", exact(20), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("batches_left", sa.Integer(), nullable=False),
        sa.Column("last_match", sa.Integer(), nullable=False),
        sa.Column("created_at", instant(), nullable=False),
        sa.Column("created_by", sa.String(190), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CAMPAIGN}")),
        sa.UniqueConstraint("request_key", name=op.f(f"uq_{CAMPAIGN}_request_key")),
        sa.CheckConstraint(
            "state IN ('loading', 'open', 'closed', 'deleted')", name=op.f(f"ck_{CAMPAIGN}_state_is_known")
        ),
        **INNODB,
    )
    op.create_index("ix_endi_ext_matching_campaign_state", CAMPAIGN, ["state", "id"])


def create_match():
    op.create_table(
        MATCH,
        *own_id(MATCH),
        refers(MATCH, "campaign_id", CAMPAIGN),
        refers(MATCH, "pair_id", PAIR),
        sa.Column("rule", exact(20), nullable=False),
        sa.Column("score_permille", sa.Integer(), nullable=False),
        sa.Column("sales_cents", big_int(), nullable=False),
        sa.Column("difference_cents", big_int(), nullable=False),
        sa.Column("day_difference", sa.Integer(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("state", exact(20), nullable=False),
        sa.Column("documents", long_text()),
        sa.Column("decided_by", sa.String(190)),
        sa.Column("decided_at", instant()),
        sa.CheckConstraint(
            "state IN ('confirmed', 'suggested', 'accepted', 'split')",
            name=op.f(f"ck_{MATCH}_state_is_known"),
        ),
        **INNODB,
    )
    op.create_index("ix_endi_ext_matching_match_state", MATCH, ["campaign_id", "state", "id"])
    op.create_index("ix_endi_ext_matching_match_rule", MATCH, ["campaign_id", "state", "rule", "id"])
    op.create_index("ix_endi_ext_matching_match_pair", MATCH, ["pair_id", "state", "id"])


def create_document():
    op.create_table(
        DOCUMENT,
        *own_id(DOCUMENT),
        refers(DOCUMENT, "campaign_id", CAMPAIGN),
        refers(DOCUMENT, "pair_id", PAIR),
        refers(DOCUMENT, "match_id", MATCH, nullable=True),
        sa.Column("side", exact(10), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("cents", big_int(), nullable=False),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("reference", sa.String(300), nullable=False),
        sa.Column("place", exact(10), nullable=False),
        sa.Column("reason", exact(30), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("decided_by", sa.String(190)),
        sa.Column("decided_at", instant()),
        sa.CheckConstraint(
            "place IN ('matched', 'left', 'waived')", name=op.f(f"ck_{DOCUMENT}_place_is_known")
        ),
        sa.CheckConstraint(
            "(place = 'matched' AND match_id IS NOT NULL) OR (place <> 'matched' AND match_id IS NULL)",
            name=op.f(f"ck_{DOCUMENT}_one_place"),
        ),
        **INNODB,
    )
    op.create_index("ix_endi_ext_matching_document_place", DOCUMENT, ["campaign_id", "place", "id"])
    op.create_index("ix_endi_ext_matching_document_pair", DOCUMENT, ["pair_id", "place", "id"])
    op.create_index("ix_endi_ext_matching_document_match", DOCUMENT, ["match_id", "id"])


def downgrade():
    for table in (BATCH, DOCUMENT, MATCH, PAIR, CAMPAIGN):
        op.execute(f"DROP TABLE IF EXISTS {table}")
