"""Entries that wait for an accountant (brouillard): outside the books, counted nowhere."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact
from ..kernel.parties import Party

WAITING, VALIDATED, REJECTED = "waiting", "validated", "rejected"


class Draft(Base):
    """An entry put aside (écriture en brouillard) until an accountant validates or rejects it.

    It has no number and no seal: validated, it is posted under the same `source` and its lines are those of
    the entry. Rejected, it stays with the reason, and its source, marked, is free again.
    """

    __tablename__ = "endi_ext_draft"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'validated', 'rejected')", name="state_is_known"),
        CheckConstraint("total_cents > 0", name="total_is_positive"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_once"),
        Index("ix_endi_ext_draft_state", "state", "effective_on", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True, autoincrement=False)
    journal = Column(exact(10), nullable=False)
    effective_on = Column(Date, nullable=False)
    source = Column(exact(220), nullable=False, unique=True)
    text = Column(String(500), nullable=False)
    document = Column(String(190), nullable=False, default="")
    total_cents = Column(BigInt, nullable=False)
    state = Column(String(10), nullable=False, default=WAITING)
    recorded_at = Column(Instant, nullable=False)
    recorded_by = Column(String(190), nullable=False)
    decided_at = Column(Instant)
    decided_by = Column(String(190))
    reason = Column(String(2000), nullable=False, default="")

    lines = relationship("DraftLine", order_by="DraftLine.position", viewonly=True)


class DraftLine(Base):
    """One side of an entry that waits; exactly one of debit and credit is positive."""

    __tablename__ = "endi_ext_draft_line"
    __table_args__ = (
        CheckConstraint(
            "(debit_cents > 0 AND credit_cents = 0) OR (debit_cents = 0 AND credit_cents > 0)",
            name="one_side_is_positive",
        ),
        UniqueConstraint("draft_id", "position"),
        Index("ix_endi_ext_draft_line_party", "party_id", "draft_id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    draft_id = Column(ForeignKey("endi_ext_draft.id"), nullable=False)
    position = Column(Integer, nullable=False)
    number = Column(exact(20), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    counterparty_id = Column(ForeignKey("endi_ext_party.id"))
    debit_cents = Column(BigInt, nullable=False, default=0)
    credit_cents = Column(BigInt, nullable=False, default=0)

    party = relationship(Party, foreign_keys=[party_id])
    counterparty = relationship(Party, foreign_keys=[counterparty_id])
