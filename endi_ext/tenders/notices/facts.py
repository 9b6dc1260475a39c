"""What a tender takes over from a notice, and what changed from one notice to the next. Pure.

A change notice may repeat all or only name what moved: what it does not say stays as it was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from .model import Notice, NoticeLot, plain

LONGEST_TITLE, LONGEST_KEY, LONGEST_URL, LONGEST_BUYER = 500, 40, 1000, 300
Said = TypeVar("Said", Notice, NoticeLot)
# The number of a European notice: nobody writes it on a form, the buyer's own number is elsewhere.
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A single lot that the buyer did not number.
UNDIVIDED = ""
OUR_CURRENCY = "EUR"


@dataclass(frozen=True)
class LotFacts:
    """What is known of a lot; amounts without VAT in cents, `deadline` aware."""

    title: str
    key: str = UNDIVIDED
    description: str = ""
    cpv: Sequence[str] = ()
    estimated_value_cents: int | None = None
    deadline: datetime | None = None
    criteria: Sequence[dict[str, Any]] = ()
    answered: bool = True


@dataclass(frozen=True)
class TenderFacts:
    """What is known of a tender: `values` are columns of models.Tender by name; one lot at least."""

    title: str
    lots: Sequence[LotFacts]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What one fact was and became, as JSON holds it; `lot` is the key of a lot, none for the whole tender.

    `name` is a column of Tender or Lot; "lot_added" and "lot_removed" name the lot's title in `after` and
    `before`.
    """

    name: str
    before: Any = None
    after: Any = None
    lot: str | None = None


def of(notice: Notice) -> TenderFacts:
    """Return what a tender begins with. An estimated value in another currency than ours is none."""
    ours = notice.currency in (None, OUR_CURRENCY)
    title = notice.title or next((lot.title for lot in notice.lots if lot.title), None)
    lots = tuple(_lots(notice, ours)) or (_undivided(notice, title or "", ours),)
    deadlines = [lot.deadline for lot in lots if lot.deadline is not None]
    buyer_name, number = _cut(notice.buyer_name or "", LONGEST_BUYER), (notice.notice_id or "")[:100]
    values = {
        "reference": "" if UUID.fullmatch(number) else number,
        "description": notice.description or "",
        "buyer_name": buyer_name,
        "buyer_siret": (notice.buyer_siret or "")[:14],
        "procedure": (notice.procedure or "")[:60],
        "cpv": list(notice.cpv),
        "places": list(notice.places),
        "estimated_value_cents": notice.estimated_value_cents if ours else None,
        "deadline": notice.deadline or min(deadlines, default=None),
        "group_form": notice.group_form or "",
        "variants_allowed": notice.variants_allowed,
        "documents_url": _address(notice.documents_url),
        "submission_url": _address(notice.submission_url),
        "requested_documents": list(notice.requested_documents),
        "language": (notice.language or "")[:10],
    }
    return TenderFacts(_cut(title or buyer_name or number, LONGEST_TITLE), lots, values)


def upon(before: Notice, after: Notice) -> Notice:
    """Return what is in force once a partial notice changed another: what it does not say stays."""
    known = {lot.id: lot for lot in before.lots}
    if len(before.lots) == len(after.lots) == 1:
        known = {after.lots[0].id: before.lots[0]}
    named = {lot.id: _upon(known[lot.id], lot) if lot.id in known else lot for lot in after.lots}
    lots = (*(named.pop(key, lot) for key, lot in known.items()), *named.values())
    if _unnumbered(before) or _unnumbered(after):
        # Which of several lots without a number is meant would be a guess: those said last, as they are.
        lots = tuple(after.lots or before.lots)
    return replace(_upon(before, after), lots=lots)


def _unnumbered(notice: Notice) -> bool:
    return len(notice.lots) > 1 and len({lot.id for lot in notice.lots} - {None}) < len(notice.lots)


