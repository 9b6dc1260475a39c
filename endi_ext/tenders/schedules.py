"""Price schedules read from the spreadsheets of buyers (BPU, DQE, DPGF): lines, and what is refused. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from ..exchanges import cells
from ..exchanges.cells import CellRefused, Unusable
from ..exchanges.spreadsheets import Limits, Row, open_rows, says_something
from . import price_facts, schedule_columns, share_words
from .price_facts import LineFacts
from .schedule_columns import (
    DESCRIPTION,
    LABEL,
    LOT,
    PART,
    QUANTITY,
    REFERENCE,
    SHARES,
    TITLES,
    TOTAL,
    UNIT,
    UNIT_PRICE,
)
from .shares import PARTS, Claim

MOST_ROWS = 2_000
# With the blank ones between them.
MOST_SHEET_ROWS = 20_000
ONE_THOUSANDTHS = 1_000
LUMP_SUM = "forfait"


@dataclass(frozen=True)
class LotName:
    """How a file may call a lot: by its key, its number or its title."""

    id: int
    key: str
    number: int
    title: str


@dataclass(frozen=True)
class ReadLine:
    """A line as the file says it; `claims` its shares, none where the file says nothing of them."""

    line: int
    facts: LineFacts
    claims: tuple[Claim, ...] | None = None


@dataclass(frozen=True)
class Refused:
    """A cell that cannot be taken: its line and column, and why."""

    line: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Schedule:
    """What a file holds: lines, what is refused, and rows left aside: headings, totals."""

    lines: list[ReadLine]
    refused: list[Refused]
    aside: list[tuple[int, str]]


def read(
    stream: BinaryIO,
    *,
    lots: Sequence[LotName],
    lot_id: int,
    team: Mapping[str, int],
    limits: Limits | None = None,
) -> Schedule:
    """Read a price schedule; lines without a lot are of `lot_id`, `team` are the members' ids by name.

    A row without unit, quantity and price is a heading, one called total is a total: both are left aside and
    said. Totals of lines are worked out anew, and must agree with what the file says where it says it.
    Raises FileRefused.
    """
    _book, rows = open_rows(
        stream, schedule_columns.KNOWN, replace(limits or Limits(), sheet_rows=MOST_SHEET_ROWS)
    )
    return read_rows(rows, lots=lots, lot_id=lot_id, team=team)


def read_rows(
    rows: Iterator[Row], *, lots: Sequence[LotName], lot_id: int, team: Mapping[str, int]
) -> Schedule:
    """Read a price schedule from its rows: line numbers and cells. Raises FileRefused."""
    found = schedule_columns.without_blanks(rows, MOST_ROWS)
    _line, places = schedule_columns.find(found)
    schedule = Schedule([], [], [])
    reader = _Reader(places, lots, lot_id, team, schedule)
    for line, row in found:
        reader.take(line, row)
    return schedule


class _Reader:
    """Takes rows one after the other; the first wrong cell of a row is what is said of it."""

    def __init__(
        self,
        places: Mapping[str, int],
        lots: Sequence[LotName],
        lot_id: int,
        team: Mapping[str, int],
        schedule: Schedule,
    ) -> None:
        self.places, self.lot_id, self.schedule = places, lot_id, schedule
        self.lots = {word: lot.id for lot in lots for word in _words_of(lot)}
        self.team = {cells.folded(name): member for name, member in team.items()}

    def take(self, line: int, row: Sequence[Any]) -> None:
        """Add what a row says to the schedule."""
        said = {name: row[place] if place < len(row) else None for name, place in self.places.items()}
        aside = _left_aside(said)
        if aside is not None:
            self.schedule.aside.append((line, aside))
            return
        column = ""
        try:
            values: dict[str, Any] = {}
            for name, take in self._columns():
                column = name
                values |= take(said)
            claims = values.pop("claims")
            self.schedule.lines.append(ReadLine(line, LineFacts(**values), claims))
        except CellRefused as refusal:
            self.schedule.refused.append(Refused(line, TITLES[column], refusal.code, refusal.facts))

    def _columns(self) -> list[tuple[str, Any]]:
        return [
            (LOT, self._lot),
            (PART, _part),
            (LABEL, _label),
            (REFERENCE, _reference),
            (DESCRIPTION, _description),
            (UNIT, _unit),
            (QUANTITY, _quantity),
            (UNIT_PRICE, _price),
            (TOTAL, _check_total),
            (SHARES, self._shares),
        ]

    def _lot(self, said: Mapping[str, Any]) -> dict[str, Any]:
        text = cells.written(said.get(LOT))
        if not text:
            return {"lot_id": self.lot_id}
        found = self.lots.get(cells.folded(text))
        if found is None:
            raise CellRefused("schedule_lot_unknown", written=cells.shown(text))
        return {"lot_id": found}

    def _shares(self, said: Mapping[str, Any]) -> dict[str, Any]:
        text = cells.written(said.get(SHARES))
        if not text:
            return {"claims": None}
        claims: dict[int, Claim] = {}
        for part in filter(None, (one.strip() for one in text.split(";"))):
            claim = self._claim(part)
            if claim.member in claims:
                raise CellRefused("share_doubled", written=cells.shown(part))
            claims[claim.member] = claim
        return {"claims": tuple(claims.values())}

    def _claim(self, part: str) -> Claim:
        """Return the share of one member: "name: 40 %", or a name alone for a part."""
        member, kind, value = self.team.get(cells.folded(part)), PARTS, ONE_THOUSANDTHS
        if member is None:
            name, colon, amount = part.rpartition(":")
            member = self.team.get(cells.folded(name.strip())) if colon else None
            if member is None:
                raise CellRefused("share_of_nobody", written=cells.shown(name.strip() or part))
            kind, value = share_words.read(amount) or (PARTS, 0)
        if not value:
            raise CellRefused("share_unreadable", written=cells.shown(part))
        return Claim(member, kind, value)


def _left_aside(said: Mapping[str, Any]) -> str | None:
    """Return what a heading or a total says, none for a line."""
    text = _shown(said.get(DESCRIPTION)) or _shown(said.get(REFERENCE))
    if all(schedule_columns.meaning(cell) == name for name, cell in said.items() if says_something(cell)):
        return text  # the header again, at the top of another page
    priced = any(says_something(said.get(name)) for name in (UNIT, QUANTITY, UNIT_PRICE))
    if priced:
        return None
    # The total a chapter computes is no line; one written out is, unless it is called a total.
    total = says_something(said.get(TOTAL)) and not isinstance(said[TOTAL], Unusable)
    if total and not schedule_columns.TOTALS.match(text.lower()) and _shown(said.get(DESCRIPTION)):
        return None
    return text or _shown(said.get(TOTAL))


def _shown(cell: Any) -> str:
    return "" if isinstance(cell, Unusable) else cells.shown(cells.written(cell), 120)


def _words_of(lot: LotName) -> list[str]:
    words = [
        lot.key,
        lot.title,
        str(lot.number),
        f"lot {lot.number}",
        f"lot n°{lot.number}",
        f"lot n° {lot.number}",
    ]
    return [cells.folded(word) for word in words if word]


def _part(said: Mapping[str, Any]) -> dict[str, Any]:
    text = cells.written(said.get(PART))
    part = schedule_columns.PARTS.get(cells.folded(text).lower())
    if part is None:
        raise CellRefused("schedule_part_unknown", written=cells.shown(text))
    return {"part": part}


def _label(said: Mapping[str, Any]) -> dict[str, Any]:
    is_base = _part(said)["part"] == price_facts.BASE
    return {"label": "" if is_base else cells.text(said.get(LABEL), length=100)}


def _reference(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"reference": _plain(said.get(REFERENCE), 40)}


def _description(said: Mapping[str, Any]) -> dict[str, Any]:
    text = _plain(said.get(DESCRIPTION), 500)
    if not text:
        raise CellRefused("cell_missing")
    return {"description": text}


def _unit(said: Mapping[str, Any]) -> dict[str, Any]:
    unit = _plain(said.get(UNIT), 30)
    return {"unit": unit or (LUMP_SUM if _quantity(said)["quantity_thousandths"] == ONE_THOUSANDTHS else "")}


def _quantity(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the quantity: one where there is none but a price for the whole."""
    if says_something(said.get(QUANTITY)):
        quantity = cells.units(said[QUANTITY], 3)
        # Nothing of it is estimated: a unit price alone.
        return {"quantity_thousandths": quantity or None}
    is_lump_sum = not says_something(said.get(UNIT_PRICE)) and _amount(said.get(TOTAL)) is not None
    without_quantities = QUANTITY in said or TOTAL not in said
    if is_lump_sum or not without_quantities:
        return {"quantity_thousandths": ONE_THOUSANDTHS}
    return {"quantity_thousandths": None}


