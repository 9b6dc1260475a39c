"""Our tables come to be, change and go by migrations alone: to a revision and back, and where the database
stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import Connection, Engine

from . import migration_steps
from .kernel.orm import Base

VERSION_TABLE = "endi_ext_alembic_version"
LOCK_WAIT_S = 60
NOTHING_YET: Any = None
FOLDER = Path(__file__).parent / "alembic"

# What `problem` answers; the words are the caller's.
NO_TABLES, OLD_SCHEMA, UNKNOWN_SCHEMA = "no_tables", "old_schema", "unknown_schema"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables up to `revision`; on SQLite all or nothing, on MariaDB on from where it was killed."""
    with _structure(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the tables back to `revision`; at "base" nothing of ours is left."""
    with _structure(engine) as connection:
        command.downgrade(_config(connection), revision)
        if revision == "base":
            connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))


def current(connection: Connection) -> str | None:
    """Return the revision the database has reached."""
    options = {"version_table": VERSION_TABLE}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def head() -> str:
    """Return the newest revision there is."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None, "there is one line of migrations"
    return newest


def problem(connection: Connection) -> str | None:
    """Say why the plugin cannot work on this database (NO_TABLES, OLD_SCHEMA, UNKNOWN_SCHEMA), or None."""
    reached = current(connection)
    if reached is None or not inspect(connection).has_table("endi_ext_party"):
        return NO_TABLES
    if reached == head():
        return None
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return OLD_SCHEMA if reached in known else UNKNOWN_SCHEMA


def expected_triggers(revision: str | None) -> set[str]:
    """Return the names of the triggers that the migrations up to `revision` create, from their tables
    TRIGGERS.
    """
    scripts = ScriptDirectory.from_config(_config()).iterate_revisions(revision or "base", "base")
    return {f"endi_ext_{name}" for script in scripts for name in getattr(script.module, "TRIGGERS", ())}


def metadata() -> MetaData:
    """Return the metadata of all our models."""
    # Imported here: the packages above would otherwise be loaded by whoever only asks for a revision.
    from .exchanges import models as exchanges
    from .exchanges import paper_models as papers
    from .exchanges import waiting_models as waiting_steps
    from .kernel import history, notices, parties, preferences
    from .ledger import draft_models as drafts
    from .ledger import export_models as export_marks
    from .ledger import lettering_models as letters
    from .ledger import models as ledger
    from .reconciliation import campaign_models as matching
    from .reconciliation import finding_models as findings
    from .reconciliation import month_models as months
    from .reconciliation import pair_models as host_pairs
    from .reconciliation import question_models as questions
    from .subcontracts import client_models as clients
    from .subcontracts import comment_models as comments
    from .subcontracts import dispute_models as disputes
    from .subcontracts import final_account_models as final_accounts
    from .subcontracts import models as subcontracts
    from .tenders import award_models as tender_awards
    from .tenders import change_models as tender_changes
    from .tenders import decision_models as tender_decisions
    from .tenders import form_models as tender_forms
    from .tenders import models as tenders
    from .tenders import outcome_models as tender_outcomes
    from .tenders import paper_models as tender_papers
    from .tenders import price_models as tender_prices
    from .tenders import profile_models as tender_profiles

    assert all(
        (
            history,
            notices,
            parties,
            preferences,
            ledger,
            letters,
            export_marks,
            exchanges,
            papers,
            drafts,
            waiting_steps,
            questions,
            findings,
            matching,
            months,
            host_pairs,
            subcontracts,
            disputes,
            clients,
            comments,
            final_accounts,
            tenders,
            tender_awards,
            tender_changes,
            tender_forms,
            tender_outcomes,
            tender_papers,
            tender_prices,
            tender_decisions,
            tender_profiles,
        )
    )
    found: MetaData = Base.metadata
    return found


def run_from_nothing(connection: Connection, script: ScriptDirectory, heads: tuple[str, ...]) -> None:
    """Run every migration up to `heads` over an empty schema, whatever its version table says."""
    connection.execute(text(f"DELETE FROM {VERSION_TABLE}"))  # noqa: S608 - a name of ours

    def steps(_reached: Any, _context: Any) -> Any:
        return script._upgrade_revs(heads[0], NOTHING_YET)  # noqa: SLF001 - as alembic's own upgrade does

    options = {"version_table": VERSION_TABLE, "fn": steps, "script": script}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()


def give_up_on_locks_early(connection: Connection) -> None:
    """Let a change of structure fail after a minute, where MariaDB would wait a day for a reader."""
    if connection.dialect.name in ("mysql", "mariadb"):
        connection.execute(text(f"SET SESSION lock_wait_timeout = {LOCK_WAIT_S}"))


@contextmanager
def _structure(engine: Engine) -> Iterator[Connection]:
    """A transaction in which the structure changes.

    SQLite changes a table by making it anew: while the old one is dropped nothing may refer to it, so that
    references are checked by hand before the commit.
    """
    on_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        driver: Any = connection.connection
        if on_sqlite:
            driver.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
        try:
            with connection.begin():
                give_up_on_locks_early(connection)
                with migration_steps.kept(connection, VERSION_TABLE, wait_s=LOCK_WAIT_S):
                    yield connection
                    if migration_steps.unfinished(connection):  # this had nothing to do, and that is not it
                        raise migration_steps.BrokenOff
                lost = connection.execute(text("PRAGMA foreign_key_check")).all() if on_sqlite else []
                assert not lost, f"rows without what they refer to: {lost[:3]}"
        finally:
            if on_sqlite:
                driver.execute("PRAGMA foreign_keys = ON")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
