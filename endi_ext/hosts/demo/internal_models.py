"""The demo host's own internal documents: quotations, invoices and what buyers got of them.

They stand for what a platform kept before the module came. A sale knows its mirror, as in the real host.
"""

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from ...kernel.orm import Column, Instant
from .models import TABLE_ARGS, Base

# What the keys of documents begin with, the same words as in the real host.
ESTIMATION, INVOICE, CANCEL = "estimation", "invoice", "cancelinvoice"
ORDER, PURCHASE = "supplier_order", "supplier_invoice"


class InternalPaper(Base):
    """One document, of either side: `mirror_id` is the buyer's document of a sale.

    `of_id` is the invoice a credit note takes back, the quotation an invoice was made from, the purchase an
    order is tied to.
    """

    __tablename__ = "demo_internal_paper"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False, index=True)
    company_id = Column(ForeignKey("demo_company.id"), nullable=False)
    partner_id = Column(ForeignKey("demo_company.id"), nullable=False)
    number = Column(String(40), nullable=False, default="")
    issued_on = Column(Date, nullable=False)
    label = Column(String(190), nullable=False)
    total_cents = Column(BigInteger, nullable=False)
    vat_cents = Column(BigInteger, nullable=False, default=0)
    status = Column(String(10), nullable=False)
    paid_status = Column(String(10), nullable=False, default="")
    signed_status = Column(String(10), nullable=False, default="")
    financial_year = Column(Integer)
    remote_number = Column(String(40), nullable=False, default="")
    expense_type = Column(String(40))
    exported = Column(Boolean, nullable=False, default=False)
    exported_at = Column(Instant)
    changed_at = Column(Instant, nullable=False, index=True)
    mirror_id = Column(ForeignKey("demo_internal_paper.id"), index=True)
    of_id = Column(ForeignKey("demo_internal_paper.id"), index=True)

    steps = relationship("InternalStep", order_by="InternalStep.at, InternalStep.id", cascade="all")
    payments = relationship("InternalPayment", order_by="InternalPayment.id", cascade="all")


class InternalStep(Base):
    """A step of a document: validated, refused, paid… by whom and when."""

    __tablename__ = "demo_internal_step"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    paper_id = Column(ForeignKey("demo_internal_paper.id"), nullable=False, index=True)
    about = Column(String(20), nullable=False)
    status = Column(String(10), nullable=False)
    at = Column(Instant, nullable=False)
    user_id = Column(ForeignKey("demo_user.id"))
    comment = Column(String(500), nullable=False, default="")

    user = relationship("User")


class InternalPayment(Base):
    """A payment of a document, on one side."""

    __tablename__ = "demo_internal_payment"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    paper_id = Column(ForeignKey("demo_internal_paper.id"), nullable=False, index=True)
    paid_on = Column(Date, nullable=False)
    amount_cents = Column(BigInteger, nullable=False)
    exported = Column(Boolean, nullable=False, default=False)
    exported_at = Column(Instant)
    made_at = Column(Instant, nullable=False)
    changed_at = Column(Instant)
    user_id = Column(ForeignKey("demo_user.id"))

    user = relationship("User")
