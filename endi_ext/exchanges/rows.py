"""Rows of a spreadsheet turned into exchanges to record; what cannot be read is noted, cell by cell. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Any

from ..kernel.parties import EXTERNAL, Party
from . import cells, rules
from .cells import CellRefused
from .rules import ExchangeFacts
from .spreadsheets import Row, Sheet

REQUIRED = ("date", "vendeur", "acheteur", "montant_ht", "libelle", "reference")
OPTIONAL = ("echeance", "regle_le")
COLUMNS = REQUIRED + OPTIONAL

REFERENCE_LENGTH = 100
PARTY_LENGTH = 190

# Looking for the nearest name is slow, and a file that names many unknown parties has another problem.
MOST_SUGGESTIONS = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell, a row or the file is refused: `line` 0 is the file, `column` "" the whole row."""

    line: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row that can be read: the facts of an exchange, its line, and the day it was settled."""

    line: int
    facts: ExchangeFacts
    settled_on: date | None


def candidates_of(sheet: Sheet, parties: Iterable[Party], refused: list[Refusal]) -> Iterator[Candidate]:
    """Return what the rows say, in order; whatever is wrong in a row is added to `refused`."""
    reading = _Reading(sheet, _Directory(parties), refused)
    return filter(None, map(reading.candidate, sheet.rows))


def source_of(seller: Party, reference: str) -> str:
    """Return the source of an imported exchange: a seller's reference, whatever its case and accents."""
    plain = cells.folded(reference)
    if not plain.isascii():
        plain = plain.encode("ascii", "backslashreplace").decode()
    if len(plain) > REFERENCE_LENGTH:
        plain = sha256(plain.encode()).hexdigest()
    return f"import:{seller.host_key}:{plain}"


class _Directory:
    """Parties by what a spreadsheet calls them: the analytic code or the exact name."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.called: defaultdict[str, dict[int, Party]] = defaultdict(dict)
        self.remembered: dict[Any, Party | CellRefused] = {}
        self.suggestions = 0
        for party in parties:
            for name in (party.analytic_code, party.name):
                if name:
                    self.called[_plain(name)][party.id] = party

    def party(self, value: Any) -> Party:
        """Return the party a cell names.

        Raises CellRefused: cell_missing, formula, party_unknown, party_misspelt, party_ambiguous,
        party_external.
        """
        found = self.remembered.get(value)
        if found is None:
            found = self.remembered[value] = self._found(value)
        if isinstance(found, CellRefused):
            raise found
        return found

    def _found(self, value: Any) -> Party | CellRefused:
        try:
            name = cells.written(value)
            found = self.called.get(_plain(name)) or {}
            if not found:
                return self._unknown(cells.text(name, length=PARTY_LENGTH))
        except CellRefused as refusal:
            return refusal
        if len(found) > 1:
            return CellRefused("party_ambiguous", party=name, count=len(found))
        party = next(iter(found.values()))
        return CellRefused(rules.PartyExternal.code, party=name) if party.kind == EXTERNAL else party

    def _unknown(self, name: str) -> CellRefused:
        self.suggestions += 1
        nearest = get_close_matches(name, self.called, n=1) if self.suggestions <= MOST_SUGGESTIONS else []
        if nearest:
            return CellRefused("party_misspelt", party=cells.shown(name), nearest=nearest[0])
        return CellRefused("party_unknown", party=cells.shown(name))


class _Reading:
    """The rows of one sheet, read one after the other."""

    def __init__(self, sheet: Sheet, directory: _Directory, refused: list[Refusal]) -> None:
        self.refused = refused
        self.sheet = sheet
        self.cells_needed = max(sheet.places.values()) + 1
        self.first_line: dict[str, int] = {}
        days = _Days()
        readers: dict[str, Callable[[Any], Any]] = {
            "date": days.day,
            "vendeur": directory.party,
            "acheteur": directory.party,
            "montant_ht": cells.amount_cents,
            "libelle": lambda value: cells.text(value, length=rules.LABEL_LENGTH),
            "reference": lambda value: cells.text(value, length=REFERENCE_LENGTH),
            "echeance": lambda value: None if _is_blank(value) else days.day(value),
            "regle_le": lambda value: None if _is_blank(value) else days.day(value),
        }
        self.readers = [(name, sheet.places[name], readers[name]) for name in COLUMNS if name in sheet.places]

    def candidate(self, row: Row) -> Candidate | None:
        """Return what a row says, or nothing once its refusals are noted."""
        line, found = row
        before, said = len(self.refused), {}
        for column, place, reader in self.readers:
            try:
                said[column] = reader(found[place] if place < len(found) else None)
            except CellRefused as refusal:
                self._refuse(line, column, refusal.code, refusal.facts)
        if self.sheet.width and any(found[self.sheet.width :]):
            # An amount with a comma in a file separated by commas: every later cell has moved.
            self._refuse(line, "", "too_many_cells", {"most": self.sheet.width})
        return self._candidate(line, said) if len(self.refused) == before else None

    def _candidate(self, line: int, said: Mapping[str, Any]) -> Candidate | None:
        seller, buyer, reference = said["vendeur"], said["acheteur"], said["reference"]
        if seller is buyer:
            self._refuse(line, "acheteur", rules.SameParty.code, {"party": seller.name})
            return None
        source = source_of(seller, reference)
        first = self.first_line.setdefault(source, line)
        if first != line:
            self._refuse(line, "reference", "reference_doubled", {"reference": reference, "first": first})
            return None
        facts = ExchangeFacts(
            source,
            seller.id,
            buyer.id,
            said["montant_ht"],
            said["date"],
            said["libelle"],
            said.get("echeance"),
            reference,
        )
        return Candidate(line, facts, said.get("regle_le"))

    def _refuse(self, line: int, column: str, code: str, facts: Mapping[str, Any]) -> None:
        self.refused.append(Refusal(line, column, code, facts))


class _Days:
    """Days remembered as they are written: a file repeats the same few hundred."""

    def __init__(self) -> None:
        self.remembered: dict[Any, date] = {}

    def day(self, value: Any) -> date:
        """Return the day a cell holds. Raises CellRefused as cells.day does."""
        found = self.remembered.get(value)
        if found is None:
            found = self.remembered[value] = cells.day(value)
        return found


def _plain(name: str) -> str:
    """Return a name with the apostrophe of keyboards: word processors put another one."""
    return cells.written(name).replace("’", "'")


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
