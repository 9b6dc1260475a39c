"""What pages and files read of campaigns: lists page by page along the index, never counted row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from .campaign_decisions import without_difference
from .campaign_models import (
    DELETED,
    LEFT,
    SPAN,
    WAIVED,
    Campaign,
    CampaignDocument,
    CampaignMatch,
    CampaignPair,
)

ROWS_OF_A_FILE = 2_000
# Rules that suggest equal amounts: of the others there are too many to look for one that happens to.
WITHOUT_DIFFERENCE = ("exact", "window", "date", "one_to_many", "many_to_one", "party")


@dataclass(frozen=True)
class Found:
    """A page of a list in the order of ids, with the cursors of the pages around it."""

    rows: Sequence[Any]
    previous_cursor: str | None
    next_cursor: str | None


def page_of(session: Session, statement: Any, row_id: Any, cursor: str | None, size: int) -> Found:
    """Return the rows from a cursor on: "a123" begins after that id, "b123" ends before it.

    One that nobody gave out leads to the first page.
    """
    direction, place = _place(cursor)
    if direction == "b":
        statement = statement.where(row_id < place).order_by(row_id.desc())
    else:
        statement = statement.where(row_id > place).order_by(row_id)
    rows = list(session.execute(statement.limit(size + 1)).scalars())
    more, rows = len(rows) > size, rows[:size]
    if direction == "b":
        rows.reverse()
    if not rows:
        return Found([], None, None)
    before = more if direction == "b" else place > 0
    after = more if direction == "a" else True
    return Found(rows, f"b{rows[0].id}" if before else None, f"a{rows[-1].id}" if after else None)


def _place(cursor: str | None) -> tuple[str, int]:
    text = cursor or ""
    if text[:1] in ("a", "b") and text[1:].isascii() and text[1:].isdigit():
        return text[0], int(text[1:])
    return "a", 0


def campaigns_page(session: Session, cursor: str | None, size: int) -> Found:
    """Return the campaigns that are not deleted, newest first."""
    direction, place = _place(cursor)
    statement = select(Campaign).where(Campaign.state != DELETED)
    if direction == "b":
        statement = statement.where(Campaign.id > place).order_by(Campaign.id)
    elif place:
        statement = statement.where(Campaign.id < place).order_by(Campaign.id.desc())
    else:
        statement = statement.order_by(Campaign.id.desc())
    rows = list(session.execute(statement.limit(size + 1)).scalars())
    more, rows = len(rows) > size, rows[:size]
    if direction == "b":
        rows.reverse()
    before = more if direction == "b" else place > 0
    after = more if direction == "a" else True
    ends = (f"b{rows[0].id}", f"a{rows[-1].id}") if rows else ("", "")
    return Found(rows, ends[0] if rows and before else None, ends[1] if rows and after else None)


def pairs_page(
    session: Session, campaign: Campaign, *, waiting: bool, cursor: str | None, size: int
) -> Found:
    """Return the pairs of parties of a campaign, by seller and buyer; those that wait alone if asked."""
    statement = select(CampaignPair).where(CampaignPair.campaign_id == campaign.id)
    if waiting:
        statement = statement.where(CampaignPair.waits.is_(True))
    return page_of(session, statement, CampaignPair.id, cursor, size)


def matches_of(campaign: Campaign, state: str, *, rule: str | None = None, pair_id: int | None = None) -> Any:
    """Return what selects the matches of a campaign in a state, of a rule and of a pair."""
    statement = (
        select(CampaignMatch)
        .where(CampaignMatch.campaign_id == campaign.id, CampaignMatch.state == state)
        .options(joinedload(CampaignMatch.pair))
    )
    if rule:
        statement = statement.where(CampaignMatch.rule == rule)
    if pair_id:
        statement = statement.where(CampaignMatch.pair_id == pair_id)
    return statement


def leftovers_of(
    campaign: Campaign, place: str, *, reason: str | None = None, side: str | None = None, pair_id: Any = None
) -> Any:
    """Return what selects the documents that are in no match: left over, or waived."""
    statement = (
        select(CampaignDocument)
        .where(CampaignDocument.campaign_id == campaign.id, CampaignDocument.place == place)
        .options(joinedload(CampaignDocument.pair))
    )
    if reason:
        statement = statement.where(CampaignDocument.reason == reason)
    if side:
        statement = statement.where(CampaignDocument.side == side)
    if pair_id:
        statement = statement.where(CampaignDocument.pair_id == pair_id)
    return statement


def neighbour(session: Session, statement: Any, row_id: Any, beyond: int) -> int | None:
    """Return the id of the row that follows one in a list, else of the one before it, else none."""
    for wanted, order in ((row_id > beyond, row_id), (row_id < beyond, row_id.desc())):
        found = session.execute(statement.where(wanted).order_by(order).limit(1)).scalars().first()
        if found is not None:
            return int(found.id)
    return None


def documents_of(session: Session, matches: Sequence[CampaignMatch]) -> Mapping[int, list[CampaignDocument]]:
    """Return the documents of each match by its id, sales first; of a split one, what it held."""
    found: dict[int, list[CampaignDocument]] = {match.id: [] for match in matches}
    split = {document_id: match.id for match in matches for document_id in match.documents or ()}
    wanted = CampaignDocument.match_id.in_(found)
    if split:
        wanted |= CampaignDocument.id.in_(split)
    statement = (
        select(CampaignDocument)
        .where(wanted)
        .options(joinedload(CampaignDocument.pair))
        .order_by(CampaignDocument.side.desc(), CampaignDocument.dated_on, CampaignDocument.id)
    )
    for one in session.execute(statement).scalars():
        for match_id in {one.match_id, split.get(one.id)} & found.keys():
            found[match_id].append(one)
    return found


def acceptable(session: Session, campaign: Campaign) -> list[str]:
    """Return the rules that have suggestions whose amounts are the same."""
    found = []
    for rule in WITHOUT_DIFFERENCE:
        some = select(CampaignMatch.id).where(*without_difference(campaign.id, rule)).limit(1)
        if session.execute(some).first() is not None:
            found.append(rule)
    return found


def how_many_acceptable(session: Session, campaign: Campaign, rule: str) -> int:
    """Return how many suggestions of a rule have the same amounts on both sides."""
    counted = select(func.count()).where(*without_difference(campaign.id, rule))
    return int(session.execute(counted).scalar_one())


def told(session: Session, campaign: Campaign) -> Iterator[Any]:
    """Yield every document with what became of it, as plain rows: matches in order, then those in none."""
    first, last = campaign.id * SPAN, campaign.id * SPAN + campaign.last_match
    for start in range(first, last + 1, ROWS_OF_A_FILE):
        within = CampaignMatch.id.between(start, min(start + ROWS_OF_A_FILE - 1, last))
        rows = _rows().where(CampaignMatch.campaign_id == campaign.id, within)
        yield from session.execute(
            rows.order_by(CampaignMatch.id, CampaignDocument.side.desc(), CampaignDocument.id)
        )
    for place in (LEFT, WAIVED):
        after = 0
        while True:
            in_none = _rows().where(
                CampaignDocument.campaign_id == campaign.id,
                CampaignDocument.place == place,
                CampaignDocument.id > after,
            )
            some = session.execute(in_none.order_by(CampaignDocument.id).limit(ROWS_OF_A_FILE)).all()
            if not some:
                break
            yield from some
            after = some[-1].id


def _rows() -> Any:
    document, match, pair = CampaignDocument, CampaignMatch, CampaignPair
    columns = (
        document.id, document.side, document.name, document.dated_on, document.cents, document.label,
        document.reference, document.place, document.reason, document.note, pair.seller, pair.buyer,
        match.id.label("match_id"), match.state, match.rule, match.score_permille, match.difference_cents,
        match.day_difference,
    )  # fmt: skip
    return select(*columns).select_from(document).join(document.pair).outerjoin(document.match)
