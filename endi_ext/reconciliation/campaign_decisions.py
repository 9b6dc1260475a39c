"""What people decide in a campaign: accept, split, match by hand, waive; nothing is ever booked.

Each locks the campaign first: of two people who decide the same thing, the second is told by whom it was
done. Rows are read again under the lock, never from what the request read before.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..kernel.errors import ReasonMissing
from ..kernel.history import Act, remember
from . import campaigns
from .campaign_errors import (
    CampaignNotOpen,
    DocumentsTaken,
    MatchDecided,
    NothingChosen,
    NothingToAccept,
    OneSided,
    TooManyChosen,
)
from .campaign_models import (
    ACCEPTED,
    BY_HAND,
    CONFIRMED,
    LEFT,
    MATCHED,
    OPEN,
    SPAN,
    SPLIT,
    SUGGESTED,
    WAIVED,
    Campaign,
    CampaignDocument,
    CampaignMatch,
)
from .campaign_tally import Tally
from .documents import PURCHASES, SALES

MOST_CHOSEN = 200
LONGEST_REASON = 2_000


def accept(session: Session, campaign_id: int, match_id: int, act: Act) -> CampaignMatch:
    """Take a suggested match for what happened. Raises CampaignNotOpen, MatchDecided."""
    campaign = _open(session, campaign_id)
    match = _match(session, campaign, match_id, (SUGGESTED,))
    Tally(campaign).move(match.pair_id, SUGGESTED, ACCEPTED).keep(session)
    remember(session, match, "accept", act, before=match.state, after=ACCEPTED)
    match.state, match.decided_by, match.decided_at = ACCEPTED, act.actor_name, act.at
    session.flush()
    return match


def split(session: Session, campaign_id: int, match_id: int, act: Act) -> CampaignMatch:
    """Undo a match, the engine's or a person's: its documents return to the piles.

    Raises CampaignNotOpen, MatchDecided when it is split already.
    """
    campaign = _open(session, campaign_id)
    match = _match(session, campaign, match_id, (CONFIRMED, SUGGESTED, ACCEPTED))
    held = _documents(session, campaign, CampaignDocument.match_id == match.id)
    tally = Tally(campaign).move(match.pair_id, match.state, SPLIT)
    for one in held:
        tally.move(one.pair_id, MATCHED, LEFT)
        one.place, one.match_id, one.reason = LEFT, None, SPLIT
        one.decided_by, one.decided_at = act.actor_name, act.at
    tally.keep(session)
    remember(session, match, "split", act, before=match.state, after=SPLIT)
    match.documents = [one.id for one in held]
    match.state, match.decided_by, match.decided_at = SPLIT, act.actor_name, act.at
    session.flush()
    return match


def match_by_hand(session: Session, campaign_id: int, document_ids: Sequence[int], act: Act) -> CampaignMatch:
    """Take documents of both sides that are left over for one exchange, whatever their parties and amounts.

    Raises CampaignNotOpen, NothingChosen, TooManyChosen, OneSided, DocumentsTaken.
    """
    campaign = _open(session, campaign_id)
    chosen = _chosen(session, campaign, document_ids, (LEFT,))
    sales = [one for one in chosen if one.side == SALES]
    purchases = [one for one in chosen if one.side == PURCHASES]
    if not (sales and purchases):
        raise OneSided
    campaign.last_match += 1
    match = CampaignMatch(
        id=campaign.id * SPAN + campaign.last_match,
        campaign_id=campaign.id,
        pair_id=sales[0].pair_id,
        rule=BY_HAND,
        score_permille=1000,
        sales_cents=sum(one.cents for one in sales),
        difference_cents=sum(one.cents for one in purchases) - sum(one.cents for one in sales),
        day_difference=furthest(sales, purchases),
        dated_on=min(one.dated_on for one in sales),
        state=ACCEPTED,
        decided_by=act.actor_name,
        decided_at=act.at,
    )
    session.add(match)
    session.flush()  # its documents refer to it
    tally = Tally(campaign).move(match.pair_id, SPLIT, ACCEPTED)
    for one in chosen:
        _move(tally, one, MATCHED, act)
        one.match_id = match.id
    tally.keep(session)
    remember(session, match, "by_hand", act, after=ACCEPTED)
    session.flush()
    return match


def waive(
    session: Session, campaign_id: int, document_ids: Sequence[int], reason: str, act: Act
) -> list[CampaignDocument]:
    """Leave documents without another side, with a reason.

    Raises CampaignNotOpen, ReasonMissing, NothingChosen, TooManyChosen, DocumentsTaken.
    """
    if not reason.strip():
        raise ReasonMissing(action="waive")
    campaign = _open(session, campaign_id)
    chosen = _chosen(session, campaign, document_ids, (LEFT,))
    tally = Tally(campaign)
    for one in chosen:
        _move(tally, one, WAIVED, act)
        one.note = reason.strip()[:LONGEST_REASON]
        remember(session, one, "waive", act, before=LEFT, after=WAIVED, reason=one.note)
    tally.keep(session)
    session.flush()
    return chosen


def take_back(session: Session, campaign_id: int, document_ids: Sequence[int], act: Act) -> Any:
    """Put waived documents back where something may be decided about them.

    Raises CampaignNotOpen, NothingChosen, TooManyChosen, DocumentsTaken.
    """
    campaign = _open(session, campaign_id)
    chosen = _chosen(session, campaign, document_ids, (WAIVED,))
    tally = Tally(campaign)
    for one in chosen:
        _move(tally, one, LEFT, act)
        remember(session, one, "take_back", act, before=WAIVED, after=LEFT, reason=one.note)
        one.note = ""
    tally.keep(session)
    session.flush()
    return chosen


def accept_rule(session: Session, campaign_id: int, rule: str, act: Act) -> int:
    """Accept every suggestion of a rule whose amounts are the same; return how many there were.

    Raises CampaignNotOpen, NothingToAccept.
    """
    campaign = _open(session, campaign_id)
    wanted = without_difference(campaign.id, rule)
    # Locked as well: what a snapshot of the request shows may be older than the lock.
    found = session.execute(select(CampaignMatch.pair_id).where(*wanted).with_for_update()).scalars()
    tally, count = Tally(campaign), 0
    for pair_id in found:
        tally.move(pair_id, SUGGESTED, ACCEPTED)
        count += 1
    if not count:
        raise NothingToAccept
    decided = {"state": ACCEPTED, "decided_by": act.actor_name, "decided_at": act.at}
    session.execute(
        update(CampaignMatch).where(*wanted).values(**decided).execution_options(synchronize_session=False)
    )
    tally.keep(session)
    remember(session, campaign, "accept_rule", act, reason=f"{rule}:{count}")
    session.flush()
    session.expire_all()
    return count


def without_difference(campaign_id: int, rule: str) -> tuple[Any, ...]:
    """Return what picks the suggestions of a rule whose amounts are the same."""
    return (
        CampaignMatch.campaign_id == campaign_id,
        CampaignMatch.state == SUGGESTED,
        CampaignMatch.rule == rule,
        CampaignMatch.difference_cents == 0,
    )


def furthest(sales: Sequence[CampaignDocument], purchases: Sequence[CampaignDocument]) -> int:
    """Return how many days later the purchases are, those furthest away."""
    return max(
        ((there.dated_on - here.dated_on).days for here in sales for there in purchases), key=abs, default=0
    )


def _open(session: Session, campaign_id: int) -> Campaign:
    campaign = campaigns.locked(session, campaign_id)
    if campaign.state != OPEN:
        raise CampaignNotOpen(campaign_state=campaign.state)
    return campaign


def _match(session: Session, campaign: Campaign, match_id: int, states: Sequence[str]) -> CampaignMatch:
    wanted = (
        select(CampaignMatch)
        .where(CampaignMatch.id == match_id, CampaignMatch.campaign_id == campaign.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    match: CampaignMatch = session.execute(wanted).scalars().one()
    if match.state not in states:
        raise MatchDecided(became=match.state, number=match.number, by=match.decided_by or "")
    return match


def _documents(session: Session, campaign: Campaign, *wanted: Any) -> list[CampaignDocument]:
    found = (
        select(CampaignDocument)
        .where(CampaignDocument.campaign_id == campaign.id, *wanted)
        .order_by(CampaignDocument.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.execute(found).scalars())


def _chosen(
    session: Session, campaign: Campaign, document_ids: Sequence[int], places: Sequence[str]
) -> list[CampaignDocument]:
    wanted = set(document_ids)
    if not wanted:
        raise NothingChosen
    if len(wanted) > MOST_CHOSEN:
        raise TooManyChosen(count=len(wanted), most=MOST_CHOSEN)
    found = _documents(session, campaign, CampaignDocument.id.in_(wanted))
    taken = [one.name for one in found if one.place not in places]
    if taken or len(found) < len(wanted):
        raise DocumentsTaken(names=", ".join(taken) or "?")
    return found


def _move(tally: Tally, one: CampaignDocument, place: str, act: Act) -> None:
    tally.move(one.pair_id, one.place, place)
    one.place, one.decided_by, one.decided_at = place, act.actor_name, act.at
