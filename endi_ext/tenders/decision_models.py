"""How a team decides to answer or not: rounds, positions, criteria and scores."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json


class Decision(Base):
    """One round in which a team decides; reconsidering, or reopening a tender, begins the next.

    `state` is "open", "go" or "no_go". `closes_on` is the last day to take a position, that day included.
    Once closed, `positions_said` is who said what, in plain values that later changes of the team leave
    alone.
    """

    __tablename__ = "endi_ext_decision"
    __table_args__ = (
        UniqueConstraint("tender_id", "number"),
        CheckConstraint("state IN ('open', 'go', 'no_go')", name="state_is_known"),
        CheckConstraint("rule IN ('unanimity', 'majority', 'lead')", name="rule_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    number = Column(Integer, nullable=False)
    state = Column(String(10), nullable=False)
    rule = Column(String(20), nullable=False)
    closes_on = Column(Date)
    opened_at = Column(Instant, nullable=False)
    statement = Column(String(2000), nullable=False, default="")
    positions_said = Column(Json, nullable=False, default=list)
    closed_at = Column(Instant)
    closed_by = Column(String(190), nullable=False, default="")

    tender = relationship("Tender")
    positions = relationship("Position", order_by="Position.id", back_populates="decision")


class Position(Base):
    """What someone of the team thinks of answering: `stance` is "go", "no_go" or "abstain"."""

    __tablename__ = "endi_ext_position"
    __table_args__ = (
        UniqueConstraint("decision_id", "member_id"),
        CheckConstraint("stance IN ('go', 'no_go', 'abstain')", name="stance_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    decision_id = Column(ForeignKey("endi_ext_decision.id"), nullable=False)
    member_id = Column(ForeignKey("endi_ext_member.id"), nullable=False, index=True)
    stance = Column(String(10), nullable=False)
    reason = Column(String(2000), nullable=False)
    actor_name = Column(String(190), nullable=False)
    taken_at = Column(Instant, nullable=False)

    decision = relationship("Decision", back_populates="positions")
    member = relationship("Member")


class Criterion(Base):
    """One thing a team looks at before it answers (grille de décision); `weight` counts beside the others."""

    __tablename__ = "endi_ext_criterion"
    __table_args__ = (
        UniqueConstraint("tender_id", "position"),
        CheckConstraint("weight > 0", name="weight_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    position = Column(Integer, nullable=False)
    label = Column(String(190), nullable=False)
    weight = Column(Integer, nullable=False)

    scores = relationship("Score", back_populates="criterion", cascade="all, delete-orphan")


class Score(Base):
    """What someone of the team gives a criterion: 1 (unfavourable) to 5 (favourable)."""

    __tablename__ = "endi_ext_score"
    __table_args__ = (
        UniqueConstraint("criterion_id", "member_id"),
        CheckConstraint("value >= 1 AND value <= 5", name="value_fits"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    criterion_id = Column(ForeignKey("endi_ext_criterion.id"), nullable=False)
    member_id = Column(ForeignKey("endi_ext_member.id"), nullable=False, index=True)
    value = Column(Integer, nullable=False)

    criterion = relationship("Criterion", back_populates="scores")
    member = relationship("Member")
