"""The only writer of the books: posts, reverses, opens and closes periods."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from ..kernel.engine import writing_much
from ..kernel.history import Act
from . import closing, lettering
from .closing import sign_checkpoint
from .draft_models import Draft
from .entries import EntryDraft, LineDraft, opposite
from .errors import (
    AlreadyReversed,
    AmountTooLarge,
    NotReversible,
    PeriodClosed,
    PeriodNotLast,
    SourceReused,
    Unbalanced,
)
from .models import Entry, EntryText, Line, Period, Seal
from .writer import Writer

__all__ = [
    "AlreadyReversed",
    "AmountTooLarge",
    "NotReversible",
    "PeriodClosed",
    "PeriodNotLast",
    "Posted",
    "SourceReused",
    "Unbalanced",
    "close_period",
    "drafts_of",
    "entry_of",
    "erase_text",
    "hold",
    "period_of",
    "post",
    "post_many",
    "post_validated",
    "reopen_period",
    "reverse",
    "sign_checkpoint",
]

BATCH = 5_000


@dataclass(frozen=True)
class Posted:
    """What a bulk posting did; `waiting` are those put aside for an accountant, now or before."""

    posted: int
    existing: int
    waiting: int = 0


def post(session: Session, draft: EntryDraft, act: Act) -> Entry | Draft:
    """Post a balanced entry, seal it and keep the day totals; the same source and content again returns it.

    Accounts, the journal and the month's period are opened at first use. What is reversed is matched with its
    opposite, and no more with what it was matched with. Where its journal waits for an accountant it is put
    aside instead, outside the books, and that is returned; what reverses an entry never waits.
    Raises Unbalanced, AmountTooLarge, PeriodClosed, SourceReused; for a draft that reverses an entry also
    AlreadyReversed and NotReversible.
    """
    writer = Writer(session)
    existing = writer.write([draft], act.at, act.actor_name)
    writer.finish()
    if draft.source in writer.aside:
        return _aside(session, writer.aside[draft.source])
    if existing:
        return _posted_before(session, existing[draft.source])
    if draft.reverses is not None and writer.sequence > writer.first_sequence:
        victim_id = writer.entry_id(draft.reverses)
        lettering.letter_reversal(session, victim_id, writer.sequence, act, reason=draft.text)
    return _posted_now(session, writer.sequence)


def post_many(session: Session, drafts: Iterable[EntryDraft], act: Act) -> Posted:
    """Post drafts in bulk with the driver's statements, in batches: all or nothing with the caller's
    transaction.

    Raises as post does.
    """
    writer = Writer(session)
    waiting, count = iter(drafts), 0
    with writing_much(session):
        while batch := list(islice(waiting, BATCH)):
            writer.write(batch, act.at, act.actor_name)
            count += len(batch)
        writer.finish()
    posted = writer.sequence - writer.first_sequence
    aside = len(writer.aside)
    return Posted(posted=posted, existing=count - posted - aside, waiting=aside)


def reverse(session: Session, entry: Entry, *, on: date, source: str, text: str, act: Act) -> Entry:
    """Post the opposite of `entry`, naming it; `text` says why.

    Raises AlreadyReversed, NotReversible, PeriodClosed.
    """
    victim = drafts_of([entry])[0]
    draft = EntryDraft(
        journal=victim.journal,
        effective_on=on,
        source=source,
        text=text,
        lines=opposite(victim.lines),
        document=victim.document,
        reverses=victim.source,
    )
    posted = post(session, draft, act)
    assert isinstance(posted, Entry), "what reverses an entry never waits"
    return posted


def period_of(session: Session, on: date) -> Period:
    """Return the month in which `on` falls, opened at first use."""
    month = select(Period).where(Period.starts_on == on.replace(day=1))
    period = session.execute(month).scalars().one_or_none()
    if period is None:
        writer = Writer(session)
        writer.take_head()
        writer.chart.open_month(on)
        # Locked, because the month may have been opened since our snapshot was taken.
        period = session.execute(month.with_for_update(read=True)).scalars().one()
    return period


def hold(session: Session) -> None:
    """Wait for our turn to write the books and keep it until the transaction ends."""
    Writer(session).take_head()


def close_period(
    session: Session,
    period: Period,
    act: Act,
    *,
    progress: Callable[[int, int | None], None] | None = None,
) -> Period:
    """Close the month: leave snapshots and a certificate; it takes no entry any more, nor does what
    precedes it.

    Called by reconciliation/month_end.py, once the month is ready. `progress` is told how many lines of its
    journal were read. Raises PeriodNotLast when an earlier one with entries is open.
    """
    hold(session)
    return closing.close(session, period, act, progress)


def reopen_period(session: Session, period: Period, *, reason: str, act: Act) -> Period:
    """Reopen the last closed month, leaving a trace. Raises PeriodNotLast, ReasonMissing."""
    hold(session)
    return closing.reopen(session, period, reason=reason, act=act)


def erase_text(session: Session, entry: Entry) -> None:
    """Erase the free text of an entry and its salt, once the law allows it; the chain still holds."""
    entry_text = session.get(EntryText, entry.id)
    assert entry_text is not None, "every entry has its text"
    entry_text.salt = entry_text.text = entry_text.document = ""
    # What it was called while it waited goes with it.
    waited = update(Draft).where(Draft.source == entry.source).values(text="", document="")
    session.execute(waited, execution_options={"synchronize_session": "fetch"})


def entry_of(session: Session, source: str) -> Entry | None:
    """Return the entry posted for `source`."""
    found = session.execute(select(Entry).where(Entry.source == source)).scalars().one_or_none()
    return found


def drafts_of(entries: Sequence[Entry]) -> list[EntryDraft]:
    """Return entries as drafts, for reading and comparing."""
    return [
        EntryDraft(
            journal=entry.journal.code,
            effective_on=entry.effective_on,
            source=entry.source,
            text=entry.entry_text.text,
            lines=tuple(
                LineDraft(
                    number=line.account.number,
                    party_id=line.account.party_id,
                    debit_cents=line.debit_cents,
                    credit_cents=line.credit_cents,
                    counterparty_id=line.counterparty_id,
                )
                for line in entry.lines
            ),
            document=entry.entry_text.document,
            reverses=entry.reverses.source if entry.reverses_id is not None else None,
        )
        for entry in entries
    ]


def post_validated(session: Session, drafts: Sequence[EntryDraft], act: Act) -> None:
    """Post what waited and is validated, in this order; called by drafts.py alone. Raises as post does."""
    writer = Writer(session, validating=True)
    for start in range(0, len(drafts), BATCH):
        writer.write(drafts[start : start + BATCH], act.at)
    writer.finish()


def _aside(session: Session, draft_id: int) -> Draft:
    """Return what waits, even when it was put aside after our snapshot was taken."""
    wanted = select(Draft).where(Draft.id == draft_id).with_for_update(read=True)
    draft: Draft = session.execute(wanted.execution_options(populate_existing=True)).scalars().one()
    return draft


def _posted_now(session: Session, entry_id: int) -> Entry:
    """Return the entry just inserted, as a row of the session that is read when something is asked of it."""
    known = session.identity_map.get(identity_key(Entry, entry_id))
    if known is not None:  # of a savepoint that was rolled back: the number was free again
        session.expire(known)
        return known
    entry = Entry(id=entry_id)
    make_transient_to_detached(entry)
    session.add(entry)
    return entry


def _posted_before(session: Session, entry_id: int) -> Entry:
    """Return an entry with its lines, text and seal, even when it was posted after our snapshot was taken."""

    def rows(model: Any, key: Any) -> Any:
        wanted = select(model).where(key == entry_id).with_for_update(read=True)
        return session.execute(wanted.execution_options(populate_existing=True)).scalars()

    entry: Entry = rows(Entry, Entry.id).one()
    lines = sorted(rows(Line, Line.entry_id), key=lambda line: int(line.position))
    set_committed_value(entry, "lines", lines)
    set_committed_value(entry, "entry_text", rows(EntryText, EntryText.entry_id).one())
    set_committed_value(entry, "seal", rows(Seal, Seal.entry_id).one())
    return entry
