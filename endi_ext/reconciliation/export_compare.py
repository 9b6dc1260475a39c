"""What the host writes of the documents of an exchange beside what our books write of it, line by line. Pure.

Both are put together by file, account and analytic code: what was exported and then undone is nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .found import BLOCKING, WARNING, Found, PaperSide

AMOUNT_DIFFERS = "export_amount_differs"
ACCOUNT_DIFFERS = "export_account_differs"
# What the host did not write, and what it wrote that the books do not have.
LINE_MISSING = "export_line_missing"
LINE_UNKNOWN = "export_line_unknown"
CODES = (AMOUNT_DIFFERS, ACCOUNT_DIFFERS, LINE_MISSING, LINE_UNKNOWN)

UNITS_PER_CENT = 1_000
HOST, BOOKS = "host", "books"


class Place(NamedTuple):
    """Where an amount goes: which file, which account, whose."""

    part: str
    account: str
    analytic_code: str


@dataclass
class Exported:
    """An exchange as both would export it: debit less credit of each place, in hundred-thousandths of a euro.

    `parts` are the files the host already exported documents of it in: only these are compared.
    """

    exchange_id: int
    seller_key: str
    buyer_key: str
    on: date
    sale: PaperSide | None = None
    purchase: PaperSide | None = None
    parts: set[str] = field(default_factory=set)
    host: dict[Place, int] = field(default_factory=dict)
    books: dict[Place, int] = field(default_factory=dict)

    def add(self, side: str, place: Place, units: int) -> None:
        """Add an amount to one of the two sides."""
        amounts = self.host if side == HOST else self.books
        amounts[place] = amounts.get(place, 0) + units


def compare(exported: Exported) -> Iterator[Found]:
    """Yield what differs. Half a cent that one rounds up and the other down is no difference."""
    host, books = (_of_parts(amounts, exported.parts) for amounts in (exported.host, exported.books))
    both = host.keys() & books.keys()
    for place in sorted(both):
        if _cents(host[place] - books[place]):
            facts = {
                "account": place.account,
                "host_cents": _signed(host[place]),
                "books_cents": _signed(books[place]),
            }
            yield _found(exported, AMOUNT_DIFFERS, BLOCKING, place, host[place] - books[place], facts)
    yield from _alone(exported, _less(host, both), _less(books, both))


def _alone(exported: Exported, host: dict[Place, int], books: dict[Place, int]) -> Iterator[Found]:
    """Tell what only one side has: the same amount in another account, or a line that is missing."""
    for place in sorted(books):
        elsewhere = next(
            (one for one in sorted(host) if _moved(one, place) and _same(host[one], books[place])), None
        )
        if elsewhere is None:
            continue
        facts = {"account": place.account, "host_account": elsewhere.account}
        yield _found(exported, ACCOUNT_DIFFERS, WARNING, place, books[place], facts)
        del host[elsewhere], books[place]
    yield from _one_sided(exported, host, LINE_UNKNOWN)
    yield from _one_sided(exported, books, LINE_MISSING)


def _one_sided(exported: Exported, amounts: dict[Place, int], code: str) -> Iterator[Found]:
    """Tell once for each file what only one side wrote there."""
    for part in sorted({place.part for place in amounts}):
        here = {place: units for place, units in amounts.items() if place.part == part}
        facts = {"accounts": ", ".join(sorted({place.account for place in here}))}
        debit = sum(units for units in here.values() if units > 0)
        units = debit or -sum(here.values())
        yield _found(exported, code, WARNING, Place(part, "", ""), units, facts)


def _found(
    exported: Exported, code: str, severity: str, place: Place, units: int, facts: Mapping[str, object]
) -> Found:
    told = {"part": place.part, "analytic_code": place.analytic_code}
    return Found(
        key=f"export:{exported.exchange_id}:{place.part}:{place.account}:{place.analytic_code}"[:80],
        code=code,
        severity=severity,
        amount_cents=_cents(units),
        on=exported.on,
        seller_key=exported.seller_key,
        buyer_key=exported.buyer_key,
        exchange_id=exported.exchange_id,
        sale=exported.sale,
        purchase=exported.purchase,
        facts={**facts, **told},
    )


def _of_parts(amounts: Mapping[Place, int], parts: Iterable[str]) -> dict[Place, int]:
    return {place: units for place, units in amounts.items() if place.part in parts and _cents(units)}


def _less(amounts: Mapping[Place, int], places: Iterable[Place]) -> dict[Place, int]:
    return {place: units for place, units in amounts.items() if place not in places}


def _moved(one: Place, other: Place) -> bool:
    return (one.part, one.analytic_code) == (other.part, other.analytic_code)


def _same(units: int, other: int) -> bool:
    return not _cents(units - other)


def _cents(units: int) -> int:
    """Return an amount in cents, whatever its sign; less than a cent is none."""
    return abs(units) // UNITS_PER_CENT


def _signed(units: int) -> int:
    return _cents(units) if units >= 0 else -_cents(units)
