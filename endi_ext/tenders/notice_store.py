"""Notices kept for the whole cooperative: once each, the newer taking the place of the older.

Whoever keeps a notice that changes another one updates the tenders begun from that one, in the same
transaction: who imported it stands in their history, what changed on their page.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..kernel.history import Act
from . import updates
from .errors import NoticeReplaced
from .models import TenderNotice
from .notices import facts
from .notices.facts import Change
from .notices.model import Notice, ReadNotice, from_plain, plain

NEW, SAME, CHANGED, OLDER = "new", "same", "changed", "older"
# eForms name a notice they change by its id and its version ("…-01").
WITH_VERSION = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """A notice in the store. `outcome`: "new", "same" (known already), "changed" (it takes the place of
    another one) or "older" (a newer one is in force already). `changes` are those from the notice it
    replaces; `updated` the ids of the tenders it updated.
    """

    notice: TenderNotice
    outcome: str
    changes: Sequence[Change] = ()
    updated: Sequence[int] = ()


def keep(session: Session, read: ReadNotice, act: Act) -> Kept:
    """Keep a notice that was read; the same twice is kept once and changes nothing.

    A notice that changes another one, or another version of it, updates the tenders begun from that.
    """
    known = _known(session, read)
    if known is not None:
        return Kept(known, SAME)
    replaced = _replaced(session, read)
    if replaced is not None and replaced.digest == digest_of(read.notice):
        return Kept(replaced, SAME)  # somebody else kept it while we waited for the lock
    if replaced is not None and _is_older(read.notice, replaced):
        return Kept(_add(session, read, act, None, current=False), OLDER)
    later = [] if replaced is not None else _changing(session, read.notice)
    if later:
        late = _add(session, read, act, None, current=False)
        return Kept(late, OLDER, updated=_lay(session, later, late, act))
    kept = _add(session, read, act, replaced)
    if replaced is None:
        return Kept(kept, NEW)
    before, after = facts.of(in_force(replaced)), facts.of(in_force(kept))
    replaced.current = False
    updated = updates.update_tenders(session, replaced, kept, before, after, act)
    return Kept(kept, CHANGED, tuple(facts.between(before, after)), updated)


@dataclass(frozen=True)
class Seen:
    """What `keep` would do with a notice; `known` is the one known already or taken the place of, if any."""

    outcome: str
    known: TenderNotice | None = None
    changes: Sequence[Change] = ()


def look(session: Session, read: ReadNotice) -> Seen:
    """Return what `keep` would do, without doing it."""
    known = _known(session, read)
    if known is not None:
        return Seen(SAME, known)
    replaced = _replaced(session, read, lock=False)
    if replaced is None:
        return Seen(OLDER if _changing(session, read.notice) else NEW)
    if _is_older(read.notice, replaced):
        return Seen(OLDER, replaced)
    before = in_force(replaced)
    after = facts.upon(before, read.notice) if read.partial else read.notice
    changes = facts.between(facts.of(before), facts.of(after))
    return Seen(CHANGED, replaced, tuple(changes))


def refuse_replaced(session: Session, notice: TenderNotice) -> None:
    """Refuse to begin from a notice that another one took the place of; it stays in force till we commit.

    Raises NoticeReplaced.
    """
    same = select(TenderNotice.current).where(TenderNotice.id == notice.id)
    if not session.execute(same.with_for_update(read=True)).scalar_one():
        raise NoticeReplaced


def notice_of(row: TenderNotice) -> Notice:
    """Return a kept notice as it was read."""
    return from_plain(row.facts)


def in_force(row: TenderNotice) -> Notice:
    """Return what holds with a kept notice: a partial one only changes what was said before."""
    notice = notice_of(row)
    return facts.upon(in_force(row.replaces), notice) if row.partial and row.replaces else notice


def digest_of(notice: Notice) -> str:
    """Return the digest of what a notice says, whatever the format it came in."""
    said = {name: value for name, value in plain(notice).items() if name != "source"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def key_of(notice: Notice) -> str:
    """Return the publisher's id; of a notice without one, the digest of what it says."""
    key = (notice.notice_id or "").strip()
    if not key:
        return f"sha256:{digest_of(notice)}"
    return key if len(key) <= 100 else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _known(session: Session, read: ReadNotice) -> TenderNotice | None:
    """Return the same publication if it is kept: the same words, or the same version in another format."""
    rows = _of_key(session, key_of(read.notice))
    digest, version = digest_of(read.notice), read.notice.version or ""
    same = [row for row in rows if row.digest == digest]
    other_formats = [row for row in rows if row.source != read.notice.source]
    reworded = [row for row in other_formats if version and row.version == version]
    return next(iter([*same, *reworded]), None)


