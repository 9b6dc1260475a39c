"""What is matched: documents of two sides, what they become, and how near two of them are. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

# What nearly all references are: anything, then a number.
NUMBER = re.compile(r"[^0-9]*0*([1-9][0-9]*)")
BEFORE_DIGITS, SEPARATORS = re.compile(r"^[^0-9]*(?=[0-9])"), re.compile(r"[\W_]+")

SALES, PURCHASES = "sales", "purchases"
MISSING, DUPLICATE, AMBIGUOUS = "missing_other_side", "duplicate", "ambiguous"


# Documents and matches are never changed; not frozen, because that makes hundreds of thousands of them three
# times as slow to build.
@dataclass(slots=True, unsafe_hash=True)
class Document:
    """One document of a list: `day` is its date as an ordinal, `cents` is negative for a credit note.

    `reference` and `label` are folded: neither case, accents nor spaces count.
    """

    id: str
    seller: str
    buyer: str
    day: int
    cents: int
    label: str = ""
    reference: str = ""


@dataclass(slots=True, unsafe_hash=True)
class Match:
    """Documents of both sides that tell the same exchange, by which rule and how surely (score 0 to 1).

    `difference_cents` is what the purchases say more than the sales, `day_difference` how many days later
    the purchase is (the one furthest away, of several). `confirmed` is exact; all else a person looks at.
    """

    sales: tuple[str, ...]
    purchases: tuple[str, ...]
    rule: str
    score: float
    difference_cents: int
    day_difference: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A document that matches nothing, and why."""

    side: str
    id: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What became of two lists: every document is in one match or among the unmatched, once."""

    matches: Sequence[Match]
    unmatched: Sequence[Unmatched]


@dataclass(frozen=True)
class Settings:
    """How far apart two documents of one exchange may be.

    Dates of an exact match lie within `window_days`; of a suggestion within `far_days`. Amounts that differ
    are suggested up to `tolerance_bp` of the larger one, or `tolerance_cents`. With `strict_references` two
    documents whose references are unlike are never the same.
    """

    window_days: int = 10
    far_days: int = 62
    tolerance_cents: int = 5_000
    tolerance_bp: int = 5_000
    parts: int = 4
    strict_references: bool = False


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> float:
    """Return how alike two labels are, 0 to 1; an empty one says nothing either way (0.5)."""
    if one == other:
        return 1.0 if one else 0.5
    if not one or not other:
        return 0.5
    return float(token_sort_ratio(one, other)) / 100


def agree(one: Document, other: Document) -> bool | None:
    """Say whether the references agree; none when one of them has none."""
    if not one.reference or not other.reference:
        return None
    return one.reference == other.reference


def bare(reference: str) -> str:
    """Return a reference without what programs add to its number: letters before it, zeros, separators."""
    plain = NUMBER.fullmatch(reference)
    if plain:
        return plain[1]
    return SEPARATORS.sub("", BEFORE_DIGITS.sub("", reference)).lstrip("0") or reference


def nearly(one: str, other: str) -> bool:
    """Say whether two references differ by one character or two exchanged, as when somebody mistyped one.

    A digit left out or added inside a number is not taken for a mistake: it makes the number of another
    document, where numbers of several lengths are in use.
    """
    length = max(len(one), len(other))
    return OSA.distance(one.zfill(length), other.zfill(length)) <= 1


def contradict(one: Document, other: Document, settings: Settings) -> bool:
    """Say whether the references prove that these are two exchanges."""
    return (
        settings.strict_references
        and agree(one, other) is False
        and not nearly(one.reference, other.reference)
    )


def matched(
    sales: Sequence[Document], purchases: Sequence[Document], rule: str, score: float, *, confirmed: bool
) -> Match:
    """Return the match of these documents, its differences worked out."""
    if len(sales) == 1 == len(purchases):
        one, other = sales[0], purchases[0]
        cents, days_later = other.cents - one.cents, other.day - one.day
        return Match((one.id,), (other.id,), rule, round(score, 3), cents, days_later, confirmed)
    days = [there.day - here.day for here in sales for there in purchases]
    return Match(
        tuple(one.id for one in sales),
        tuple(one.id for one in purchases),
        rule,
        round(score, 3),
        sum(one.cents for one in purchases) - sum(one.cents for one in sales),
        max(days, key=abs),
        confirmed,
    )
