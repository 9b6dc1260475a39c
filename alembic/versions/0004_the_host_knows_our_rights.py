"""Rows of the host: our access rights, offered by its roles screen and held by its administrators.

The host's own `syncdb` writes the same rows. They are here so that `upgrade` is enough, and so that going
back to base takes them away: the host would keep showing nameless rights in its roles. Nothing to do where
no such host is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RIGHTS = ("endi_ext_accountant", "endi_ext_configurator", "endi_ext_supervisor")
ADMINISTRATORS = "admin"
HOST_TABLES = {"access_rights", "groups", "groups_access_rights"}

rights = sa.table("access_rights", sa.column("id"), sa.column("name"))
groups = sa.table("groups", sa.column("id"), sa.column("name"))
held = sa.table("groups_access_rights", sa.column("access_right_id"), sa.column("group_id"))

ours = rights.c.name.in_(RIGHTS)


def upgrade():
    if not in_endi():
        return
    known = set(op.get_bind().execute(sa.select(rights.c.name).where(ours)).scalars())
    for name in RIGHTS:
        if name not in known:
            op.execute(rights.insert().values(name=name))
    give_to_administrators()


def give_to_administrators():
    already = sa.exists().where(held.c.access_right_id == rights.c.id, held.c.group_id == groups.c.id)
    every_pair = rights.join(groups, groups.c.name == ADMINISTRATORS)
    missing = sa.select(rights.c.id, groups.c.id).select_from(every_pair).where(ours, ~already)
    for right_id, group_id in op.get_bind().execute(missing).all():
        op.execute(held.insert().values(access_right_id=right_id, group_id=group_id))


def downgrade():
    if not in_endi():
        return
    ids = list(op.get_bind().execute(sa.select(rights.c.id).where(ours)).scalars())
    op.execute(held.delete().where(held.c.access_right_id.in_(ids)))
    op.execute(rights.delete().where(rights.c.id.in_(ids)))


def in_endi():
    return HOST_TABLES <= set(sa.inspect(op.get_bind()).get_table_names())
