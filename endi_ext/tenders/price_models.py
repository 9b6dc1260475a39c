"""The price schedule of a tender: its lines, who does them, and when the client is expected to pay."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, exact
from .price_facts import BASE, OPTION, VARIANT

__all__ = ["BASE", "OPTION", "VARIANT", "Instalment", "PriceLine", "PriceShare", "PriceTerms"]


class PriceLine(Base):
    """A line of the price schedule (BPU, DQE, DPGF): what, how much of it, for how much.

    Without quantity it is a unit price alone (BPU), without price it is still to be filled in: both are worth
    nothing yet, `total_cents` says what it is worth. `part` is "base", "option" or "variant"; only what is of
    the base counts in the bid, options and variants are told apart by their `label`. `request_key` is that
    of the form it was typed in, none for a line read from a file.
    """

    __tablename__ = "endi_ext_price_line"
    __table_args__ = (
        UniqueConstraint("tender_id", "position"),
        CheckConstraint("part IN ('base', 'option', 'variant')", name="part_is_known"),
        CheckConstraint(
            "quantity_thousandths IS NULL OR quantity_thousandths > 0", name="quantity_is_positive"
        ),
        CheckConstraint("unit_price_cents IS NULL OR unit_price_cents >= 0", name="unit_price_fits"),
        CheckConstraint("total_cents >= 0", name="total_is_not_negative"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    lot_id = Column(ForeignKey("endi_ext_lot.id"), nullable=False, index=True)
    position = Column(Integer, nullable=False)
    request_key = Column(exact(64), unique=True)
    reference = Column(String(40), nullable=False, default="")
    description = Column(String(500), nullable=False)
    unit = Column(String(30), nullable=False, default="")
    quantity_thousandths = Column(BigInt)
    unit_price_cents = Column(BigInt)
    total_cents = Column(BigInt, nullable=False, default=0)
    part = Column(String(10), nullable=False, default=BASE)
    label = Column(String(100), nullable=False, default="")

    tender = relationship("Tender")
    lot = relationship("Lot")
    shares = relationship(
        "PriceShare", order_by="PriceShare.id", back_populates="line", cascade="all, delete-orphan"
    )

    @property
    def priced(self) -> bool:
        """Whether a price was given."""
        return self.unit_price_cents is not None


class PriceShare(Base):
    """What a member has of a line: `value` is cents ("amount"), basis points of the line ("percent") or
    thousandths of a part ("parts") of what amounts and percentages leave.
    """

    __tablename__ = "endi_ext_price_share"
    __table_args__ = (
        UniqueConstraint("line_id", "member_id"),
        CheckConstraint("kind IN ('amount', 'percent', 'parts')", name="kind_is_known"),
        CheckConstraint("value > 0", name="value_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    line_id = Column(ForeignKey("endi_ext_price_line.id"), nullable=False)
    member_id = Column(ForeignKey("endi_ext_member.id"), nullable=False, index=True)
    kind = Column(String(10), nullable=False)
    value = Column(BigInt, nullable=False)

    line = relationship("PriceLine", back_populates="shares")
    member = relationship("Member")


class PriceTerms(Base):
    """How a tender is expected to be paid, one row for each tender that says so.

    The client pays `payment_days` after each instalment is invoiced; what is held back of the members is let
    go on `retention_release_on`.
    """

    __tablename__ = "endi_ext_price_terms"
    __table_args__ = (
        CheckConstraint("payment_days >= 0 AND payment_days <= 365", name="days_fit"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False, unique=True)
    payment_days = Column(Integer, nullable=False)
    retention_release_on = Column(Date)


class Instalment(Base):
    """A part of the price expected to be invoiced to the client on a day (acompte): `rate_bp` of it."""

    __tablename__ = "endi_ext_price_instalment"
    __table_args__ = (
        UniqueConstraint("tender_id", "position"),
        CheckConstraint("rate_bp > 0 AND rate_bp <= 10000", name="rate_fits"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    position = Column(Integer, nullable=False)
    label = Column(String(190), nullable=False, default="")
    invoiced_on = Column(Date, nullable=False)
    rate_bp = Column(Integer, nullable=False)
