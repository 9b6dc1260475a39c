"""What the two sides say to each other about a subcontract, outside of any step."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact


class Comment(Base):
    """A remark of one side, read by both (commentaire); it engages nobody and is never changed."""

    __tablename__ = "endi_ext_comment"
    __table_args__ = TABLE_ARGS

    id = Column(BigInt, primary_key=True)
    subcontract_id = Column(ForeignKey("endi_ext_subcontract.id"), nullable=False, index=True)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    text = Column(String(2000), nullable=False)
    at = Column(Instant, nullable=False)

    party = relationship("Party")
