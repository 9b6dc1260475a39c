"""The demo's client invoices, told to the plugin: ports.ExternalReceipts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...ports import ClientInvoice, ClientReceipt, Deal
from .invoice_models import ClientDeal, Invoice, InvoiceLine


class DemoReceipts:
    """Deals and issued invoices of the demo's trading units, and drafts that take a line."""

    def deals(self, session: Session, host_key: str) -> Sequence[Deal]:
        mine = select(ClientDeal).where(ClientDeal.company_id == id_of(host_key))
        return [_deal(row) for row in session.execute(mine.order_by(ClientDeal.id.desc())).scalars()]

    def deal(self, session: Session, host_key: str, key: str) -> Deal | None:
        return next((deal for deal in self.deals(session, host_key) if deal.key == key), None)

    def invoices(self, session: Session, host_key: str) -> Sequence[ClientInvoice]:
        mine = select(Invoice).where(Invoice.company_id == id_of(host_key), Invoice.issued_on.is_not(None))
        newest_first = mine.order_by(Invoice.issued_on.desc(), Invoice.id.desc())
        return [_invoice(row) for row in session.execute(newest_first).scalars()]

    def invoice(self, session: Session, host_key: str, key: str) -> ClientInvoice | None:
        kind, _, number = key.partition(":")
        if kind != "invoice" or not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        wanted = select(Invoice).where(Invoice.id == int(number), Invoice.company_id == id_of(host_key))
        found = session.execute(wanted.where(Invoice.issued_on.is_not(None))).scalars().one_or_none()
        return _invoice(found) if found is not None else None

    def add_line(self, request: Any, host_key: str, deal_key: str, label: str, net_cents: int) -> str | None:
        session, deal = request.dbsession, self.deal(request.dbsession, host_key, deal_key)
        if deal is None:
            return None
        drafts = select(Invoice).where(
            Invoice.company_id == id_of(host_key),
            Invoice.deal_id == id_of(deal.key),
            Invoice.issued_on.is_(None),
        )
        newest = drafts.order_by(Invoice.id.desc()).limit(1).with_for_update()
        draft = session.execute(newest).scalars().one_or_none()
        if draft is None:
            return None
        line = InvoiceLine(label=label, net_cents=net_cents)
        draft.lines.append(line)
        session.flush()  # the key of the line is its id
        return f"line:{line.id}"


def id_of(key: str) -> int:
    """Return the id in a key of ours: 12 of "company:12"."""
    return int(key.partition(":")[2])


def key_of(invoice: Invoice) -> str:
    """Return the key the plugin knows an invoice by."""
    return f"invoice:{invoice.id}"


def _deal(row: ClientDeal) -> Deal:
    return Deal(f"deal:{row.id}", row.label, row.client, row.sold_cents)


def _invoice(row: Invoice) -> ClientInvoice:
    return ClientInvoice(
        key=key_of(row),
        number=row.number,
        label=row.label,
        client=row.client,
        issued_on=row.issued_on,
        net_cents=row.net_cents,
        total_cents=row.total_cents,
        credited_cents=row.credited_cents,
        receipts=[
            ClientReceipt(f"receipt:{one.id}", one.received_on, one.amount_cents)
            for one in row.standing_receipts
        ],
    )
