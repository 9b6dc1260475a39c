"""Papers of a checklist: provided, checked by someone else, sent back, set aside, added."""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import ReasonMissing
from ..kernel.history import Act, remember
from ..kernel.parties import Party
from ..subcontracts import proofs
from . import checklist, files, steps, workflow
from .checklist import Item
from .models import Member, Tender
from .paper_errors import CheckedByItsProvider, PaperGone, PaperNotProvided, PaperOfSomeoneElse
from .paper_models import TenderFile, TenderPaper


@dataclass(frozen=True)
class Sent:
    """A file as it was sent, and until when the paper is valid, where it says so."""

    filename: str
    content: bytes
    valid_until: date | None = None
    most_bytes: int = proofs.FILE_BYTES


def provide(session: Session, tender: Tender, key: str, sent: Sent, *, party: Party, act: Act) -> TenderPaper:
    """Provide a paper of the checklist, anew if it was there; someone else checks it.

    The same file again changes nothing.
    Raises WrongState, WrongRole, PaperGone, PaperOfSomeoneElse, and what files.keep does.
    """
    row = _touch(session, tender, key, party, owned=True)
    if row.state == checklist.PROVIDED and same_file(row.file, row.valid_until, sent):
        return row
    before = row.file_id
    row.file = files.keep(session, row.tender, sent.filename, sent.content, act, most_bytes=sent.most_bytes)
    files.forget(session, before)
    row.state, row.valid_until, row.reason = checklist.PROVIDED, sent.valid_until, ""
    row.provided_at, row.provided_key, row.provided_name = act.at, act.actor_key, act.actor_name
    row.checked_at, row.checked_key, row.checked_name = None, "", ""
    return _remember(session, row, "provide", act)


def check(session: Session, tender: Tender, key: str, *, party: Party, act: Act) -> TenderPaper:
    """Note that a paper was read and is right.

    Raises WrongState, WrongRole, PaperGone, PaperNotProvided, CheckedByItsProvider.
    """
    row = _provided(_touch(session, tender, key, party))
    if row.state == checklist.CHECKED:
        return row
    if row.provided_key == act.actor_key and not alone(row.tender):
        raise CheckedByItsProvider
    row.state = checklist.CHECKED
    row.checked_at, row.checked_key, row.checked_name = act.at, act.actor_key, act.actor_name
    return _remember(session, row, "check", act)


def send_back(
    session: Session, tender: Tender, key: str, *, reason: str, party: Party, act: Act
) -> TenderPaper:
    """Ask for a paper again, with what is wrong with the one that was provided.

    Raises ReasonMissing, WrongState, WrongRole, PaperGone, PaperNotProvided.
    """
    if not reason.strip():
        raise ReasonMissing(action="send_back")
    row = _provided(_touch(session, tender, key, party))
    row.state, row.reason, row.checked_at, row.checked_key, row.checked_name = (
        checklist.MISSING, reason, None, "", "",
    )  # fmt: skip
    return _remember(session, row, "send_back", act, reason)


def set_aside(
    session: Session, tender: Tender, key: str, *, reason: str, party: Party, act: Act
) -> TenderPaper:
    """Say why this answer does without a paper.

    Raises ReasonMissing, WrongState, WrongRole, PaperGone.
    """
    if not reason.strip():
        raise ReasonMissing(action="set_aside")
    row = _touch(session, tender, key, party)
    if (row.state, row.reason) == (checklist.NOT_NEEDED, reason):
        return row
    row.state, row.reason = checklist.NOT_NEEDED, reason
    return _remember(session, row, "set_aside", act, reason)


def ask_again(session: Session, tender: Tender, key: str, *, party: Party, act: Act) -> TenderPaper:
    """Ask again for a paper that was set aside. Raises WrongState, WrongRole, PaperGone."""
    row = _touch(session, tender, key, party)
    if row.state == checklist.NOT_NEEDED:
        row.state, row.reason = checklist.PROVIDED if row.file_id else checklist.MISSING, ""
        _remember(session, row, "ask_again", act)
    return row


def add(
    session: Session,
    tender: Tender,
    *,
    label: str,
    member_id: int | None,
    request_key: str,
    party: Party,
    act: Act,
) -> TenderPaper:
    """Add a paper to this tender's checklist, of a member or of the whole team; the same key adds one.

    Raises WrongState, WrongRole.
    """
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    key = "own-" + hashlib.sha256(request_key.encode()).hexdigest()[:32]
    found = _row(session, locked, key)
    if found is not None:
        return found
    row = TenderPaper(tender=locked, item_key=key, origin=checklist.TEAM_ADDED, label=label)
    row.member, row.state = member_of(locked, member_id), checklist.MISSING
    session.add(row)
    session.flush()  # its event names it
    return _remember(session, row, "add", act)


def member_of(tender: Tender, member_id: int | None) -> Member | None:
    """Return the member of that id who counts in the team, none for somebody else."""
    counted = (one for one in tender.members if one.state == workflow.ACCEPTED)
    return next((one for one in counted if one.id == member_id), None)


def same_file(file: TenderFile | None, valid_until: date | None, sent: Sent) -> bool:
    """Say whether what was sent is what is there."""
    there = file is not None and file.sha256 == hashlib.sha256(sent.content).hexdigest()
    return there and valid_until == sent.valid_until


def alone(tender: Tender) -> bool:
    """Say whether nobody but the lead could check what they provided."""
    counted = [one for one in tender.members if one.state == workflow.ACCEPTED and not one.outside]
    return len([one for one in counted if one.role != "adviser"]) < 2


def may_provide(tender: Tender, item: Item, party: Party) -> bool:
    """Say whether a party brings an item: its own, or anything as the lead; what is the team's, anyone."""
    if workflow.role_in(tender, party) == workflow.LEAD or item.member is None:
        return True
    return bool(item.member.party_id == party.id)


def _touch(session: Session, tender: Tender, key: str, party: Party, *, owned: bool = False) -> TenderPaper:
    """Return the row of an item of a locked tender, a new one where nobody touched it yet."""
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    found = _row(session, locked, key)
    item = checklist.item_of(session, locked, key)
    if item is None:
        raise PaperGone
    if owned and not may_provide(locked, item, party):
        raise PaperOfSomeoneElse(name=item.member.name if item.member else "")
    if found is not None:
        return found
    row = TenderPaper(tender=locked, item_key=key, origin=item.origin, label=item.label)
    row.member, row.state = item.member, checklist.MISSING
    session.add(row)
    session.flush()  # its event names it
    return row


def _row(session: Session, tender: Tender, key: str) -> TenderPaper | None:
    wanted = select(TenderPaper).where(TenderPaper.tender_id == tender.id, TenderPaper.item_key == key)
    locking = wanted.with_for_update().execution_options(populate_existing=True)
    return session.execute(locking).scalars().one_or_none()


def _provided(row: TenderPaper) -> TenderPaper:
    if row.file_id is None or row.state not in (checklist.PROVIDED, checklist.CHECKED):
        raise PaperNotProvided
    return row


def _remember(
    session: Session, row: TenderPaper, action: str, act: Act, reason: str | None = None
) -> TenderPaper:
    remember(session, row, action, act, after=str(row.state), reason=reason)
    return row
