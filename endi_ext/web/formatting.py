"""Money, quantities and dates as people read them: pages format them here and nowhere else."""

from datetime import date, datetime

from ..kernel.paris import PARIS

NARROW_SPACE, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

# Between thousands, before decimals.
MARKS = {"fr": (NARROW_SPACE, ","), "en": (",", ".")}


def money(cents: int, language: str = "fr") -> str:
    """Return an amount: `1 234,56 €`, with spaces that do not break."""
    text = decimals(cents, 2, language)
    if language == "en":
        return f"{MINUS}€{text[1:]}" if cents < 0 else f"€{text}"
    return f"{text}{SPACE}€"


def quantity(thousandths: int, language: str = "fr") -> str:
    """Return a quantity without useless zeros: `2`, `1,5`, `0,125`."""
    text = decimals(thousandths, 3, language)
    mark = MARKS[language][1]
    return text.rstrip("0").rstrip(mark)


def decimals(units: int, places: int, language: str = "fr") -> str:
    """Return whole `units` of 10^-`places` as a decimal number."""
    thousands, mark = MARKS[language]
    whole, rest = divmod(abs(units), 10**places)
    grouped = f"{whole:,}".replace(",", thousands)
    return f"{MINUS if units < 0 else ''}{grouped}{mark}{rest:0{places}d}"


def percent(basis_points: int, language: str = "fr") -> str:
    """Return a rate: `10 %`, `12,5 %`."""
    mark = MARKS[language][1]
    text = decimals(basis_points, 2, language).rstrip("0").rstrip(mark)
    return f"{text}%" if language == "en" else f"{text}{SPACE}%"


def day(on: date, language: str = "fr") -> str:
    """Return a date: `22/11/2026`."""
    return on.strftime("%d/%m/%Y")


MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def month(on: date, language: str = "fr") -> str:
    """Return a month: `novembre 2026`."""
    return f"{MONTHS[language][on.month - 1]} {on.year}"


def moment(at: datetime, language: str = "fr") -> str:
    """Return an instant at Paris: `22/11/2026 à 14:05`."""
    local = at.astimezone(PARIS)
    between = "at" if language == "en" else "à"
    return f"{day(local.date())} {between} {local:%H:%M}"
