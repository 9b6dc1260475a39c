"""What changed from one version of a subcontract to the next: lines and conditions. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import conditions
from .i18n import _

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"


@dataclass(frozen=True)
class LineChange:
    """A line of the newer version beside the one it replaces; either may be missing."""

    kind: str
    after: Any = None
    before: Any = None


def line_changes(before: Sequence[Any], after: Sequence[Any]) -> list[LineChange]:
    """Pair the lines of two versions: by key, then by what they describe, then by their place in the rest."""
    old = list(before)
    by_key = {line.key: line for line in old}
    kept = {line.key for line in after} & set(by_key)
    old = [line for line in old if line.key not in kept]
    paired = []
    for line in after:
        twin = by_key.get(line.key) or next(
            (other for other in old if other.description == line.description), None
        )
        if twin in old:
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


@dataclass(frozen=True)
class Condition:
    """One condition in words, and what it was before if it changed."""

    label: str
    text: str
    before: str | None = None


def conditions_of(version: Any, previous: Any, speech: Any) -> list[Condition]:
    """Return what is worth saying: how it is paid, and whatever else is agreed or has changed."""
    shown = []
    for label, say, is_usual in CONDITIONS:
        text = say(version, speech)
        before = say(previous, speech) if previous is not None else text
        if before != text or not is_usual(version):
            shown.append(Condition(label, text, before if before != text else None))
    return shown


def _answer_by(version: Any, speech: Any) -> str:
    if version.answer_by is None:
        return str(speech.text(_("Sans limite.")))
    return str(speech.text(_("Le {day} au plus tard."), day=speech.day(version.answer_by)))


CONDITIONS = (
    (conditions.PAYMENT, conditions.payment, lambda _version: False),
    (conditions.RETENTION, conditions.retention, lambda version: not version.retention_rate_bp),
    (conditions.SILENCE, conditions.silence, lambda version: version.silence_days is None),
    (_("Réponse à la proposition"), _answer_by, lambda version: version.answer_by is None),
)
