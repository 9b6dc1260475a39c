"""The demo host's own invoicing of clients: deals, invoices with lines, receipts and credit notes.

It stands for what a real host does, as small as can be, on the demo's own tables.
"""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from ...kernel.money import BASIS_POINTS, round_half_up
from ...kernel.orm import Column
from .models import TABLE_ARGS, Base


class ClientDeal(Base):
    """A job of a trading unit for a client (affaire), sold at so much without VAT."""

    __tablename__ = "demo_deal"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    company_id = Column(ForeignKey("demo_company.id"), nullable=False, index=True)
    label = Column(String(190), nullable=False)
    client = Column(String(190), nullable=False)
    sold_cents = Column(BigInteger, nullable=False)


class Invoice(Base):
    """An invoice to a client: a draft as long as it has no `issued_on`, then only receipts and credits."""

    __tablename__ = "demo_invoice"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    company_id = Column(ForeignKey("demo_company.id"), nullable=False, index=True)
    deal_id = Column(ForeignKey("demo_deal.id"), index=True)
    request_key = Column(String(64), nullable=False, unique=True)
    label = Column(String(190), nullable=False)
    client = Column(String(190), nullable=False)
    vat_rate_bp = Column(Integer, nullable=False)
    issued_on = Column(Date)

    deal = relationship("ClientDeal")
    lines = relationship("InvoiceLine", order_by="InvoiceLine.id")
    receipts = relationship("InvoiceReceipt", order_by="InvoiceReceipt.received_on, InvoiceReceipt.id")
    credits = relationship("CreditNote", order_by="CreditNote.id")

    @property
    def number(self) -> str:
        """Its number, once it is issued."""
        return f"F-{self.issued_on.year}-{self.id:03}" if self.issued_on else ""

    @property
    def net_cents(self) -> int:
        """What its lines are worth without VAT."""
        return sum(line.net_cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        """What it is worth with VAT."""
        vat = Decimal(self.net_cents) * self.vat_rate_bp / BASIS_POINTS
        return self.net_cents + round_half_up(vat)

    @property
    def received_cents(self) -> int:
        """What the client paid, cancelled receipts left out."""
        return sum(receipt.amount_cents for receipt in self.standing_receipts)

    @property
    def credited_cents(self) -> int:
        """What credit notes took back, VAT included."""
        return sum(credit.amount_cents for credit in self.credits)

    @property
    def remaining_cents(self) -> int:
        """What the client has still to pay."""
        return self.total_cents - self.credited_cents - self.received_cents

    @property
    def standing_receipts(self) -> list["InvoiceReceipt"]:
        """The receipts that were not cancelled."""
        return [receipt for receipt in self.receipts if receipt.cancelled_on is None]


class InvoiceLine(Base):
    """A line of an invoice, without VAT."""

    __tablename__ = "demo_invoice_line"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    invoice_id = Column(ForeignKey("demo_invoice.id"), nullable=False, index=True)
    label = Column(String(500), nullable=False)
    net_cents = Column(BigInteger, nullable=False)


class InvoiceReceipt(Base):
    """Money a client paid (encaissement), VAT included."""

    __tablename__ = "demo_receipt"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    invoice_id = Column(ForeignKey("demo_invoice.id"), nullable=False, index=True)
    request_key = Column(String(64), nullable=False, unique=True)
    received_on = Column(Date, nullable=False)
    amount_cents = Column(BigInteger, nullable=False)
    cancelled_on = Column(Date)


class CreditNote(Base):
    """Part of an invoice taken back (avoir), VAT included."""

    __tablename__ = "demo_credit_note"
    __table_args__ = TABLE_ARGS

    id = Column(Integer, primary_key=True)
    invoice_id = Column(ForeignKey("demo_invoice.id"), nullable=False, index=True)
    request_key = Column(String(64), nullable=False, unique=True)
    credited_on = Column(Date, nullable=False)
    amount_cents = Column(BigInteger, nullable=False)


def an_invoice(
    company_id: int, deal: ClientDeal, net_cents: int, *, issued_on: date | None, key: str, vat_rate_bp: int
) -> Invoice:
    """Return an invoice of one line for a deal."""
    return Invoice(
        company_id=company_id,
        deal=deal,
        request_key=key,
        label=deal.label,
        client=deal.client,
        vat_rate_bp=vat_rate_bp,
        issued_on=issued_on,
        lines=[InvoiceLine(label=deal.label, net_cents=net_cents)],
    )
