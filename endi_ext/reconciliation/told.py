"""One thing to say of a pair of documents: its code, what is at stake, the facts of its sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Told:
    """What a rule says; `units` are hundred-thousandths of a euro, whatever their sign."""

    code: str
    units: int
    facts: Mapping[str, Any] = field(default_factory=dict)
