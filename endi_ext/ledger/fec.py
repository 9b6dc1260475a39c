"""The journal in the shape of the statutory file (FEC, LPF A47 A-1): its lines and its name. Pure.

What leaves here is tab separated, in ISO 8859-15, ended by CRLF, without quoting: whatever would break a line
or a field is made readable and harmless first. It is the journal of internal exchanges, not the whole file
that the accounting software hands to the administration.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from stdnum.exceptions import ValidationError
from stdnum.fr import siren

from ..kernel import paris
from ..kernel.errors import DomainError
from . import letters

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
ENCODING = "iso8859-15"
SEPARATOR, LINE_END = "\t", "\r\n"
NO_LETTER = SEPARATOR
AT_ONCE = 500  # lines encoded and written together

# What the encoding lacks and no decomposition gives, as people would type it.
READABLE = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-",
    "…": "...", "⁄": "/", "¦": "|", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≠": "<>", "√": "V",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ẞ": "SS",
}  # fmt: skip
UNREADABLE = "?"
SIRET_LENGTH = 14


class NoEntries(DomainError):
    """A file without a line is none to the administration (facts: span)."""

    code = "span_empty"
    field = "period"


class SirenUnknown(DomainError):
    """The file is named after the cooperative's SIREN, and nobody told it."""

    code = "siren_unknown"
    field = "siren"


class SirenWrong(DomainError):
    """It is no SIREN (facts: number)."""

    code = "siren_wrong"
    field = "siren"


class Names(NamedTuple):
    """What journals and accounts are called, by their code and number, where the books do not say."""

    journals: Mapping[str, str]
    accounts: Mapping[str, str]


def siren_of(number: str) -> str:
    """Return the SIREN that a SIREN or a SIRET gives. Raises SirenUnknown, SirenWrong."""
    compact = "".join(number.split())
    if not compact:
        raise SirenUnknown
    try:
        return str(siren.validate(compact[:9] if len(compact) == SIRET_LENGTH else compact))
    except ValidationError:
        raise SirenWrong(number=number[:30]) from None


def file_name(siren: str, closes_on: date) -> str:
    """Return the name the administration asks for: SIREN, FEC, the day the period ends."""
    return f"{siren}FEC{closes_on:%Y%m%d}.txt"


def heading() -> bytes:
    """Return the first line."""
    return f"{SEPARATOR.join(COLUMNS)}{LINE_END}".encode(ENCODING)


def lines(rows: Iterable[tuple[Any, Any]], names: Names) -> Iterator[bytes]:
    """Yield what `exports.recorded_lines` yields, an entry and one of its lines, as lines of the file.

    Many are written at a time.

    What must not be empty never is: an entry whose text was erased, or that proves no paper, is called by
    its journal and number.
    """
    last_entry, before, between, after = None, "", "", ""
    accounts: dict[Any, str] = {}
    journals: dict[str, tuple[str, str]] = {}
    written: list[str] = []
    for entry, line in rows:
        if entry is not last_entry:
            if len(written) > AT_ONCE:
                yield "".join(written).encode(ENCODING)
                written.clear()
            last_entry = entry
            code = entry.code
            journal = journals.get(code)
            if journal is None:
                journal = journals[code] = _of_journal(code, names)
            before, between, after = _of_entry(entry, *journal)
        holder = line.holder
        account = accounts.get(holder)
        if account is None:
            account = accounts[holder] = _of_account(holder, names)
        debit, credit = line.debit_cents, line.credit_cents
        # One side is nothing; said here rather than worked out for each line.
        amounts = f"{amount(debit)}\t0,00" if not credit else f"0,00\t{amount(credit)}"
        letter = line.letter
        # Both columns are filled in or none.
        lettered = NO_LETTER if letter is None else _of_letter(letter, line.letter_last_on, line.lettered_at)
        written.append(f"{before}\t{account}\t{between}\t{amounts}\t{lettered}\t{after}\r\n")
    yield "".join(written).encode(ENCODING)


def amount(cents: int) -> str:
    """Return an amount with a comma and two decimals."""
    return f"{cents // 100},{cents % 100:02d}"


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """Return `text` on one line, in letters the encoding has, without spaces around it."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_letter, unicodedata.normalize("NFC", text)))
    return " ".join(text.split())


def _of_entry(row: Any, journal: str, called: str) -> tuple[str, str, str]:
    """Return what the lines of an entry share: before the account, between it and the amounts, after them.

    `called` is what stands in for a paper or a text that is not there.
    """
    number, on = row.number, _day(row.effective_on)
    document = readable(row.document) or f"{called} {number}"
    text = readable(row.text) or f"Écriture {called} {number}"
    return f"{journal}\t{number}\t{on}", f"{document}\t{on}\t{text}", f"{_recorded_day(row.recorded_at)}\t\t"


def _of_journal(code: str, names: Names) -> tuple[str, str]:
    """Return the cells of a journal, and what its entries are called after."""
    shown = readable(code)
    return f"{shown}{SEPARATOR}{readable(names.journals.get(code, '')) or shown}", shown


@lru_cache(maxsize=1024)
def _of_letter(number: int, last_on: date, made_at: datetime) -> str:
    """Return the letter of a line and its day; one that is only in part is left out, since it is open."""
    return f"{letters.letters(number)}{SEPARATOR}{_day(letters.lettered_on(last_on, made_at))}"


def _of_account(row: Any, names: Names) -> str:
    number = readable(row.account)
    label = readable(row.account_label) or readable(names.accounts.get(row.account, ""))
    code = readable(row.analytic_code) or f"ENS{row.party_id}"
    cells = (number, label or f"Compte {number}", code, readable(row.party) or code)
    return SEPARATOR.join(cells)


@lru_cache(maxsize=1024)
def _recorded_day(at: datetime) -> str:
    return _day(paris.day_of(at))


@lru_cache(maxsize=1024)
def _day(on: date) -> str:
    return f"{on:%Y%m%d}"


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """Return one letter as the encoding can hold it; a control or an odd space is a space, a mark nothing."""
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    if letter in READABLE or _holds(letter):
        return READABLE.get(letter, letter)
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(map(_letter, parts)) if parts != letter else UNREADABLE


def _holds(letter: str) -> bool:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
