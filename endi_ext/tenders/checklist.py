"""The checklist of a tender: what the buyer asks for, the cooperative's own list, what the team added.

Nothing is copied: a paper of the list is an item as soon as it is there, and for each member as soon as they
are in the team. What people did about an item is a row of TenderPaper under the item's key.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from ..kernel import paris
from . import workflow
from .models import Member, Tender
from .paper_models import CooperativePaper, PaperKind, TenderFile, TenderPaper

NOTICE, LIST, TEAM_ADDED = "notice", "list", "team"
COOPERATIVE, TEAM, MEMBER, FIRM = "cooperative", "team", "member", "firm"
MISSING, PROVIDED, CHECKED, NOT_NEEDED = "missing", "provided", "checked", "not_needed"
# Made with the dossier from what the team typed: nobody has to bring it.
MADE = "made"
MADE_WITH_THE_DOSSIER = re.compile(r"\bDC ?[124]\b", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One paper of the checklist, who provides it and where it stands.

    `who` is "cooperative", "team", "member" or "firm"; `member` whose paper it is, where it is somebody's.
    `state` is "missing", "provided", "checked", "not_needed" or "made" (by the dossier itself). `expires`:
    its term ends before the offers are due. `unasked`: it was brought and is not asked for any more. `row` is
    what the team did, `common` the cooperative's own paper.
    """

    key: str
    label: str
    origin: str
    who: str
    state: str
    member: Member | None = None
    has_term: bool = False
    valid_until: date | None = None
    expires: bool = False
    unasked: bool = False
    file: TenderFile | None = None
    provided_by: str = ""
    provided_at: datetime | None = None
    checked_by: str = ""
    reason: str = ""
    row: TenderPaper | None = None
    common: CooperativePaper | None = None

    @property
    def stands(self) -> bool:
        """Whether nothing more has to be brought."""
        return self.state != MISSING and not self.expires


def items(session: Session, tender: Tender) -> list[Item]:
    """Return the checklist of a tender as it stands; of one that ended, as it stood."""
    kinds = _kinds(session, tender)
    rows = {row.item_key: row for row in _rows(session, tender)}
    common = _common(session, tender, kinds)
    found = [_item(tender, *one, rows, common) for one in _expected(tender, kinds)]
    known = {item.key for item in found}
    others = [row for key, row in rows.items() if key not in known]
    added = [row for row in others if row.origin == TEAM_ADDED or row.state in (PROVIDED, CHECKED)]
    return found + [_of_row(tender, row) for row in added if row.member is None or _in_team(row.member)]


def missing(session: Session, tender: Tender) -> list[Item]:
    """Return what is still to be brought, or ends before the offers are due."""
    return [item for item in items(session, tender) if not item.stands]


def unchecked(session: Session, tender: Tender) -> list[Item]:
    """Return what was brought and nobody checked."""
    return [item for item in items(session, tender) if item.state == PROVIDED]


def item_of(session: Session, tender: Tender, key: str) -> Item | None:
    """Return the item of that key."""
    return next((item for item in items(session, tender) if item.key == key), None)


def own_items(found: Iterable[Item], member: Member) -> list[Item]:
    """Return the items a member has to see to: their own; for the lead also those of nobody else."""
    if member.role == "lead":
        return [item for item in found if item.member is None or item.member.outside or item.member is member]
    return [item for item in found if item.member is member]


def last_day(tender: Tender) -> date | None:
    """Return the day until which a paper must be valid."""
    return None if tender.deadline is None else paris.day_of(tender.deadline)


# key, label, origin, who, member, has_term, kind
Expected = tuple[str, str, str, str, Member | None, bool, PaperKind | None]


def _expected(tender: Tender, kinds: Sequence[PaperKind]) -> Iterator[Expected]:
    """Return what must be there, in the order of the page; a paper asked for twice is there once."""
    listed = {_plain(kind.label) for kind in kinds}
    for label in dict.fromkeys(tender.requested_documents or ()):
        if _plain(label) not in listed:
            yield _notice_key(label), str(label)[:300], NOTICE, TEAM, None, False, None
    for kind in kinds:
        for member in _bringing(tender, kind):
            key = f"list-{kind.id}" if member is None else f"list-{kind.id}-{member.id}"
            asked = any(_plain(label) == _plain(kind.label) for label in tender.requested_documents or ())
            origin = NOTICE if asked else LIST
            yield key, str(kind.label), origin, str(kind.who), member, bool(kind.has_term), kind


