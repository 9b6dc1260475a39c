"""How we listen to the host's models, and whether our tables are there to write what we hear."""

from collections.abc import Sequence
from typing import Any

from caerp.models.listeners import SQLAListeners
from sqlalchemy import event, inspect
from sqlalchemy.engine import Connection, Engine

# (database, table) that were seen: the host must go on working where our tables do not exist, or not yet.
_seen: set[tuple[str, str]] = set()


class Listeners:
    """Listeners on the host's models, (target, name of the event, function) each."""

    def __init__(self, listeners: Sequence[tuple[Any, str, Any]]) -> None:
        self.listeners = listeners

    def register(self) -> None:
        """Listen, and let the host's bulk commands stop us with its own listeners."""
        if self.start not in SQLAListeners.start_funcs:
            SQLAListeners.register(self.start, self.stop)
        # The worker never starts the registered listeners, and it writes too.
        self.start()

    def start(self) -> None:
        """Listen; called again, it changes nothing."""
        for listener in self.listeners:
            listen_once(*listener)

    def stop(self) -> None:
        """Listen no more."""
        for target, name, listener in self.listeners:
            if event.contains(target, name, listener):
                event.remove(target, name, listener)


def listen_once(target: Any, name: str, listener: Any) -> None:
    """Listen, unless we do already."""
    if not event.contains(target, name, listener):
        event.listen(target, name, listener)


def has_table(database: Connection | Engine, name: str) -> bool:
    """Say whether a table of ours exists; once seen it is not looked for again."""
    place = (str(database.engine.url), name)
    if place not in _seen and inspect(database).has_table(name):
        _seen.add(place)
    return place in _seen
