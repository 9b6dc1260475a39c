"""Filters of a list, read from its address: what is understood, what was typed, what was not understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import colander

from ..kernel.parties import Party
from .forms.types import Day, OneOf, PartyByName


@dataclass(frozen=True)
class Field:
    """One field of a filter; `kind` is "day", "party" or "choice", whose `choices` are (value, label)."""

    name: str
    label: str
    kind: str
    choices: Sequence[tuple[str, str]] = ()
    parties: Sequence[Party] = ()

    @cached_property
    def type(self) -> Any:
        """What reads it: made once, for a page asks it for the label of each of its parties."""
        if self.kind == "day":
            return Day()
        return (
            PartyByName(self.parties) if self.kind == "party" else OneOf([value for value, _ in self.choices])
        )


@dataclass
class Filters:
    """The fields with what was typed in each, what it means, and what is wrong with it."""

    fields: Sequence[Field]
    typed: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def active(self) -> bool:
        """Whether anything is asked for."""
        return any(self.typed.values())


def read(request: Any, fields: Sequence[Field]) -> Filters:
    """Return the filters of the address; what is not understood filters nothing and is said at its field."""
    return read_typed(request.GET, fields)


def read_typed(typed: Mapping[str, str], fields: Sequence[Field]) -> Filters:
    """Return the filters of an address, or of a form that kept them."""
    found = Filters(fields, {one.name: typed.get(one.name, "").strip()[:200] for one in fields})
    for one in fields:
        try:
            value = one.type.deserialize(
                colander.SchemaNode(colander.String()), found.typed[one.name] or colander.null
            )
        except colander.Invalid as wrong:
            found.errors[one.name] = str(wrong.msg)
            continue
        found.values[one.name] = None if value is colander.null else value
    return found
