"""Exchanges read from the spreadsheets a cooperative keeps: all of a file or nothing, and why."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..kernel.parties import Party
from ..ledger import service as ledger
from ..ledger.models import CLOSED, Period
from . import bulk, plain_rows, rules, service
from .models import Settlement
from .queries import OWED_STATES
from .rows import COLUMNS, REQUIRED, Candidate, Refusal, candidates_of
from .spreadsheets import FileRefused, Limits, Sheet, read

__all__ = ["Limits", "Refusal", "Report", "check", "import_file"]

# Which column a difference with what is recorded already belongs to.
COLUMN_OF = {
    "buyer_id": "acheteur",
    "net_cents": "montant_ht",
    "accepted_on": "date",
    "label": "libelle",
    "due_on": "echeance",
}


@dataclass(frozen=True)
class Report:
    """What an import did, or would do: exchanges new and known already, settlements posted, all refusals."""

    accepted: int = 0
    existing: int = 0
    settled: int = 0
    refused: Sequence[Refusal] = ()
    dry_run: bool = False

    @property
    def sound(self) -> bool:
        """Nothing was refused."""
        return not self.refused


@dataclass
class Checked:
    """A file as it would be imported: new exchanges, known ones, and known ones now said to be settled."""

    new: list[Candidate] = field(default_factory=list)
    existing: int = 0
    to_settle: list[tuple[int, Candidate]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def import_file(
    session: Session,
    stream: BinaryIO,
    filename: str,
    act: Act,
    *,
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: bulk.Progress | None = None,
) -> Report:
    """Record the exchanges of a CSV or XLSX file, and settle those it says are settled: all or nothing.

    What is in the file decides how it is read, whatever `filename` says. A reference of a seller recorded
    before with the same content is left as it is; a known exchange that the file now says is settled is
    settled. Refusals are in the report, and nothing is written then.
    Raises as bulk.record_new and service.settle do when someone else changes the books meanwhile.
    """
    try:
        with _without_collecting():
            sheet = read(stream, COLUMNS, REQUIRED, limits or Limits())
            checked = check(session, sheet)
            if not checked.refused and not dry_run:
                _write(session, checked, act, progress)
    except FileRefused as refusal:
        facts = {"filename": filename, "column": refusal.column, **refusal.facts}
        return Report(refused=[Refusal(refusal.line, refusal.column, refusal.code, facts)], dry_run=dry_run)
    settled = len(checked.to_settle) + sum(1 for each in checked.new if each.settled_on)
    return Report(len(checked.new), checked.existing, settled, checked.refused, dry_run)


@contextmanager
def _without_collecting() -> Iterator[None]:
    # A file makes a million values and no cycle among them: looking for cycles took an eighth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def check(session: Session, sheet: Sheet) -> Checked:
    """Return what would be imported and every reason not to; writes nothing. Raises FileRefused."""
    checked = Checked()
    parties = session.execute(select(Party)).scalars()
    candidates = list(candidates_of(sheet, parties, checked.refused))
    if not candidates and not checked.refused:
        raise FileRefused("file_no_rows", line=sheet.header_line)
    _sort(session, candidates, checked)
    checked.refused.sort(key=lambda refusal: refusal.line)
    return checked


def _write(session: Session, checked: Checked, act: Act, progress: bulk.Progress | None) -> None:
    settled_on = {each.facts.source: each.settled_on for each in checked.new if each.settled_on}
    for exchange_id, candidate in checked.to_settle:
        assert candidate.settled_on is not None
        exchange = service.locked(session, exchange_id)
        service.settle(
            session,
            exchange,
            amount_cents=exchange.payable_cents,
            settled_on=candidate.settled_on,
            request_key=bulk.settlement_key(exchange.source),
            act=act,
        )
    new = [each.facts for each in checked.new]
    bulk.record_new(session, new, act, settled_on=settled_on, progress=progress)


def _sort(session: Session, candidates: Sequence[Candidate], checked: Checked) -> None:
    """Tell new exchanges from known ones, and refuse what the books cannot take."""
    known = bulk.existing_by_source(session, (each.facts.source for each in candidates))
    settled = _settlements_of(session, known.values())
    closed = _closed_days(session)
    inactive = _inactive(session)
    for each in candidates:
        row = known.get(each.facts.source)
        if row is None:
            refusals = list(_against_new(each, closed, inactive))
            checked.new.append(each)
        else:
            refusals = list(_against_known(each, row, settled, closed))
            checked.existing += 1
            if each.settled_on and _is_to_settle(row, settled):
                checked.to_settle.append((row.id, each))
        checked.refused.extend(refusals)


def _against_new(
    each: Candidate, closed: Callable[[date], bool], inactive: Mapping[int, str]
) -> Iterator[Refusal]:
    for column, party_id in (("vendeur", each.facts.seller_id), ("acheteur", each.facts.buyer_id)):
        if party_id in inactive:
            yield Refusal(each.line, column, rules.PartyInactive.code, {"party": inactive[party_id]})
    for column, day in (("date", each.facts.accepted_on), ("regle_le", each.settled_on)):
        if day and closed(day):
            yield Refusal(each.line, column, ledger.PeriodClosed.code, {"on": day})


def _against_known(
    each: Candidate, row: Any, settled: Mapping[str, Any], closed: Callable[[date], bool]
) -> Iterator[Refusal]:
    facts = {"reference": each.facts.reference}
    for name in rules.differences(row, each.facts):
        if name in COLUMN_OF:
            yield Refusal(each.line, COLUMN_OF[name], "reference_changed", facts)
    made = settled.get(bulk.settlement_key(row.source))
    if each.settled_on is None:
        return
    if made and made.reversed_at is None and made.settled_on != each.settled_on:
        yield Refusal(each.line, "regle_le", "reference_changed", facts)
    if _is_to_settle(row, settled) and closed(each.settled_on):
        yield Refusal(each.line, "regle_le", ledger.PeriodClosed.code, {"on": each.settled_on})


def _is_to_settle(row: Any, settled: Mapping[str, Any]) -> bool:
    """Say whether a known exchange still waits; a settlement imported, then reversed, stays reversed."""
    return row.state in OWED_STATES and bulk.settlement_key(row.source) not in settled


def _settlements_of(session: Session, known: Iterable[Any]) -> dict[str, Any]:
    keys = [bulk.settlement_key(row.source) for row in known]
    columns, found = Settlement.__table__.columns, {}
    for some in plain_rows.slices(keys, bulk.SOURCES_PER_QUERY):
        rows = session.execute(select(*columns).where(Settlement.request_key.in_(some)))
        found.update({row.request_key: row for row in rows})
    return found


def _closed_days(session: Session) -> Callable[[date], bool]:
    last = session.execute(select(func.max(Period.ends_on)).where(Period.state == CLOSED)).scalar_one()
    # Months are closed in order: what precedes a closed one is closed with it.
    return lambda day: last is not None and day <= last


def _inactive(session: Session) -> dict[int, str]:
    parties = session.execute(select(Party.id, Party.name).where(Party.active.is_(False)))
    return {party_id: name for party_id, name in parties}
