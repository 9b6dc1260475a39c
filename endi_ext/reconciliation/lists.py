"""Lists of documents as two cooperatives or two programs send them: CSV or XLSX, read or refused. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ..exchanges import cells, spreadsheets
from ..exchanges.cells import CellRefused
from ..exchanges.rows import Refusal
from ..exchanges.spreadsheets import MEBIBYTE, FileRefused, Limits
from .documents import Document

# What each column may be called; the first name is the one the documentation gives.
NAMES = {
    "id": ("id", "identifiant", "numero"),
    "seller": ("seller", "vendeur"),
    "buyer": ("buyer", "acheteur"),
    "date": ("date",),
    "amount": ("amount", "montant", "montant_ht"),
    "label": ("label", "libelle"),
    "reference": ("reference",),
}
REQUIRED = ("id", "seller", "buyer", "date", "amount")
KNOWN = tuple(name for names in NAMES.values() for name in names)
LIMITS = Limits(file_bytes=300 * MEBIBYTE, unpacked_bytes=1024 * MEBIBYTE, rows=1_500_000)
LONGEST = 300
MOST_REFUSALS = 200

PLAIN = re.compile(r"(-?)([0-9]{1,10})(?:[.,]([0-9]{1,2}))?")
MINUS = re.compile(r"^\s*[-−]|\(\s*|[-−]\s*$")


@dataclass
class Read:
    """What a file says: its documents, and what of it cannot be read (then the file is not to be used).

    `told` are the label and the reference of each document, `names` those of parties, as they are written.
    """

    documents: list[Document] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def read(stream: BinaryIO, limits: Limits = LIMITS) -> Read:
    """Read a list, whatever its separator, encoding and order of columns.

    Raises FileRefused when it cannot be read at all. Rows that cannot are in `refused`, by line and column;
    reading stops after MOST_REFUSALS of them.
    """
    sheet = spreadsheets.read(stream, KNOWN, (), limits)
    places = _places(sheet.places, sheet.header_line)
    found = Read()
    row_of = _Rows(places, found)
    seen: dict[str, int] = {}
    for line, row in _rows(sheet, found):
        try:
            document = row_of.document(row)
        except _WrongCell as wrong:
            found.refused.append(Refusal(line, wrong.column, wrong.refusal.code, wrong.refusal.facts))
        else:
            first = seen.setdefault(document.id, line)
            if first != line:
                found.refused.append(Refusal(line, "id", "list_number_doubled", {"line": first}))
            found.documents.append(document)
        if len(found.refused) >= MOST_REFUSALS:
            break
    return found


def _rows(sheet: spreadsheets.Sheet, found: Read) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        yield from sheet.rows
    except FileRefused as refusal:
        found.refused.append(Refusal(refusal.line, refusal.column, refusal.code, refusal.facts))


def _places(places: Any, line: int) -> dict[str, int]:
    found = {}
    for column, names in NAMES.items():
        present = [places[name] for name in names if name in places]
        if len(present) > 1:
            raise FileRefused("column_doubled", line=line, column=column)
        if present:
            found[column] = present[0]
        elif column in REQUIRED:
            raise FileRefused("column_missing", line=line, column=column, found=", ".join(places))
    return found


class _WrongCell(Exception):
    """A cell that is refused, and the column it is in."""

    def __init__(self, column: str, refusal: CellRefused) -> None:
        super().__init__(column)
        self.column, self.refusal = column, refusal


class _Rows:
    """Rows turned into documents; what recurs (days, names) is read once."""

    def __init__(self, places: dict[str, int], found: Read) -> None:
        self.places, self.found = places, found
        self.days: dict[Any, int] = {}
        self.names: dict[Any, str] = {}

    def document(self, row: Sequence[Any]) -> Document:
        """Return the document of a row. Raises _WrongCell."""
        column = ""
        try:
            column = "id"
            key = _said(self._cell(row, column))
            column = "seller"
            seller = self._name(self._cell(row, column))
            column = "buyer"
            buyer = self._name(self._cell(row, column))
            column = "date"
            day = self._day(self._cell(row, column))
            column = "amount"
            cents = signed_cents(self._cell(row, column))
            column = "label"
            label = _plain(self._cell(row, column))
            column = "reference"
            reference = _plain(self._cell(row, column))
        except CellRefused as refusal:
            raise _WrongCell(column, refusal) from None
        self.found.told.append((label, reference))
        return Document(
            key, seller, buyer, day, cents, cells.folded(label), cells.folded(reference).replace(" ", "")
        )

    def _cell(self, row: Sequence[Any], column: str) -> Any:
        place = self.places.get(column)
        return row[place] if place is not None and place < len(row) else None

    def _name(self, value: Any) -> str:
        known = self.names.get(value)
        if known is None:
            name = _said(value)
            known = self.names[value] = cells.folded(name)
            self.found.names.setdefault(known, name)
        return known

    def _day(self, value: Any) -> int:
        known = self.days.get(value)
        if known is None:
            known = self.days[value] = cells.day(value).toordinal()
        return known


def signed_cents(value: Any) -> int:
    """Return an amount in cents; a minus before or after it, or parentheses, make it a credit note.

    Raises CellRefused as cells.amount_cents does, but takes nought.
    """
    said = value if isinstance(value, str) else cells.written(value)
    plain = PLAIN.fullmatch(said.strip())
    if plain:
        cents = int(plain[2]) * 100 + int((plain[3] or "").ljust(2, "0"))
        return -cents if plain[1] else cents
    negative = MINUS.search(said) is not None
    bare = said.translate({ord(sign): None for sign in "-−()"}).strip()
    cents = cells.amount_cents(bare)
    return -cents if negative else cents


def _said(value: Any) -> str:
    said = cells.written(value)
    if not said:
        raise CellRefused("cell_missing")
    if len(said) > LONGEST:
        raise CellRefused("text_too_long", length=len(said), most=LONGEST)
    return said


def _plain(value: Any) -> str:
    """Return what an optional cell says: a sign that begins a formula is plain text here."""
    return _said(value) if cells.written(value) else ""
