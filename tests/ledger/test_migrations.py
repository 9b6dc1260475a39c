from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from endi_ext import migrations


def test_the_schema_made_by_the_migrations_equals_the_models(connection):
    options = {"compare_type": True, "version_table": migrations.VERSION_TABLE}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, migrations.metadata()) == []
