"""Awarded contracts kept once each, searched, and what contracts of a kind were worth."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.orm import Session, selectinload

from ..exchanges.plain_rows import slices
from ..ledger.paging import Place
from ..ledger.queries import Page
from . import words
from .award_models import Award as Row
from .award_models import AwardWinner
from .notices import decp
from .notices.decp_contract import Award, Unusable

BATCH = 500
LONGEST_WORDS = 1500
CPV_DIGITS, SIRET_DIGITS = 8, 14
SINGLE, GROUPED = "single", "grouped"
IN_GROUPS = ("several", "joint_and_several")


@dataclass
class Kept:
    """What became of the contracts of a file: `left_out` counts those that lack what names them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> int:
        """How many contracts of the file say what names them."""
        return self.new + self.changed + self.same

    @property
    def read(self) -> int:
        """How many contracts the file holds."""
        return self.usable + sum(self.left_out.values())


@dataclass(frozen=True)
class Wanted:
    """What is looked for: `text` is words of the title, the buyer or a winner; `cpv` the beginning of a code.

    `grouping` is SINGLE or GROUPED; identifiers are SIRET or SIREN.
    """

    text: str = ""
    cpv: str = ""
    buyer_id: str = ""
    winner_id: str = ""
    grouping: str | None = None
    since: date | None = None


def keep(session: Session, found: Iterable[Award | Unusable], at: datetime) -> Kept:
    """Keep contracts, the later publication of one in the place of the earlier; the same twice is one."""
    kept = Kept()
    for some in slices(found, BATCH):
        usable: dict[tuple[str, str, str], Award] = {}
        for one in some:
            if isinstance(one, Unusable):
                kept.left_out[one.lacks] = kept.left_out.get(one.lacks, 0) + 1
                continue
            kept.same += _key(one) in usable
            usable[_key(one)] = one
        _keep_some(session, usable, at, kept)
    return kept


def counted(found: Iterable[Award | Unusable], tell: Callable[[int], None]) -> Iterator[Award | Unusable]:
    """Yield the contracts, telling now and then how many there were."""
    for number, one in enumerate(found, start=1):
        if number % BATCH == 0:
            tell(number)
        yield one


def search(session: Session, wanted: Wanted, *, cursor: str | None = None, size: int = 50) -> "Page[Row]":
    """Return a page of the contracts that fit, the last notified first, with their winners."""
    place = Place.read(cursor)
    statement = select(Row.id, Row.notified_on).where(*_conditions(wanted))
    rows = session.execute(place.limit(statement, Row.notified_on, Row.id, size)).all()
    keys, older, newer = place.cut([(row.notified_on, row.id) for row in rows], size)
    ids = [row_id for _day, row_id in keys]
    found = select(Row).where(Row.id.in_(ids)).options(selectinload(Row.winners))
    by_id = {row.id: row for row in session.execute(found).scalars()}
    return Page([by_id[one] for one in ids], older, newer)


def any_kept(session: Session) -> bool:
    """Return whether any contract is remembered."""
    return session.execute(select(Row.id).limit(1)).first() is not None


def begins(column: Any, digits: str, length: int) -> Any:
    """Return the condition that a number of that length begins with `digits`: an index serves it."""
    return column.between(digits, digits.ljust(length, "9"))


def _keep_some(
    session: Session, usable: Mapping[tuple[str, str, str], Award], at: datetime, kept: Kept
) -> None:
    known = _known(session, usable)
    fresh = {key: award for key, award in usable.items() if key not in known}
    moved = {
        key: award for key, award in usable.items() if key in known and known[key][1] != digest_of(award)
    }
    if fresh:
        session.execute(insert(Row.__table__), [_row(award, at) for award in fresh.values()])
    for key, award in moved.items():
        session.execute(update(Row).where(Row.id == known[key][0]).values(_row(award, at)))
    if moved:
        ids = [known[key][0] for key in moved]
        session.execute(delete(AwardWinner).where(AwardWinner.award_id.in_(ids)))
    ids_of = _known(session, {**fresh, **moved})
    winners = [
        {"award_id": ids_of[key][0], "position": position, **vars(one)}
        for key, award in (*fresh.items(), *moved.items())
        for position, one in enumerate(award.winners, start=1)
    ]
    if winners:
        session.execute(insert(AwardWinner.__table__), winners)
    kept.new, kept.changed = kept.new + len(fresh), kept.changed + len(moved)
    kept.same += len(usable) - len(fresh) - len(moved)


def _known(
    session: Session, usable: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], tuple[int, str]]:
    keys = list(usable)
    if not keys:
        return {}
    # By the whole key where the database can: an index of three columns serves it on both.
    named = tuple_(Row.buyer_id, Row.contract_id, Row.kind)
    columns = (Row.id, Row.buyer_id, Row.contract_id, Row.kind, Row.digest)
    rows = session.execute(select(*columns).where(named.in_(keys)))
    return {(row.buyer_id, row.contract_id, row.kind): (row.id, row.digest) for row in rows}


def _key(award: Award) -> tuple[str, str, str]:
    return award.buyer_id, award.contract_id, award.kind


def digest_of(award: Award) -> str:
    """Return the digest of all that is said of a contract."""
    said = json.dumps(decp.plain(award), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _row(award: Award, at: datetime) -> dict[str, Any]:
    facts = {name: value for name, value in vars(award).items() if name not in ("winners", "grouping")}
    names = " ".join(winner.name for winner in award.winners)
    said = " ".join(words.every(f"{award.title} {award.buyer_name} {names}"))
    return {
        **facts,
        "grouping_kind": award.grouping,
        "words": said[:LONGEST_WORDS],
        "digest": digest_of(award),
        "imported_at": at,
    }


def _conditions(wanted: Wanted) -> Iterator[Any]:
    for word in words.every(wanted.text)[:10]:
        yield Row.words.contains(word, autoescape=True)
    if wanted.cpv:
        yield begins(Row.cpv, wanted.cpv, CPV_DIGITS)
    if wanted.buyer_id:
        yield begins(Row.buyer_id, wanted.buyer_id, SIRET_DIGITS)
    if wanted.winner_id:
        same = begins(AwardWinner.identifier, wanted.winner_id, SIRET_DIGITS)
        yield Row.id.in_(select(AwardWinner.award_id).where(same))
    if wanted.grouping is not None:
        yield Row.grouping_kind.in_(IN_GROUPS if wanted.grouping == GROUPED else ("none",))
    if wanted.since is not None:
        yield Row.notified_on >= wanted.since
