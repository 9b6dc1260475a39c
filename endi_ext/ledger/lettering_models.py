"""What belongs together on an account: letters, the lines under each, and what is still open.

Lines are written once, so that a letter never is on the line: it is a row of its own, which may be undone.
"""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant

PARTIAL, FULL, UNDONE = "partial", "full", "undone"


class LetteredAccount(Base):
    """An account whose lines are matched (compte lettrable): receivables, payables, retentions, liaison.

    Once an account is here, each of its lines is open or under a full letter.
    """

    __tablename__ = "endi_ext_lettered_account"
    __table_args__ = TABLE_ARGS

    account_id = Column(ForeignKey("endi_ext_account.id"), primary_key=True, autoincrement=False)


class Matching(Base):
    """Lines of one account that belong together (lettrage): a full one nets to zero, a partial one does not.

    `number` says its letters (AA is 1) and is never given again on that account. `cents` is what is left of
    a partial one, debit minus credit. `last_on` is the latest effective date among its lines. An undone one
    stays, with who undid it and why; `merged_into_id` is the one that took its lines over, if any did.
    """

    __tablename__ = "endi_ext_matching"
    __table_args__ = (
        UniqueConstraint("account_id", "number"),
        CheckConstraint("state IN ('partial', 'full', 'undone')", name="state_is_known"),
        CheckConstraint("state <> 'full' OR cents = 0", name="full_nets_to_zero"),
        CheckConstraint("state <> 'partial' OR cents <> 0", name="partial_does_not"),
        # What was lettered in full since a day: the items that were open then.
        Index("ix_endi_ext_matching_last_on", "state", "last_on", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    account_id = Column(ForeignKey("endi_ext_account.id"), nullable=False)
    number = Column(Integer, nullable=False)
    state = Column(String(10), nullable=False)
    cents = Column(BigInt, nullable=False)
    last_on = Column(Date, nullable=False)
    automatic = Column(Boolean(name="automatic_is_boolean"), nullable=False)
    made_at = Column(Instant, nullable=False)
    made_by = Column(String(190), nullable=False)
    undone_at = Column(Instant)
    undone_by = Column(String(190))
    reason = Column(String(2000))
    merged_into_id = Column(BigInt)

    account = relationship("Account")


class MatchingLine(Base):
    """A line under the letter that stands; the key is the line's, so that two letters cannot have it."""

    __tablename__ = "endi_ext_matching_line"
    __table_args__ = TABLE_ARGS

    line_id = Column(ForeignKey("endi_ext_line.id"), primary_key=True, autoincrement=False)
    matching_id = Column(ForeignKey("endi_ext_matching.id"), nullable=False, index=True)


class PastMatchingLine(Base):
    """A line that was under a letter which is undone."""

    __tablename__ = "endi_ext_matching_past_line"
    __table_args__ = TABLE_ARGS

    matching_id = Column(ForeignKey("endi_ext_matching.id"), primary_key=True, autoincrement=False)
    line_id = Column(ForeignKey("endi_ext_line.id"), primary_key=True, autoincrement=False)


class OpenItem(Base):
    """A line of a lettered account under no full letter (poste ouvert); what is read costs these alone.

    `cents` is debit minus credit; `matching_id` is the partial letter it is under, if any. Made of the lines
    themselves, which nobody can delete, within the posting: no foreign key, which bulk posting would pay for.
    """

    __tablename__ = "endi_ext_open_item"
    __table_args__ = (
        Index("ix_endi_ext_open_item_account", "account_id", "effective_on", "line_id"),
        TABLE_ARGS,
    )

    line_id = Column(BigInt, primary_key=True, autoincrement=False)
    account_id = Column(BigInt, nullable=False)
    effective_on = Column(Date, nullable=False)
    cents = Column(BigInt, nullable=False)
    matching_id = Column(BigInt)
