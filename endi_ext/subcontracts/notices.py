"""Who must be told of what happened: a notice is made of an event of the history, once for each person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select, true, update
from sqlalchemy.orm import Session

from ..exchanges.models import Exchange
from ..kernel import notices
from ..kernel.history import UNTOLD, Event
from ..kernel.notices import Notice
from ..kernel.orm import Base
from ..kernel.parties import Party
from ..reconciliation.question_models import Question
from . import queries, steps
from .models import Delivery, Subcontract

# (user key, name, e-mail) of everyone who works in the party of that host key and may log in.
People = Callable[[Session, str], Sequence[tuple[str, str, str]]]

# Whom to tell. OTHER is the side that did not act: both sides when an accountant, an arbiter or a date did.
OTHER, BOTH, BUYER, SELLER = "other", "both", "buyer", "seller"


@dataclass(frozen=True)
class Telling:
    """Who is told of a kind of event; what is not urgent comes with the daily letter at the earliest."""

    who: str = OTHER
    urgent: bool = True


# Every step that concerns someone who did not take it. Steps that follow from another one are not here: one
# thing done is told once.
TOLD = {
    ("subcontract", "propose"): Telling(),
    ("subcontract", "counter"): Telling(),
    ("subcontract", "accept"): Telling(),
    ("subcontract", "decline"): Telling(),
    ("subcontract", "withdraw"): Telling(),
    ("subcontract", "expire"): Telling(),
    ("subcontract", "comment"): Telling(),
    ("subcontract", "call_off"): Telling(),
    ("subcontract", "end"): Telling(),
    ("subcontract", "pronounce_acceptance"): Telling(),
    ("subcontract", "draw_up_final_account"): Telling(),
    ("subcontract", "sign_final_account"): Telling(),
    ("subcontract", "refuse_final_account"): Telling(),
    ("subcontract", "withdraw_final_account"): Telling(),
    ("subcontract", "name_invoice"): Telling(urgent=False),
    ("subcontract", "forget_invoice"): Telling(urgent=False),
    ("subcontract", "lift_wait"): Telling(),
    ("subcontract", "divide_receipt"): Telling(urgent=False),
    ("amendment", "propose"): Telling(),
    ("amendment", "counter"): Telling(),
    ("amendment", "accept"): Telling(),
    ("amendment", "decline"): Telling(),
    ("amendment", "withdraw"): Telling(),
    ("amendment", "expire"): Telling(),
    ("delivery", "declare"): Telling(),
    ("delivery", "accept"): Telling(),
    ("delivery", "accept_in_part"): Telling(),
    ("delivery", "accept_by_silence"): Telling(BOTH),
    ("delivery", "contest"): Telling(),
    ("delivery", "withdraw"): Telling(),
    ("delivery", "reverse"): Telling(BOTH),
    ("delivery", "remind"): Telling(BUYER),
    ("dispute", "write"): Telling(),
    ("dispute", "propose"): Telling(),
    ("dispute", "agree"): Telling(),
    ("dispute", "ask_arbitration"): Telling(),
    ("dispute", "take"): Telling(BOTH),
    ("dispute", "decide"): Telling(BOTH),
    ("exchange", "recorded"): Telling(BOTH, urgent=False),
    ("exchange", "settled"): Telling(BOTH, urgent=False),
    ("exchange", "settlement_reversed"): Telling(BOTH, urgent=False),
    ("exchange", "reversed"): Telling(BOTH, urgent=False),
    ("exchange", "reduced"): Telling(BOTH, urgent=False),
    ("exchange", "step_rejected"): Telling(BOTH),
    ("exchange", "release"): Telling(urgent=False),
    ("exchange", "release_in_part"): Telling(urgent=False),
    ("exchange", "contest_release"): Telling(),
    ("exchange", "lift_contest"): Telling(),
    ("exchange", "client_paid"): Telling(SELLER),
    ("question", "ask"): Telling(),
    ("question", "ask_again"): Telling(),
    ("party", "remind"): Telling(BOTH),
}

# What follows from another step, or concerns the cooperative's own papers.
NOT_TOLD = {
    ("subcontract", "amend"),
    ("subcontract", "complete"),
    ("subcontract", "reopen"),
    ("delivery", "conclude"),
    ("delivery", "abandon"),
    ("delivery", "arbitrate"),
    ("delivery", "dismiss"),
    ("dispute", "accept"),
    ("dispute", "withdraw"),
    ("dispute", "close"),
    ("exchange", "retained"),
    ("exchange", "entered"),
    ("exchange", "settlement_waits"),
    ("exchange", "reduction_waits"),
    ("exchange", "release_waits"),
    ("exchange", "awaits_client"),
    ("exchange", "document_asked"),
    ("exchange", "document_given_up"),
    # Accountants find the answer on their page.
    ("question", "answer"),
    ("question", "close"),
}

# An exchange that comes from a delivery is told by what happens to the delivery.
TOLD_BY_THE_DELIVERY = ("recorded", "reversed")


@dataclass(frozen=True)
class Case:
    """What an event is about: the document, and the subcontract, delivery or exchange it belongs to."""

    thing: Any
    sides: tuple[Party, ...]  # the buyer and the seller, or whoever is concerned
    subcontract: Subcontract | None = None
    delivery: Delivery | None = None
    exchange: Exchange | None = None
    named: str = ""  # where it is none of these

    @property
    def title(self) -> str:
        """What the work is called."""
        if self.named:
            return self.named
        named = self.subcontract or self.exchange
        return "" if named is None else str(getattr(named, "title", None) or getattr(named, "label", ""))


@dataclass(frozen=True)
class Source:
    """Which events are told, and what each is about: this domain's own, or those of one built on it too."""

    told: Mapping[tuple[str, str], Telling]
    case_of: Callable[[Session, Event], Case | None]


