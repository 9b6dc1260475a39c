"""Parties follow the host's companies as they are written: created, renamed, made inactive, recoded."""

from typing import Any

from caerp.models.company import Company
from caerp.models.config import Config
from sqlalchemy.engine import Connection

from ...kernel.parties import Party
from . import directory, listening

_PARTY: Any = Party.__table__


def _on_company(_mapper: Any, connection: Connection, company: Company) -> None:
    if not _has_tables(connection):
        return
    # Read again rather than taken from the object, whose columns may be unloaded or not yet converted.
    facts = directory.company(connection, company.id)
    if facts is not None:
        directory.follow(connection, facts)


def _on_company_deleted(_mapper: Any, connection: Connection, company: Company) -> None:
    # The party stays: entries name it for as long as the books are kept.
    if _has_tables(connection):
        gone = _PARTY.c.host_key == f"company:{company.id}"
        connection.execute(_PARTY.update().where(gone).values(active=False))


def _on_config(_mapper: Any, connection: Connection, config: Config) -> None:
    if config.name in directory.COOPERATIVE_SETTINGS and _has_tables(connection):
        directory.follow(connection, directory.cooperative_of(connection))


def _has_tables(connection: Connection) -> bool:
    return listening.has_table(connection, _PARTY.name)


listeners = listening.Listeners(
    (
        (Company, "after_insert", _on_company),
        (Company, "after_update", _on_company),
        (Company, "after_delete", _on_company_deleted),
        (Config, "after_insert", _on_config),
        (Config, "after_update", _on_config),
    )
)
