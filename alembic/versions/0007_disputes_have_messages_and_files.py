"""disputes have messages and files."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    """Nothing yet."""


def downgrade():
    """Nothing yet."""