def _bringing(tender: Tender, kind: PaperKind) -> Sequence[Member | None]:
    if kind.who in (COOPERATIVE, TEAM):
        return (None,)
    outside = kind.who == FIRM
    return [one for one in tender.members if _in_team(one) and one.outside == outside]


def _in_team(member: Member) -> bool:
    return member.state == workflow.ACCEPTED and member.role != "adviser"


def _item(tender: Tender, *facts: Any) -> Item:
    key, label, origin, who, member, has_term, kind, rows, common = facts
    row = rows.get(key)
    if row is not None and (row.state != MISSING or kind is None or kind.id not in common):
        return _of_row(tender, row, label=label, origin=origin, who=who, has_term=has_term)
    shared = {"key": key, "label": label, "origin": origin, "who": who, "member": member}
    if kind is not None and kind.id in common:
        return _of_common(tender, common[kind.id], {**shared, "has_term": has_term, "row": row})
    made = origin == NOTICE and MADE_WITH_THE_DOSSIER.search(label)
    return Item(**shared, state=MADE if made else MISSING, has_term=has_term)


def _of_row(tender: Tender, row: TenderPaper, **told: Any) -> Item:
    who = MEMBER if row.member is not None else TEAM
    unasked = not told and row.origin != TEAM_ADDED
    values = {"label": str(row.label), "origin": str(row.origin), "who": who, "has_term": True, **told}
    return Item(
        key=str(row.item_key),
        state=str(row.state),
        member=row.member,
        valid_until=row.valid_until,
        expires=row.state in (PROVIDED, CHECKED) and _expires(tender, row.valid_until) and not unasked,
        unasked=unasked,
        file=row.file,
        provided_by=str(row.provided_name),
        provided_at=row.provided_at,
        checked_by=str(row.checked_name),
        reason=str(row.reason),
        row=row,
        **values,
    )


def _of_common(tender: Tender, paper: CooperativePaper, values: dict[str, Any]) -> Item:
    # Whoever keeps the cooperative's papers looked at it when they provided it.
    return Item(
        state=CHECKED,
        valid_until=paper.valid_until,
        expires=_expires(tender, paper.valid_until),
        file=paper.file,
        provided_by=str(paper.provided_name),
        provided_at=paper.provided_at,
        checked_by=str(paper.provided_name),
        common=paper,
        **values,
    )


def _expires(tender: Tender, until: date | None) -> bool:
    last = last_day(tender)
    return until is not None and last is not None and until < last


def _ended_at(tender: Tender) -> datetime | None:
    """Return when what was asked for stopped to matter: the list that changes later is another one's."""
    if tender.state in workflow.UNDER_WAY:
        return None
    ended: datetime | None = tender.submitted_at or tender.closed_at
    return ended


def _kinds(session: Session, tender: Tender) -> list[PaperKind]:
    ended = _ended_at(tender)
    wanted = select(PaperKind).order_by(PaperKind.position, PaperKind.id)
    if ended is None:
        return list(session.execute(wanted.where(PaperKind.withdrawn_at.is_(None))).scalars())
    then = or_(PaperKind.withdrawn_at.is_(None), PaperKind.withdrawn_at > ended)
    return list(session.execute(wanted.where(PaperKind.added_at <= ended, then)).scalars())


def _common(session: Session, tender: Tender, kinds: Sequence[PaperKind]) -> dict[int, CooperativePaper]:
    ended = _ended_at(tender)
    wanted = select(CooperativePaper).where(CooperativePaper.kind_id.in_([kind.id for kind in kinds]))
    if ended is not None:
        wanted = wanted.where(CooperativePaper.provided_at <= ended)
    newest_last = wanted.order_by(CooperativePaper.id).options(joinedload(CooperativePaper.file))
    return {paper.kind_id: paper for paper in session.execute(newest_last).scalars()}


def _rows(session: Session, tender: Tender) -> list[TenderPaper]:
    rows = select(TenderPaper).where(TenderPaper.tender_id == tender.id).order_by(TenderPaper.id)
    return list(session.execute(rows.options(joinedload(TenderPaper.file))).scalars())


def _notice_key(label: str) -> str:
    return "notice-" + hashlib.sha256(_plain(label).encode()).hexdigest()[:16]


def _plain(label: str) -> str:
    letters = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.lower()).split())
