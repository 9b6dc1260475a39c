"""Places in a list that is read newest first by (date, id): cursors, and the page on either side of one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_

Key = tuple[date, int]
OLDER, NEWER = "o", "n"


@dataclass(frozen=True)
class Place:
    """Where a page begins: after `key` going to `direction`; without key, at the newest."""

    direction: str = OLDER
    key: Key | None = None

    @classmethod
    def read(cls, cursor: str | None) -> "Place":
        """Return the place a cursor names; one that nobody gave out leads to the first page."""
        try:
            direction, day, row_id = (cursor or "").split(".")
            key = date.fromisoformat(day), int(row_id)
        except ValueError:
            return cls()
        return cls(direction, key) if direction in (OLDER, NEWER) else cls()

    def limit(self, statement: Any, day: Any, row_id: Any, size: int) -> Any:
        """Return `statement` narrowed to this place's page and one more row, nearest to the place first."""
        newer = self.direction == NEWER
        if self.key is not None:
            on, last_id = self.key
            # The first comparison is what lets the index begin at the place; the second makes it exact.
            beyond = day >= on if newer else day <= on
            strictly = day > on if newer else day < on
            further = row_id > last_id if newer else row_id < last_id
            statement = statement.where(and_(beyond, or_(strictly, further)))
        order = (day, row_id) if newer else (day.desc(), row_id.desc())
        return statement.order_by(*order).limit(size + 1)

    def cut(self, keys: list[Key], size: int) -> tuple[list[Key], str | None, str | None]:
        """Return the keys of the page, newest first, and the cursors to the older and to the newer ones."""
        more, keys = len(keys) > size, keys[:size]
        if self.direction == NEWER:
            keys.reverse()
        if not keys:
            return [], None, None
        # On the side we come from there is what we left.
        older = more if self.direction == OLDER else True
        newer = more if self.direction == NEWER else self.key is not None
        return (
            keys,
            _cursor(OLDER, keys[-1]) if older else None,
            _cursor(NEWER, keys[0]) if newer else None,
        )


def _cursor(direction: str, key: Key) -> str:
    return f"{direction}.{key[0].isoformat()}.{key[1]}"
