"""Whether a trade speaks of what a lot asks for: words compared by their beginnings. Pure."""

import re
import unicodedata

SHORTEST = 4
_WORD = re.compile(r"[^\W_]+")
# Words that every notice has: they say nothing of a trade.
_COMMON = """
accord accords achat annee annees avec autres batiment batiments cadre commune compte dans divers ecole entre
fourniture fournitures general generale generaux hors lots maintenance maitrise marche marches mise mission
missions oeuvre ouvrage pour prestation prestations public publics realisation rehabilitation renovation selon
service services site sites suite sans travaux ville
"""
COMMON = set(_COMMON.split())


def every(text: str) -> list[str]:
    """Return the words and numbers of a text: no accents, no capitals, each once."""
    return list(dict.fromkeys(_plain(word) for word in _WORD.findall(text)))


def of(text: str) -> list[str]:
    """Return the words of a text that may say something of a trade."""
    return [word for word in every(text) if _tells(word)]


def alike(one: str, other: str) -> bool:
    """Say whether two words share their beginning: five letters at least, and two thirds of the shorter one.

    A short word must be there whole, a plural aside.
    """
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    shorter = min(len(one), len(other))
    if shorter <= 5:
        return one.rstrip("sx") == other.rstrip("sx")
    return shared >= 5 and 3 * shared >= 2 * shorter


def answered(asked: str, offered: str) -> list[str]:
    """Return the words of `asked`, as they are written there, that some word of `offered` is like."""
    there = of(offered)
    written = {_plain(word): word.lower() for word in _WORD.findall(asked)}
    return [
        word
        for plain, word in written.items()
        if _tells(plain) and any(alike(plain, other) for other in there)
    ]


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in COMMON
