"""The technical proposal (mémoire technique), part by part: who writes what, its text or its file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act, remember
from ..kernel.parties import Party
from . import files, papers, steps
from .models import Member, Tender
from .paper_errors import PartChanged, PartEmpty, PartGone
from .paper_models import ProposalPart
from .papers import Sent

TO_WRITE, DRAFT, READY = "to_write", "draft", "ready"
STATES = (TO_WRITE, DRAFT, READY)


@dataclass(frozen=True)
class Plan:
    """What is asked of a part: its title, what belongs in it, who writes it until when, its place."""

    title: str
    guidance: str = ""
    member_id: int | None = None
    due_on: date | None = None
    position: int | None = None


def parts(session: Session, tender: Tender) -> list[ProposalPart]:
    """Return the parts of a tender's technical proposal in order."""
    wanted = select(ProposalPart).where(
        ProposalPart.tender_id == tender.id, ProposalPart.removed_at.is_(None)
    )
    return list(session.execute(wanted.order_by(ProposalPart.position, ProposalPart.id)).scalars())


def part_of(session: Session, tender: Tender, part_id: int) -> ProposalPart | None:
    """Return a part through its tender, also one that was removed."""
    wanted = select(ProposalPart).where(ProposalPart.id == part_id, ProposalPart.tender_id == tender.id)
    return session.execute(wanted).scalars().one_or_none()


def to_write(session: Session, tender: Tender, member: Member) -> list[ProposalPart]:
    """Return the parts a member has to write; the lead's also those of nobody and of the firms outside."""
    undone = [part for part in parts(session, tender) if part.state != READY]
    if member.role == "lead":
        return [one for one in undone if one.member is None or one.member.outside or one.member is member]
    return [part for part in undone if part.member is member]


def outline(
    session: Session, tender: Tender, plans: Sequence[Plan], *, party: Party, act: Act
) -> list[ProposalPart]:
    """Begin with a whole plan; where there are parts already nothing changes.

    Raises WrongState, WrongRole.
    """
    locked = _lock(session, tender, party)
    known = _known(session, locked)
    if all(part.removed_at is not None for part in known):
        for place, plan in enumerate(plans, start=1 + _last(known)):
            _add(session, locked, f"plan-{place}", place, plan, act)
    return parts(session, locked)


def add(
    session: Session, tender: Tender, plan: Plan, *, request_key: str, party: Party, act: Act
) -> ProposalPart:
    """Add a part at the end; the same request_key adds one. Raises WrongState, WrongRole."""
    locked = _lock(session, tender, party)
    key = "own-" + hashlib.sha256(request_key.encode()).hexdigest()[:32]
    known = _known(session, locked)
    found = next((part for part in known if part.key == key), None)
    if found is not None:
        return found
    return _add(session, locked, key, 1 + _last(known), plan, act)


def arrange(session: Session, part: ProposalPart, plan: Plan, *, party: Party, act: Act) -> ProposalPart:
    """Change what is asked of a part, or its place among the others.

    Raises WrongState, WrongRole, PartGone.
    """
    locked = _lock_part(session, part, party)
    before = _planned(locked)
    _plan(locked, plan)
    if plan.position is not None:
        _move(session, locked, plan.position)
    session.flush()  # the member's id is what is compared
    if before != _planned(locked):
        remember(session, locked, "give" if locked.member_id != before[0] else "arrange", act)
    return locked


@dataclass(frozen=True)
class Written:
    """What someone wrote: a text, a file instead or beside it, and how far it is."""

    text: str
    state: str
    revision: int
    file: Sent | None = None
    without_file: bool = False


def write(session: Session, part: ProposalPart, written: Written, *, party: Party, act: Act) -> ProposalPart:
    """Write a part, as the revision that was read; sent twice it is written once.

    Raises WrongState, WrongRole, PartGone, PartChanged, PartEmpty, and what files.keep does.
    """
    locked = _lock_part(session, part, party)
    if locked.revision != written.revision:
        if written.file is None and (locked.text, locked.state) == (written.text, written.state):
            return locked
        raise PartChanged(name=locked.changed_name)
    replaced = locked.file_id if written.file is not None or written.without_file else None
    has_file = written.file is not None or (locked.file_id is not None and not written.without_file)
    if written.state == READY and not (written.text or has_file):
        raise PartEmpty
    if written.file is not None:
        sent = written.file
        locked.file = files.keep(
            session, locked.tender, sent.filename, sent.content, act, most_bytes=sent.most_bytes
        )
    elif written.without_file:
        locked.file = None
    files.forget(session, replaced)
    before, locked.text, locked.state = str(locked.state), written.text, written.state
    locked.revision += 1
    locked.changed_at, locked.changed_name = act.at, act.actor_name
    action = "finish" if before != READY and written.state == READY else "write"
    remember(session, locked, action, act, before=before, after=written.state)
    return locked


def remove(session: Session, part: ProposalPart, *, party: Party, act: Act) -> None:
    """Take a part out of the plan; what was written of it is kept, out of sight.

    Raises WrongState, WrongRole, PartGone.
    """
    locked = _lock_part(session, part, party)
    locked.removed_at = act.at
    remember(session, locked.tender, "remove_part", act, reason=str(locked.title))


def _lock(session: Session, tender: Tender, party: Party) -> Tender:
    locked = steps.lock(session, tender)
    steps.check(locked, "prepare", party)
    return locked


def _lock_part(session: Session, part: ProposalPart, party: Party) -> ProposalPart:
    _lock(session, part.tender, party)
    locked: ProposalPart = steps.lock_row(session, ProposalPart, part.id)
    if locked.removed_at is not None:
        raise PartGone
    return locked


def _known(session: Session, tender: Tender) -> list[ProposalPart]:
    """Return every part there ever was, with a lock: what someone added now is younger than our snapshot."""
    found = select(ProposalPart).where(ProposalPart.tender_id == tender.id).with_for_update()
    return list(session.execute(found.execution_options(populate_existing=True)).scalars())


def _last(known: Sequence[ProposalPart]) -> int:
    return max((int(part.position) for part in known), default=0)


def _add(session: Session, tender: Tender, key: str, position: int, plan: Plan, act: Act) -> ProposalPart:
    part = ProposalPart(tender=tender, key=key, position=position, state=TO_WRITE)
    _plan(part, plan)
    part.changed_at, part.changed_name = act.at, act.actor_name
    session.add(part)
    session.flush()  # its event names it
    remember(session, part, "add", act, after=TO_WRITE)
    return part


def _plan(part: ProposalPart, plan: Plan) -> None:
    part.title, part.guidance, part.due_on = plan.title, plan.guidance, plan.due_on
    part.member = papers.member_of(part.tender, plan.member_id)


def _planned(part: ProposalPart) -> tuple[Any, ...]:
    return (part.member_id, part.title, part.guidance, part.due_on, part.position)


def _move(session: Session, part: ProposalPart, position: int) -> None:
    others = [one for one in parts(session, part.tender) if one.id != part.id]
    others.insert(max(0, position - 1), part)
    for place, one in enumerate(others, start=1):
        one.position = place