def _replaced(session: Session, read: ReadNotice, *, lock: bool = True) -> TenderNotice | None:
    """Return the notice in force that this one takes the place of, kept for this transaction."""
    found = _in_force(session, TenderNotice.notice_key == key_of(read.notice))
    if not found and read.changes is not None:
        named = WITH_VERSION.fullmatch(read.changes.strip())
        found = _after(session, named.group(1) if named else read.changes.strip())
    if not found and read.changes is not None and read.notice.procedure_id:
        found = _in_force(session, TenderNotice.procedure_key == read.notice.procedure_id[:100])
    # One alone: which of several it changes would be a guess.
    if len(found) != 1:
        return None
    return _locked(session, found[0]) if lock else found[0]


def _locked(session: Session, row: TenderNotice) -> TenderNotice:
    """Return the notice in force in the place of `row`, kept for this transaction."""
    same = select(TenderNotice).where(TenderNotice.id == row.id).with_for_update()
    locked = session.execute(same.execution_options(populate_existing=True)).scalars().one()
    if locked.current:
        return locked
    # Another change came while we waited: it is younger than what our transaction sees.
    later = select(TenderNotice).where(TenderNotice.replaces_id == row.id).with_for_update()
    newer = session.execute(later.execution_options(populate_existing=True)).scalars().first()
    return locked if newer is None else _locked(session, newer)


def _after(session: Session, key: str) -> list[TenderNotice]:
    """Return what is in force now of the notice of that key, through the notices that changed it."""
    rows = _of_key(session, key)
    while rows and not any(row.current for row in rows):
        later = select(TenderNotice).where(TenderNotice.replaces_id.in_([row.id for row in rows]))
        rows = list(session.execute(later).scalars())
    return [row for row in rows if row.current]


def _in_force(session: Session, condition: Any) -> list[TenderNotice]:
    statement = select(TenderNotice).where(condition, TenderNotice.current.is_(True))
    return list(session.execute(statement.limit(2)).scalars())


def _of_key(session: Session, key: str) -> list[TenderNotice]:
    statement = select(TenderNotice).where(TenderNotice.notice_key == key).order_by(TenderNotice.id)
    return list(session.execute(statement).scalars())


def _is_older(notice: Notice, row: TenderNotice) -> bool:
    """Whether a version of the same notice came before the one in force."""
    version, current = notice.version or "", str(row.version)
    same_key = key_of(notice) == row.notice_key
    return same_key and version.isdigit() and current.isdigit() and int(version) < int(current)


def _changing(session: Session, notice: Notice) -> list[TenderNotice]:
    """Return the notices that change this one and came first."""
    statement = select(TenderNotice).where(
        TenderNotice.changes_key == key_of(notice), TenderNotice.replaces_id.is_(None)
    )
    return list(session.execute(statement.order_by(TenderNotice.id)).scalars())


def _lay(session: Session, later: Sequence[TenderNotice], late: TenderNotice, act: Act) -> list[int]:
    """Lay notices that came first upon the one they change; return the tenders that learnt from it."""
    updated = []
    for row in later:
        before = facts.of(in_force(row))
        row.replaces = late
        after = facts.of(in_force(row))
        _name(row, after)
        if row.partial:
            updated += updates.update_tenders(session, row, row, before, after, act)
    return updated


def _add(
    session: Session,
    read: ReadNotice,
    act: Act,
    replaced: TenderNotice | None,
    *,
    current: bool = True,
) -> TenderNotice:
    notice = read.notice
    laid = facts.upon(in_force(replaced), notice) if replaced is not None and read.partial else notice
    named = WITH_VERSION.fullmatch((read.changes or "").strip())
    row = TenderNotice(
        notice_key=key_of(notice),
        version=_free_version(session, notice),
        procedure_key=(notice.procedure_id or "")[:100] or None,
        source=notice.source,
        facts=plain(notice),
        digest=digest_of(notice),
        replaces=replaced,
        changes_key=(named.group(1) if named else read.changes or "")[:100] or None,
        partial=read.partial,
        said=read.said,
        current=current,
        actor_key=act.actor_key,
        actor_name=act.actor_name,
        imported_at=act.at,
    )
    _name(row, facts.of(laid))
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        # Somebody else keeps it at this moment: theirs is the one.
        theirs = select(TenderNotice).where(
            TenderNotice.notice_key == row.notice_key, TenderNotice.version == row.version
        )
        return session.execute(theirs.with_for_update(read=True)).scalars().one()
    return row


def _name(row: TenderNotice, taken: facts.TenderFacts) -> None:
    """Repeat in its columns what lists show of a notice."""
    row.title, row.buyer_name = taken.title, taken.values["buyer_name"]
    row.deadline = taken.values["deadline"]


def _free_version(session: Session, notice: Notice) -> str:
    """Return the version to keep it under: what its publisher changed without another number gets one."""
    version = (notice.version or "")[:20]
    taken = {row.version for row in _of_key(session, key_of(notice))}
    return version if version not in taken else f"{version[:10]}~{digest_of(notice)[:8]}"
