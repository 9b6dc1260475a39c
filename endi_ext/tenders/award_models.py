"""Contracts that public buyers awarded, as they publish them (DECP): who won what, for how much."""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class Award(Base):
    """A contract awarded: public data, known to the whole cooperative.

    A buyer's own number names it, once for contracts and once for concessions (`kind`). `amount_cents` is
    what it was awarded for, `last_amount_cents` what modifications brought it to, both without VAT, none
    where what was published cannot be. `words` is what is searched: title and names, without case or accents.
    `grouping_kind` is how its winners are bound: "none" (no group), "several"
    (conjoint), "joint_and_several" (solidaire); none where it was not said.
    """

    __tablename__ = "endi_ext_award"
    __table_args__ = (
        UniqueConstraint("buyer_id", "contract_id", "kind"),
        CheckConstraint("kind IN ('contract', 'concession')", name="kind_is_known"),
        CheckConstraint(
            "grouping_kind IS NULL OR grouping_kind IN ('none', 'several', 'joint_and_several')",
            name="grouping_is_known",
        ),
        Index("ix_endi_ext_award_cpv", "cpv", "notified_on", "id"),
        Index("ix_endi_ext_award_day", "notified_on", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    buyer_id = Column(exact(20), nullable=False)
    contract_id = Column(exact(60), nullable=False)
    kind = Column(String(10), nullable=False)
    buyer_name = Column(String(300), nullable=False, default="")
    title = Column(String(1000), nullable=False)
    words = Column(String(1500), nullable=False, default="")
    cpv = Column(String(8))
    nature = Column(String(60), nullable=False, default="")
    procedure = Column(String(120), nullable=False, default="")
    notified_on = Column(Date, nullable=False)
    amount_cents = Column(BigInt)
    last_amount_cents = Column(BigInt)
    months = Column(Integer)
    offers = Column(Integer)
    grouping_kind = Column(String(20))
    subcontracted = Column(Boolean)
    place_code = Column(String(20), nullable=False, default="")
    place_kind = Column(String(30), nullable=False, default="")
    digest = Column(String(64), nullable=False)
    imported_at = Column(Instant, nullable=False)

    winners = relationship("AwardWinner", order_by="AwardWinner.position", back_populates="award")


class AwardWinner(Base):
    """Who won a contract, or one of a group that did. `id_kind` is "SIRET", "TVA" and others of DECP."""

    __tablename__ = "endi_ext_award_winner"
    __table_args__ = (
        UniqueConstraint("award_id", "position"),
        Index("ix_endi_ext_award_winner_identifier", "identifier", "award_id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    award_id = Column(ForeignKey("endi_ext_award.id"), nullable=False)
    position = Column(Integer, nullable=False)
    id_kind = Column(String(20), nullable=False, default="")
    identifier = Column(exact(40), nullable=False)
    name = Column(String(300), nullable=False, default="")

    award = relationship("Award", back_populates="winners")
