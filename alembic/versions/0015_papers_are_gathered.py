"""Papers are gathered: files, checklists, steps, questions, parts of the proposal."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
