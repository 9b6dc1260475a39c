"""What every published notice is brought to, whatever the format it came in. Pure.

Unknown is none, never a guess: an absent value beats a wrong one. Names, mails and phones of the staff of
buyers are personal data: they are not kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from ...kernel.errors import DomainError


class NoticeRefused(DomainError):
    """The file is no notice one can answer. Each reason is a subclass of its own, with its own `code`."""

    code = "notice_refused"
    field = "file"


@dataclass(frozen=True)
class Criterion:
    """One award criterion: `weight` in percent as published (60 for 60 %), none where it is not a number."""

    name: str
    weight: float | None = None


@dataclass(frozen=True)
class NoticeLot:
    """One lot. `cpv` are codes of 8 digits, `deadline` is aware, amounts are without VAT in cents.

    `id` is its number, none where the buyer gave it none.
    """

    id: str | None
    title: str | None = None
    description: str | None = None
    cpv: Sequence[str] = ()
    estimated_value_cents: int | None = None
    deadline: datetime | None = None
    criteria: Sequence[Criterion] = ()


@dataclass(frozen=True)
class Notice:
    """A contract notice. Field by field the JSON of `endi-ext import notice --format json`.

    `source` is the format: "eforms", "boamp_eforms", "boamp_fns", "boamp_mapa", "boamp_dsp", "boamp_legacy"
    (JSON) or "boamp_xml" (legacy XML). `notice_id` is the publisher's (UUID of eForms, idweb of BOAMP),
    `procedure_id` the key that all notices of one procedure share. `places` are NUTS codes. `deadline`:
    to submit, or to ask to take part where the procedure is restricted; a naive time was Paris time.
    `group_form` is what is required of a group, as published. `criteria` are those of the whole procedure.
    """

    source: str
    notice_id: str | None = None
    version: str | None = None
    procedure_id: str | None = None
    subtype: str | None = None
    title: str | None = None
    description: str | None = None
    buyer_name: str | None = None
    buyer_siret: str | None = None
    cpv: Sequence[str] = ()
    places: Sequence[str] = ()
    procedure: str | None = None
    estimated_value_cents: int | None = None
    currency: str | None = None
    deadline: datetime | None = None
    lots: Sequence[NoticeLot] = ()
    criteria: Sequence[Criterion] = ()
    group_form: str | None = None
    variants_allowed: bool | None = None
    documents_url: str | None = None
    submission_url: str | None = None
    requested_documents: Sequence[str] = ()
    language: str | None = None


@dataclass(frozen=True)
class ReadNotice:
    """A notice as read from a file, and what it says of itself beside its facts.

    `changes` is the notice it changes ("" when it is a change notice that does not name it), none for a first
    publication. `partial`: a change notice that only says what changes; what it does not say stays as it was.
    `said` is what it says of its changes in words: they may say more than the facts read from it.
    """

    notice: Notice
    changes: str | None = None
    partial: bool = False
    said: str | None = None


def plain(value: Any) -> Any:
    """Return a notice as what JSON can hold, every field present; instants as ISO 8601 with their offset."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def from_plain(facts: Mapping[str, Any]) -> Notice:
    """Return the notice that `plain` turned into JSON."""
    values: dict[str, Any] = {one.name: facts.get(one.name) for one in fields(Notice)}
    values["lots"] = tuple(NoticeLot(**_lot(lot)) for lot in facts.get("lots") or ())
    values["criteria"] = _criteria(facts.get("criteria"))
    values["deadline"] = _instant(facts.get("deadline"))
    for name in ("cpv", "places", "requested_documents"):
        values[name] = tuple(facts.get(name) or ())
    return Notice(**values)


def _lot(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "cpv": tuple(facts.get("cpv") or ()),
        "deadline": _instant(facts.get("deadline")),
        "criteria": _criteria(facts.get("criteria")),
    }


def _criteria(listed: Sequence[Mapping[str, Any]] | None) -> tuple[Criterion, ...]:
    return tuple(Criterion(**one) for one in listed or ())


def _instant(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
