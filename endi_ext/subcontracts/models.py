"""Subcontracts: versions that both sides sign, amendments, and deliveries declared and accepted."""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class Subcontract(Base):
    """Work the buyer (principal, donneur d'ordre) entrusts to the seller (subcontractor, sous-traitant).

    `state` is one of workflow.flow_of(it). `kind` is "contract", or "frame" for a frame agreement
    (accord-cadre) that only holds prices and terms; a call-off (commande) is a contract with its `frame_id`.
    `proposed_by_id` is the party whose version is on the table: the other one answers. `version_number` is
    the version on the table before there is an agreement, then the one in force: amendments move it when
    they bind. `version_count` numbers the next version. `request_key` makes a double submit one subcontract.
    The counts and `accepted_cents` are kept here because everybody locks this row first.
    """

    __tablename__ = "endi_ext_subcontract"
    __table_args__ = (
        CheckConstraint("seller_id <> buyer_id", name="two_parties"),
        CheckConstraint(
            "state IN ('proposed', 'agreed', 'completed', 'closed', 'declined', 'withdrawn', 'expired')",
            name="state_is_known",
        ),
        CheckConstraint("kind IN ('contract', 'frame')", name="kind_is_known"),
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
    kind = Column(String(10), nullable=False, default="contract")
    frame_id = Column(ForeignKey("endi_ext_subcontract.id"), index=True)
    version_number = Column(Integer, nullable=False)
    version_count = Column(Integer, nullable=False, default=0)
    amendment_count = Column(Integer, nullable=False, default=0)
    delivery_count = Column(Integer, nullable=False, default=0)
    accepted_cents = Column(BigInt, nullable=False, default=0)
    created_at = Column(Instant, nullable=False)

    buyer = relationship("Party", foreign_keys=[buyer_id])
    seller = relationship("Party", foreign_keys=[seller_id])
    proposed_by = relationship("Party", foreign_keys=[proposed_by_id])
    frame = relationship("Subcontract", remote_side=[id])
    amendments = relationship("Amendment", order_by="Amendment.number", back_populates="subcontract")
    versions = relationship(
        "SubcontractVersion", order_by="SubcontractVersion.number", back_populates="subcontract"
    )
    deliveries = relationship("Delivery", order_by="Delivery.number", back_populates="subcontract")

    @property
    def version(self) -> "SubcontractVersion":
        """The version on the table before there is an agreement, then the one in force."""
        return next(version for version in self.versions if version.number == self.version_number)


class Amendment(Base):
    """A change to an agreement (avenant), negotiated and signed as the agreement was.

    `version_number` is its version on the table; when both have signed, the subcontract's moves to it. One
    amendment at a time is open on a subcontract: `open_key` is its `subcontract_id` while proposed, else
    none, so that the database refuses a second one.
    """

    __tablename__ = "endi_ext_amendment"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint(
            "state IN ('proposed', 'agreed', 'declined', 'withdrawn', 'expired')", name="state_is_known"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False)
    number = Column(Integer, nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    open_key = Column(BigInt, unique=True)
    proposed_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    state = Column(String(20), nullable=False)
    version_number = Column(Integer, nullable=False)
    created_at = Column(Instant, nullable=False)
    decided_at = Column(Instant)

    subcontract = relationship("Subcontract", back_populates="amendments")
    proposed_by = relationship("Party")


class SubcontractVersion(Base):
    """What one side proposes at one moment; its digest is what the parties sign.

    `amendment_id` is none for versions of the agreement itself. `answer_by` is the last day to answer.

    Terms: `retention_rate_bp` of each accepted amount is held (retenue de garantie) until
    `retention_release` happens: "on_date" (`retention_release_on`) or "on_acceptance" (the buyer pronounces
    the acceptance of the whole, réception). `payment_kind` is "days" (`payment_days` after acceptance),
    "end_of_month" (those days, then the end of that month), "on_date" (`payment_on`) or "client" (when the
    client pays; `client_mode` "pro_rata" or "by_line"); "days" without a number follows the cooperative's
    choice. After `silence_days` without an answer a delivery reminds the buyer, and is accepted if
    `silence_accepts`; none: never.
    """

    __tablename__ = "endi_ext_subcontract_version"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint("total_cents >= 0", name="total_is_not_negative"),
        CheckConstraint("retention_rate_bp >= 0 AND retention_rate_bp <= 10000", name="rate_fits"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False)
    amendment_id = Column(ForeignKey("endi_ext_amendment.id"), index=True)
    number = Column(Integer, nullable=False)
    proposed_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    due_on = Column(Date, nullable=False)
    answer_by = Column(Date)
    retention_rate_bp = Column(Integer, nullable=False, default=0)
    retention_release = Column(String(20), nullable=False, default="on_date")
    retention_release_on = Column(Date)
    payment_kind = Column(String(20), nullable=False, default="days")
    payment_days = Column(Integer)
    payment_on = Column(Date)
    client_mode = Column(String(20), nullable=False, default="pro_rata")
    silence_days = Column(Integer)
    silence_accepts = Column(Boolean, nullable=False, default=False)
    message = Column(String(2000), nullable=False, default="")
    total_cents = Column(BigInt, nullable=False)
    digest = Column(String(64), nullable=False)
    created_at = Column(Instant, nullable=False)

    subcontract = relationship("Subcontract", back_populates="versions")
    amendment = relationship("Amendment")
    proposed_by = relationship("Party")
    lines = relationship("SubcontractLine", order_by="SubcontractLine.position", back_populates="version")
    signatures = relationship(
        "Signature", order_by="Signature.id", back_populates="version", foreign_keys="Signature.version_id"
    )


class SubcontractLine(Base):
    """One thing to do: quantity in thousandths of a unit, price of a unit in cents.

    What was promised never changes. `key` names the same line in every version of a subcontract: an amendment
    keeps it, a new line gets a new one. `delivered_*` (declared, contested or accepted) and `accepted_*`
    follow the deliveries on the lines of the version in force; when an amendment binds its lines take over
    what the lines of the same key had. The database refuses more than was agreed.
    """

    __tablename__ = "endi_ext_subcontract_line"
    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        UniqueConstraint("version_id", "key"),
        CheckConstraint("quantity_thousandths > 0", name="quantity_is_positive"),
        CheckConstraint("unit_price_cents > 0", name="unit_price_is_positive"),
        CheckConstraint("total_cents > 0", name="total_is_positive"),
        CheckConstraint(
            "accepted_thousandths >= 0 AND accepted_thousandths <= delivered_thousandths"
            " AND delivered_thousandths <= quantity_thousandths",
            name="delivered_fits",
        ),
        CheckConstraint(
            "accepted_cents >= 0 AND accepted_cents <= delivered_cents AND delivered_cents <= total_cents",
            name="delivered_price_fits",
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    version_id = Column(ForeignKey("endi_ext_subcontract_version.id"), nullable=False)
    position = Column(Integer, nullable=False)
    key = Column(Integer, nullable=False)
    description = Column(String(500), nullable=False)
    quantity_thousandths = Column(BigInt, nullable=False)
    unit = Column(String(30), nullable=False)
    unit_price_cents = Column(BigInt, nullable=False)
    total_cents = Column(BigInt, nullable=False)
    delivered_thousandths = Column(BigInt, nullable=False, default=0)
    delivered_cents = Column(BigInt, nullable=False, default=0)
    accepted_thousandths = Column(BigInt, nullable=False, default=0)
    accepted_cents = Column(BigInt, nullable=False, default=0)

    version = relationship("SubcontractVersion", back_populates="lines")

    @property
    def remaining_thousandths(self) -> int:
        """What may still be declared."""
        return int(self.quantity_thousandths - self.delivered_thousandths)


class Signature(Base):
    """Consent to one version: who, when, digest of what they read; `through` the frame they had signed."""

    __tablename__ = "endi_ext_signature"
    __table_args__ = (UniqueConstraint("version_id", "party_id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    version_id = Column(ForeignKey("endi_ext_subcontract_version.id"), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    through_id = Column(ForeignKey("endi_ext_subcontract_version.id"), index=True)
    digest = Column(String(64), nullable=False)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    signed_at = Column(Instant, nullable=False)

    version = relationship("SubcontractVersion", foreign_keys=[version_id], back_populates="signatures")
    through = relationship("SubcontractVersion", foreign_keys=[through_id])
    party = relationship("Party")


class Delivery(Base):
    """Work the seller declares done (livraison, situation): a progress claim.

    `state` is one of workflow.DELIVERY. `net_cents` is what was claimed, `accepted_cents` what was accepted
    of it: less after an acceptance in part. A contested one keeps its quantities until its dispute is closed.
    `decided_at` is when it reached its present state, `decided_by` how: "buyer", "silence", "arbiter" or
    "accountant". Once accepted it keeps its exchange, even reversed.
    """

    __tablename__ = "endi_ext_delivery"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        CheckConstraint(
            "accepted_cents IS NULL OR (accepted_cents > 0 AND accepted_cents <= net_cents)",
            name="accepted_fits",
        ),
        CheckConstraint(
            "state IN ('declared', 'accepted', 'contested', 'withdrawn', 'reversed')", name="state_is_known"
        ),
        Index("ix_endi_ext_delivery_state", "state", "delivered_on", "id"),
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
    accepted_cents = Column(BigInt)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), unique=True)
    created_at = Column(Instant, nullable=False)
    reminded_at = Column(Instant)
    decided_at = Column(Instant)
    decided_by = Column(String(20))

    subcontract = relationship("Subcontract", back_populates="deliveries")
    exchange = relationship("Exchange")
    lines = relationship("DeliveryLine", order_by="DeliveryLine.id", back_populates="delivery")


class DeliveryLine(Base):
    """How much of one line of the agreement a delivery contains, what it is worth, and what was accepted.

    `line` is the line of the version in force when it was declared. `previous_thousandths` is what other
    standing deliveries held then. `refusal` says why less was accepted.
    """

    __tablename__ = "endi_ext_delivery_line"
    __table_args__ = (
        UniqueConstraint("delivery_id", "line_id"),
        CheckConstraint("quantity_thousandths > 0", name="quantity_is_positive"),
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        CheckConstraint(
            "accepted_thousandths IS NULL"
            " OR (accepted_thousandths >= 0 AND accepted_thousandths <= quantity_thousandths)",
            name="accepted_fits",
        ),
        CheckConstraint(
            "accepted_cents IS NULL OR (accepted_cents >= 0 AND accepted_cents <= net_cents)",
            name="accepted_price_fits",
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    delivery_id = Column(ForeignKey("endi_ext_delivery.id"), nullable=False)
    line_id = Column(ForeignKey("endi_ext_subcontract_line.id"), nullable=False)
    quantity_thousandths = Column(BigInt, nullable=False)
    net_cents = Column(BigInt, nullable=False)
    previous_thousandths = Column(BigInt, nullable=False, default=0)
    accepted_thousandths = Column(BigInt)
    accepted_cents = Column(BigInt)
    refusal = Column(String(500), nullable=False, default="")

    delivery = relationship("Delivery", back_populates="lines")
    line = relationship("SubcontractLine")
