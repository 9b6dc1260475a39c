"""Which internal documents changed since an instant, told by whatever was written of them on either side.

The host notes an instant on the node, on each step of a history and on each payment; changing a document's
own columns alone does not touch its node, so that all of them are asked.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.engine import Connection

from . import reading_tables as t

# The host writes whole seconds.
SLACK = timedelta(seconds=2)


def changed_since(connection: Connection, since: datetime) -> dict[str, set[int]]:
    """Return, by the name a pair's key begins with, the ids of the documents that tell what changed."""
    ids = _touched(connection, t.on_its_wall(since) - SLACK)
    invoices = _with_mirrors(connection, t.internalinvoice, t.internalinvoice.c.supplier_invoice_id, ids)
    refunds = _with_mirrors(
        connection, t.internalcancelinvoice, t.internalcancelinvoice.c.supplier_invoice_id, ids
    )
    quoted = _with_mirrors(connection, t.internalestimation, t.internalestimation.c.supplier_order_id, ids)
    of = select(t.cancelinvoice.c.invoice_id).where(t.cancelinvoice.c.id.in_(refunds))
    invoices |= {one for one in connection.execute(of).scalars() if one is not None}
    offers = select(t.invoice.c.estimation_id).where(t.invoice.c.id.in_(invoices))
    quoted |= {one for one in connection.execute(offers).scalars() if one is not None}
    return {
        "estimation": quoted,
        "invoice": invoices,
        "cancelinvoice": refunds,
        "supplier_order": ids,
        "supplier_invoice": ids,
    }


def _touched(connection: Connection, since: datetime) -> set[int]:
    log = t.status_log_entry.c
    parts = union(
        select(t.node.c.id).where(t.node.c.updated_at >= since, t.node.c.type_.like("internal%")),
        select(log.node_id).where(log.datetime >= since),
        select(t.task.c.id).where(t.task.c.status_date >= since),
        select(t.supplier_invoice.c.id).where(t.supplier_invoice.c.status_date >= since),
        select(t.supplier_order.c.id).where(t.supplier_order.c.status_date >= since),
        select(t.sale_payment.c.task_id).where(t.sale_payment.c.updated_at >= since),
        select(t.purchase_payment.c.supplier_invoice_id).where(t.purchase_payment.c.updated_at >= since),
    )
    return {one for one in connection.execute(parts).scalars() if one is not None}


def _with_mirrors(connection: Connection, own: Any, mirror: Any, ids: set[int]) -> set[int]:
    """Return the sales that changed, or whose mirror did."""
    rows = connection.execute(select(own.c.id, mirror.label("mirror_id")))
    return {row.id for row in rows if row.id in ids or row.mirror_id in ids}
