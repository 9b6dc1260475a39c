"""Two lists and what the engine made of them, as the rows of a campaign: numbered, in batches. Pure."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from .campaign_models import CONFIRMED, COUNTED, LEFT, MATCHED, SPAN, SUGGESTED
from .documents import PURCHASES, SALES, Document, Outcome

# So many rows are written by one request: about a second of a small machine.
ROWS_OF_A_BATCH = 25_000

COUNTS = tuple(f"{state}_count" for state in COUNTED)
COLUMNS = {
    "pair": ("id", "campaign_id", "seller", "buyer", "waits", *COUNTS),
    "match": (
        "id", "campaign_id", "pair_id", "rule", "score_permille", "sales_cents", "difference_cents",
        "day_difference", "dated_on", "state",
    ),
    "document": (
        "id", "campaign_id", "pair_id", "match_id", "side", "name", "dated_on", "cents", "label",
        "reference", "place", "reason", "note",
    ),
}  # fmt: skip

Row = tuple[Any, ...]
Parties = tuple[str, str]


@dataclass
class Listed:
    """One of the two lists: its documents, and how it writes labels, references and names of parties.

    `told` and `names` as lists.Read has them; `name` is the file's.
    """

    documents: Sequence[Document]
    told: Sequence[tuple[str, str]]
    names: Mapping[str, str]
    name: str = ""


@dataclass
class Prepared:
    """The rows of a campaign, table by table, and how many there are of each state."""

    pairs: list[Row] = field(default_factory=list)
    matches: list[Row] = field(default_factory=list)
    documents: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))

    def batches(self) -> Iterator[tuple[str, bytes]]:
        """Yield the rows in the order they have to be written, packed, with what they are rows of."""
        for kind, rows in (("pair", self.pairs), ("match", self.matches), ("document", self.documents)):
            left = iter(rows)
            while some := list(islice(left, ROWS_OF_A_BATCH)):
                yield kind, zlib.compress(json.dumps(some, separators=(",", ":")).encode(), 1)


def unpacked(content: bytes) -> Any:
    """Return the rows of a batch."""
    return json.loads(zlib.decompress(content))


def prepare(campaign_id: int, sales: Listed, purchases: Listed, outcome: Outcome) -> Prepared:
    """Return the rows of a campaign; a match belongs to the parties of its first sale."""
    base = campaign_id * SPAN
    names = {**purchases.names, **sales.names}
    known = {
        (side, one.id): one
        for side, listed in ((SALES, sales), (PURCHASES, purchases))
        for one in listed.documents
    }
    ordered = sorted({(one.seller, one.buyer) for one in known.values()})
    pair_ids = {parties: base + number for number, parties in enumerate(ordered, 1)}
    prepared, counts = Prepared(), _Counts(ordered)
    match_of: dict[tuple[str, str], int] = {}
    for number, match in enumerate(_by_parties(outcome.matches, known), 1):
        first = known[SALES, match.sales[0]]
        parties = first.seller, first.buyer
        state = CONFIRMED if match.confirmed else SUGGESTED
        counts.add(parties, state)
        match_of.update({(SALES, key): base + number for key in match.sales})
        match_of.update({(PURCHASES, key): base + number for key in match.purchases})
        cents = sum(known[SALES, key].cents for key in match.sales)
        facts = (round(match.score * 1000), cents, match.difference_cents, match.day_difference)
        on = _day(first.day)
        prepared.matches.append(
            (base + number, campaign_id, pair_ids[parties], match.rule, *facts, on, state)
        )
    reasons = {(one.side, one.id): one.reason for one in outcome.unmatched}
    rows = _told(sales, purchases)
    for number, (parties, _key, side, one, told) in enumerate(rows, 1):
        match_id = match_of.get((side, one.id))
        reason = "" if match_id else reasons[side, one.id]
        if not match_id:
            counts.add(parties, LEFT)
        place = MATCHED if match_id else LEFT
        said = (one.id, _day(one.day), one.cents, *told)
        prepared.documents.append(
            (base + number, campaign_id, pair_ids[parties], match_id, side, *said, place, reason, "")
        )
    for parties in ordered:
        seller, buyer = (names.get(name, name) for name in parties)
        row = (pair_ids[parties], campaign_id, seller, buyer, counts.waits(parties), *counts.of[parties])
        prepared.pairs.append(row)
    prepared.counts = counts.total()
    return prepared


class _Counts:
    """How many of each state a pair of parties has."""

    def __init__(self, parties: Sequence[Parties]) -> None:
        self.of: defaultdict[Parties, list[int]] = defaultdict(lambda: [0] * len(COUNTED))
        for one in parties:
            self.of[one] = [0] * len(COUNTED)

    def add(self, parties: Parties, state: str) -> None:
        self.of[parties][COUNTED.index(state)] += 1

    def waits(self, parties: Parties) -> bool:
        counts = dict(zip(COUNTED, self.of[parties], strict=True))
        return counts[SUGGESTED] + counts[LEFT] > 0

    def total(self) -> dict[str, int]:
        sums = [sum(column) for column in zip(*self.of.values(), strict=True)] or [0] * len(COUNTED)
        return dict(zip(COUNTED, sums, strict=True))


def _by_parties(matches: Any, known: Mapping[tuple[str, str], Document]) -> list[Any]:
    def place(match: Any) -> Any:
        first = known[SALES, match.sales[0]]
        return first.seller, first.buyer, first.day, first.id

    return sorted(matches, key=place)


def _told(sales: Listed, purchases: Listed) -> list[Any]:
    """Return the documents of both lists, those of the same parties and amount beside each other."""
    rows = [
        ((one.seller, one.buyer), (abs(one.cents), one.day, side, one.id), side, one, told)
        for side, listed in ((SALES, sales), (PURCHASES, purchases))
        for one, told in zip(listed.documents, listed.told, strict=True)
    ]
    rows.sort(key=lambda row: row[:2])
    return rows


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
