"""The cooperative's own papers and its list of what every tender asks for: kept once by the support team."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from ..kernel.history import Act, remember
from ..subcontracts import steps as agreements
from . import files
from .checklist import COOPERATIVE
from .paper_errors import PaperGone
from .paper_models import CooperativePaper, PaperKind
from .papers import Sent, same_file


@dataclass(frozen=True)
class KeptPaper:
    """A kind of the list with the paper in force, where the cooperative provides it once."""

    kind: PaperKind
    paper: CooperativePaper | None


def kinds(session: Session) -> list[PaperKind]:
    """Return the cooperative's list, in order."""
    wanted = select(PaperKind).where(PaperKind.withdrawn_at.is_(None))
    return list(session.execute(wanted.order_by(PaperKind.position, PaperKind.id)).scalars())


def kept(session: Session) -> list[KeptPaper]:
    """Return the cooperative's list with the papers in force."""
    papers = select(CooperativePaper).order_by(CooperativePaper.id)
    newest = {
        paper.kind_id: paper
        for paper in session.execute(papers.options(joinedload(CooperativePaper.file))).scalars()
    }
    return [KeptPaper(kind, newest.get(kind.id)) for kind in kinds(session)]


def add(session: Session, *, label: str, who: str, has_term: bool, request_key: str, act: Act) -> PaperKind:
    """Add a paper to the list; every tender under way asks for it at once. The same request_key adds one."""

    def make() -> PaperKind:
        last = session.execute(select(func.max(PaperKind.position))).scalar_one() or 0
        kind = PaperKind(request_key=request_key, position=last + 1, label=label, who=who)
        kind.has_term, kind.added_at = has_term, act.at
        session.add(kind)
        session.flush()
        remember(session, kind, "add", act, after=who)
        return kind

    return agreements.once(session, PaperKind, request_key, make)


def change(session: Session, kind: PaperKind, *, label: str, has_term: bool, act: Act) -> PaperKind:
    """Call a paper of the list something else. Raises PaperGone."""
    locked = _lock(session, kind)
    if (locked.label, locked.has_term) != (label, has_term):
        locked.label, locked.has_term = label, has_term
        remember(session, locked, "change", act)
    return locked


def withdraw(session: Session, kind: PaperKind, *, act: Act) -> PaperKind:
    """Take a paper off the list: tenders that ended before keep it on theirs. Raises PaperGone."""
    locked = _lock(session, kind)
    locked.withdrawn_at = act.at
    remember(session, locked, "withdraw", act)
    return locked


def provide(session: Session, kind: PaperKind, sent: Sent, *, act: Act) -> CooperativePaper:
    """Provide a paper once for all tenders under way and to come; the same file again changes nothing.

    Raises PaperGone, and what files.keep does.
    """
    locked = _lock(session, kind)
    if locked.who != COOPERATIVE:
        raise PaperGone
    last = select(CooperativePaper).where(CooperativePaper.kind_id == locked.id)
    newest = session.execute(last.order_by(CooperativePaper.id.desc()).limit(1)).scalars().one_or_none()
    if newest is not None and same_file(newest.file, newest.valid_until, sent):
        return newest
    file = files.keep(session, None, sent.filename, sent.content, act, most_bytes=sent.most_bytes)
    paper = CooperativePaper(kind=locked, file=file, valid_until=sent.valid_until, provided_at=act.at)
    paper.provided_key, paper.provided_name = act.actor_key, act.actor_name
    session.add(paper)
    remember(session, locked, "provide", act)
    return paper


def _lock(session: Session, kind: PaperKind) -> PaperKind:
    locked: PaperKind = agreements.lock(session, PaperKind, kind.id)
    if locked.withdrawn_at is not None:
        raise PaperGone
    return locked
