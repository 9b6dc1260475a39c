"""What the principal says of the client behind a subcontract: the deal, its invoices, the margin.

All of it is the principal's own; the seller learns only which invoice stands behind what is due and how much
of it the client has paid.
"""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class ClientJob(Base):
    """The client's job behind one subcontract (affaire) and the margin fixed in advance on it.

    `margin_kind` is "none", "percent" (`margin_rate_bp` on each claim) or "amount" (`margin_cents` for the
    whole). Once `lifted_at` is set nothing waits for the client any more (levée de l'attente).
    """

    __tablename__ = "endi_ext_client_job"
    __table_args__ = (
        CheckConstraint("margin_kind IN ('none', 'percent', 'amount')", name="margin_is_known"),
        CheckConstraint("margin_rate_bp >= 0 AND margin_cents >= 0", name="margin_is_not_negative"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False, unique=True)
    deal_key = Column(exact(60), nullable=False, default="")
    deal_label = Column(String(190), nullable=False, default="")
    client = Column(String(190), nullable=False, default="")
    margin_kind = Column(String(10), nullable=False, default="none")
    margin_rate_bp = Column(Integer, nullable=False, default=0)
    margin_cents = Column(BigInt, nullable=False, default=0)
    lifted_at = Column(Instant)
    lifted_on = Column(Date)
    lifted_reason = Column(String(2000), nullable=False, default="")

    subcontract = relationship("Subcontract")
    invoices = relationship("NamedInvoice", order_by="NamedInvoice.id", back_populates="job")
    claims = relationship("ClientClaim", order_by="ClientClaim.id", back_populates="job")
    lines = relationship("ClientLine", order_by="ClientLine.id", back_populates="job")


class NamedInvoice(Base):
    """A client invoice that stands behind a subcontract, or behind one delivery of it.

    `delivery_number` is 0 for the whole. `number`, `paid_bp` and `looked_at` say how it stood when last read
    in the host: pages of the seller show these and never ask the host.
    """

    __tablename__ = "endi_ext_client_invoice"
    __table_args__ = (
        UniqueConstraint("job_id", "invoice_key", "delivery_number"),
        Index("ix_endi_ext_client_invoice_key", "invoice_key"),
        CheckConstraint("paid_bp >= 0 AND paid_bp <= 10000", name="paid_fits"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    job_id = Column(ForeignKey("endi_ext_client_job.id"), nullable=False)
    invoice_key = Column(exact(60), nullable=False)
    delivery_number = Column(Integer, nullable=False, default=0)
    number = Column(String(100), nullable=False, default="")
    paid_bp = Column(Integer, nullable=False, default=0)
    expected_cents = Column(BigInt, nullable=False, default=0)
    looked_at = Column(Instant, nullable=False)

    job = relationship("ClientJob", back_populates="invoices")


class ClientClaim(Base):
    """An accepted claim whose payment follows the client's, as it stood when the receipts were last followed.

    `released_cents` is what the client's payments made due of it so far; `early_cents` was settled before.
    """

    __tablename__ = "endi_ext_client_claim"
    __table_args__ = (
        CheckConstraint("released_cents >= 0 AND early_cents >= 0", name="amounts_fit"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    job_id = Column(ForeignKey("endi_ext_client_job.id"), nullable=False)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False, unique=True)
    released_cents = Column(BigInt, nullable=False, default=0)
    early_cents = Column(BigInt, nullable=False, default=0)

    job = relationship("ClientJob", back_populates="claims")
    exchange = relationship("Exchange")


class ReceiptShare(Base):
    """What one receipt of the client covers of one claim, as the principal said (mode by_line)."""

    __tablename__ = "endi_ext_client_share"
    __table_args__ = (
        UniqueConstraint(
            "job_id", "invoice_key", "receipt_key", "exchange_id", name="uq_endi_ext_client_share_receipt"
        ),
        CheckConstraint("amount_cents >= 0", name="amount_is_not_negative"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    job_id = Column(ForeignKey("endi_ext_client_job.id"), nullable=False)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False)
    invoice_key = Column(exact(60), nullable=False)
    receipt_key = Column(exact(60), nullable=False)
    amount_cents = Column(BigInt, nullable=False)


class ClientLine(Base):
    """What is to be invoiced to the final client for one accepted delivery, margin included.

    `state` is waiting (à facturer), added (on a draft invoice of the host, `line_key`), by_hand (the
    principal invoiced it), to_remove (its delivery was reversed since) or dropped.
    """

    __tablename__ = "endi_ext_client_line"
    __table_args__ = (
        CheckConstraint("cost_cents > 0 AND margin_cents >= 0", name="amounts_fit"),
        CheckConstraint(
            "state IN ('waiting', 'added', 'by_hand', 'to_remove', 'dropped')", name="state_is_known"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    job_id = Column(ForeignKey("endi_ext_client_job.id"), nullable=False)
    delivery_id = Column(ForeignKey("endi_ext_delivery.id"), nullable=False, unique=True)
    label = Column(String(500), nullable=False)
    cost_cents = Column(BigInt, nullable=False)
    margin_cents = Column(BigInt, nullable=False)
    state = Column(String(20), nullable=False)
    line_key = Column(exact(60), nullable=False, default="")
    made_at = Column(Instant, nullable=False)

    job = relationship("ClientJob", back_populates="lines")
    delivery = relationship("Delivery")

    @property
    def net_cents(self) -> int:
        """What the client is to be invoiced."""
        return int(self.cost_cents + self.margin_cents)