def _upon(before: Said, after: Said) -> Said:
    silent = [one.name for one in fields(after) if not said(getattr(after, one.name))]
    return replace(after, **{name: getattr(before, name) for name in silent})


def between(before: TenderFacts, after: TenderFacts) -> list[Change]:
    """Return what the second says otherwise than the first, the whole tender first, then lot by lot."""
    names = [name for name in after.values if name != "reference"]
    whole = [
        Change(name, plain(before.values.get(name)), plain(after.values[name]))
        for name in names
        if said(after.values[name]) and after.values[name] != before.values.get(name)
    ]
    title = [Change("title", before.title, after.title)] if after.title != before.title else []
    return [*title, *whole, *_of_lots(before.lots, after.lots)]


def said(value: Any) -> bool:
    """Whether a notice says something: no text and no list is silence, no and zero are not."""
    return value is not None and value not in ("", [], ())


def _of_lots(before: Sequence[LotFacts], after: Sequence[LotFacts]) -> Iterator[Change]:
    known = {lot.key: lot for lot in before}
    if len(before) == len(after) == 1:
        # The one lot is the same whatever its number: some notices give none.
        known = {after[0].key: before[0]}
    for lot in after:
        if lot.key not in known:
            yield Change("lot_added", after=lot.title, lot=lot.key)
            continue
        yield from _of_lot(known[lot.key], lot)
    if _names_its_lots(after):
        kept = {lot.key for lot in after}
        yield from (
            Change("lot_removed", before=lot.title, lot=key) for key, lot in known.items() if key not in kept
        )


def _of_lot(before: LotFacts, after: LotFacts) -> Iterator[Change]:
    for name in ("title", "description", "cpv", "estimated_value_cents", "deadline", "criteria"):
        old, new = plain(getattr(before, name)), plain(getattr(after, name))
        if said(new) and new != old and not (name == "title" and new == after.key):
            yield Change(name, old, new, lot=before.key)


def _names_its_lots(lots: Sequence[LotFacts]) -> bool:
    return not (len(lots) == 1 and lots[0].key == UNDIVIDED)


def _lots(notice: Notice, ours: bool) -> Iterator[LotFacts]:
    seen: dict[str, int] = {}
    for lot in notice.lots:
        key = (lot.id or UNDIVIDED)[:LONGEST_KEY]
        seen[key] = seen.get(key, 0) + 1
        # Two lots of one number stay two.
        number = "" if seen[key] == 1 else f"#{seen[key]}"
        yield LotFacts(
            title=_cut(_title(lot, notice), LONGEST_TITLE),
            key=key[: LONGEST_KEY - len(number)] + number,
            description=lot.description or "",
            cpv=tuple(lot.cpv),
            estimated_value_cents=lot.estimated_value_cents if ours else None,
            deadline=lot.deadline,
            criteria=_criteria(lot, notice),
        )


def _title(lot: NoticeLot, notice: Notice) -> str:
    """Return what a lot is called: national notices only describe theirs."""
    described = (lot.description or "").partition("\n")[0]
    alone = (notice.title or "") if len(notice.lots) == 1 else ""
    return lot.title or alone or described or lot.id or ""


def _undivided(notice: Notice, title: str, ours: bool) -> LotFacts:
    return LotFacts(
        title=_cut(title, LONGEST_TITLE),
        cpv=tuple(notice.cpv),
        estimated_value_cents=notice.estimated_value_cents if ours else None,
        deadline=notice.deadline,
        criteria=_criteria(None, notice),
    )


def _criteria(lot: NoticeLot | None, notice: Notice) -> tuple[dict[str, Any], ...]:
    """Return a lot's own criteria, else those of the whole procedure."""
    listed = (lot.criteria if lot is not None else ()) or notice.criteria
    return tuple(plain(one) for one in listed)


def _address(url: str | None) -> str:
    """Return an address one may click on, or nothing: never one that runs something."""
    found = (url or "").strip()
    return found if found.lower().startswith(("http://", "https://")) and len(found) <= LONGEST_URL else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
