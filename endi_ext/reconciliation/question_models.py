"""Questions an accountant asks a party, what was written, and the files that came with the answers."""

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact
from ..kernel.parties import Party

ASKED, ANSWERED, CLOSED = "asked", "answered", "closed"
ACCOUNTANT, PARTY = "accountant", "party"
# What a question is about, besides nothing of ours: where the accountant was when it came up.
ENTRY, EXCHANGE, DRAFT, FINDING, LEFTOVER, OTHER = (
    "entry", "exchange", "draft", "finding", "leftover", "other",
)  # fmt: skip

Piece = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql").with_variant(mysql.LONGBLOB(), "mariadb")


class Question(Base):
    """What an accountant wants to know of a party (question), until it is answered and closed.

    `state` is "asked" (the party is expected to answer), "answered" or "closed". `subject` and `subject_id`
    say what it is about; `title` says it in words both sides read, `amount_cents` what is at stake, `on` the
    day whose month it belongs to. The counts are kept here because everybody locks this row first.
    """

    __tablename__ = "endi_ext_question"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'answered', 'closed')", name="state_is_known"),
        CheckConstraint(
            "subject IN ('entry', 'exchange', 'draft', 'finding', 'leftover', 'other')",
            name="subject_is_known",
        ),
        CheckConstraint("amount_cents >= 0", name="amount_is_not_negative"),
        Index("ix_endi_ext_question_of_a_party", "party_id", "state", "id"),
        Index("ix_endi_ext_question_state", "state", "on_day", "id"),
        Index("ix_endi_ext_question_subject", "subject", "subject_id", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    party_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    subject = Column(exact(20), nullable=False)
    subject_id = Column(BigInt, nullable=False, default=0)
    title = Column(String(190), nullable=False)
    on_day = Column(Date, nullable=False)
    amount_cents = Column(BigInt, nullable=False, default=0)
    state = Column(String(10), nullable=False, default=ASKED)
    message_count = Column(Integer, nullable=False, default=0)
    file_count = Column(Integer, nullable=False, default=0)
    file_bytes = Column(BigInt, nullable=False, default=0)
    asked_at = Column(Instant, nullable=False)
    asked_by = Column(String(190), nullable=False)
    asked_key = Column(String(60), nullable=False)
    answered_at = Column(Instant)
    closed_at = Column(Instant)
    closed_by = Column(String(190))

    party = relationship(Party)
    messages = relationship("QuestionMessage", order_by="QuestionMessage.number", back_populates="question")


class QuestionMessage(Base):
    """What the accountant or the party wrote, numbered within its question; never changed."""

    __tablename__ = "endi_ext_question_message"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        CheckConstraint("side IN ('accountant', 'party')", name="side_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    question_id = Column(ForeignKey("endi_ext_question.id"), nullable=False)
    number = Column(Integer, nullable=False)
    request_key = Column(exact(64), nullable=False, unique=True)
    side = Column(String(10), nullable=False)
    author_key = Column(String(60), nullable=False)
    author_name = Column(String(190), nullable=False)
    text = Column(String(4000), nullable=False, default="")
    written_at = Column(Instant, nullable=False)

    question = relationship("Question", back_populates="messages")
    files = relationship("QuestionFile", order_by="QuestionFile.id", back_populates="message")


class QuestionFile(Base):
    """A file (pièce jointe) as it was sent: never opened or run here, only kept and handed out."""

    __tablename__ = "endi_ext_question_file"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="size_is_positive"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    message_id = Column(ForeignKey("endi_ext_question_message.id"), nullable=False, index=True)
    name = Column(String(190), nullable=False)
    kind = Column(String(10), nullable=False)
    size_bytes = Column(BigInt, nullable=False)
    sha256 = Column(String(64), nullable=False)

    message = relationship("QuestionMessage", back_populates="files")


class QuestionFilePiece(Base):
    """A piece of a file's content: one statement stays below MariaDB's largest packet."""

    __tablename__ = "endi_ext_question_file_piece"
    __table_args__ = (UniqueConstraint("file_id", "position"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    file_id = Column(ForeignKey("endi_ext_question_file.id"), nullable=False)
    position = Column(Integer, nullable=False)
    content = Column(Piece, nullable=False)
