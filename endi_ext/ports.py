"""All that a host must offer, as protocols; found at `request.registry.endi_ext_host`."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from .document_ports import Change, Documents, Paper, Preview, Reading, Repairs
from .kernel.history import Act
from .kernel.parties import PartyFacts

__all__ = [
    "Accounting",
    "Actor",
    "Change",
    "ClientInvoice",
    "ClientReceipt",
    "Clock",
    "Deal",
    "Directory",
    "Documents",
    "ExternalReceipts",
    "Host",
    "Mailer",
    "Notifier",
    "Paper",
    "Preview",
    "Reading",
    "Repairs",
    "Shell",
]


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

    def exports_address(self, request: Any) -> str | None:
        """Return where the host exports its own documents to the accounting software, if there is a page."""
        ...


class Mailer(Protocol):
    """Letters, sent after the commit only."""

    def send(self, request: Any, recipients: Sequence[str], subject: str, body: str) -> None:
        """Send a plain text letter once the present transaction is committed."""
        ...

    def deliver(self, request: Any, key: str, recipient: str, subject: str, body: str) -> bool:
        """Send a plain text letter now and say whether it left; `key` names it, the same one each time."""
        ...


@dataclass(frozen=True)
class ClientReceipt:
    """Money a client paid on an invoice (encaissement); refunds are negative. `key` is the host's."""

    key: str
    received_on: date
    amount_cents: int


@dataclass(frozen=True)
class ClientInvoice:
    """An invoice a party sent to a client outside the cooperative.

    `key` is the host's ("invoice:12"), `total_cents` includes VAT as receipts do, `net_cents` does not;
    `credited_cents` (VAT included) is what credit notes took back. Receipts are those that stand.
    """

    key: str
    number: str
    label: str
    client: str
    issued_on: date
    net_cents: int
    total_cents: int
    credited_cents: int
    receipts: Sequence[ClientReceipt]


@dataclass(frozen=True)
class Deal:
    """A job of a party for a client (affaire): `sold_cents` without VAT, as quoted or invoiced so far."""

    key: str
    label: str
    client: str
    sold_cents: int


class ExternalReceipts(Protocol):
    """The invoices a party sends to its own clients, and what they paid: for pay-when-paid and margins.

    `host_key` is the party's. An invoice or a deal of another party is answered None, like an unknown one.
    """

    def deals(self, session: Session, host_key: str) -> Sequence[Deal]:
        """Return the jobs of a party, the newest first."""
        ...

    def deal(self, session: Session, host_key: str, key: str) -> Deal | None:
        """Return one job of a party."""
        ...

    def invoices(self, session: Session, host_key: str) -> Sequence[ClientInvoice]:
        """Return the invoices a party sent, the newest first."""
        ...

    def invoice(self, session: Session, host_key: str, key: str) -> ClientInvoice | None:
        """Return one invoice a party sent, as it stands now."""
        ...

    def add_line(self, request: Any, host_key: str, deal_key: str, label: str, net_cents: int) -> str | None:
        """Add a line to a draft invoice of the deal, never to a validated one; return the line's key.

        None when there is nothing to add it to: the caller then says what to do.
        """
        ...


class Accounting(Protocol):
    """How the host writes entries for the accounting software: exchanges/sage.py says what each value is."""

    def layout(self, session: Session) -> Any:
        """Return the sage.Layout in force: the host's own configuration, with what our admin chose."""
        ...

    def cards(self, session: Session, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Any]:
        """Return the sage.Cards of pairs of parties, (seller, buyer), by the host's keys."""
        ...

    def exported(self, request: Any, starts_on: date, ends_on: date, *, after: int = 0) -> Iterable[Any]:
        """Yield what the host exported of our exchanges accepted in these days: export_compare.Exported.

        By their ids, those behind `after`.
        """
        ...


class Notifier(Protocol):
    """What tells people inside the host, and where their letters go."""

    def people(self, session: Session, host_key: str) -> Sequence[tuple[str, str, str]]:
        """Return (user key, name, e-mail) of everyone who works in a party and may log in.

        Nobody for a party that is inactive: its pages are closed. The e-mail may be empty.
        """
        ...

    def notify(self, request: Any, session: Session, user_key: str, title: str, body: str, url: str) -> None:
        """Show a notification to one person: it is kept or lost with the transaction of `session`.

        `url` is an address of our pages, from the root of the site.
        """
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
    receipts: ExternalReceipts | None = None
    notifier: Notifier | None = None
    accounting: Accounting | None = None

    def actor(self, request: Any) -> Actor | None:
        """Return who is logged in."""
        raise NotImplementedError

    def act(self, request: Any) -> Act:
        """Return who acts and when, for the services."""
        raise NotImplementedError

    def transaction(self, request: Any) -> AbstractContextManager[Session]:
        """Lend a session in a transaction of its own, beside the request's: committed unless it raises."""
        raise NotImplementedError

    def identity(self, session: Session) -> Mapping[str, str]:
        """Return what the host knows of the cooperative as a legal person: tenders.identity names it."""
        return {}

    def accountants(self, session: Session) -> Sequence[tuple[str, str]]:
        """Return (user key, name) of those who may keep the books, by name."""
        return ()

    def look_after_documents(self, request: Any) -> int:
        """Look, once a day, whether the host's documents agree with the books; return how many do not."""
        return 0
