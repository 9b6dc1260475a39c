"""Final accounts: what one side draws up at the end of a job, and the other signs."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class FinalAccount(Base):
    """The account of a whole job (décompte général), as it stood the day it was drawn up.

    `state` is one of workflow.FINAL_ACCOUNT. Its lines say how the price came to be and what was accepted;
    the amounts below say what had become of it that day, and add up: the database refuses others. `digest` is
    what is signed. `open_key` is its `subcontract_id` while it waits for an answer, else none, so that only
    one does. `answered_*` is who signed, refused or withdrew it, and `reason` why.
    """

    __tablename__ = "endi_ext_final_account"
    __table_args__ = (
        UniqueConstraint("subcontract_id", "number"),
        CheckConstraint("state IN ('proposed', 'signed', 'refused', 'withdrawn')", name="state_is_known"),
        CheckConstraint("accepted_cents = contract_cents", name="all_is_accepted"),
        CheckConstraint(
            "accepted_cents = credited_cents + settled_cents + due_cents + awaiting_cents + retained_cents"
            " + disputed_cents",
            name="amounts_add_up",
        ),
        CheckConstraint(
            "credited_cents >= 0 AND settled_cents >= 0 AND due_cents >= 0 AND awaiting_cents >= 0"
            " AND retained_cents >= 0 AND disputed_cents >= 0",
            name="amounts_are_not_negative",
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False)
    number = Column(Integer, nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    open_key = Column(BigInt, unique=True)
    state = Column(String(20), nullable=False)
    drawn_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    drawn_at = Column(Instant, nullable=False)
    drawn_on = Column(Date, nullable=False)
    message = Column(String(2000), nullable=False, default="")
    contract_cents = Column(BigInt, nullable=False)
    accepted_cents = Column(BigInt, nullable=False)
    credited_cents = Column(BigInt, nullable=False)
    settled_cents = Column(BigInt, nullable=False)
    due_cents = Column(BigInt, nullable=False)
    awaiting_cents = Column(BigInt, nullable=False)
    retained_cents = Column(BigInt, nullable=False)
    disputed_cents = Column(BigInt, nullable=False)
    digest = Column(String(64), nullable=False)
    answered_at = Column(Instant)
    answered_key = Column(String(60))
    answered_name = Column(String(190))
    reason = Column(String(2000), nullable=False, default="")

    subcontract = relationship("Subcontract")
    drawn_by = relationship("Party")
    lines = relationship("FinalAccountLine", order_by="FinalAccountLine.position", back_populates="account")

    @property
    def unpaid_cents(self) -> int:
        """What was accepted and not settled, whatever kept it."""
        return int(self.due_cents + self.awaiting_cents + self.retained_cents + self.disputed_cents)


class FinalAccountLine(Base):
    """One line of a final account: the agreement, an amendment, a claim, a credit.

    `kind` is "agreement" or "amendment" (`amount_cents` is by how much it changed the price), "claim" (of
    `claimed_cents`, so much was accepted) or "credit" (given back since, negative). `number` is the
    document's.
    """

    __tablename__ = "endi_ext_final_account_line"
    __table_args__ = (
        UniqueConstraint("account_id", "position"),
        CheckConstraint("kind IN ('agreement', 'amendment', 'claim', 'credit')", name="kind_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    account_id = Column(ForeignKey("endi_ext_final_account.id"), nullable=False)
    position = Column(Integer, nullable=False)
    kind = Column(String(20), nullable=False)
    number = Column(Integer, nullable=False)
    on = Column("dated_on", Date, nullable=False)
    claimed_cents = Column(BigInt)
    amount_cents = Column(BigInt, nullable=False)

    account = relationship("FinalAccount", back_populates="lines")
