"""Disputes: what is contested, what both sides and the arbiter wrote, their proposals and their proofs."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class Dispute(Base):
    """A disagreement (différend) over a contested delivery, or over the release of a retention.

    `state` is one of workflow.DISPUTE. `subject` is "delivery" or "retention", `subject_id` its id;
    `open_key` is both of them until the dispute is closed, so that the database refuses a second one.
    `amount_cents` is at stake: it is not due before the end. `expected` says whose turn it is to speak:
    "buyer", "seller", "arbiter" or "both". `proposal_number` is the message with the outcome on the table,
    if there is one. Once closed `outcome` says how it ended, `decided_by` who ended it ("agreement", "buyer",
    "seller", "arbiter", "accountant") and `awarded_cents` what of the amount at stake went to the seller.
    The counts are kept here because everybody locks this row first.
    """

    __tablename__ = "endi_ext_dispute"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'arbitration', 'closed')", name="state_is_known"),
        CheckConstraint("subject IN ('delivery', 'retention')", name="subject_is_known"),
        CheckConstraint("amount_cents > 0", name="amount_is_positive"),
        CheckConstraint(
            "awarded_cents IS NULL OR (awarded_cents >= 0 AND awarded_cents <= amount_cents)",
            name="awarded_fits",
        ),
        CheckConstraint(
            "(state = 'closed') = (open_key IS NULL) AND (state = 'closed') = (outcome IS NOT NULL)",
            name="closed_with_an_outcome",
        ),
        Index("ix_endi_ext_dispute_subject", "subject", "subject_id", "id"),
        Index("ix_endi_ext_dispute_state", "state", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False, index=True)
    subject = Column(String(20), nullable=False)
    subject_id = Column(BigInt, nullable=False)
    open_key = Column(exact(40), unique=True)
    opened_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    state = Column(String(20), nullable=False)
    reason = Column(String(2000), nullable=False)
    amount_cents = Column(BigInt, nullable=False)
    expected = Column(String(10))
    message_count = Column(Integer, nullable=False, default=0)
    file_count = Column(Integer, nullable=False, default=0)
    file_bytes = Column(BigInt, nullable=False, default=0)
    proposal_number = Column(Integer)
    arbitration_at = Column(Instant)
    arbiter_key = Column(String(60))
    arbiter_name = Column(String(190))
    outcome = Column(String(20))
    decided_by = Column(String(20))
    awarded_cents = Column(BigInt)
    opened_at = Column(Instant, nullable=False)
    closed_at = Column(Instant)

    subcontract = relationship("Subcontract")
    opened_by = relationship("Party")
    messages = relationship("DisputeMessage", order_by="DisputeMessage.number", back_populates="dispute")

    @property
    def proposal(self) -> "DisputeMessage | None":
        """The message whose outcome is on the table."""
        return next((one for one in self.messages if one.number == self.proposal_number), None)


class DisputeMessage(Base):
    """What one side or the arbiter wrote, numbered within its dispute; never changed.

    `kind` is "message", "proposal", "request" (for arbitration) or "decision". A proposal and a decision have
    an `outcome`: "accepted", "accepted_in_part" with its `parts`, "withdrawn"; of a retention "released",
    "released_in_part" with `amount_cents`, or "kept".
    """

    __tablename__ = "endi_ext_dispute_message"
    __table_args__ = (
        UniqueConstraint("dispute_id", "number"),
        CheckConstraint("side IN ('buyer', 'seller', 'arbiter')", name="side_is_known"),
        CheckConstraint("kind IN ('message', 'proposal', 'request', 'decision')", name="kind_is_known"),
        CheckConstraint(
            "(kind IN ('proposal', 'decision')) = (outcome IS NOT NULL)", name="outcome_is_proposed"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    dispute_id = Column(ForeignKey("endi_ext_dispute.id"), nullable=False)
    number = Column(Integer, nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    side = Column(String(10), nullable=False)
    author_key = Column(String(60), nullable=False)
    author_name = Column(String(190), nullable=False)
    kind = Column(String(20), nullable=False)
    text = Column(String(4000), nullable=False, default="")
    outcome = Column(String(20))
    amount_cents = Column(BigInt)
    written_at = Column(Instant, nullable=False)

    dispute = relationship("Dispute", back_populates="messages")
    parts = relationship("DisputePart", order_by="DisputePart.id", back_populates="message")
    files = relationship("DisputeFile", order_by="DisputeFile.id", back_populates="message")


class DisputePart(Base):
    """How much of one line of the delivery would be accepted, and why not all of it."""

    __tablename__ = "endi_ext_dispute_part"
    __table_args__ = (
        UniqueConstraint("message_id", "delivery_line_id"),
        CheckConstraint("accepted_thousandths >= 0", name="accepted_is_not_negative"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    message_id = Column(ForeignKey("endi_ext_dispute_message.id"), nullable=False)
    delivery_line_id = Column(ForeignKey("endi_ext_delivery_line.id"), nullable=False)
    accepted_thousandths = Column(BigInt, nullable=False)
    refusal = Column(String(500), nullable=False, default="")

    message = relationship("DisputeMessage", back_populates="parts")
    delivery_line = relationship("DeliveryLine")


class DisputeFile(Base):
    """A proof (pièce jointe) as it was sent: never opened or run here, only kept and handed out.

    `kind` is one of proofs.KINDS, found by looking at the content. `name` is cleaned.
    """

    __tablename__ = "endi_ext_dispute_file"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="size_is_positive"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    message_id = Column(ForeignKey("endi_ext_dispute_message.id"), nullable=False, index=True)
    name = Column(String(190), nullable=False)
    kind = Column(String(10), nullable=False)
    size_bytes = Column(BigInt, nullable=False)
    sha256 = Column(String(64), nullable=False)

    message = relationship("DisputeMessage", back_populates="files")


class DisputeFilePiece(Base):
    """A piece of a file's content: read only to hand the file out.

    In pieces because one statement must stay below MariaDB's largest packet however its bytes are escaped.
    """

    __tablename__ = "endi_ext_dispute_file_piece"
    __table_args__ = (UniqueConstraint("file_id", "position"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    file_id = Column(ForeignKey("endi_ext_dispute_file.id"), nullable=False)
    position = Column(Integer, nullable=False)
    content = Column(
        LargeBinary().with_variant(mysql.LONGBLOB(), "mysql").with_variant(mysql.LONGBLOB(), "mariadb"),
        nullable=False,
    )
