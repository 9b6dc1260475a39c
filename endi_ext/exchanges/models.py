"""Exchanges between two parties, their settlements, and what is held back of them."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact

WAITING, OPEN, PARTLY_SETTLED, SETTLED, CANCELLED = (
    "waiting", "open", "partly_settled", "settled", "cancelled",
)  # fmt: skip


class Exchange(Base):
    """What the buyer owes the seller for one accepted thing (échange interne).

    `net_cents` is without VAT: there is none inside one legal entity. `contribution_cents` is what the seller
    owes the cooperative on it. `source` is also the source of the entry that records it.

    Of what is not settled, `retained_cents` is held back (retenue de garantie) and `awaiting_cents` waits for
    the client's payment; the rest is due on `due_on`, which is none as long as nothing is due.

    One that is "waiting" is not in the books yet: its entry waits for an accountant, and what is said of it
    here is what will hold. `step_waits` names the step whose entry waits, of one that is in the books.
    """

    __tablename__ = "endi_ext_exchange"
    __table_args__ = (
        CheckConstraint("net_cents > 0", name="net_is_positive"),
        CheckConstraint(
            "contribution_cents >= 0 AND contribution_cents <= net_cents", name="contribution_fits"
        ),
        CheckConstraint("settled_cents >= 0 AND settled_cents <= net_cents", name="settled_fits"),
        CheckConstraint(
            "retained_cents >= 0 AND awaiting_cents >= 0"
            " AND settled_cents + retained_cents + awaiting_cents <= net_cents",
            name="held_fits",
        ),
        CheckConstraint("seller_id <> buyer_id", name="two_parties"),
        CheckConstraint(
            "state IN ('waiting', 'open', 'partly_settled', 'settled', 'cancelled')", name="state_is_known"
        ),
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
    retained_cents = Column(BigInt, nullable=False, default=0)
    awaiting_cents = Column(BigInt, nullable=False, default=0)
    accepted_on = Column(Date, nullable=False)
    due_on = Column(Date)
    label = Column(String(190), nullable=False)
    reference = Column(String(100), nullable=False, default="")
    state = Column(String(20), nullable=False, default=OPEN)
    step_waits = Column(String(20), nullable=False, default="", server_default="")
    recorded_at = Column(Instant, nullable=False)

    seller = relationship("Party", foreign_keys=[seller_id])
    buyer = relationship("Party", foreign_keys=[buyer_id])
    settlements = relationship("Settlement", order_by="Settlement.id", back_populates="exchange")

    @property
    def remaining_cents(self) -> int:
        """What is still owed; nothing once cancelled."""
        return 0 if self.state == CANCELLED else int(self.net_cents - self.settled_cents)

    @property
    def payable_cents(self) -> int:
        """What may be settled: what is owed and not held back, even before the client pays."""
        return 0 if self.state == CANCELLED else int(self.remaining_cents - self.retained_cents)

    @property
    def due_cents(self) -> int:
        """What is due, on `due_on`: neither held back nor waiting for the client."""
        return 0 if self.state == CANCELLED else int(self.payable_cents - self.awaiting_cents)


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


class Retention(Base):
    """What is held back of one exchange (retenue de garantie), and when it is let go.

    `state` is held, contested (the buyer opposes the release, with a reason) or released. Part of it may be
    released early: `released_cents`. `release_on` none means when the buyer pronounces the acceptance of the
    whole (réception).
    """

    __tablename__ = "endi_ext_retention"
    __table_args__ = (
        CheckConstraint("held_cents > 0", name="held_is_positive"),
        CheckConstraint("released_cents >= 0 AND released_cents <= held_cents", name="released_fits"),
        CheckConstraint("state IN ('held', 'contested', 'released')", name="state_is_known"),
        Index("ix_endi_ext_retention_state", "state", "release_on", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False, unique=True)
    held_cents = Column(BigInt, nullable=False)
    released_cents = Column(BigInt, nullable=False, default=0)
    release_count = Column(Integer, nullable=False, default=0)
    release_on = Column(Date)
    state = Column(String(20), nullable=False)
    reason = Column(String(2000), nullable=False, default="")
    recorded_at = Column(Instant, nullable=False)

    exchange = relationship("Exchange")

    @property
    def remaining_cents(self) -> int:
        """What is still held."""
        return int(self.held_cents - self.released_cents)