def _price(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the price of a unit: that of the whole where there is no other, none where none is written."""
    if says_something(said.get(UNIT_PRICE)):
        return {"unit_price_cents": cells.units(said[UNIT_PRICE], 2)}
    total_cents = _amount(said.get(TOTAL))
    quantity = _quantity(said)["quantity_thousandths"]
    if not total_cents or quantity is None:
        return {"unit_price_cents": None}
    if quantity != ONE_THOUSANDTHS:
        raise CellRefused("schedule_unit_price_missing")
    return {"unit_price_cents": total_cents}


def _check_total(said: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse a total that is not quantity times price: one of the three is wrong."""
    total_cents = _amount(said.get(TOTAL))
    price, quantity = _price(said)["unit_price_cents"], _quantity(said)["quantity_thousandths"]
    if total_cents and price is not None and quantity is not None:
        computed = LineFacts(0, "", quantity_thousandths=quantity, unit_price_cents=price).total_cents
        if computed != total_cents:
            raise CellRefused("schedule_total_differs", said_cents=total_cents, computed_cents=computed)
    return {}


def _amount(cell: Any) -> int | None:
    """Return the total a file says of a line; what it computes itself is none of our business."""
    if isinstance(cell, Unusable) or not says_something(cell):
        return None
    if isinstance(cell, str) and cell.lstrip().startswith("="):
        return None
    return cells.units(cell, 2)


def _plain(cell: Any, length: int) -> str:
    """Return a text that may be blank. A designation may begin with a dash: it is no formula here."""
    said = cells.written(cell)
    if said.startswith(("-", "+", "–", "•", "'")):
        said = said.lstrip("-+–•' ")
    return cells.text(said, length=length) if said else ""
