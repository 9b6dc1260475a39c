"""The demo host's own users and trading units; on its own metadata, created by the application itself."""

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.orm import declarative_base, relationship

from ...kernel.orm import Column, Instant

# Not the plugin's Base: these tables stand for a host's, and no migration of ours knows them.
Base: Any = declarative_base(metadata=MetaData())

TABLE_ARGS: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}

membership: Any = Table(
    "demo_membership",
    Base.metadata,
    Column("user_id", ForeignKey("demo_user.id"), primary_key=True),
    Column("company_id", ForeignKey("demo_company.id"), primary_key=True),
    mysql_engine="InnoDB",
    mysql_charset="utf8mb4",
)


class User(Base):
    """Somebody who logs in; `login` is kept in lower case."""

    __tablename__ = "demo_user"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    login = Column(String(60), nullable=False, unique=True)
    name = Column(String(190), nullable=False)
    email = Column(String(190), nullable=False, default="")
    password_hash = Column(String(190), nullable=False)
    active = Column(Boolean, nullable=False, default=True)

    companies = relationship(
        "Company", secondary=membership, order_by="Company.name", back_populates="people"
    )
    granted = relationship("Grant", cascade="all, delete-orphan", order_by="Grant.access_right")

    @property
    def access_rights(self) -> set[str]:
        """Names of the access rights given to this user."""
        return {grant.access_right for grant in self.granted}

    @property
    def active_companies(self) -> list["Company"]:
        """The trading units in which this user works today."""
        return [company for company in self.companies if company.active]


class Grant(Base):
    """One access right given to one user."""

    __tablename__ = "demo_grant"
    __table_args__ = TABLE_ARGS

    user_id = Column(ForeignKey("demo_user.id"), primary_key=True)
    access_right = Column(String(60), primary_key=True)


class Company(Base):
    """A trading unit (enseigne)."""

    __tablename__ = "demo_company"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    name = Column(String(190), nullable=False)
    analytic_code = Column(String(40), nullable=False, default="")
    trade = Column(String(190), nullable=False, default="")
    email = Column(String(190), nullable=False, default="")
    contribution_rate_bp = Column(Integer)
    follower_id = Column(ForeignKey("demo_user.id"))
    postcode = Column(String(20), nullable=False, default="")
    city = Column(String(190), nullable=False, default="")
    active = Column(Boolean, nullable=False, default=True)

    people = relationship("User", secondary=membership, order_by="User.name", back_populates="companies")
    follower = relationship("User", foreign_keys=[follower_id])


class Notification(Base):
    """What the bell of the frame shows to one user until it is read."""

    __tablename__ = "demo_notification"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("demo_user.id"), nullable=False, index=True)
    title = Column(String(250), nullable=False)
    body = Column(Text, nullable=False)
    url = Column(String(250), nullable=False, default="")
    at = Column(Instant, nullable=False)
    read = Column(Boolean, nullable=False, default=False)
