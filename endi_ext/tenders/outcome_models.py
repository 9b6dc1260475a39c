"""How tenders end: what was submitted, what became of each lot, who else bid, the agreements that follow."""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json


class Submission(Base):
    """One deposit of the offer with the buyer (dépôt de l'offre), numbered within its tender.

    `submitted_at` is when the buyer had it, `reference` what the buyer's platform answered, `file_id` the
    proof, a file of the tender. `total_cents` is the price without VAT, none when the tender has no price
    schedule; `lot_cents` the same by lot id. `taken_back_at`: withdrawn or to be replaced.
    """

    __tablename__ = "endi_ext_tender_submission"
    __table_args__ = (UniqueConstraint("tender_id", "number"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    number = Column(Integer, nullable=False)
    submitted_at = Column(Instant, nullable=False)
    reference = Column(String(190), nullable=False, default="")
    note = Column(String(2000), nullable=False, default="")
    file_id = Column(ForeignKey("endi_ext_tender_file.id"), index=True)
    total_cents = Column(BigInt)
    lot_cents = Column(Json, nullable=False, default=dict)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    recorded_at = Column(Instant, nullable=False)
    taken_back_at = Column(Instant)

    tender = relationship("Tender")
    file = relationship("TenderFile")

    @property
    def late(self) -> bool:
        """Whether it was deposited after the deadline we know of."""
        deadline = self.tender.deadline
        return deadline is not None and bool(self.submitted_at > deadline)


class LotResult(Base):
    """What became of one lot (résultat): it is won or lost, and what the buyer said of it.

    `reason_kind` is one of outcomes.REASONS, "" when won or unknown. `our_rank` counts from 1,
    `bidder_count` is how many offers the buyer received, our own included.
    """

    __tablename__ = "endi_ext_tender_lot_result"
    __table_args__ = (
        CheckConstraint("outcome IN ('won', 'lost')", name="outcome_is_known"),
        CheckConstraint("our_rank IS NULL OR our_rank > 0", name="rank_is_positive"),
        CheckConstraint("bidder_count IS NULL OR bidder_count > 0", name="count_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False, index=True)
    lot_id = Column(ForeignKey("endi_ext_lot.id"), nullable=False, unique=True)
    outcome = Column(String(10), nullable=False)
    decided_on = Column(Date)
    reason_kind = Column(String(20), nullable=False, default="")
    reason = Column(String(2000), nullable=False, default="")
    our_cents = Column(BigInt)
    our_rank = Column(Integer)
    bidder_count = Column(Integer)
    recorded_at = Column(Instant, nullable=False)

    tender = relationship("Tender")
    lot = relationship("Lot")
    competitors = relationship("Competitor", order_by="Competitor.position", back_populates="result")


class Competitor(Base):
    """Another firm, or group of firms, that bid for a lot; `amount_cents` without VAT if it is known."""

    __tablename__ = "endi_ext_tender_competitor"
    __table_args__ = (
        UniqueConstraint("result_id", "position"),
        CheckConstraint("amount_cents IS NULL OR amount_cents >= 0", name="amount_is_not_negative"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    result_id = Column(ForeignKey("endi_ext_tender_lot_result.id"), nullable=False)
    position = Column(Integer, nullable=False)
    name = Column(String(190), nullable=False)
    amount_cents = Column(BigInt)
    is_winner = Column(Boolean, nullable=False, default=False)

    result = relationship("LotResult", back_populates="competitors")


class Agreement(Base):
    """The agreement that carries a member's share into execution, prepared from the shares.

    One declined or withdrawn may be followed by another; a lot won later makes another one beside it.
    """

    __tablename__ = "endi_ext_tender_agreement"
    __table_args__ = TABLE_ARGS

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False, index=True)
    member_id = Column(ForeignKey("endi_ext_member.id"), nullable=False, index=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False, unique=True)
    sent_at = Column(Instant, nullable=False)

    tender = relationship("Tender")
    member = relationship("Member")
    subcontract = relationship("Subcontract")
    lines = relationship("AgreementLine", order_by="AgreementLine.line_key", back_populates="agreement")


class AgreementLine(Base):
    """Where a line of the price schedule went: the line of an agreement, by its key in every version.

    `gross_cents` is the member's part of the line's price, `agreed_cents` what is agreed for it once the
    lead's fee and common expenses are taken off. `price_line_id` is the line of the schedule as it was then.
    """

    __tablename__ = "endi_ext_tender_agreement_line"
    __table_args__ = (UniqueConstraint("agreement_id", "line_key"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    agreement_id = Column(ForeignKey("endi_ext_tender_agreement.id"), nullable=False)
    line_key = Column(Integer, nullable=False)
    price_line_id = Column(BigInt, nullable=False, index=True)
    gross_cents = Column(BigInt, nullable=False)
    agreed_cents = Column(BigInt, nullable=False)

    agreement = relationship("Agreement", back_populates="lines")
