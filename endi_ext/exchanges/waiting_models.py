"""What is to be done to an exchange once an accountant has validated the entry that waits."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact

# A host's invoice to ask for, a settlement, a reduction, a release of what is held back.
INVOICE, SETTLE, REDUCE, RELEASE = "invoice", "settle", "reduce", "release"


class WaitingStep(Base):
    """The one step of an exchange that waits in the drafts (étape en attente de comptabilisation).

    Nothing of it has happened yet: it happens when its entry is posted, and never if it is rejected. Until
    then no other step of the exchange is taken, so that what it was allowed to do it still may.
    """

    __tablename__ = "endi_ext_waiting_step"
    __table_args__ = (
        CheckConstraint("kind IN ('invoice', 'settle', 'reduce', 'release')", name="kind_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False, unique=True)
    kind = Column(exact(20), nullable=False)
    source = Column(exact(190), nullable=False, unique=True)
    request_key = Column(exact(64), nullable=False, default="")
    amount_cents = Column(BigInt, nullable=False, default=0)
    contribution_cents = Column(BigInt, nullable=False, default=0)
    dated_on = Column(Date, nullable=False)
    number = Column(Integer, nullable=False, default=0)
    role = Column(String(20), nullable=False, default="")
    reason = Column(String(2000), nullable=False, default="")
    recorded_at = Column(Instant, nullable=False)
    recorded_by = Column(String(190), nullable=False)
    actor_key = Column(String(60), nullable=False)

    exchange = relationship("Exchange")
