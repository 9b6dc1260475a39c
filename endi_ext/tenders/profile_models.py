"""What trading units say of themselves to those who look for a team."""

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant


class Profile(Base):
    """What a party offers to teams: skills, where it works, when it has time; told by its own people.

    `availability` is "available", "partly", "busy" or "unknown"; `available_from` when it will change for the
    better. `area` are places in people's own words and departments ("38, 73, à distance").
    """

    __tablename__ = "endi_ext_profile"
    __table_args__ = (
        CheckConstraint(
            "availability IN ('available', 'partly', 'busy', 'unknown')", name="availability_is_known"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False, unique=True)
    skills = Column(String(2000), nullable=False, default="")
    area = Column(String(300), nullable=False, default="")
    availability = Column(String(20), nullable=False, default="unknown")
    available_from = Column(Date)
    note = Column(String(500), nullable=False, default="")
    changed_at = Column(Instant, nullable=False)
    changed_by = Column(String(190), nullable=False)

    party = relationship("Party")
