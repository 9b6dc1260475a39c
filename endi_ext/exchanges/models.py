"""Exchanges between two parties and their settlements."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact

OPEN, PARTLY_SETTLED, SETTLED, CANCELLED = "open", "partly_settled", "settled", "cancelled"


class Exchange(Base):
    """What the buyer owes the seller for one accepted thing (échange interne).

    `net_cents` is without VAT: there is none inside one legal entity. `contribution_cents` is what the seller
    owes the cooperative on it. `source` is also the source of the entry that records it.
    """

    __tablename__ = "endi_ext_exchange"
    __table_args__ = (
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        CheckConstraint(
            "contribution_cents >= 0 AND contribution_cents <= net_cents", name="contribution_fits"
        ),
        CheckConstraint("settled_cents >= 0 AND settled_cents <= net_cents", name="settled_fits"),
        CheckConstraint("seller_id <> buyer_id", name="two_parties"),
        CheckConstraint("state IN ('open', 'partly_settled', 'settled', 'cancelled')", name="state_is_known"),
        Index("ix_endi_ext_exchange_seller", "seller_id", "accepted_on", "id"),
        Index("ix_endi_ext_exchange_buyer", "buyer_id", "accepted_on", "id"),
        Index("ix_endi_ext_exchange_state", "state", "due_on", "id"),
        # What a party is owed and owes by partner is read from these alone, however long its past.
        Index("ix_endi_ext_exchange_owed", "seller_id", "state", "buyer_id", "net_cents", "settled_cents"),
        Index("ix_endi_ext_exchange_owing", "buyer_id", "state", "seller_id", "net_cents", "settled_cents"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    source = Column(exact(190), nullable=False, unique=True)
    seller_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    buyer_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    net_cents = Column(BigInt, nullable=False)
    contribution_cents = Column(BigInt, nullable=False)
    settled_cents = Column(BigInt, nullable=False, default=0)
    accepted_on = Column(Date, nullable=False)
    due_on = Column(Date, nullable=False)
    label = Column(String(190), nullable=False)
    reference = Column(String(100), nullable=False, default="")
    state = Column(String(20), nullable=False, default=OPEN)
    recorded_at = Column(Instant, nullable=False)

    seller = relationship("Party", foreign_keys=[seller_id])
    buyer = relationship("Party", foreign_keys=[buyer_id])
    settlements = relationship("Settlement", order_by="Settlement.id", back_populates="exchange")

    @property
    def remaining_cents(self) -> int:
        """What is still owed; nothing once cancelled."""
        return 0 if self.state == CANCELLED else int(self.net_cents - self.settled_cents)


class Settlement(Base):
    """A payment of all or part of an exchange (règlement); by `request_key` a double click makes one."""

    __tablename__ = "endi_ext_settlement"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_is_positive"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False, index=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    amount_cents = Column(BigInt, nullable=False)
    settled_on = Column(Date, nullable=False)
    recorded_at = Column(Instant, nullable=False)
    recorded_by = Column(String(190), nullable=False)
    reversed_at = Column(Instant)

    exchange = relationship("Exchange", back_populates="settlements")
