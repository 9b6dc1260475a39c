"""What of an exchange belongs together in the books is matched as it is settled (lettrage)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.history import Act
from ..ledger import lettering, lettering_bulk, party_accounts
from ..ledger import service as ledger
from ..ledger.lettering_models import OpenItem
from ..ledger.models import Account, Entry, EntryText, Line
from . import rules
from .models import Exchange, Retention, Settlement
from .paper_models import Reduction
from .plain_rows import slices

KEYS_PER_QUERY = 500
ACCOUNTS_AT_ONCE, ENTRIES_AT_ONCE = 50, 2_000

# How far a book that was there before letters is caught up with: the last entry looked at.
REACHED = "lettered_until"


@dataclass(frozen=True)
class Caught:
    """What one part of catching up did: letters made, accounts taken up, entries looked at of how many."""

    letters: int
    accounts: int
    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether nothing is left for now."""
        return not self.accounts and self.done >= self.total


def follow(session: Session, exchange: Exchange, act: Act) -> None:
    """Put what is open of an exchange under a letter on each account: full once it nets to zero.

    Called with the row of the exchange held, after what settles was posted.
    """
    sources = of_exchanges(session, [exchange])[int(exchange.id)]
    wanted = select(Entry.id).where(Entry.source.in_(_with_opposites(sources)))
    ids = session.execute(wanted.with_for_update(read=True)).scalars()
    lettering.letter_matter(session, list(ids), act)


def last_entry(session: Session) -> int:
    """Return the last entry of the book, to be given to `follow_recorded` after a bulk recording."""
    return int(session.execute(select(Entry.id).order_by(Entry.id.desc()).limit(1)).scalar() or 0)


def follow_recorded(session: Session, settled: Iterable[Sequence[str]], after: int, act: Act) -> int:
    """Letter what was just recorded and settled in bulk, after an entry: of each exchange the sources of its
    entries.
    """
    matters = {source: place for place, sources in enumerate(settled) for source in sources}
    until = last_entry(session)
    return lettering_bulk.letter_new(session, matters, after, until, act) if matters else 0


def follow_new(session: Session, matters: Iterable[Sequence[str]], act: Act) -> int:
    """Letter what was settled in bulk: of each exchange the sources of its entries, also earlier ones."""
    made = 0
    for some in slices(matters, KEYS_PER_QUERY):
        ids = _entries(session, {source for sources in some for source in sources})
        known = [[ids[source] for source in sources if source in ids] for sources in some]
        made += lettering_bulk.letter_many(session, known, act)
    return made


def catch_up(session: Session, act: Act) -> Caught:
    """Take up accounts that were there before letters, then letter what is about the next entries.

    One part of it, to be called again until it is finished; what people did by hand is left as it is.
    """
    last = last_entry(session)
    reached = min(int(preferences.get(session, REACHED) or 0), last)
    numbers = party_accounts.numbers(session, session.execute(select(Account.number).distinct()).scalars())
    waiting = lettering_bulk.accounts_to_follow(session, numbers, most=ACCOUNTS_AT_ONCE)
    if waiting:
        ledger.hold(session)  # nobody posts on them meanwhile
        for account_id in waiting:
            lettering_bulk.follow_account(session, account_id)
        return Caught(0, len(waiting), reached, last)
    until = min(reached + ENTRIES_AT_ONCE, last)
    made = _letter_between(session, reached, until, act)
    if until > reached:
        preferences.note(session, REACHED, str(until), act)
    return Caught(made, 0, until, last)


def _letter_between(session: Session, after: int, until: int, act: Act) -> int:
    """Letter what the entries after one and up to another are about: what undoes and is undone first."""
    found = list(session.execute(_told().where(Entry.id > after, Entry.id <= until)))
    exchanges = {int(one.id): one for one in behind(session, [row.source for row in found]).values()}
    matters = [_with_opposites(one) for one in of_exchanges(session, list(exchanges.values())).values()]
    sources = [source for one in matters for source in one]
    undone = _in_parts(session, _told().where(Entry.reverses_id.is_not(None)), Entry.source, sources)
    reversals = {row.id: row for row in (*found, *undone) if row.reverses_id is not None}
    if reversals or matters:
        ledger.hold(session)  # whoever posts holds the accounts of its lines, in their order and not in ours
    made = sum(_letter_reversal(session, row, act) for row in reversals.values())
    return made + follow_new(session, matters, act)


