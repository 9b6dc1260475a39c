"""Campaigns: two lists matched by the engine, kept, looked at by people, closed.

Nothing is ever booked here: a campaign says what two lists have in common, and who said so.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..exchanges import plain_rows
from ..kernel.history import Act, remember
from . import campaign_rows, matching
from .campaign_errors import CampaignEmpty, CampaignNotOpen, CampaignTooLarge
from .campaign_models import (
    CLOSED,
    DELETED,
    LEFT,
    LOADING,
    OPEN,
    SUGGESTED,
    Campaign,
    CampaignBatch,
    CampaignDocument,
    CampaignMatch,
    CampaignPair,
)
from .campaign_rows import Listed
from .documents import PURCHASES, SALES, Document

MOST_DOCUMENTS = 150_000
TABLES: dict[str, Any] = {"pair": CampaignPair, "match": CampaignMatch, "document": CampaignDocument}


def start(
    session: Session,
    sales: Listed,
    purchases: Listed,
    *,
    name: str,
    source: str,
    request_key: str,
    act: Act,
    span: tuple[date, date] | None = None,
) -> Campaign:
    """Match two lists and keep what comes of it; a short one is open at once, others load (`advance`).

    The same request_key gives the campaign that is there. `span` are the days asked for, else those of the
    documents. Raises CampaignEmpty, CampaignTooLarge.
    """
    existing = _begun(session, request_key)
    if existing is not None:
        return existing
    _check(sales, purchases)
    outcome = matching.match(sales.documents, purchases.documents)
    starts_on, ends_on = span or _days(sales.documents, purchases.documents)
    campaign = Campaign(
        request_key=request_key,
        name=name,
        source=source,
        sales_name=sales.name,
        purchases_name=purchases.name,
        sales_count=len(sales.documents),
        purchases_count=len(purchases.documents),
        starts_on=starts_on,
        ends_on=ends_on,
        state=LOADING,
        batches=0,
        batches_left=0,
        last_match=len(outcome.matches),
        created_at=act.at,
        created_by=act.actor_name,
    )
    try:
        with session.begin_nested():
            session.add(campaign)
            session.flush()  # its rows are numbered after it
    except IntegrityError:
        # The same form was sent twice at once: the other one was faster.
        existing = _begun(session, request_key, locked=True)
        assert existing is not None, "only the key of the form is unique"
        return existing
    prepared = campaign_rows.prepare(campaign.id, sales, purchases, outcome)
    for state, count in prepared.counts.items():
        campaign.shift(state, count)
    for position, (kind, content) in enumerate(prepared.batches()):
        session.add(CampaignBatch(campaign_id=campaign.id, position=position, kind=kind, content=content))
        campaign.batches = campaign.batches_left = position + 1
    remember(session, campaign, "create", act, after=LOADING)
    session.flush()
    if len(prepared.documents) <= campaign_rows.ROWS_OF_A_BATCH:
        while campaign.state == LOADING:
            advance(session, campaign.id)
    return campaign


def advance(session: Session, campaign_id: int) -> Campaign:
    """Write the next batch of rows of a campaign that loads; the last one opens it."""
    campaign = locked(session, campaign_id)
    if campaign.state != LOADING:
        return campaign
    waiting = (
        select(CampaignBatch)
        .where(CampaignBatch.campaign_id == campaign_id)
        .order_by(CampaignBatch.position)
        .limit(1)
        .with_for_update()
    )
    batch = session.execute(waiting).scalars().first()
    if batch is not None:
        rows = map(tuple, campaign_rows.unpacked(batch.content))
        table = TABLES[batch.kind].__table__
        plain_rows.insert(session, table, campaign_rows.COLUMNS[batch.kind], rows)
        session.delete(batch)
        campaign.batches_left -= 1
    if campaign.batches_left == 0:
        campaign.state = OPEN
    session.flush()
    return campaign


def locked(session: Session, campaign_id: int) -> Campaign:
    """Return a campaign as it stands now, kept for this transaction: those who decide in it queue here."""
    wanted = select(Campaign).where(Campaign.id == campaign_id).with_for_update()
    found: Campaign = session.execute(wanted.execution_options(populate_existing=True)).scalars().one()
    return found


def close(session: Session, campaign_id: int, act: Act) -> Campaign:
    """Close a campaign: nothing more is decided in it, and it no longer counts as standing.

    Raises CampaignNotOpen.
    """
    return _moved(session, campaign_id, (OPEN,), CLOSED, "close", act)


def reopen(session: Session, campaign_id: int, act: Act) -> Campaign:
    """Open a closed campaign again. Raises CampaignNotOpen."""
    return _moved(session, campaign_id, (CLOSED,), OPEN, "reopen", act)


def drop(session: Session, campaign_id: int, act: Act) -> Campaign:
    """Delete the lists of a campaign and what was decided about them; who did it is kept.

    Raises CampaignNotOpen when it is deleted already.
    """
    campaign = _moved(session, campaign_id, (LOADING, OPEN, CLOSED), DELETED, "delete", act)
    for model in (CampaignBatch, CampaignDocument, CampaignMatch, CampaignPair):
        gone = delete(model).where(model.campaign_id == campaign_id)
        session.execute(gone.execution_options(synchronize_session=False))
    return campaign


def standing(session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many suggestions and leftovers of these days wait for a decision, and the cents at stake.

    Of campaigns that are not closed. A suggestion is worth its sales, whose first day counts.
    """
    still_open = select(Campaign.id).where(Campaign.state.in_((LOADING, OPEN))).scalar_subquery()
    suggested = select(func.count(), func.sum(func.abs(CampaignMatch.sales_cents))).where(
        CampaignMatch.campaign_id.in_(still_open),
        CampaignMatch.state == SUGGESTED,
        CampaignMatch.dated_on.between(starts_on, ends_on),
    )
    left = select(func.count(), func.sum(func.abs(CampaignDocument.cents))).where(
        CampaignDocument.campaign_id.in_(still_open),
        CampaignDocument.place == LEFT,
        CampaignDocument.dated_on.between(starts_on, ends_on),
    )
    counted = [session.execute(statement).one() for statement in (suggested, left)]
    return sum(int(row[0]) for row in counted), sum(int(row[1] or 0) for row in counted)


def _moved(
    session: Session, campaign_id: int, sources: tuple[str, ...], target: str, action: str, act: Act
) -> Campaign:
    campaign = locked(session, campaign_id)
    if campaign.state not in sources:
        raise CampaignNotOpen(campaign_state=campaign.state)
    remember(session, campaign, action, act, before=campaign.state, after=target)
    campaign.state = target
    session.flush()
    return campaign


def _begun(session: Session, request_key: str, *, locked: bool = False) -> Campaign | None:
    known = select(Campaign).where(Campaign.request_key == request_key)
    if locked:
        # It sees what another request committed meanwhile, whatever the snapshot of this one.
        known = known.with_for_update()
    found: Campaign | None = session.execute(known).scalars().first()
    return found


def _check(sales: Listed, purchases: Listed) -> None:
    for side, listed in ((SALES, sales), (PURCHASES, purchases)):
        if not listed.documents:
            raise CampaignEmpty(side=side)
        if len(listed.documents) > MOST_DOCUMENTS:
            raise CampaignTooLarge(count=len(listed.documents), most=MOST_DOCUMENTS)


def _days(*lists: Iterable[Document]) -> tuple[date, date]:
    days: Any = [one.day for documents in lists for one in documents]
    return date.fromordinal(min(days)), date.fromordinal(max(days))
