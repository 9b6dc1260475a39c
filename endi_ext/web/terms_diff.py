"""What changed from one version of a subcontract to the next, line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class LineChange:
    """A line of the newer version beside the one it replaces; either may be missing."""

    kind: str
    after: Any = None
    before: Any = None


def line_changes(before: Sequence[Any], after: Sequence[Any]) -> list[LineChange]:
    """Pair the lines of two versions: first by what they describe, then by their place among the rest."""
    old = list(before)
    paired = []
    for line in after:
        twin = next((other for other in old if other.description == line.description), None)
        if twin is not None:
            old.remove(twin)
        paired.append((line, twin))
    changes = []
    for line, twin in paired:
        match = twin if twin is not None else _at_its_place(line, old)
        changes.append(_change(line, match))
    return changes + [LineChange(REMOVED, before=line) for line in old]


def _at_its_place(line: Any, old: list[Any]) -> Any:
    """Take the unpaired line that stood where this one stands, if only its description was reworded."""
    at_its_place = (other for other in old if other.position == line.position)
    match = next((other for other in at_its_place if _content(other)[1:] == _content(line)[1:]), None)
    if match is not None:
        old.remove(match)
    return match


def _change(line: Any, before: Any) -> LineChange:
    if before is None:
        return LineChange(ADDED, after=line)
    return LineChange(SAME if _content(line) == _content(before) else CHANGED, after=line, before=before)


def _content(line: Any) -> tuple[Any, ...]:
    return (line.description, line.quantity_thousandths, line.unit, line.unit_price_cents)
