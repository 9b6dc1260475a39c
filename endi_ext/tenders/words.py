"""Whether a trade speaks of what a lot asks for: words compared by their beginnings. Pure."""

import re
import unicodedata

SHORTEST = 4
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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return list(dict.fromkeys(re.findall(r"[a-z0-9]+", plain.replace("œ", "oe"))))


def of(text: str) -> list[str]:
    """Return the words of a text that may say something of a trade."""
    return [word for word in every(text) if len(word) >= SHORTEST and word.isalpha() and word not in COMMON]


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
    """Return the words of `asked` that some word of `offered` is like."""
    there = of(offered)
    return [word for word in of(asked) if any(alike(word, other) for other in there)]
