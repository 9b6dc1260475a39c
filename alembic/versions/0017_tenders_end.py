"""Tenders end: competitors, and the agreements that carry the shares into execution."""

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
