"""the client of a job pays."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    """Nothing yet."""


def downgrade():
    """Nothing yet."""
