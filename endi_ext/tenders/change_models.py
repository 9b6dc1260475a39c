"""What change notices changed of a tender, and which parties of its team have seen it."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json


class TenderChange(Base):
    """What one notice changed of a tender: `changes` are notices.facts.Change, as JSON."""

    __tablename__ = "endi_ext_tender_change"
    __table_args__ = (Index("ix_endi_ext_tender_change_tender", "tender_id", "id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    notice_id = Column(ForeignKey("endi_ext_tender_notice.id"), nullable=False, index=True)
    changes = Column(Json, nullable=False)
    noted_at = Column(Instant, nullable=False)

    notice = relationship("TenderNotice")


class TenderChangeSeen(Base):
    """A party of the team has seen a change."""

    __tablename__ = "endi_ext_tender_change_seen"
    __table_args__ = (UniqueConstraint("change_id", "party_id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    change_id = Column(ForeignKey("endi_ext_tender_change.id"), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False, index=True)
    seen_at = Column(Instant, nullable=False)
