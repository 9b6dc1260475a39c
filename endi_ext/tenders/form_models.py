"""What forms of a tender need and nothing else knows: of the consultation, and of each outside firm."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json


class FormFacts(Base):
    """Facts of one tender for its forms, or of one outside firm of its team.

    `member_key` is the id of the member, 0 for the consultation itself. `facts` are texts by the names of
    form_facts.Consultation or form_facts.Firm.
    """

    __tablename__ = "endi_ext_tender_form_facts"
    __table_args__ = (UniqueConstraint("tender_id", "member_key"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    member_key = Column(BigInt, nullable=False, default=0)
    facts = Column(Json, nullable=False)
    changed_at = Column(Instant, nullable=False)
    changed_by = Column(String(190), nullable=False)

    tender = relationship("Tender")
