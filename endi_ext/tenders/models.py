"""Notices kept, tenders a team answers, their lots and members."""

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json, LongText, exact


class TenderNotice(Base):
    """One published version of a notice, as read: known to the whole cooperative, changed by nobody.

    `notice_key` is the publisher's id, `procedure_key` what all notices of one procedure share. `facts` is
    notices.model.plain of it, `digest` the SHA-256 of that. `replaces_id` is the version it changes,
    `current` whether no later one does, `changes_key` the notice it says it changes, known or not. One that
    is `partial` only says what changes; `said` is what it says of its changes in words. What lists show is
    repeated in columns.
    """

    __tablename__ = "endi_ext_tender_notice"
    __table_args__ = (
        UniqueConstraint("notice_key", "version"),
        Index("ix_endi_ext_tender_notice_procedure", "procedure_key", "id"),
        Index("ix_endi_ext_tender_notice_deadline", "current", "deadline", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    notice_key = Column(exact(100), nullable=False)
    version = Column(exact(20), nullable=False, default="")
    procedure_key = Column(exact(100))
    source = Column(String(20), nullable=False)
    title = Column(String(500), nullable=False)
    buyer_name = Column(String(300), nullable=False, default="")
    deadline = Column(Instant)
    facts = Column(Json, nullable=False)
    digest = Column(String(64), nullable=False)
    replaces_id = Column(ForeignKey("endi_ext_tender_notice.id"), index=True)
    changes_key = Column(exact(100), index=True)
    partial = Column(Boolean)
    said = Column(LongText)
    current = Column(Boolean, nullable=False, default=True)
    actor_key = Column(String(60), nullable=False)
    actor_name = Column(String(190), nullable=False)
    imported_at = Column(Instant, nullable=False)

    replaces = relationship("TenderNotice", remote_side="TenderNotice.id")


class Tender(Base):
    """An answer that a team prepares (réponse à une consultation).

    `state` is one of workflow.TENDER. `lead` is the party that leads it; the bidder towards the buyer is the
    cooperative itself. `notice` is the notice in force, none when typed by hand. `liability` is that of a
    group with outside firms: "none" (the cooperative alone), "several" (conjoint) or "joint_and_several"
    (solidaire); `lead_is_liable`: the lead of a several group answers for all (mandataire solidaire).
    Shares: the lead's fee is `fee_bp` of what each other member gets, `common_cents` are common expenses
    shared in proportion, `retention_rate_bp` is held back in the agreements. `decision_rule` is "unanimity",
    "majority" or "lead". `deal_key` is the job at the host's once won. Everybody locks this row first.
    """

    __tablename__ = "endi_ext_tender"
    __table_args__ = (
        CheckConstraint(
            "state IN ('preparing', 'answering', 'submitted', 'won', 'lost', 'abandoned')",
            name="state_is_known",
        ),
        CheckConstraint("liability IN ('none', 'several', 'joint_and_several')", name="liability_is_known"),
        CheckConstraint("decision_rule IN ('unanimity', 'majority', 'lead')", name="rule_is_known"),
        CheckConstraint(
            "fee_bp >= 0 AND fee_bp <= 10000 AND common_cents >= 0"
            " AND retention_rate_bp >= 0 AND retention_rate_bp <= 10000",
            name="deductions_fit",
        ),
        Index("ix_endi_ext_tender_lead", "lead_id", "id"),
        Index("ix_endi_ext_tender_state", "state", "deadline", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    lead_id = Column(ForeignKey("endi_ext_party.id"), nullable=False)
    notice_id = Column(ForeignKey("endi_ext_tender_notice.id"), index=True)
    procedure_key = Column(exact(100), index=True)
    state = Column(String(20), nullable=False)
    title = Column(String(500), nullable=False)
    reference = Column(String(100), nullable=False, default="")
    description = Column(LongText, nullable=False, default="")
    buyer_name = Column(String(300), nullable=False, default="")
    buyer_siret = Column(String(14), nullable=False, default="")
    procedure = Column(String(60), nullable=False, default="")
    cpv = Column(Json, nullable=False, default=list)
    places = Column(Json, nullable=False, default=list)
    estimated_value_cents = Column(BigInt)
    deadline = Column(Instant)
    group_form = Column(LongText, nullable=False, default="")
    variants_allowed = Column(Boolean)
    documents_url = Column(String(1000), nullable=False, default="")
    submission_url = Column(String(1000), nullable=False, default="")
    requested_documents = Column(Json, nullable=False, default=list)
    language = Column(String(10), nullable=False, default="")
    liability = Column(String(20), nullable=False, default="none")
    lead_is_liable = Column(Boolean, nullable=False, default=False)
    decision_rule = Column(String(20), nullable=False, default="majority")
    fee_bp = Column(Integer, nullable=False, default=0)
    common_cents = Column(BigInt, nullable=False, default=0)
    retention_rate_bp = Column(Integer, nullable=False, default=0)
    member_count = Column(Integer, nullable=False, default=0)
    created_at = Column(Instant, nullable=False)
    submitted_at = Column(Instant)
    closed_at = Column(Instant)
    outcome_reason = Column(String(2000), nullable=False, default="")
    deal_key = Column(String(60))

    lead = relationship("Party")
    notice = relationship("TenderNotice")
    lots = relationship("Lot", order_by="Lot.position", back_populates="tender")
    members = relationship("Member", order_by="Member.position", back_populates="tender")


class Lot(Base):
    """A lot of a tender; one that is not divided has a single lot of key "". `criteria` as in the notice.

    `answered`: the team bids for it. `outcome` is "none", "won" or "lost".
    """

    __tablename__ = "endi_ext_lot"
    __table_args__ = (
        UniqueConstraint("tender_id", "position"),
        UniqueConstraint("tender_id", "key"),
        CheckConstraint("outcome IN ('none', 'won', 'lost')", name="outcome_is_known"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    position = Column(Integer, nullable=False)
    key = Column(exact(40), nullable=False, default="")
    title = Column(String(500), nullable=False)
    description = Column(LongText, nullable=False, default="")
    cpv = Column(Json, nullable=False, default=list)
    estimated_value_cents = Column(BigInt)
    deadline = Column(Instant)
    criteria = Column(Json, nullable=False, default=list)
    answered = Column(Boolean, nullable=False, default=True)
    outcome = Column(String(10), nullable=False, default="none")

    tender = relationship("Tender", back_populates="lots")


class Member(Base):
    """Someone of the team: a party of this cooperative, or an outside firm known by its SIRET.

    `role` is "lead", "member" or "adviser" (advises, earns nothing). `state` is one of workflow.MEMBER.
    Nobody outside logs in: the lead answers and provides for them. `via` says where they are: "party",
    "firm" (an outside firm) or "cooperative" (an entrepreneur of another CAE, whose SIRET is that CAE's).
    `cap_cents` is the most they want to be exposed to, none for the cooperative's own cap.
    """

    __tablename__ = "endi_ext_member"
    __table_args__ = (
        UniqueConstraint("tender_id", "position"),
        UniqueConstraint("tender_id", "party_id"),
        CheckConstraint("role IN ('lead', 'member', 'adviser')", name="role_is_known"),
        CheckConstraint(
            "state IN ('invited', 'accepted', 'declined', 'removed', 'left')", name="state_is_known"
        ),
        CheckConstraint("via IN ('party', 'firm', 'cooperative')", name="via_is_known"),
        CheckConstraint("(via = 'party') = (party_id IS NOT NULL)", name="party_or_outside"),
        Index("ix_endi_ext_member_party", "party_id", "state", "tender_id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    tender_id = Column(ForeignKey("endi_ext_tender.id"), nullable=False)
    position = Column(Integer, nullable=False)
    via = Column(String(20), nullable=False, default="party")
    party_id = Column(ForeignKey("endi_ext_party.id"))
    firm_name = Column(String(190), nullable=False, default="")
    siret = Column(String(14), nullable=False, default="")
    email = Column(String(190), nullable=False, default="")
    role = Column(String(10), nullable=False)
    state = Column(String(10), nullable=False)
    mission = Column(String(500), nullable=False, default="")
    answer_by = Column(Date)
    cap_cents = Column(BigInt)
    invited_at = Column(Instant, nullable=False)
    answered_at = Column(Instant)
    reason = Column(String(2000), nullable=False, default="")

    tender = relationship("Tender", back_populates="members")
    party = relationship("Party")

    @property
    def name(self) -> str:
        """The name people know them by."""
        return str(self.firm_name if self.party is None else self.party.name)

    @property
    def outside(self) -> bool:
        """Whether they are a legal person of their own."""
        return self.via != "party"
