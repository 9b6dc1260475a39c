"""What is written in one cell of a spreadsheet: an amount, a day, a text; or why it is refused. Pure."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any, Final

from ..kernel.errors import DomainError

FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_DIGITS = 10

# A spreadsheet would compute a text that begins so, here or wherever it is exported to.
FORMULA_SIGNS = ("=", "+", "-", "@")

PLAIN_AMOUNT = re.compile(r"([0-9]{1,10})(?:[.,]([0-9]{1,2}))?")
GROUPED_AMOUNTS = (
    re.compile(r"([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?"),
    re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)"),
    re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)"),
)
CURRENCY = re.compile(r"(?:€|eur|euros?)", re.IGNORECASE)
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
FRENCH_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")

# Control characters, marks that turn the reading direction, and the sign of a text already damaged.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")


class CellRefused(DomainError):
    """A cell does not say what its column asks (`code` says why)."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(**facts)
        self.code = code


class Unusable:
    """A cell that holds no value of its own: a formula, or the error of one."""

    def __init__(self, code: str) -> None:
        self.code = code


FORMULA: Final = Unusable("formula")
ERROR: Final = Unusable("cell_error")


def written(value: Any) -> str:
    """Return what a cell shows, on one line, without spaces around. Raises CellRefused."""
    if isinstance(value, Unusable):
        raise CellRefused(value.code)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"  # as a spreadsheet shows it: the sixteenth digit is noise
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time().isoformat() != "00:00:00" else value.date().isoformat()
    text = value if isinstance(value, str) else str(value)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def amount_cents(value: Any) -> int:
    """Return a positive amount in cents: comma or point, spaces between thousands, perhaps a euro sign.

    Raises CellRefused: formula, cell_missing, amount_unreadable, amount_not_positive, three_decimals,
    amount_too_long.
    """
    said = value if isinstance(value, str) else written(value)
    plain = PLAIN_AMOUNT.fullmatch(said)
    euros, decimals = plain.groups("") if plain else _grouped(written(said))
    if len(decimals) > 2:
        raise CellRefused("three_decimals", written=shown(said))
    if len(euros.lstrip("0")) > MOST_DIGITS:
        raise CellRefused("amount_too_long", written=shown(said))
    cents = int(euros) * 100 + int(decimals.ljust(2, "0"))
    if cents == 0:
        raise CellRefused("amount_not_positive", written=shown(said))
    return cents


def units(value: Any, places: int) -> int:
    """Return a number that is not negative in units of 10^-`places`: 1 234,5 in thousandths is 1234500.

    Raises CellRefused: formula, cell_missing, number_unreadable, number_negative, too_many_decimals,
    amount_too_long.
    """
    said = written(value)
    if said.startswith("="):
        raise CellRefused("formula")
    try:
        whole, decimals = _grouped(said)
    except CellRefused as refusal:
        codes = {"amount_unreadable": "number_unreadable", "amount_not_positive": "number_negative"}
        raise CellRefused(codes.get(refusal.code, refusal.code), **refusal.facts) from None
    kept = decimals.rstrip("0")
    if len(kept) > places:
        raise CellRefused("too_many_decimals", written=shown(said), most=places)
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise CellRefused("amount_too_long", written=shown(said))
    return int(whole) * 10**places + int(kept.ljust(places, "0") or 0)


def _grouped(text: str) -> tuple[str, str]:
    """Return the whole and the decimal digits of an amount written with spaces, separators or a currency."""
    if not text:
        raise CellRefused("cell_missing")
    if text[0] in "=@+":
        raise CellRefused("formula")
    bare = CURRENCY.sub("", text, count=1).strip()
    digits = bare.lstrip("-−").strip()
    found = next(filter(None, (shape.fullmatch(digits) for shape in GROUPED_AMOUNTS)), None)
    if found is None:
        raise CellRefused("amount_unreadable", written=shown(text))
    if digits != bare:
        raise CellRefused("amount_not_positive", written=shown(text))
    return re.sub("[^0-9]", "", found[1]), found[2] or ""


def day(value: Any) -> date:
    """Return a day written the French or the ISO way, or held as a date by the cell.

    Raises CellRefused: formula, cell_missing, date_unreadable, date_impossible, date_out_of_range.
    """
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _day_of(written(value), value)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CellRefused("date_out_of_range", written=value.strftime("%d/%m/%Y"))
    return value


def _day_of(text: str, value: Any) -> date:
    if not text:
        raise CellRefused("cell_missing")
    if text[0] in FORMULA_SIGNS:
        raise CellRefused("formula")
    french, iso = FRENCH_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    if not isinstance(value, str) or not (french or iso):
        raise CellRefused("date_unreadable", written=shown(text))
    if french:
        year, month, number = int(french[4]), int(french[3]), int(french[1])
        year += 2000 if len(french[4]) == 2 else 0
    else:
        assert iso is not None
        year, month, number = int(iso[1]), int(iso[2]), int(iso[3])
    try:
        return date(year, month, number)
    except ValueError:
        raise CellRefused("date_impossible", written=text) from None


def text(value: Any, *, length: int) -> str:
    """Return a text that is there, fits and hides nothing.

    Raises CellRefused: formula, cell_missing, text_too_long, text_unreadable.
    """
    said = written(value)
    if not said:
        raise CellRefused("cell_missing")
    if said[0] in FORMULA_SIGNS:
        raise CellRefused("formula")
    if len(said) > length:
        raise CellRefused("text_too_long", length=len(said), most=length)
    if HIDDEN.search(said):
        raise CellRefused("text_unreadable")
    return said


def shown(text: str, length: int = 40) -> str:
    """Return what was written, short enough for a report."""
    return text if len(text) <= length else text[: length - 1] + "…"


def folded(text: str) -> str:
    """Return a text without accents or case, for headers and references."""
    return text.upper() if text.isascii() else without_accents(text).upper()


def without_accents(text: str) -> str:
    """Return a text without its accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def safe_cell(text: str) -> str:
    """Return a text as it may be written in a spreadsheet: after an apostrophe where it would be computed."""
    return f"'{text}" if text.lstrip()[:1] in {*FORMULA_SIGNS} or text[:1] in ("\t", "\r") else text
