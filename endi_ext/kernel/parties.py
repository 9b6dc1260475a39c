"""The trading units that exchange: an entrepreneur's *enseigne*, the cooperative itself, an outside firm."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Boolean, Integer, String, select
from sqlalchemy.orm import Session

from .orm import TABLE_ARGS, Base, BigInt, Column

INTERNAL, COOPERATIVE, EXTERNAL = "internal", "cooperative", "external"
# Nobody: the analytic code on which internal revenue and expense are neutralised at the end of a year.
COMPENSATION = "compensation"


class Party(Base):
    """A trading unit (enseigne; the host's Company), known to the host as `host_key` ("company:12").

    `host_key` is also the ACL principal of the people who work in it. `follower_key` is the principal of the
    support-team member who follows it ("user:4"). `contribution_rate_bp` is in basis points; none means the
    cooperative's default rate.
    """

    __tablename__ = "endi_ext_party"
    __table_args__ = TABLE_ARGS

    id = Column(BigInt, primary_key=True)
    host_key = Column(String(60), nullable=False, unique=True)
    kind = Column(String(20), nullable=False, default=INTERNAL)
    name = Column(String(190), nullable=False, index=True)
    analytic_code = Column(String(40), nullable=False, default="", index=True)
    trade = Column(String(190), nullable=False, default="")
    email = Column(String(190), nullable=False, default="")
    contribution_rate_bp = Column(Integer)
    follower_key = Column(String(60))
    postcode = Column(String(20), nullable=False, default="", server_default="")
    city = Column(String(190), nullable=False, default="", server_default="")
    active = Column(Boolean(name="active_is_boolean"), nullable=False, default=True)

    @property
    def host_id(self) -> int:
        """The host's own id, for its addresses and menus."""
        return int(self.host_key.rpartition(":")[2])


@dataclass(frozen=True)
class PartyFacts:
    """What a host's directory says of one of its trading units."""

    host_key: str
    name: str
    analytic_code: str = ""
    trade: str = ""
    email: str = ""
    contribution_rate_bp: int | None = None
    follower_key: str | None = None
    active: bool = True
    kind: str = INTERNAL
    postcode: str = ""
    city: str = ""


def keep_in_step(session: Session, known: Iterable[PartyFacts]) -> int:
    """Create or update the parties the host knows; return how many rows changed. Never deletes."""
    parties = {party.host_key: party for party in session.execute(select(Party)).scalars()}
    changed = 0
    for facts in known:
        party = parties.get(facts.host_key)
        if party is None:
            session.add(Party(**vars(facts)))
            changed += 1
            continue
        different = {name: value for name, value in vars(facts).items() if getattr(party, name) != value}
        for name, value in different.items():
            setattr(party, name, value)
        changed += bool(different)
    session.flush()  # callers read the parties' ids
    return changed


def by_host_key(session: Session, host_key: str) -> Party | None:
    """Return the party the host calls `host_key`."""
    return session.execute(select(Party).where(Party.host_key == host_key)).scalars().one_or_none()


def cooperative(session: Session) -> Party:
    """Return the party that stands for the cooperative itself (analytic code of the CAE)."""
    return session.execute(select(Party).where(Party.kind == COOPERATIVE)).scalars().one()
