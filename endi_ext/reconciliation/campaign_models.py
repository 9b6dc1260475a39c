"""Two lists matched by people: campaigns, their documents, what the engine and people made of them."""

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json, exact

LOADING, OPEN, CLOSED, DELETED = "loading", "open", "closed", "deleted"
FILES, HOST = "files", "host"

# What becomes of a match, and of a document that is in none.
CONFIRMED, SUGGESTED, ACCEPTED, SPLIT = "confirmed", "suggested", "accepted", "split"
MATCHED, LEFT, WAIVED = "matched", "left", "waived"
BY_HAND = "hand"

# What is counted of a campaign and of each pair of parties: states of matches, places of documents.
COUNTED = (CONFIRMED, SUGGESTED, ACCEPTED, LEFT, WAIVED)

# Rows of a campaign are numbered within it: its own id times this, so that they are inserted knowing each
# other's.
SPAN = 1_000_000


class Counts:
    """How many matches and documents are in each state, kept as they change."""

    confirmed_count = Column(Integer, nullable=False, default=0)
    suggested_count = Column(Integer, nullable=False, default=0)
    accepted_count = Column(Integer, nullable=False, default=0)
    left_count = Column(Integer, nullable=False, default=0)
    waived_count = Column(Integer, nullable=False, default=0)

    @property
    def undecided(self) -> int:
        """What a person has to look at."""
        return int(self.suggested_count + self.left_count)

    def shift(self, state: str, count: int) -> None:
        """Count so many more, or fewer, in a state; a split match is counted no more."""
        if state in COUNTED:
            setattr(self, f"{state}_count", getattr(self, f"{state}_count") + count)


class Campaign(Counts, Base):
    """Two lists held against each other (rapprochement); locked first by whoever decides something in it.

    It loads in batches, is open, then closed. Deleted, its lists are gone; the row stays as a trace.
    """

    __tablename__ = "endi_ext_matching_campaign"
    __table_args__ = (
        CheckConstraint("state IN ('loading', 'open', 'closed', 'deleted')", name="state_is_known"),
        Index("ix_endi_ext_matching_campaign_state", "state", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    name = Column(String(190), nullable=False)
    source = Column(exact(20), nullable=False)
    sales_name = Column(String(190), nullable=False, default="")
    purchases_name = Column(String(190), nullable=False, default="")
    sales_count = Column(Integer, nullable=False)
    purchases_count = Column(Integer, nullable=False)
    starts_on = Column(Date)
    ends_on = Column(Date)
    state = Column(exact(20), nullable=False)
    batches = Column(Integer, nullable=False)
    batches_left = Column(Integer, nullable=False)
    last_match = Column(Integer, nullable=False)
    created_at = Column(Instant, nullable=False)
    created_by = Column(String(190), nullable=False)


class CampaignPair(Counts, Base):
    """A seller and a buyer of a campaign; `waits` says whether anything of theirs is undecided."""

    __tablename__ = "endi_ext_matching_pair"
    __table_args__ = (Index("ix_endi_ext_matching_pair_waits", "campaign_id", "waits", "id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True, autoincrement=False)
    campaign_id = Column(ForeignKey("endi_ext_matching_campaign.id"), nullable=False)
    seller = Column(String(300), nullable=False)
    buyer = Column(String(300), nullable=False)
    waits = Column(Boolean, nullable=False)


class CampaignMatch(Base):
    """Documents of both sides taken for one exchange, by the engine or by a person.

    `pair_id` is the first sale's. `documents` are the ids of what it held, once it is split.
    """

    __tablename__ = "endi_ext_matching_match"
    __table_args__ = (
        CheckConstraint("state IN ('confirmed', 'suggested', 'accepted', 'split')", name="state_is_known"),
        Index("ix_endi_ext_matching_match_state", "campaign_id", "state", "id"),
        Index("ix_endi_ext_matching_match_rule", "campaign_id", "state", "rule", "id"),
        Index("ix_endi_ext_matching_match_pair", "pair_id", "state", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True, autoincrement=False)
    campaign_id = Column(ForeignKey("endi_ext_matching_campaign.id"), nullable=False)
    pair_id = Column(ForeignKey("endi_ext_matching_pair.id"), nullable=False)
    rule = Column(exact(20), nullable=False)
    score_permille = Column(Integer, nullable=False)
    sales_cents = Column(BigInt, nullable=False)
    difference_cents = Column(BigInt, nullable=False)
    day_difference = Column(Integer, nullable=False)
    dated_on = Column(Date, nullable=False)
    state = Column(exact(20), nullable=False)
    documents = Column(Json)
    decided_by = Column(String(190))
    decided_at = Column(Instant)

    pair = relationship("CampaignPair")

    @property
    def number(self) -> int:
        """Its number within the campaign."""
        return int(self.id % SPAN)


class CampaignDocument(Base):
    """A document of a list: in one match, left over with its reason, or waived by someone with theirs."""

    __tablename__ = "endi_ext_matching_document"
    __table_args__ = (
        CheckConstraint("place IN ('matched', 'left', 'waived')", name="place_is_known"),
        CheckConstraint(
            "(place = 'matched' AND match_id IS NOT NULL) OR (place <> 'matched' AND match_id IS NULL)",
            name="one_place",
        ),
        Index("ix_endi_ext_matching_document_place", "campaign_id", "place", "id"),
        Index("ix_endi_ext_matching_document_pair", "pair_id", "place", "id"),
        Index("ix_endi_ext_matching_document_match", "match_id", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True, autoincrement=False)
    campaign_id = Column(ForeignKey("endi_ext_matching_campaign.id"), nullable=False)
    pair_id = Column(ForeignKey("endi_ext_matching_pair.id"), nullable=False)
    match_id = Column(ForeignKey("endi_ext_matching_match.id"))
    side = Column(exact(10), nullable=False)
    name = Column(String(300), nullable=False)
    dated_on = Column(Date, nullable=False)
    cents = Column(BigInt, nullable=False)
    label = Column(String(300), nullable=False)
    reference = Column(String(300), nullable=False)
    place = Column(exact(10), nullable=False)
    reason = Column(exact(30), nullable=False, default="")
    note = Column(String(2000), nullable=False, default="")
    decided_by = Column(String(190))
    decided_at = Column(Instant)

    pair = relationship("CampaignPair")
    match = relationship("CampaignMatch")


class CampaignBatch(Base):
    """Rows of a campaign that wait to be written, `kind` by `kind`: a request writes one batch."""

    __tablename__ = "endi_ext_matching_batch"
    __table_args__ = (TABLE_ARGS,)

    campaign_id = Column(ForeignKey("endi_ext_matching_campaign.id"), primary_key=True)
    position = Column(Integer, primary_key=True, autoincrement=False)
    kind = Column(exact(10), nullable=False)
    content: Any = Column(
        LargeBinary().with_variant(mysql.LONGBLOB(), "mysql").with_variant(mysql.LONGBLOB(), "mariadb"),
        nullable=False,
    )
