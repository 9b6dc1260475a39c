"""What an accountant does at the desk: the draft stage on and off, entries validated or rejected, letters."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..exchanges.postings import EXCHANGES, SETTLEMENTS
from ..kernel.history import Act
from ..ledger import drafts as ledger_drafts
from ..ledger import lettering
from ..ledger.draft_models import WAITING, Draft
from ..ledger.lettering_models import UNDONE, Matching, OpenItem
from ..subcontracts import drafts
from .world import Operation, World, one_of, the

MOST_AT_ONCE = 40


def choose_stage(world: World, _session: Session, rng: Random) -> Operation:
    """An admin lets the entries of a journal wait for an accountant, or wait no more."""
    journal, on, act = rng.choice((EXCHANGES, SETTLEMENTS)), rng.random() < 0.5, world.act("user:6")
    return Operation("choose_stage", lambda session: ledger_drafts.choose_stage(session, journal, on, act))


def decide_drafts(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant validates the entries that wait, or rejects one of them."""
    waiting = select(Draft.id).where(Draft.state == WAITING).order_by(Draft.effective_on, Draft.id)
    found = list(session.execute(waiting.limit(MOST_AT_ONCE)).scalars())
    if not found:
        return None
    act, on = world.act("user:5"), None
    if rng.random() < 0.15:
        chosen = [rng.choice(found)]
        return Operation("reject_a_draft", lambda s: drafts.reject(s, chosen, act, reason="Faux"))
    if rng.random() < 0.3:
        found, on = [found[0]], max(world.today, the(session, Draft, found[0]).effective_on)
    return Operation("validate_drafts", lambda s: drafts.validate(s, found, act, on=on))


def empty_the_stage(session: Session, until: date, act: Act) -> None:
    """Validate what waits of a month about to be closed; an accountant cannot close it otherwise."""
    waiting = select(Draft.id).where(Draft.state == WAITING, Draft.effective_on <= until)
    found = list(session.execute(waiting.order_by(Draft.effective_on, Draft.id)).scalars())
    if found:
        drafts.validate(session, found, act)


def letter_by_hand(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant puts some open lines of an account under a letter."""
    wanted = select(OpenItem.account_id).order_by(OpenItem.line_id.desc())
    account_id = one_of(session, rng, wanted)
    if account_id is None:
        return None
    lines = select(OpenItem.line_id).where(OpenItem.account_id == account_id).order_by(OpenItem.line_id)
    found = list(session.execute(lines.limit(12)).scalars())
    some, act = rng.sample(found, rng.randint(1, len(found))), world.act("user:5")
    return Operation("letter_by_hand", lambda s: lettering.letter(s, account_id, some, act))


def undo_a_letter(world: World, session: Session, rng: Random) -> Operation | None:
    """An accountant undoes a letter."""
    wanted = select(Matching.id).where(Matching.state != UNDONE).order_by(Matching.id.desc())
    key, act = one_of(session, rng, wanted), world.act("user:5")
    if key is None:
        return None

    def do(session: Session) -> Any:
        return lettering.undo(session, the(session, Matching, key), reason="Par erreur", act=act)

    return Operation("undo_a_letter", do)
