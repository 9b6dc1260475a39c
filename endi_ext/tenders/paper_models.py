"""Papers of tenders kept: files, what the checklist knows of each paper, steps, questions, written parts."""

from sqlalchemy import (
    Boolean,
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

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, LongText, exact


class TenderFile(Base):
    """A file as it was sent: never opened or run here, only kept and handed out.

    `tender_id` is none for a paper of the cooperative, which serves all tenders. `kind` is one of
    subcontracts.proofs.KINDS, found by looking at the content; `name` is cleaned.
    """

    __tablename__ = "endi_ext_tender_file"
    __table_args__ = (CheckConstraint("size_bytes > 0", name="size_is_positive"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), index=True)
    name = Column(String(190), nullable=False)
    kind = Column(String(10), nullable=False)
    size_bytes = Column(BigInt, nullable=False)
    sha256 = Column(String(64), nullable=False)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    kept_at = Column(Instant, nullable=False)


class TenderFilePiece(Base):
    """A piece of a file's content: read only to hand the file out.

    In pieces because one statement must stay below MariaDB's largest packet however its bytes are escaped.
    """

    __tablename__ = "endi_ext_tender_file_piece"
    __table_args__ = (UniqueConstraint("file_id", "position"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    file_id = Column(ForeignKey("endi_ext_tender_file.id"), nullable=False)
    position = Column(Integer, nullable=False)
    content = Column(
        LargeBinary().with_variant(mysql.LONGBLOB(), "mysql").with_variant(mysql.LONGBLOB(), "mariadb"),
        nullable=False,
    )


class PaperKind(Base):
    """One paper of the cooperative's own list: asked for in every tender (pièce type).

    `who` provides it: "cooperative" (once for all tenders), "team" (once for each tender), "member" (each
    entrepreneur of the team) or "firm" (each firm from outside). Withdrawn ones stay on the checklists of
    tenders that ended before.
    """

    __tablename__ = "endi_ext_paper_kind"
    __table_args__ = (
        CheckConstraint("who IN ('cooperative', 'team', 'member', 'firm')", name="who_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    position = Column(Integer, nullable=False)
    label = Column(String(300), nullable=False)
    who = Column(String(20), nullable=False)
    has_term = Column(Boolean, nullable=False, default=False)
    added_at = Column(Instant, nullable=False)
    withdrawn_at = Column(Instant)


class CooperativePaper(Base):
    """A paper the cooperative provided for all tenders, of one kind: the newest one is in force."""

    __tablename__ = "endi_ext_cooperative_paper"
    __table_args__ = (Index("ix_endi_ext_cooperative_paper_kind", "kind_id", "id"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    kind_id = Column(ForeignKey("endi_ext_paper_kind.id"), nullable=False)
    file_id = Column(ForeignKey("endi_ext_tender_file.id"), nullable=False)
    valid_until = Column(Date)
    provided_at = Column(Instant, nullable=False)
    provided_key = Column(String(60), nullable=False)
    provided_name = Column(String(190), nullable=False)

    kind = relationship("PaperKind")
    file = relationship("TenderFile")


class TenderPaper(Base):
    """What was done about one paper of a tender's checklist; one nobody touched has no row.

    `item_key` says which paper of the checklist it is (checklist.py). `origin` is "notice" (asked for by the
    buyer), "list" (the cooperative's own) or "team" (added for this tender). `state` is "missing",
    "provided", "checked" or "not_needed".
    """

    __tablename__ = "endi_ext_tender_paper"
    __table_args__ = (
        UniqueConstraint("tender_id", "item_key"),
        CheckConstraint("origin IN ('notice', 'list', 'team')", name="origin_is_known"),
        CheckConstraint("state IN ('missing', 'provided', 'checked', 'not_needed')", name="state_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    item_key = Column(exact(64), nullable=False)
    origin = Column(String(10), nullable=False)
    label = Column(String(300), nullable=False)
    member_id = Column(ForeignKey("endi_ext_member.id"))
    state = Column(String(20), nullable=False)
    file_id = Column(ForeignKey("endi_ext_tender_file.id"))
    valid_until = Column(Date)
    provided_at = Column(Instant)
    provided_key = Column(String(60), nullable=False, default="")
    provided_name = Column(String(190), nullable=False, default="")
    checked_at = Column(Instant)
    checked_key = Column(String(60), nullable=False, default="")
    checked_name = Column(String(190), nullable=False, default="")
    reason = Column(String(2000), nullable=False, default="")

    tender = relationship("Tender")
    member = relationship("Member")
    file = relationship("TenderFile")


class TenderStep(Base):
    """What was arranged about one step of a tender's calendar; a usual step nobody touched has no row.

    `step_key` is one of calendar.USUAL or the team's own. Its day is `on`, or else `days_before` days before
    the deadline.
    """

    __tablename__ = "endi_ext_tender_step"
    __table_args__ = (
        UniqueConstraint("tender_id", "step_key"),
        CheckConstraint("days_before IS NULL OR days_before >= 0", name="days_fit"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    step_key = Column(exact(64), nullable=False)
    label = Column(String(300), nullable=False, default="")
    days_before = Column(Integer)
    on = Column("due_on", Date)
    member_id = Column(ForeignKey("endi_ext_member.id"))
    dropped = Column(Boolean, nullable=False, default=False)
    done_at = Column(Instant)
    done_name = Column(String(190), nullable=False, default="")
    reminded_at = Column(Instant)

    tender = relationship("Tender")
    member = relationship("Member")


class TenderQuestion(Base):
    """A question to the buyer: written here, asked on the buyer's own platform, its answer noted here.

    `state` is "draft", "sent", "answered" or "withdrawn".
    """

    __tablename__ = "endi_ext_tender_question"
    __table_args__ = (
        UniqueConstraint("tender_id", "number"),
        CheckConstraint("state IN ('draft', 'sent', 'answered', 'withdrawn')", name="state_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    number = Column(Integer, nullable=False)
    state = Column(String(20), nullable=False)
    text = Column(String(4000), nullable=False)
    written_by_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    written_name = Column(String(190), nullable=False)
    written_at = Column(Instant, nullable=False)
    sent_on = Column(Date)
    answer = Column(LongText, nullable=False, default="")
    answered_on = Column(Date)

    tender = relationship("Tender")
    written_by = relationship("Party")


class ProposalPart(Base):
    """A part of the technical proposal (mémoire technique): who writes it, its text or its file.

    `state` is "to_write", "draft" or "ready". `revision` counts the changes: who changes what another just
    changed is told so.
    """

    __tablename__ = "endi_ext_proposal_part"
    __table_args__ = (
        UniqueConstraint("tender_id", "key"),
        CheckConstraint("state IN ('to_write', 'draft', 'ready')", name="state_is_known"),
        Index("ix_endi_ext_proposal_part_place", "tender_id", "position", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    key = Column(exact(64), nullable=False)
    position = Column(Integer, nullable=False)
    title = Column(String(300), nullable=False)
    guidance = Column(String(2000), nullable=False, default="")
    member_id = Column(ForeignKey("endi_ext_member.id"))
    due_on = Column(Date)
    state = Column(String(20), nullable=False)
    text = Column(LongText, nullable=False, default="")
    file_id = Column(ForeignKey("endi_ext_tender_file.id"))
    revision = Column(Integer, nullable=False, default=1)
    changed_at = Column(Instant, nullable=False)
    changed_name = Column(String(190), nullable=False)
    removed_at = Column(Instant)

    tender = relationship("Tender")
    member = relationship("Member")
    file = relationship("TenderFile")
