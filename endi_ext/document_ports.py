"""What a host must offer about documents: the papers of exchanges, its own internal ones, their repair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from .kernel.history import Act
from .reconciliation.pairs import Pair


@dataclass(frozen=True)
class Paper:
    """A document of the host's: `address` is none where the reader may not open it."""

    label: str
    number: str
    address: str | None


@dataclass(frozen=True)
class Change:
    """One thing a repair would change: `code` is its sentence, filled with `facts`."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a repair would do now, or why it cannot be done by the reader (`refused`, the code of a sentence).

    `choices` are (value, label) when the reader must choose; `undoable` when it can be taken back afterwards.
    """

    changes: Sequence[Change] = ()
    refused: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    choices: Sequence[tuple[str, str]] = ()
    undoable: bool = False


class Repairs(Protocol):
    """What a host puts right about two documents that do not agree, through its own services."""

    def pair(self, session: Session, key: str) -> Any:
        """Return the reconciliation.pairs.Pair of that key as it stands now, or None."""
        ...

    def address(self, request: Any, key: str) -> str | None:
        """Return where the host shows the document of that key, if the reader may open it."""
        ...

    def preview(self, request: Any, finding: Any) -> Preview:
        """Say what the repair of a finding would change now; nothing is written."""
        ...

    def do(self, request: Any, finding: Any, choice: str | None) -> Mapping[str, Any] | None:
        """Repair as the reader; return what undoes it, or None. Raises a DomainError."""
        ...

    def undo(self, request: Any, done: Mapping[str, Any]) -> None:
        """Take back what a repair did, as the reader. Raises a DomainError."""
        ...

    def look_again(self, request: Any, finding: Any, act: Act) -> None:
        """Look at once at the documents of a finding: what is gone was repaired by the tool."""
        ...


class Reading(Protocol):
    """The internal documents a host keeps on its own; reading them changes nothing and starts no host.

    `origin` is the host's name: an exchange adopted from "invoice:12" has the source "<origin>:invoice:12".
    """

    origin: str

    def pairs(
        self, session: Session, since: datetime | None = None, after: str | None = None
    ) -> Iterator[Pair]:
        """Yield all internal documents in pairs, in one order: `after` begins behind the pair of that key.

        With `since` only those of which anything was written from that instant on, on either side.
        """
        ...

    def how_many(self, session: Session, since: datetime | None = None) -> int:
        """Return how many pairs there are to read, more or less: for a progress bar."""
        ...

    def unexported(self, session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
        """Return how many valid documents and payments of a period were not exported, and their cents."""
        ...

    def look_again(self, session: Session, exchange_ids: Sequence[int]) -> None:
        """Note what still differs about the documents of exchanges that were brought up to date."""
        ...


class Documents(Reading, Protocol):
    """The paper of an exchange on both sides."""

    @property
    def repairs(self) -> Repairs:
        """What puts right two documents that do not agree."""
        ...

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        """Return (label, address) of each paper the reader may open."""
        ...

    def papers(self, request: Any, exchange: Any) -> Sequence[Paper]:
        """Return the host's own documents of an exchange, on both sides; none where it makes none."""
        ...

    def compare(self, request: Any) -> int:
        """Compare these documents with the books, everywhere; return how many differences stand."""
        ...

    def bring_books_in_line(self, request: Any, exchange: Any, act: Act) -> None:
        """Record in the books what people did to these documents in the host's own pages."""
        ...
