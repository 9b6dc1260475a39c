"""The content of a file kept in pieces: one statement stays below MariaDB's largest packet.

`model` is the table of the pieces: file_id, position, content.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

PIECE_BYTES = 1024 * 1024


def store(session: Session, model: Any, file_id: int, content: bytes) -> None:
    """Keep the content of a file that has its id."""
    for position, start in enumerate(range(0, len(content), PIECE_BYTES)):
        piece = {"file_id": file_id, "position": position, "content": content[start : start + PIECE_BYTES]}
        # Past the session: it would keep what was read once in memory.
        session.execute(insert(model.__table__).values(piece))


def read(session: Session, model: Any, file_id: int) -> Iterator[bytes]:
    """Yield the content of a file, piece by piece."""
    keys = select(model.id).where(model.file_id == file_id).order_by(model.position)
    for key in session.execute(keys).scalars().all():
        yield session.execute(select(model.content).where(model.id == key)).scalar_one()
