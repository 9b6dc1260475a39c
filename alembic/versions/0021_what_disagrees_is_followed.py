"""What disagrees is followed until it is settled: findings of every source in one table, their repairs."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INNODB = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
REASON, FINDING = "endi_ext_waiver_reason", "endi_ext_finding"
REPAIR, LOOK = "endi_ext_finding_repair", "endi_ext_finding_look"
OLD = "endi_ext_document_finding"

REASONS = (
    "Arrondi",
    "Accord entre les enseignes",
    "Double saisie annulée à la main",
    "Hors période",
)


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


def key_to(table, name, target):
    foreign = sa.ForeignKey(f"endi_ext_{target}.id", name=op.f(f"fk_{table}_{name}"))
    return sa.Column(name, big_int(), foreign)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def primary(table, column="id"):
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def upgrade():
    _create_reasons()
    _create_findings()
    _create_repairs_and_looks()
    _move_findings_of_documents()


def _create_reasons():
    op.create_table(
        REASON,
        needed("id", big_int()),
        needed("label", exact(120)),
        needed("added_at", instant()),
        sa.Column("retired_at", instant()),
        primary(REASON),
        unique(REASON, "label"),
        **INNODB,
    )
    table = sa.table(REASON, sa.column("label"), sa.column("added_at", sa.DateTime()))
    now = datetime.now(UTC).replace(tzinfo=None)
    op.bulk_insert(table, [{"label": label, "added_at": now} for label in REASONS])


def _create_findings():
    op.create_table(
        FINDING,
        needed("id", big_int()),
        needed("source", exact(40)),
        needed("key", exact(120)),
        needed("code", exact(60)),
        needed("about", exact(80)),
        needed("severity", exact(20)),
        needed("amount_cents", big_int()),
        needed("found_on", sa.Date()),
        key_to(FINDING, "seller_id", "party"),
        key_to(FINDING, "buyer_id", "party"),
        key_to(FINDING, "exchange_id", "exchange"),
        sa.Column("sale", long_text()),
        sa.Column("purchase", long_text()),
        needed("facts", long_text()),
        sa.Column("repair", exact(60)),
        needed("state", exact(20)),
        needed("standing", sa.Boolean()),
        needed("times", sa.Integer()),
        sa.Column("assigned_key", exact(60)),
        sa.Column("assigned_name", sa.String(190)),
        key_to(FINDING, "waiver_reason_id", "waiver_reason"),
        sa.Column("repaired_how", exact(20)),
        needed("found_at", instant()),
        needed("seen_at", instant()),
        needed("changed_at", instant()),
        primary(FINDING),
        unique(FINDING, "source", "key", "code"),
        check(FINDING, "state_is_known", "state IN ('open', 'assigned', 'repaired', 'waived')"),
        check(FINDING, "repaired_how_is_known", "repaired_how IN ('tool', 'hand', 'unseen')"),
        **INNODB,
    )
    for name, columns in {
        "standing": ("standing", "found_on", "id"),
        "code": ("code", "standing", "found_on", "id"),
        "state": ("state", "found_on", "id"),
        "seller": ("seller_id", "found_on", "id"),
        "buyer": ("buyer_id", "found_on", "id"),
        "assigned": ("assigned_key", "found_on", "id"),
        "about": ("about",),
        "exchange": ("exchange_id",),
        "reason": ("waiver_reason_id",),
    }.items():
        op.create_index(op.f(f"ix_{FINDING}_{name}"), FINDING, list(columns))


def _create_repairs_and_looks():
    op.create_table(
        REPAIR,
        needed("id", big_int()),
        needed("finding_id", big_int()),
        needed("occasion", exact(40)),
        needed("code", exact(60)),
        needed("changes", long_text()),
        sa.Column("undo", long_text()),
        needed("done_at", instant()),
        needed("done_by", sa.String(190)),
        sa.Column("undone_at", instant()),
        sa.Column("undone_by", sa.String(190)),
        primary(REPAIR),
        unique(REPAIR, "occasion"),
        **INNODB,
    )
    op.create_index(op.f(f"ix_{REPAIR}_finding"), REPAIR, ["finding_id", "id"])
    op.create_table(
        LOOK,
        needed("source", exact(40)),
        needed("cursor", exact(120)),
        needed("looked_count", big_int()),
        needed("found_count", big_int()),
        sa.Column("started_at", instant()),
        sa.Column("finished_at", instant()),
        needed("by_name", sa.String(190)),
        primary(LOOK, "source"),
        **INNODB,
    )
    nobodys = {"source": "", "cursor": "", "looked_count": 0, "found_count": 0, "by_name": ""}
    op.bulk_insert(sa.table(LOOK, *(sa.column(name) for name in nobodys)), [nobodys])


def _move_findings_of_documents():
    """Take over what was found about documents of exchanges; of one found twice the later row."""
    op.execute(
        f"INSERT INTO {FINDING} (source, {_quoted('key')}, code, about, severity, amount_cents, found_on,"
        " seller_id, buyer_id, exchange_id, facts, state, standing, times, repaired_how, found_at, seen_at,"
        f" changed_at) SELECT 'documents', {_said('exchange:', 'f.exchange_id')}, f.code,"
        f" {_said('exchange:', 'f.exchange_id')}, 'blocking', f.amount_cents, e.accepted_on, e.seller_id,"
        " e.buyer_id, f.exchange_id, f.facts, CASE WHEN f.closed_at IS NULL THEN 'open' ELSE 'repaired' END,"
        " CASE WHEN f.closed_at IS NULL THEN 1 ELSE 0 END, 1,"
        " CASE WHEN f.closed_at IS NULL THEN NULL ELSE 'unseen' END, f.found_at,"
        " COALESCE(f.closed_at, f.found_at), COALESCE(f.closed_at, f.found_at)"
        f" FROM {OLD} f JOIN endi_ext_exchange e ON e.id = f.exchange_id"
        f" WHERE f.id = (SELECT MAX(o.id) FROM {OLD} o WHERE o.exchange_id = f.exchange_id AND o.code = f.code)"
    )
    op.execute(f"DROP TABLE {OLD}")


def _quoted(name):
    return f"`{name}`" if _on_mariadb() else f'"{name}"'


def _said(prefix, column):
    return f"CONCAT('{prefix}', {column})" if _on_mariadb() else f"'{prefix}' || {column}"


def _on_mariadb():
    return op.get_bind().dialect.name in ("mysql", "mariadb")


def downgrade():
    op.execute(f"DROP TABLE IF EXISTS {OLD}")
    _create_findings_of_documents()
    op.execute(
        f"INSERT INTO {OLD} (exchange_id, code, facts, amount_cents, found_at, closed_at)"
        " SELECT exchange_id, code, facts, amount_cents, found_at,"
        " CASE WHEN state = 'repaired' THEN changed_at END"
        f" FROM {FINDING} WHERE source = 'documents' AND exchange_id IS NOT NULL"
    )
    for table in (LOOK, REPAIR, FINDING, REASON):
        op.execute(f"DROP TABLE IF EXISTS {table}")


def _create_findings_of_documents():
    exchange = sa.ForeignKey("endi_ext_exchange.id", name=op.f(f"fk_{OLD}_exchange_id"))
    op.create_table(
        OLD,
        needed("id", big_int()),
        sa.Column("exchange_id", big_int(), exchange, nullable=False),
        needed("code", exact(40)),
        needed("facts", sa.String(2000)),
        needed("amount_cents", big_int()),
        needed("found_at", instant()),
        sa.Column("closed_at", instant()),
        primary(OLD),
        **INNODB,
    )
    op.create_index(op.f(f"ix_{OLD}_exchange"), OLD, ["exchange_id", "closed_at"])
    op.create_index(op.f(f"ix_{OLD}_open"), OLD, ["closed_at", "id"])
