"""Two lists and what the engine made of them, as the rows of a campaign: numbered, in batches. Pure."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from .campaign_models import CONFIRMED, COUNTED, LEFT, MATCHED, SPAN, SUGGESTED
from .documents import PURCHASES, SALES, Document, Match, Outcome
from .matching import without_garbage

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
    with without_garbage():
        return _Preparing(campaign_id, sales, purchases).rows(outcome)


class _Preparing:
    """Numbers the rows: pairs by name, matches by pair and day, documents by pair and amount."""

    def __init__(self, campaign_id: int, sales: Listed, purchases: Listed) -> None:
        self.campaign_id, self.base = campaign_id, campaign_id * SPAN
        self.lists = {SALES: sales, PURCHASES: purchases}
        everyone = {(one.seller, one.buyer) for listed in self.lists.values() for one in listed.documents}
        self.parties = sorted(everyone)
        self.pair_ids = {parties: self.base + number for number, parties in enumerate(self.parties, 1)}
        self.counts: dict[str, Counter[int]] = {state: Counter() for state in COUNTED}
        self.day = cache(lambda ordinal: date.fromordinal(ordinal).isoformat())

    def rows(self, outcome: Outcome) -> Prepared:
        match_of: dict[str, dict[str, int]] = {SALES: {}, PURCHASES: {}}
        prepared = Prepared(matches=self._matches(outcome.matches, match_of))
        prepared.documents = self._documents(outcome, match_of)
        prepared.pairs = self._pairs()
        prepared.counts = {state: counts.total() for state, counts in self.counts.items()}
        return prepared

    def _matches(self, matches: Sequence[Match], match_of: dict[str, dict[str, int]]) -> list[Row]:
        sold = {one.id: one for one in self.lists[SALES].documents}
        line = []
        for match in matches:
            first = sold[match.sales[0]]
            # Several sales are in the order of how likely they are: the first day is not always the first's.
            on = min(sold[key].day for key in match.sales)
            line.append((self.pair_ids[first.seller, first.buyer], on, first.id, match))
        line.sort(key=itemgetter(0, 1, 2))
        rows = []
        for match_id, (pair_id, on, _id, match) in enumerate(line, self.base + 1):
            state = CONFIRMED if match.confirmed else SUGGESTED
            self.counts[state][pair_id] += 1
            for side, keys in ((SALES, match.sales), (PURCHASES, match.purchases)):
                for key in keys:
                    match_of[side][key] = match_id
            cents = sum(sold[key].cents for key in match.sales)
            facts = (round(match.score * 1000), cents, match.difference_cents, match.day_difference)
            rows.append((match_id, self.campaign_id, pair_id, match.rule, *facts, self.day(on), state))
        return rows

    def _documents(self, outcome: Outcome, match_of: Mapping[str, Mapping[str, int]]) -> list[Row]:
        """Return the documents of both lists, those of the same parties and amount beside each other."""
        reasons = {(one.side, one.id): one.reason for one in outcome.unmatched}
        line = []
        for side, listed in self.lists.items():
            for one, told in zip(listed.documents, listed.told, strict=True):
                pair_id = self.pair_ids[one.seller, one.buyer]
                line.append((pair_id, abs(one.cents), one.day, side, one.id, one.cents, told))
        line.sort(key=itemgetter(0, 1, 2, 3, 4))
        rows = []
        for document_id, (pair_id, _cents, on, side, key, cents, told) in enumerate(line, self.base + 1):
            match_id = match_of[side].get(key)
            place, reason = (MATCHED, "") if match_id else (LEFT, reasons[side, key])
            if not match_id:
                self.counts[LEFT][pair_id] += 1
            of = (document_id, self.campaign_id, pair_id, match_id)
            rows.append((*of, side, key, self.day(on), cents, *told, place, reason, ""))
        return rows

    def _pairs(self) -> list[Row]:
        names = {**self.lists[PURCHASES].names, **self.lists[SALES].names}
        rows = []
        for parties in self.parties:
            pair_id = self.pair_ids[parties]
            counts = [self.counts[state][pair_id] for state in COUNTED]
            waits = bool(self.counts[SUGGESTED][pair_id] or self.counts[LEFT][pair_id])
            seller, buyer = (names.get(name, name) for name in parties)
            rows.append((pair_id, self.campaign_id, seller, buyer, waits, *counts))
        return rows
