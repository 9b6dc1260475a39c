"""What is said in BOAMP's forms by ticked boxes and by words: procedure, variants, criteria. Pure.

A tick is an empty element: <procedureAdaptee/>, <procedureAdapteeO/>, <variantes><non/></variantes>.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from . import elements
from .elements import inside, several, text
from .model import Criterion

# In the words of eForms, where it has one; "adapted" (procédure adaptée) it has not.
PROCEDURES = {
    "adapte": "adapted",
    "ouvert": "open",
    "restreint": "restricted",
    "dialogue": "comp-dial",
    "partenariatinnovation": "innovation",
}
TICKED_PROCEDURE = r"(?:procedure|appelOffres)?({})(?:ee?|e)?(?:competitif)?(?:o|oui)?"
VARIANTS = re.compile(r"variantes?(?:Autorisees?)?(O|Oui|N|Non)?", re.IGNORECASE)
# As in « 1. Valeur technique : 60 % » and « - Prix (40%) ».
WEIGHTED = re.compile(
    r"[\s•*.-]*(?:\d{1,2}\s*[.)°-]\s*)?"
    r"(?P<name>[^\W\d][^\d:(%.]*?)[\s:(=–-]*(?P<weight>\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*\)?\s*\.?\s*"
)
LONGEST_LIST = 5_000


def procedure(holder: Any) -> str | None:
    """Return the one procedure a form ticks; boxes ending in N say no."""
    ticked = {name for one in (holder, inside(holder, "typeProcedure")) for name in _ticks(one)}
    found = {
        code
        for name in ticked
        for word, code in PROCEDURES.items()
        if re.fullmatch(TICKED_PROCEDURE.format(word), name, re.IGNORECASE)
    }
    return found.pop() if len(found) == 1 else None


def variants(holder: Any) -> bool | None:
    """Return whether variants are allowed; boxes about required variants say nothing of it."""
    if not isinstance(holder, Mapping):
        return None
    said: set[bool] = set()
    for name, value in holder.items():
        found = VARIANTS.fullmatch(name)
        if found is not None:
            words = [found.group(1)] if found.group(1) else [*_ticks(value), text(value)]
            lowered = {(word or "").lower() for word in words}
            said |= {True} if lowered & {"o", "oui"} else set()
            said |= {False} if lowered & {"n", "non"} else set()
    return said.pop() if len(said) == 1 else None


def in_words(value: Any) -> tuple[Criterion, ...]:
    """Return the criteria of a text, where it is a list of names with percents that make a hundred."""
    written = text(value) or ""
    if len(written) > LONGEST_LIST:
        return ()
    parts = [part for part in re.split(r"[\n;]|,\s+(?=\D)", written) if part.strip(" .-•*")]
    listed = [
        Criterion(one["name"].strip(" -–:"), float(one["weight"].replace(",", ".")))
        for one in map(WEIGHTED.fullmatch, parts)
        if one
    ]
    complete = len(listed) == len(parts) and round(sum(one.weight or 0 for one in listed), 6) == 100
    return tuple(listed) if complete else ()


def weighted(listed: Iterable[Any]) -> tuple[Criterion, ...]:
    """Return the criteria of MAPA and DSP: <criterePondere><critere/><criterePCT/></criterePondere>."""
    named = ((elements.line(inside(one, "critere")), inside(one, "criterePCT")) for one in listed)
    return tuple(Criterion(name, elements.weight(share)) for name, share in named if name)


def language(value: Any) -> str | None:
    """Return the one language a form names by its code."""
    codes = [elements.line(one) or "" for one in several(value)]
    return codes[0].lower() if len(codes) == 1 and re.fullmatch(r"[A-Za-z]{2,3}", codes[0]) else None


def _ticks(holder: Any) -> list[str]:
    """Return the names of the empty elements of `holder`."""
    if not isinstance(holder, Mapping):
        return []
    return [name for name, value in holder.items() if value is not None and text(value) is None]
