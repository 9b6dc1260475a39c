"""The tables of the books; their triggers are in the migration 0001."""

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact
from ..kernel.parties import Party

OPEN, CLOSED = "open", "closed"

# The certificate of a large cooperative's month outgrows MariaDB's TEXT.
LongText = Text().with_variant(mysql.LONGTEXT(), "mysql").with_variant(mysql.LONGTEXT(), "mariadb")


class Account(Base):
    """A general account of one party: number and analytic axis (compte)."""

    __tablename__ = "endi_ext_account"
    __table_args__ = (UniqueConstraint("number", "party_id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    number = Column(exact(20), nullable=False)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False, index=True)
    label = Column(String(190), nullable=False, default="")

    party = relationship(Party)


class Journal(Base):
    """A journal of original entry (journal)."""

    __tablename__ = "endi_ext_journal"
    __table_args__ = TABLE_ARGS

    id = Column(BigInt, primary_key=True)
    code = Column(exact(10), nullable=False, unique=True)
    label = Column(String(190), nullable=False)


class Period(Base):
    """A month of a fiscal year (période); closed, it takes no effective date any more."""

    __tablename__ = "endi_ext_period"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'closed')", name="state_is_known"),
        CheckConstraint("starts_on <= ends_on", name="starts_before_it_ends"),
        Index("ix_endi_ext_period_state", "state", "ends_on"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    starts_on = Column(Date, nullable=False, unique=True)
    ends_on = Column(Date, nullable=False, unique=True)
    fiscal_year = Column(Integer, nullable=False)
    state = Column(String(10), nullable=False, default=OPEN)
    closed_at = Column(Instant)
    closed_by = Column(String(190))
    certificate = Column(LongText)


class Book(Base):
    """The one row every writer locks last: where the chain stands (tête du livre)."""

    __tablename__ = "endi_ext_book"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"), TABLE_ARGS)

    id = Column(Integer, primary_key=True, autoincrement=False)
    last_sequence = Column(BigInt, nullable=False, default=0)
    last_digest = Column(String(64), nullable=False)


class Entry(Base):
    """A posted entry (écriture): written once, sealed once, never changed.

    `fiscal_year` is the year in which it ends. `number` has no gap per journal and fiscal year.
    `source` says what it records ("delivery:12:accepted") and is unique: a double click posts once.
    """

    __tablename__ = "endi_ext_entry"
    __table_args__ = (
        UniqueConstraint("source"),
        UniqueConstraint("journal_id", "fiscal_year", "number"),
        Index("ix_endi_ext_entry_effective_on", "effective_on", "id"),
        Index("ix_endi_ext_entry_journal", "journal_id", "effective_on", "id"),
        CheckConstraint("total_cents > 0", name="total_is_positive"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True, autoincrement=False)
    journal_id = Column(ForeignKey("endi_ext_journal.id"), nullable=False)
    fiscal_year = Column(Integer, nullable=False)
    number = Column(BigInt, nullable=False)
    effective_on = Column(Date, nullable=False)
    recorded_at = Column(Instant, nullable=False)
    source = Column(exact(190), nullable=False)
    text_digest = Column(String(64), nullable=False)
    content_digest = Column(String(64), nullable=False)
    total_cents = Column(BigInt, nullable=False)
    reverses_id = Column(ForeignKey("endi_ext_entry.id"), unique=True)

    journal = relationship("Journal")
    lines = relationship("Line", order_by="Line.position", viewonly=True)
    entry_text = relationship("EntryText", uselist=False, viewonly=True)
    seal = relationship("Seal", uselist=False, viewonly=True)
    reverses = relationship("Entry", remote_side=[id], viewonly=True)


class EntryText(Base):
    """The free text of an entry with its salt (libellé): the only part that may be erased after the legal
    term.
    """

    __tablename__ = "endi_ext_entry_text"
    __table_args__ = TABLE_ARGS

    entry_id = Column(ForeignKey("endi_ext_entry.id"), primary_key=True, autoincrement=False)
    salt = Column(String(32), nullable=False)
    text = Column(String(500), nullable=False)
    document = Column(String(190), nullable=False, default="")


class Line(Base):
    """One side of an entry on one account (ligne); exactly one of debit and credit is positive."""

    __tablename__ = "endi_ext_line"
    __table_args__ = (
        CheckConstraint(
            "(debit_cents > 0 AND credit_cents = 0) OR (debit_cents = 0 AND credit_cents > 0)",
            name="one_side_is_positive",
        ),
        UniqueConstraint("entry_id", "position"),
        # Ends in the id: without it a page of a busy account costs its whole history.
        Index("ix_endi_ext_line_account", "account_id", "effective_on", "id"),
        Index("ix_endi_ext_line_pair", "counterparty_id", "account_id", "effective_on", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    entry_id = Column(ForeignKey("endi_ext_entry.id"), nullable=False)
    position = Column(Integer, nullable=False)
    account_id = Column(ForeignKey("endi_ext_account.id"), nullable=False)
    counterparty_id = Column(ForeignKey("endi_ext_party.id"))
    effective_on = Column(Date, nullable=False)
    debit_cents = Column(BigInt, nullable=False, default=0)
    credit_cents = Column(BigInt, nullable=False, default=0)

    entry = relationship("Entry", viewonly=True)
    account = relationship("Account")
    counterparty = relationship(Party)


class Seal(Base):
    """The link of an entry in the chain (sceau); inserted last, it carries the trigger that refuses an
    unbalanced entry.
    """

    __tablename__ = "endi_ext_seal"
    __table_args__ = TABLE_ARGS

    entry_id = Column(ForeignKey("endi_ext_entry.id"), primary_key=True, autoincrement=False)
    sequence = Column(BigInt, nullable=False, unique=True)
    previous_digest = Column(String(64), nullable=False)
    digest = Column(String(64), nullable=False, unique=True)


class DayTotal(Base):
    """Debit and credit of an account on a day, kept in the transaction that posts."""

    __tablename__ = "endi_ext_day_total"
    __table_args__ = (Index("ix_endi_ext_day_total_day", "day", "account_id"), TABLE_ARGS)

    account_id = Column(ForeignKey("endi_ext_account.id"), primary_key=True, autoincrement=False)
    day = Column(Date, primary_key=True)
    debit_cents = Column(BigInt, nullable=False, default=0)
    credit_cents = Column(BigInt, nullable=False, default=0)


class AccountTotal(Base):
    """Debit and credit of an account since ever, kept in the transaction that posts."""

    __tablename__ = "endi_ext_account_total"
    __table_args__ = TABLE_ARGS

    account_id = Column(ForeignKey("endi_ext_account.id"), primary_key=True, autoincrement=False)
    debit_cents = Column(BigInt, nullable=False, default=0)
    credit_cents = Column(BigInt, nullable=False, default=0)


class Snapshot(Base):
    """The cumulated debit and credit of an account at the end of a closed period."""

    __tablename__ = "endi_ext_snapshot"
    __table_args__ = TABLE_ARGS

    account_id = Column(ForeignKey("endi_ext_account.id"), primary_key=True, autoincrement=False)
    period_id = Column(ForeignKey("endi_ext_period.id"), primary_key=True, autoincrement=False)
    debit_cents = Column(BigInt, nullable=False)
    credit_cents = Column(BigInt, nullable=False)


class Checkpoint(Base):
    """A signed note of where the book stood; kept elsewhere, it shows that a tail was cut off."""

    __tablename__ = "endi_ext_checkpoint"
    __table_args__ = TABLE_ARGS

    id = Column(BigInt, primary_key=True)
    sequence = Column(BigInt, nullable=False)
    digest = Column(String(64), nullable=False)
    signed_at = Column(Instant, nullable=False)
    document = Column(Text, nullable=False)
