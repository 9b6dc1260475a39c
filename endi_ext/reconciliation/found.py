"""What was found not to agree: one thing, named, with both documents and what is at stake. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# How much it matters: the books are wrong, they will be, or somebody should look.
BLOCKING, WARNING, NOTICE = "blocking", "warning", "notice"
SEVERITIES = (BLOCKING, WARNING, NOTICE)


@dataclass(frozen=True)
class PaperSide:
    """One of two documents as the reader is shown it; `key` is the host's ("invoice:12").

    `amount_cents` is negative for a credit note. `status` and `paid_status` are the host's words.
    """

    key: str
    kind: str
    number: str
    on: date
    amount_cents: int
    status: str = ""
    paid_status: str = ""
    exported: bool = False


@dataclass(frozen=True)
class Found:
    """One thing that does not agree (écart).

    `key` says what it is about and stays the same from one look to the next; `on` is the day whose month it
    belongs to. Parties are told by the host's keys. `facts` fill the sentence of `code`; `repair` is the code
    of what would put it right, none when only people can.
    """

    key: str
    code: str
    severity: str
    amount_cents: int
    on: date
    seller_key: str | None = None
    buyer_key: str | None = None
    exchange_id: int | None = None
    sale: PaperSide | None = None
    purchase: PaperSide | None = None
    repair: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