def _told() -> Any:
    wanted = select(Entry.id, Entry.source, Entry.reverses_id, EntryText.text)
    return wanted.join(EntryText, EntryText.entry_id == Entry.id)


def _letter_reversal(session: Session, row: Any, act: Act) -> bool:
    """Letter an entry with its opposite, unless somebody did or undid it before."""
    of_it = select(Line.id).where(Line.entry_id == row.id)
    is_open = select(OpenItem.line_id).where(OpenItem.line_id.in_(of_it), OpenItem.matching_id.is_(None))
    if session.execute(is_open.limit(1)).first() is None or lettering.were_lettered(session, of_it):
        return False
    lettering.letter_reversal(session, row.reverses_id, row.id, act, reason=row.text)
    return True


def behind(session: Session, sources: Collection[str]) -> dict[str, Any]:
    """Return what is needed of the exchange behind the source of each entry, where there is one."""
    bases = {source: _base(source) for source in sources}
    by_key: dict[str, Any] = {}
    for name, model in (("settlement", Settlement), ("reduction", Reduction)):
        keys = [base.partition(":")[2] for base in bases.values() if base.startswith(f"{name}:")]
        wanted = _facts().add_columns(model.request_key).join(model, model.exchange_id == Exchange.id)
        for row in _in_parts(session, wanted, model.request_key, keys):
            by_key[f"{name}:{row.request_key}"] = row
    others = {base for base in bases.values() if base not in by_key}
    by_source = {row.source: row for row in _in_parts(session, _facts(), Exchange.source, others)}
    found = {source: by_key.get(base) or by_source.get(base) for source, base in bases.items()}
    return {source: row for source, row in found.items() if row is not None}


def of_exchanges(session: Session, exchanges: Sequence[Any]) -> dict[int, list[str]]:
    """Return, by exchange, the sources of all entries about it; rows have `id` and `source`."""
    by_id = {int(one.id): one for one in exchanges}
    found = {key: [str(one.source)] for key, one in by_id.items()}
    for exchange_id, key in _read(session, Settlement, Settlement.request_key, by_id):
        found[exchange_id].append(rules.settlement_source(key))
    for exchange_id, key in _read(session, Reduction, Reduction.request_key, by_id):
        found[exchange_id].append(rules.reduction_source(key))
    for exchange_id, count in _read(session, Retention, Retention.release_count, by_id):
        one = by_id[exchange_id]
        found[exchange_id].append(rules.held_source(one))
        found[exchange_id] += [rules.released_source(one, number) for number in range(1, count + 1)]
    return found


def _base(source: str) -> str:
    """Return the source of the exchange, settlement or reduction an entry is about."""
    source = source.removesuffix(":reversed")
    head, mark, number = source.rpartition(":released:")
    source = head if mark and number.isdigit() else source
    return source.removesuffix(":retained")


def _facts() -> Any:
    columns = (Exchange.id, Exchange.source, Exchange.seller_id, Exchange.due_on, Exchange.awaiting_cents)
    return select(*columns)


def _with_opposites(sources: Sequence[str]) -> list[str]:
    return [*sources, *(f"{source}:reversed" for source in sources)]


def _read(session: Session, model: Any, column: Any, by_id: Mapping[int, Any]) -> Iterable[Any]:
    # With a lock: what another just did to the exchange may be younger than our snapshot.
    wanted = select(model.exchange_id, column).with_for_update(read=True)
    return _in_parts(session, wanted, model.exchange_id, by_id)


def _entries(session: Session, sources: Collection[str]) -> dict[str, int]:
    wanted = select(Entry.source, Entry.id)
    return {source: key for source, key in _in_parts(session, wanted, Entry.source, sources)}


def _in_parts(session: Session, wanted: Any, column: Any, keys: Iterable[Any]) -> Iterable[Any]:
    for some in slices(sorted(set(keys)), KEYS_PER_QUERY):
        yield from session.execute(wanted.where(column.in_(some)))
