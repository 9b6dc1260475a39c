"""Where migrations run: on the connection our own command gives, or on the address the host's command
gives.
"""

from alembic import context
from sqlalchemy import inspect

from endi_ext import migration_steps, migrations
from endi_ext.kernel.engine import make_engine


def configure(connection):
    context.configure(
        connection=connection,
        target_metadata=migrations.metadata(),
        version_table=migrations.VERSION_TABLE,
        include_name=is_ours,
        compare_type=True,
    )


def is_ours(name, kind, _parents):
    # The database is shared with the host, whose tables are none of our business.
    return kind != "table" or name.startswith("endi_ext_")


def run_for_our_command(connection):
    configure(connection)
    with context.begin_transaction():
        context.run_migrations()


def run_for_the_host():
    engine = make_engine(context.config.get_main_option("sqlalchemy.url"), pooled=False)
    with engine.begin() as connection:
        migrations.give_up_on_locks_early(connection)
        configure(connection)
        with migration_steps.kept(connection, migrations.VERSION_TABLE, wait_s=migrations.LOCK_WAIT_S):
            with context.begin_transaction():
                context.run_migrations()
            build_what_was_only_stamped(connection)


def build_what_was_only_stamped(connection):
    # Where it finds no version, the host's command runs nothing and notes the newest one as reached. A
    # version noted over a database without our tables is therefore taken as the wish to have them.
    heads = context.get_context().get_current_heads()
    if heads and not inspect(connection).has_table("endi_ext_party"):
        migrations.run_from_nothing(connection, context.script, heads)


given = context.config.attributes.get("connection")
if given is None:
    run_for_the_host()
else:
    run_for_our_command(given)
