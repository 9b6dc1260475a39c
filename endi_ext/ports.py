"""All that a host must offer, as protocols; found at `request.registry.endi_ext_host`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from .kernel.history import Act
from .kernel.parties import PartyFacts


class Directory(Protocol):
    """The trading units of the cooperative, as the host knows them."""

    def parties(self, session: Session) -> Iterable[PartyFacts]:
        """Return all of them, the cooperative itself included (kind "cooperative")."""
        ...

    def sync(self, session: Session) -> int:
        """Bring our parties in step with the host's rows; return how many changed."""
        ...


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the date in Paris."""
        ...


class Actor(Protocol):
    """Who is in front of the screen."""

    key: str
    name: str
    host_keys: Sequence[str]

    def may(self, permission: str) -> bool:
        """Say whether a `global.*` permission of web/permissions.py is theirs."""
        ...


class Shell(Protocol):
    """The frame around our pages: menus, layout, assets."""

    def add_menus(self, config: Any) -> None:
        """Put our entries in the host's menus."""
        ...

    def rights_address(self, request: Any) -> str | None:
        """Return where the host gives rights to people, if the reader may go there."""
        ...

    def parties_address(self, request: Any) -> str | None:
        """Return where the host keeps its trading units, their rates included, if the reader may go there."""
        ...


class Documents(Protocol):
    """The paper of an exchange on both sides."""

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        """Return (label, address) of each paper the reader may open."""
        ...


class Mailer(Protocol):
    """Letters, sent after the commit only."""

    def send(self, request: Any, recipients: Sequence[str], subject: str, body: str) -> None:
        """Send a plain text letter once the present transaction is committed."""
        ...


@dataclass
class Host:
    """The host we run in: `name` is "endi" or "demo"."""

    name: str
    directory: Directory
    clock: Clock
    shell: Shell
    documents: Documents
    mailer: Mailer

    def actor(self, request: Any) -> Actor | None:
        """Return who is logged in."""
        raise NotImplementedError

    def act(self, request: Any) -> Act:
        """Return who acts and when, for the services."""
        raise NotImplementedError
