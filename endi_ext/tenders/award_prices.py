"""What contracts like those of a tender were awarded for: ranges of prices, alone and in groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .award_models import Award
from .awards import CPV_DIGITS, IN_GROUPS, begins
from .models import Tender

# The nomenclature narrows from division (two digits) to category and beyond.
LEVELS = (8, 5, 4, 3, 2)
# Fewer contracts say nothing of a market.
FEWEST = 5
# More than these, the last ones, say no more.
MOST = 5_000
ALL, ALONE, GROUPED = "all", "alone", "grouped"


@dataclass(frozen=True)
class PriceRange:
    """What `count` contracts were worth: eight of ten between low and high, half between the quarters."""

    kind: str
    count: int
    low_cents: int
    first_quarter_cents: int
    median_cents: int
    third_quarter_cents: int
    high_cents: int


@dataclass(frozen=True)
class Prices:
    """The ranges of contracts whose code begins with `cpv`: all, then those alone and in groups if known."""

    cpv: str
    ranges: Sequence[PriceRange]

    @property
    def whole(self) -> PriceRange:
        """The range of all contracts of the code."""
        return self.ranges[0]


def price_ranges(session: Session, cpv: Sequence[str], *, wider: bool = True) -> list[Prices]:
    """Return what contracts of these codes were worth, each code as narrow as enough contracts allow.

    A code for which even the division knows too few contracts is left out; not `wider`: so is one that knows
    too few itself.
    """
    found: dict[str, Prices] = {}
    for code in cpv:
        for beginning in _beginnings(code) if wider else (code,):
            if beginning in found:
                break
            amounts = _amounts(session, beginning)
            if len(amounts) >= FEWEST:
                found[beginning] = Prices(beginning, tuple(_ranges(amounts)))
                break
    return list(found.values())


def codes_of(tender: Tender) -> list[str]:
    """Return the codes of a tender and of the lots it answers, each once."""
    lots = [code for lot in tender.lots if lot.answered for code in lot.cpv]
    return list(dict.fromkeys([*tender.cpv, *lots]))


def _beginnings(code: str) -> Iterator[str]:
    """Yield a code ever wider: its trailing zeros say that it is wide already."""
    written = code.rstrip("0")
    seen: set[str] = set()
    for level in LEVELS:
        beginning = code[: max(2, min(level, len(written)))]
        if beginning not in seen:
            seen.add(beginning)
            yield beginning


def _amounts(session: Session, beginning: str) -> list[tuple[int, str | None]]:
    found = (
        select(Award.amount_cents, Award.grouping_kind)
        .where(begins(Award.cpv, beginning, CPV_DIGITS), Award.amount_cents.is_not(None))
        .order_by(Award.notified_on.desc(), Award.id.desc())
        .limit(MOST)
    )
    return [(row.amount_cents, row.grouping_kind) for row in session.execute(found)]


def _ranges(amounts: Sequence[tuple[int, str | None]]) -> Iterator[PriceRange]:
    yield range_of(ALL, [cents for cents, _grouping in amounts])
    for kind, groupings in ((ALONE, ("none",)), (GROUPED, IN_GROUPS)):
        some = [cents for cents, grouping in amounts if grouping in groupings]
        if len(some) >= FEWEST:
            yield range_of(kind, some)


def range_of(kind: str, cents: Sequence[int]) -> PriceRange:
    """Return the range of amounts, each end an amount that was paid (nearest rank)."""
    ranked = sorted(cents)
    places = [ranked[max(0, -(-len(ranked) * share // 100) - 1)] for share in (10, 25, 50, 75, 90)]
    return PriceRange(kind, len(ranked), *places)
