"""Proving the books by reading them again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Verdict:
    """What a verification found: `breaks` are (code, facts), the first one first; none means the book is sound."""

    entries: int
    lines: int
    digest: str
    breaks: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def sound(self) -> bool:
        """No break was found."""
        return not self.breaks


def verify(
    session: Session, *, checkpoint: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Verdict:
    """Replay the chain, balances, totals, numbers and seals, streaming; stop at the first break of the chain.

    `checkpoint` is the text of a signed checkpoint: the book must still contain what it says.
    """
    raise NotImplementedError
