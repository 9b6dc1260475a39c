"""What differs is noted when it comes to be and closed when it is gone, on the connection of the moment."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from zope.sqlalchemy import mark_changed

from ...exchanges.paper_models import INVOICE, DocumentFinding, HostDocument
from . import mirrors

_FINDING: Any = DocumentFinding.__table__
_PAIR: Any = HostDocument.__table__


def look(connection: Connection, exchange_id: int) -> int:
    """Compare the documents of an exchange, note what is new or gone; return how many differences stand."""
    found = {one.code: one for one in mirrors.differences(connection, exchange_id)}
    of_it = and_(_FINDING.c.exchange_id == exchange_id, _FINDING.c.closed_at.is_(None))
    known = {row.code: row for row in connection.execute(select(_FINDING).where(of_it))}
    now = datetime.now(UTC)
    for code in known.keys() - found.keys():
        connection.execute(_FINDING.update().where(_FINDING.c.id == known[code].id).values(closed_at=now))
    for code, one in found.items():
        said = {"amount_cents": one.amount_cents, "facts": json.dumps(one.facts, ensure_ascii=False)}
        if code not in known:
            new = {"exchange_id": exchange_id, "code": code, "found_at": now, **said}
            connection.execute(_FINDING.insert().values(**new))
        elif known[code].amount_cents != one.amount_cents:
            connection.execute(_FINDING.update().where(_FINDING.c.id == known[code].id).values(**said))
    return len(found)


def look_everywhere(session: Session) -> int:
    """Compare the documents of every exchange that has some; return how many differences stand."""
    session.flush()
    connection = session.connection()
    ids = select(_PAIR.c.exchange_id).where(_PAIR.c.kind == INVOICE).order_by(_PAIR.c.exchange_id)
    standing = sum(look(connection, exchange_id) for exchange_id in connection.execute(ids).scalars().all())
    # Written beside the ORM: the host's transaction would not know that there is something to commit.
    mark_changed(session)
    return standing
