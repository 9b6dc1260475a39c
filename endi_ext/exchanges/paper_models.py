"""The papers a host makes of exchanges: what is asked of it, what it made on both sides."""

import json
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import relationship

from ..kernel.orm import TABLE_ARGS, Base, BigInt, Column, Instant, exact

PENDING, DONE, FAILED, GIVEN_UP, NOT_NEEDED = "pending", "done", "failed", "given_up", "not_needed"

# Families of papers; the kind says which one of its family.
INVOICE, PAYMENT, CREDIT_NOTE = "invoice", "payment", "credit_note"
# A credit note someone made in the host's own pages, to be passed on to the buyer.
MIRROR = "mirror"


class DocumentTask(Base):
    """One paper to make (file d'attente), written in the transaction of what it is the paper of.

    `kind` is "invoice", "payment:<settlement>", "payment_reversal:<settlement>", "credit_note" or
    "mirror:<the host's credit note>"; with the exchange it is unique. `error_code` and `error_facts` say why
    the last attempt failed.
    """

    __tablename__ = "endi_ext_document_task"
    __table_args__ = (
        UniqueConstraint("exchange_id", "kind", name="uq_endi_ext_document_task_exchange_id_kind"),
        CheckConstraint(
            "state IN ('pending', 'done', 'failed', 'given_up', 'not_needed')", name="state_is_known"
        ),
        Index("ix_endi_ext_document_task_state", "state", "id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False)
    kind = Column(exact(40), nullable=False)
    state = Column(String(20), nullable=False, default=PENDING)
    attempts = Column(Integer, nullable=False, default=0)
    error_code = Column(String(60), nullable=False, default="")
    error_facts = Column(String(2000), nullable=False, default="{}")
    asked_at = Column(Instant, nullable=False)
    asked_by = Column(String(190), nullable=False)
    tried_at = Column(Instant)
    done_at = Column(Instant)

    exchange = relationship("Exchange")

    @property
    def action(self) -> str:
        """What is asked: the kind without its number."""
        return str(self.kind).partition(":")[0]

    @property
    def of_id(self) -> int:
        """The settlement, or the host's credit note, whose paper it is; 0 for a paper of the exchange."""
        return int(str(self.kind).partition(":")[2] or 0)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the last failure."""
        return dict(json.loads(self.error_facts))


class HostDocument(Base):
    """A pair of the host's own rows that we made: the seller's (`sale_id`) and the buyer's (`purchase_id`).

    Payments, invoices and credit notes have ids of their own: `family` says which. A mirror the host has not
    made yet is none. `removed_at` says when the pair was taken away again, which payments may be.
    """

    __tablename__ = "endi_ext_host_document"
    __table_args__ = (
        UniqueConstraint("exchange_id", "kind", name="uq_endi_ext_host_document_exchange_id_kind"),
        UniqueConstraint("family", "sale_id", name="uq_endi_ext_host_document_family_sale_id"),
        CheckConstraint("family IN ('invoice', 'payment', 'credit_note')", name="family_is_known"),
        Index("ix_endi_ext_host_document_purchase", "family", "purchase_id"),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False)
    kind = Column(exact(40), nullable=False)
    family = Column(exact(20), nullable=False)
    sale_id = Column(BigInt, nullable=False)
    purchase_id = Column(BigInt)
    amount_cents = Column(BigInt, nullable=False)
    sale_number = Column(String(255), nullable=False, default="")
    purchase_number = Column(String(255), nullable=False, default="")
    made_at = Column(Instant, nullable=False)
    removed_at = Column(Instant)

    exchange = relationship("Exchange")


class Reduction(Base):
    """A part of an exchange taken back (avoir partiel): the exchange then is worth so much less."""

    __tablename__ = "endi_ext_reduction"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_is_positive"),
        CheckConstraint(
            "contribution_cents >= 0 AND contribution_cents <= amount_cents", name="contribution_fits"
        ),
        TABLE_ARGS,
    )

    id = Column(BigInt, primary_key=True)
    exchange_id = Column(ForeignKey("endi_ext_exchange.id"), nullable=False, index=True)
    request_key = Column(exact(64), nullable=False, unique=True)
    amount_cents = Column(BigInt, nullable=False)
    contribution_cents = Column(BigInt, nullable=False)
    reduced_on = Column(Date, nullable=False)
    reason = Column(String(2000), nullable=False)
    recorded_at = Column(Instant, nullable=False)
    recorded_by = Column(String(190), nullable=False)
