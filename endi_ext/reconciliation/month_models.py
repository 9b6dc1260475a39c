"""What an accountant passes before a month is closed, although it is not done: with a reason."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact
from ..ledger.models import Period


class MonthPass(Base):
    """One check of a month passed with a reason (passer outre): for so many things and so much at stake.

    Whatever comes on top later is not covered. Its history is that of the month.
    """

    __tablename__ = "endi_ext_month_pass"
    __table_args__ = (UniqueConstraint("period_id", "code"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    period_id = Column(ForeignKey("endi_ext_period.id"), nullable=False)
    code = Column(exact(40), nullable=False)
    reason = Column(String(2000), nullable=False)
    count = Column(BigInt, nullable=False)
    amount_cents = Column(BigInt, nullable=False)
    passed_at = Column(Instant, nullable=False)
    passed_by = Column(String(190), nullable=False)

    period = relationship(Period)

    def covers(self, count: int, cents: int) -> bool:
        """Say whether what stands now is no more than what was passed."""
        return bool(count <= self.count and cents <= self.amount_cents)