def untold(session: Session, *, size: int = 500) -> list[int]:
    """Return the ids of events nobody was told of yet, the oldest first."""
    waiting = select(Event.id).where(Event.untold == true()).order_by(Event.id).limit(size)
    return list(session.execute(waiting).scalars())


def take_as_told(session: Session) -> None:
    """Tell nobody of what happened so far: it was brought in from elsewhere, or invented."""
    session.flush()
    session.execute(update(Event).where(Event.untold == true()).values(untold=None))
    session.info.pop(UNTOLD, None)


def project(
    session: Session, event_id: int, people: People, at: datetime, source: Source | None = None
) -> list[Notice]:
    """Make the notices of an event; made already, or of no concern to anybody, there are none.

    The event is locked by its key and told only once, whoever else is telling at the same time.
    """
    event = steps.lock(session, Event, event_id)
    if not event.untold:
        return []
    event.untold = None
    source = source or OURS
    telling, case = source.told.get((event.subject, event.action)), source.case_of(session, event)
    if telling is None or case is None or _told_otherwise(event, case):
        return []
    made = [
        Notice(event=event, user_key=user_key, party=party, created_at=at, letter=letter, attempts=0)
        for user_key, (party, letter) in _recipients(session, event, case, telling, people).items()
    ]
    session.add_all(made)
    session.flush()  # the database refuses a second notice of an event here
    return made


def case_of(session: Session, event: Event) -> Case | None:
    """Return what an event is about, or None when it is about none of the documents of two parties."""
    model = _models().get(str(event.subject))
    thing = None if model is None else session.get(model, event.subject_id)
    if thing is None:
        return None
    if isinstance(thing, Party):
        return Case(thing, (thing,))
    if isinstance(thing, Question):
        return Case(thing, (thing.party,), named=str(thing.title))
    exchange = thing if isinstance(thing, Exchange) else getattr(thing, "exchange", None)
    delivery = thing if isinstance(thing, Delivery) else getattr(thing, "delivery", None)
    if delivery is None and exchange is not None:
        delivery = queries.delivery_of_exchange(session, exchange.id)
    subcontract = thing if isinstance(thing, Subcontract) else getattr(thing, "subcontract", None)
    if subcontract is None and delivery is not None:
        subcontract = delivery.subcontract
    pair = subcontract or exchange
    return None if pair is None else Case(thing, (pair.buyer, pair.seller), subcontract, delivery, exchange)


OURS = Source(TOLD, case_of)


def author_of(session: Session, event: Event, case: Case, people: People) -> Party | None:
    """Return the side for which someone acted, if it is one side only."""
    acting = [side for side in case.sides if event.actor_key in _keys(session, side, people)]
    return acting[0] if len(acting) == 1 else None


@cache
def _models() -> dict[str, Any]:
    mapped = [mapper.class_ for mapper in Base.registry.mappers]
    return {model.__tablename__.removeprefix("endi_ext_"): model for model in mapped}


def _told_otherwise(event: Event, case: Case) -> bool:
    from_a_delivery = event.subject == "exchange" and case.delivery is not None
    return from_a_delivery and event.action in TOLD_BY_THE_DELIVERY


def _recipients(
    session: Session, event: Event, case: Case, telling: Telling, people: People
) -> dict[str, tuple[Party, str]]:
    """Return the party and the letter of each person to tell; nobody is told what they did themselves."""
    found: dict[str, tuple[Party, str]] = {}
    for party in _sides_told(session, event, case, telling, people):
        for user_key, _name, email in people(session, str(party.host_key)):
            if user_key != event.actor_key and user_key not in found:
                found[user_key] = (party, _letter(session, user_key, email, telling))
    return found


def _sides_told(
    session: Session, event: Event, case: Case, telling: Telling, people: People
) -> tuple[Party, ...]:
    if telling.who == BUYER:
        return case.sides[:1]
    if telling.who == SELLER:
        return case.sides[-1:]
    author = author_of(session, event, case, people) if telling.who == OTHER else None
    return tuple(side for side in case.sides if side is not author)


def _letter(session: Session, user_key: str, email: str, telling: Telling) -> str:
    chosen = str(notices.choice_of(session, user_key).letters)
    if not email or chosen == notices.NEVER:
        return notices.NONE
    return chosen if telling.urgent else notices.DAILY


def _keys(session: Session, party: Party, people: People) -> set[str]:
    return {user_key for user_key, _name, _email in people(session, str(party.host_key))}
