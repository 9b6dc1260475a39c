"""What was found not to agree, kept until it is settled: findings, why some are let pass, repairs, looks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, Json, exact
from .found import PaperSide

OPEN, ASSIGNED, REPAIRED, WAIVED = "open", "assigned", "repaired", "waived"
STATES = (OPEN, ASSIGNED, REPAIRED, WAIVED)

# Who put it right: our tool at the accountant's word, an accountant by hand, or somebody unseen.
BY_TOOL, BY_HAND, UNSEEN = "tool", "hand", "unseen"


class WaiverReason(Base):
    """Why a finding may be let pass (motif): a list the cooperative keeps; `retired_at` once out of use."""

    __tablename__ = "endi_ext_waiver_reason"
    __table_args__ = (UniqueConstraint("label", name="uq_endi_ext_waiver_reason_label"), TABLE_ARGS)

    id = Column(BigInt, primary_key=True)
    label = Column(exact(120), nullable=False)
    added_at = Column(Instant, nullable=False)
    retired_at = Column(Instant)


class Finding(Base):
    """One thing that does not agree (écart), from the day it was found to the day it is settled.

    `source` is who looks ("pairs", "documents", "exports"); with `key` and `code` it is unique. `about` is
    the document it hangs on, which is looked at again as a whole. Both documents are kept as they stood.
    `standing` says that nobody settled it: open or assigned. `times` counts how often it was opened.
    """

    __tablename__ = "endi_ext_finding"
    __table_args__ = (
        UniqueConstraint("source", "key", "code", name="uq_endi_ext_finding_source_key_code"),
        CheckConstraint("state IN ('open', 'assigned', 'repaired', 'waived')", name="state_is_known"),
        CheckConstraint("repaired_how IN ('tool', 'hand', 'unseen')", name="repaired_how_is_known"),
        Index("ix_endi_ext_finding_standing", "standing", "found_on", "id"),
        Index("ix_endi_ext_finding_code", "code", "standing", "found_on", "id"),
        Index("ix_endi_ext_finding_state", "state", "found_on", "id"),
        Index("ix_endi_ext_finding_seller", "seller_id", "found_on", "id"),
        Index("ix_endi_ext_finding_buyer", "buyer_id", "found_on", "id"),
        Index("ix_endi_ext_finding_assigned", "assigned_key", "found_on", "id"),
        Index("ix_endi_ext_finding_about", "about"),
        Index("ix_endi_ext_finding_exchange", "exchange_id"),
        Index("ix_endi_ext_finding_reason", "waiver_reason_id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    source = Column(exact(40), nullable=False)
    key = Column(exact(120), nullable=False)
    code = Column(exact(60), nullable=False)
    about = Column(exact(80), nullable=False)
    severity = Column(exact(20), nullable=False)
    amount_cents = Column(BigInt, nullable=False)
    found_on = Column(Date, nullable=False)
    seller_id = Column(ForeignKey("endi_ext_party.id"))
    buyer_id = Column(ForeignKey("endi_ext_party.id"))
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"))
    sale = Column(Json)
    purchase = Column(Json)
    facts = Column(Json, nullable=False)
    repair = Column(exact(60))
    state = Column(exact(20), nullable=False, default=OPEN)
    standing = Column(Boolean(name="standing_is_boolean"), nullable=False, default=True)
    times = Column(Integer, nullable=False, default=1)
    assigned_key = Column(exact(60))
    assigned_name = Column(String(190))
    waiver_reason_id = Column(ForeignKey("endi_ext_waiver_reason.id"))
    repaired_how = Column(exact(20))
    found_at = Column(Instant, nullable=False)
    seen_at = Column(Instant, nullable=False)
    changed_at = Column(Instant, nullable=False)

    seller = relationship("Party", foreign_keys=[seller_id])
    buyer = relationship("Party", foreign_keys=[buyer_id])
    exchange = relationship("Exchange")
    waiver_reason = relationship("WaiverReason")

    @property
    def told(self) -> dict[str, Any]:
        """The facts its sentence is made of; those whose name ends in _on are days."""
        return days_again(self.facts)

    @property
    def sale_side(self) -> PaperSide | None:
        """The seller's document as it stood."""
        return side_of(self.sale)

    @property
    def purchase_side(self) -> PaperSide | None:
        """The buyer's document as it stood."""
        return side_of(self.purchase)


class FindingRepair(Base):
    """One repair done by our tool: what it was, what it told before, and what undoes it.

    `occasion` ("12:1": finding 12, opened for the first time) is unique: two clicks repair once. No foreign
    key leads to the finding: its lock would meet the one of a look that waits for this very transaction.
    """

    __tablename__ = "endi_ext_finding_repair"
    __table_args__ = (
        UniqueConstraint("occasion", name="uq_endi_ext_finding_repair_occasion"),
        Index("ix_endi_ext_finding_repair_finding", "finding_id", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    finding_id = Column(BigInt, nullable=False)
    occasion = Column(exact(40), nullable=False)
    code = Column(exact(60), nullable=False)
    changes = Column(Json, nullable=False)
    undo = Column(Json)
    done_at = Column(Instant, nullable=False)
    done_by = Column(String(190), nullable=False)
    undone_at = Column(Instant)
    undone_by = Column(String(190))


class FindingLook(Base):
    """The last look of a source (recherche), batch by batch: where it stands, how many it has looked at.

    The row "" is nobody's: whoever notes findings locks it first, so that two looks follow one another.
    """

    __tablename__ = "endi_ext_finding_look"
    __table_args__ = TABLE_ARGS

    source = Column(exact(40), primary_key=True)
    cursor = Column(exact(120), nullable=False, default="")
    looked_count = Column(BigInt, nullable=False, default=0)
    found_count = Column(BigInt, nullable=False, default=0)
    started_at = Column(Instant)
    finished_at = Column(Instant)
    by_name = Column(String(190), nullable=False, default="")


def days_again(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept facts with days where their names say so."""
    return {
        name: date.fromisoformat(value[:10]) if name.endswith("_on") and value else value
        for name, value in facts.items()
    }


def side_of(kept: Any) -> PaperSide | None:
    """Return a document as it was kept."""
    return None if kept is None else PaperSide(**{**kept, "on": date.fromisoformat(kept["on"])})
