"""Subcontracts: versions that both sides sign, and deliveries declared and accepted."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class Subcontract(Base):
    """Work the buyer (principal, donneur d'ordre) entrusts to the seller (subcontractor, sous-traitant).

    `state` is proposed, agreed, declined, withdrawn or completed. `proposed_by_id` is the party whose version
    is on the table: the other one answers. `request_key` makes a double submit one subcontract.
    `delivery_count` and `accepted_cents` are kept here because everybody locks this row first.
    """

    __tablename__ = "endi_ext_subcontract"
    __table_args__ = (
        CheckConstraint("seller_id <> buyer_id", name="two_parties"),
        CheckConstraint(
            "state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'completed')", name="state_is_known"
        ),
        CheckConstraint("accepted_cents >= 0", name="accepted_is_not_negative"),
        Index("ix_endi_ext_subcontract_buyer", "buyer_id", "id"),
        Index("ix_endi_ext_subcontract_seller", "seller_id", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    buyer_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    seller_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    proposed_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    title = Column(String(190), nullable=False)
    state = Column(String(20), nullable=False)
    version_number = Column(Integer, nullable=False)
    delivery_count = Column(Integer, nullable=False, default=0)
    accepted_cents = Column(BigInt, nullable=False, default=0)
    created_at = Column(Instant, nullable=False)

    buyer = relationship("Party", foreign_keys=[buyer_id])
    seller = relationship("Party", foreign_keys=[seller_id])
    proposed_by = relationship("Party", foreign_keys=[proposed_by_id])
    versions = relationship(
        "SubcontractVersion", order_by="SubcontractVersion.number", back_populates="subcontract"
    )
    deliveries = relationship("Delivery", order_by="Delivery.number", back_populates="subcontract")

    @property
    def version(self) -> "SubcontractVersion":
        """The version on the table, or the one agreed upon."""
        return next(version for version in self.versions if version.number == self.version_number)


class SubcontractVersion(Base):
    """What one side proposes at one moment; its digest is what the parties sign."""

    __tablename__ = "endi_ext_subcontract_version"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint("total_cents > 0", name="total_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False)
    number = Column(Integer, nullable=False)
    proposed_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    due_on = Column(Date, nullable=False)
    message = Column(String(2000), nullable=False, default="")
    total_cents = Column(BigInt, nullable=False)
    digest = Column(String(64), nullable=False)
    created_at = Column(Instant, nullable=False)

    subcontract = relationship("Subcontract", back_populates="versions")
    proposed_by = relationship("Party")
    lines = relationship("SubcontractLine", order_by="SubcontractLine.position", back_populates="version")
    signatures = relationship("Signature", order_by="Signature.id", back_populates="version")


class SubcontractLine(Base):
    """One thing to do: quantity in thousandths of a unit, price of a unit in cents.

    What was promised never changes. `delivered_*` (declared or accepted, not contested) and
    `accepted_thousandths` follow the deliveries: the database refuses more than was agreed.
    """

    __tablename__ = "endi_ext_subcontract_line"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("quantity_thousandths > 0", name="quantity_is_positive"),
        CheckConstraint("unit_price_cents > 0", name="unit_price_is_positive"),
        CheckConstraint("total_cents > 0", name="total_is_positive"),
        CheckConstraint(
            "accepted_thousandths >= 0 AND accepted_thousandths <= delivered_thousandths"
            " AND delivered_thousandths <= quantity_thousandths",
            name="delivered_fits",
        ),
        CheckConstraint(
            "delivered_cents >= 0 AND delivered_cents <= total_cents", name="delivered_price_fits"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    version_id = Column(ForeignKey("endi_ext_subcontract_version.id"), nullable=False)
    position = Column(Integer, nullable=False)
    description = Column(String(500), nullable=False)
    quantity_thousandths = Column(BigInt, nullable=False)
    unit = Column(String(30), nullable=False)
    unit_price_cents = Column(BigInt, nullable=False)
    total_cents = Column(BigInt, nullable=False)
    delivered_thousandths = Column(BigInt, nullable=False, default=0)
    delivered_cents = Column(BigInt, nullable=False, default=0)
    accepted_thousandths = Column(BigInt, nullable=False, default=0)

    version = relationship("SubcontractVersion", back_populates="lines")

    @property
    def remaining_thousandths(self) -> int:
        """What may still be declared."""
        return int(self.quantity_thousandths - self.delivered_thousandths)


class Signature(Base):
    """A party's consent to one version: who, when, and the digest of what they read."""

    __tablename__ = "endi_ext_signature"
    __table_args__ = (UniqueConstraint("version_id", "party_id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    version_id = Column(ForeignKey("endi_ext_subcontract_version.id"), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    digest = Column(String(64), nullable=False)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    signed_at = Column(Instant, nullable=False)

    version = relationship("SubcontractVersion", back_populates="signatures")
    party = relationship("Party")


class Delivery(Base):
    """Work the seller declares done (livraison): declared, accepted, contested or withdrawn.

    `decided_at` is when it reached its present state. Once accepted it keeps its exchange, even reversed.
    """

    __tablename__ = "endi_ext_delivery"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        CheckConstraint("state IN ('declared', 'accepted', 'contested', 'withdrawn')", name="state_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False)
    number = Column(Integer, nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    state = Column(String(20), nullable=False)
    delivered_on = Column(Date, nullable=False)
    note = Column(String(2000), nullable=False, default="")
    net_cents = Column(BigInt, nullable=False)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), unique=True)
    created_at = Column(Instant, nullable=False)
    decided_at = Column(Instant)

    subcontract = relationship("Subcontract", back_populates="deliveries")
    exchange = relationship("Exchange")
    lines = relationship("DeliveryLine", order_by="DeliveryLine.id", back_populates="delivery")


class DeliveryLine(Base):
    """How much of one line of the agreement a delivery contains, and what it is worth."""

    __tablename__ = "endi_ext_delivery_line"
    __table_args__ = (
        UniqueConstraint("delivery_id", "line_id"),
        CheckConstraint("quantity_thousandths > 0", name="quantity_is_positive"),
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    delivery_id = Column(ForeignKey("endi_ext_delivery.id"), nullable=False)
    line_id = Column(ForeignKey("endi_ext_subcontract_line.id"), nullable=False)
    quantity_thousandths = Column(BigInt, nullable=False)
    net_cents = Column(BigInt, nullable=False)

    delivery = relationship("Delivery", back_populates="lines")
    line = relationship("SubcontractLine")
