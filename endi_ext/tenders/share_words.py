"""A share as people write it: "1 200,00 €", "40 %", "2 parts". Pure: no session, no clock."""

import re

from ..exchanges import cells
from ..exchanges.cells import CellRefused
from .shares import AMOUNT, PARTS, PERCENT, WHOLE_BP

SUFFIXES = (
    (re.compile(r"%$"), PERCENT, 2),
    (re.compile(r"(?:parts?|p)\.?$", re.IGNORECASE), PARTS, 3),
    (re.compile(r"(?:€|eur|euros?)?$", re.IGNORECASE), AMOUNT, 2),
)
ONE_PART = 1000


def read(text: str) -> tuple[str, int] | None:
    """Return kind and value of a share, an amount where no unit is said; nothing for no share or zero.

    Raises CellRefused: share_unreadable, share_above_whole, and what cells.units refuses.
    """
    said = " ".join(text.split())
    if not said:
        return None
    suffix, kind, places = next(one for one in SUFFIXES if one[0].search(said))
    number = suffix.sub("", said, count=1).strip()
    try:
        value = cells.units(number, places)
    except CellRefused as refusal:
        if refusal.code in ("number_unreadable", "cell_missing", "formula"):
            raise CellRefused("share_unreadable", written=cells.shown(said)) from None
        raise
    if kind == PERCENT and value > WHOLE_BP:
        raise CellRefused("share_above_whole", written=cells.shown(said))
    return (kind, value) if value else None


def write(kind: str, value: int) -> str:
    """Return a share as `read` understands it."""
    if kind == AMOUNT:
        return f"{_decimals(value, 2, keep=True)} €"
    if kind == PERCENT:
        return f"{_decimals(value, 2)} %"
    return f"{_decimals(value, 3)} {'parts' if value > ONE_PART else 'part'}"


def _decimals(units: int, places: int, *, keep: bool = False) -> str:
    whole, rest = divmod(units, 10**places)
    if not rest and not keep:
        return str(whole)
    decimals = f"{rest:0{places}d}"
    return f"{whole},{decimals if keep else decimals.rstrip('0')}"
