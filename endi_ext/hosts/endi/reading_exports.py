"""What of a period the host has not handed to the accounting software yet: documents and payments."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from ...reconciliation.pairs import UNITS_PER_CENT, VALID
from . import reading_tables as t


def unexported(connection: Connection, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Return how many internal documents and payments are not exported, and what they are worth in cents."""
    bounds = datetime.combine(starts_on, time.min), datetime.combine(ends_on, time.max)
    found = [
        connection.execute(one).one()
        for one in (*_sales(starts_on, ends_on), _purchases(*bounds), *_payments(*bounds))
    ]
    units = sum(int(worth or 0) for _count, worth in found)
    return sum(int(count) for count, _worth in found), units // UNITS_PER_CENT


def _sales(starts_on: date, ends_on: date) -> Any:
    worth = func.count(), func.sum(func.abs(t.task.c.ttc))
    for internal, own in ((t.internalinvoice, t.invoice), (t.internalcancelinvoice, t.cancelinvoice)):
        joined = internal.join(own, own.c.id == internal.c.id).join(t.task, t.task.c.id == own.c.id)
        yield (
            select(*worth)
            .select_from(joined)
            .where(
                t.task.c.status == VALID,
                own.c.exported.is_(False),
                t.task.c.date.between(starts_on, ends_on),
            )
        )


def _purchases(starts_at: datetime, ends_at: datetime) -> Any:
    own, line = t.supplier_invoice, t.supplier_invoice_line
    joined = t.internalsupplier_invoice.join(own, own.c.id == t.internalsupplier_invoice.c.id)
    joined = joined.join(line, line.c.supplier_invoice_id == own.c.id)
    worth = func.count(own.c.id.distinct()), func.sum(func.abs(line.c.ht + line.c.tva)) * UNITS_PER_CENT
    return (
        select(*worth)
        .select_from(joined)
        .where(own.c.status == VALID, own.c.exported.is_(False), own.c.date.between(starts_at, ends_at))
    )


def _payments(starts_at: datetime, ends_at: datetime) -> Any:
    sides = (
        (t.sale_payment, t.sale_payment.c.task_id, t.internalinvoice, t.UNITS),
        (
            t.purchase_payment,
            t.purchase_payment.c.supplier_invoice_id,
            t.internalsupplier_invoice,
            t.CENTS,
        ),
    )
    for own, key, internal, scale in sides:
        worth = func.count(), func.sum(func.abs(own.c.amount)) * scale
        joined = own.join(internal, internal.c.id == key)
        yield (
            select(*worth)
            .select_from(joined)
            .where(own.c.exported.is_(False), own.c.date.between(starts_at, ends_at))
        )
