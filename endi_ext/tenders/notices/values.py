"""Values as publishers write them: texts, amounts, codes, instants; none for what is not surely one. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from stdnum.fr import siret as siret_numbers

from ...kernel.paris import PARIS

# What publishers of eForms put where a value is withheld.
WITHHELD = "unpublished"
# The largest number of cents a column holds is 2 ** 63 - 1; no contract comes near.
MOST_CENTS = 10**17
# Years a deadline may be in: others are slips, or what stands for a withheld date.
YEARS = range(1990, 2200)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
BREAKS = re.compile(r"[\r\n\t]+")
LONGEST_ADDRESS = 2_000
AMOUNT = re.compile(r"\d{1,18}(?:\.\d{1,9})?", re.ASCII)
CPV = re.compile(r"(\d{8})(?:-\d)?", re.ASCII)
NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
SPACES_IN_NUMBERS = re.compile(r"[\s.\-\u00a0\u202f]")
OFFSET = r"(Z|[+-]\d{2}:\d{2})?"
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})" + OFFSET, re.ASCII)
HOUR = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?" + OFFSET, re.ASCII)


def text(written: str | None) -> str | None:
    """Return a text without the spaces around it and what no page can show, none if nothing is left."""
    if written is None:
        return None
    found = written.strip()
    if not found.isprintable():  # line breaks too; most texts have none and go on untouched
        found = SURROGATE.sub("\ufffd", CONTROL.sub("", found)).strip()
    return None if not found or found.lower() == WITHHELD else found


def line(written: str | None) -> str | None:
    """Return a text on one line: a title, a name."""
    found = text(written)
    if found is None:
        return None
    # Not one pattern with the spaces around a break in it: a long run of spaces would take it for ever.
    return " ".join(part for part in map(str.strip, BREAKS.split(found)) if part)


def cents(written: str | None) -> int | None:
    """Return an amount in cents: digits with a decimal point; zero is what publishers write for none."""
    found = text(written)
    if found is None or not AMOUNT.fullmatch(found):
        return None
    amount = Decimal(found) * 100
    return int(amount) if amount == int(amount) and 0 < amount < MOST_CENTS else None


def number(written: str | None) -> float | None:
    """Return a number that is not negative, written with a decimal point."""
    found = text(written)
    return float(found) if found is not None and AMOUNT.fullmatch(found) else None


def siret(written: str | None) -> str | None:
    """Return a SIRET of 14 digits whose key is right, however it is spaced; a SIREN is none."""
    digits = SPACES_IN_NUMBERS.sub("", text(written) or "")
    return digits if re.fullmatch(r"[0-9]{14}", digits) and siret_numbers.is_valid(digits) else None


def cpv(written: str | None) -> str | None:
    """Return the 8 digits of a CPV code, its check digit left out."""
    found = CPV.fullmatch(text(written) or "")
    return found.group(1) if found else None


def nuts(written: str | None) -> str | None:
    """Return a code of the nomenclature of places (NUTS)."""
    found = text(written) or ""
    return found if NUTS.fullmatch(found) else None


def currency(written: str | None) -> str | None:
    """Return a code of three letters (ISO 4217)."""
    found = text(written) or ""
    return found if re.fullmatch("[A-Z]{3}", found) else None


def web_address(written: str | None) -> str | None:
    """Return an address of the web as published, none if it leads elsewhere or nowhere ("javascript:…")."""
    found = text(written)
    if found is None or len(found) > LONGEST_ADDRESS or re.search(r"\s", found):
        return None
    has_scheme = re.match(r"([a-z][a-z0-9+.\-]*):", found, re.IGNORECASE)
    if has_scheme is not None and "." not in has_scheme.group(1):
        return found if has_scheme.group(1).lower() in ("http", "https") else None
    return found if re.match(r"[\w\-]+(\.[\w\-]+)+(:\d+)?([/?#]|$)", found) else None


def moment(day: str | None, hour: str | None) -> datetime | None:
    """Return the instant of a day and an hour; where neither has an offset, the hour was that of Paris.

    A day without an hour is none: which hour would be a guess.
    """
    on, at = DAY.fullmatch(text(day) or ""), HOUR.fullmatch(text(hour) or "")
    if on is None or at is None:
        return None
    return _instant(on.group(1), at.group(1), at.group(2) or on.group(2))


def instant(written: str | None) -> datetime | None:
    """Return the instant of one text ("2026-10-02T12:00:00.000+02:00"); a naive one was the hour of Paris."""
    day, _, hour = (text(written) or "").replace(" ", "T", 1).partition("T")
    return moment(day, hour)


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return what is there, once each, in the order it came."""
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _instant(day: str, hour: str, offset: str | None) -> datetime | None:
    # XML Schema knows 24:00:00, the end of a day.
    ends_the_day = hour in ("24:00", "24:00:00")
    try:
        at = time.fromisoformat("00:00" if ends_the_day else hour)
        naive = datetime.combine(datetime.fromisoformat(day), at) + timedelta(days=int(ends_the_day))
        aware = (
            datetime.fromisoformat(naive.isoformat() + (offset or ""))
            if offset
            else naive.replace(tzinfo=PARIS)
        )
        # With its offset alone, as it will be read again.
        return datetime.fromisoformat(aware.isoformat()) if naive.year in YEARS else None
    except (ValueError, OverflowError):
        return None
