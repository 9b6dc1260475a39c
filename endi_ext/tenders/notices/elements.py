"""Elements of XML brought to JSON, as BOAMP publishes its notices: what stands in them, as a value. Pure.

An element alone is an object, several are a list, an empty one is "" (a flag), one with attributes holds its
text in "#text" and them in "@name".
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from . import values

# Written twice by some publishers: "l&amp;#039;achat" is read as "l&#039;achat".
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
# Percents end there.
WHOLE = 100
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# As people write amounts in France: the comma is before cents, never between thousands.
FRENCH_AMOUNT = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,18})(?:,(\d{2}))?", re.ASCII)
# A point before three digits may part thousands as well as cents.
TWO_MEANINGS = re.compile(r"\d{1,3}\.\d{3}", re.ASCII)
WEIGHT = re.compile(r"(\d{1,5}(?:[.,]\d{1,4})?)\s*%?")


def several(value: Any) -> list[Any]:
    """Return what stands in an element, alone or repeated."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def inside(value: Any, *path: str) -> Any:
    """Return what stands at `path`; none where it is not there, or where several elements make it unclear."""
    for name in path:
        value = _alone(value)
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def all_inside(value: Any, *path: str) -> Iterator[Any]:
    """Yield all that stands at `path`, whatever is repeated on the way."""
    if not path:
        yield from several(value)
        return
    for one in several(value):
        if isinstance(one, Mapping):
            yield from all_inside(one.get(path[0]), *path[1:])


def text(value: Any) -> str | None:
    """Return the text of an element, with its line breaks; none where it has no letter and no digit."""
    value = _alone(value)
    if isinstance(value, Mapping):
        value = value.get("#text")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    written = values.text(LINE_BREAK.sub("\n", _without_entities(value)))
    return written if written and any(letter.isalnum() for letter in written) else None


def line(value: Any) -> str | None:
    """Return the text of an element on one line."""
    written = values.line(text(value))
    return None if written is None else re.sub(r"\s+", " ", written)


def holds(value: Any, name: str) -> bool:
    """Tell whether an element holds another, empty or not: that is how BOAMP ticks a box."""
    value = _alone(value)
    return isinstance(value, Mapping) and value.get(name) is not None


def siret(value: Any) -> str | None:
    """Return a SIRET; none for a SIREN, a foreign number, or one whose key is wrong."""
    return values.siret(text(value))


def cpv(*codes: Any) -> tuple[str, ...]:
    """Return the CPV codes among `codes`, each once."""
    return values.distinct(values.cpv(text(code)) for code in codes)


def nuts(*codes: Any) -> tuple[str, ...]:
    """Return the NUTS codes among `codes`, each once."""
    return values.distinct(values.nuts(text(code)) for code in codes)


def cents(value: Any) -> int | None:
    """Return an amount in cents; none for zero, which publishers write where they do not say it."""
    written = text(value)
    if TWO_MEANINGS.fullmatch(written or ""):
        return None
    found = FRENCH_AMOUNT.fullmatch(written or "")
    if found is not None:
        euros = re.sub(r"\D", "", found.group(1))
        written = f"{euros}.{found.group(2) or '00'}"
    return values.cents(written)


def weight(value: Any) -> float | None:
    """Return a weight in percent as published ("60", "60 %")."""
    found = WEIGHT.fullmatch(text(value) or "")
    share = None if found is None else float(found.group(1).replace(",", "."))
    return share if share is not None and share <= WHOLE else None


def currency(*holders: Any) -> str | None:
    """Return the currency that the first of `holders` says in an attribute."""
    for one in holders:
        for name in ("@devise", "@DEVISE"):
            found = text(inside(one, name))
            if found and re.fullmatch(r"[A-Z]{3}", found):
                return found
    return None


def instant(value: Any) -> datetime | None:
    """Return a day and an hour; those that say no zone are of Paris. A day alone is no instant."""
    return values.instant(text(value))


def first_url(*written: Any) -> str | None:
    """Return the first address of the web among `written`."""
    return next((found for found in (values.web_address(text(one)) for one in written) if found), None)


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _without_entities(written: str) -> str:
    for _ in range(3):
        if not ENTITY.search(written):
            break
        # One by one: of a whole text, the query of an address (…&notice=1) would lose what it begins with.
        written = ENTITY.sub(lambda found: html.unescape(found.group()), written)
    return written
