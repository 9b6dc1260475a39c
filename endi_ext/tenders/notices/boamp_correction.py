"""National corrections of BOAMP (rectificatifs): which notice they correct, and what is to be read. Pure.

Most of it is said in words. Only a deadline said in one of the two regular ways is taken from them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import elements
from .boamp_papers import spaced
from .elements import text
from .model import Notice, ReadNotice

# What fields whose names begin so stand for.
INSTEAD = {"aulieu": "au lieu de : ", "lire": "lire : "}
# In figures: ReceptionOffres, and the instant to read.
SUBJECT, READ = "rubDelais", "lireDate"
DUE = re.compile(r"reception(?:des)?(?:offres|candidatures|plis)", re.IGNORECASE)
# As in « Date limite de réception des offres : au lieu de 06/11/2026 à 12h00, lire 13/11/2026 à 12h00 ».
IN_WORDS = re.compile(
    r"limites?\s+(?:de|pour)\s+(?:la\s+)?(?:r[ée]ception|remise|d[ée]p[ôo]t)\s+des\s+(?:offres|plis|candidatures)"
    r"[^.;]{0,40}?au\s+lieu\s+d[eu]\s*:?\s*"
    r"(?:le\s+)?\d{1,2}/\d{1,2}/\d{4}[^.;]{0,30}?[,;.\s]\s*lire\s*:?\s*"
    r"(?:le\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\s*(?:à|-)?\s*"
    r"(?P<hour>\d{1,2})\s*(?:heures|h|:)\s*(?P<minute>\d{2})?(?!\s*(?:heures?\s*)?locales?)",
    re.IGNORECASE,
)


def read(notice: Notice, body: Any, changes: str) -> ReadNotice:
    """Return a correction: the facts it repeats, the new deadline if it says one, and its words."""
    said = _in_words(body.get("infosRectif", body) if isinstance(body, Mapping) else body)
    due = _structured(body) or _due_in_words(said or "") or notice.deadline
    return ReadNotice(replace(notice, deadline=due), changes=changes, partial=True, said=said)


def _in_words(body: Any) -> str | None:
    """Return what a correction says, all its texts one under the other."""
    return "\n".join(dict.fromkeys(_texts(body))) or None


def _texts(value: Any, before: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            words = (words for start, words in INSTEAD.items() if name.lower().startswith(start))
            yield from _texts(one, next(words, before))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, before)
    elif (said := text(value)) is not None:
        yield before + _readable(said)


def _readable(said: str) -> str:
    at = elements.instant(said)
    if at is not None:
        return f"{at:%d/%m/%Y à %H:%M}"
    return "Date limite de réception" if DUE.fullmatch(said) else spaced(said)


def _structured(body: Any) -> datetime | None:
    """Return the one deadline that is corrected in figures."""
    found = set()
    for one in _mappings(body):
        subjects = [text(one.get(SUBJECT)) or "", *_names(one.get(SUBJECT))]
        if any(DUE.fullmatch(subject) for subject in subjects):
            found.add(elements.instant(one.get(READ)))
    return found.pop() if len(found) == 1 else None


def _due_in_words(said: str) -> datetime | None:
    found = {
        elements.instant(
            f"{one['year']}-{one['month']:0>2}-{one['day']:0>2}T{one['hour']:0>2}:{one['minute'] or '00'}:00"
        )
        for one in IN_WORDS.finditer(said)
    }
    return found.pop() if len(found) == 1 else None


def _names(holder: Any) -> list[str]:
    return list(holder) if isinstance(holder, Mapping) else []


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for one in value.values():
            yield from _mappings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _mappings(one)
