"""Purchases and orders that no sale is tied to: second mirrors of a sale they name, or orphans.

They are defects, hence few: their ids are read once and kept.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from ...exchanges import plain_rows
from . import reading_tables as t

# What the host calls the order it makes of a quotation.
ORDER_NAME = "Devis {}"


class Strays:
    """The mirrors that no sale is tied to."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def twins_of_sales(self, ids: Collection[int]) -> dict[int, list[int]]:
        """Return, by the sale they name, the purchases that are not tied to it."""
        return {one: self._purchases[0][one] for one in ids if one in self._purchases[0]}

    def twins_of_quotations(self, ids: Collection[int]) -> dict[int, list[int]]:
        """Return, by the quotation they name, the orders that are not tied to it."""
        return {one: self._orders[0][one] for one in ids if one in self._orders[0]}

    @property
    def orphan_purchases(self) -> list[int]:
        """Purchases that name no sale."""
        return self._purchases[1]

    @property
    def orphan_orders(self) -> list[int]:
        """Orders that name no quotation."""
        return self._orders[1]

    @cached_property
    def _purchases(self) -> tuple[dict[int, list[int]], list[int]]:
        own, sales, refunds = t.internalsupplier_invoice, t.internalinvoice, t.internalcancelinvoice
        joined = (
            own.join(t.supplier_invoice, t.supplier_invoice.c.id == own.c.id)
            .outerjoin(t.third_party, t.third_party.c.id == t.supplier_invoice.c.supplier_id)
            .outerjoin(sales, sales.c.supplier_invoice_id == own.c.id)
            .outerjoin(refunds, refunds.c.supplier_invoice_id == own.c.id)
        )
        name = t.supplier_invoice.c.remote_invoice_number
        rows = self._rows(joined, own, name, t.supplier_invoice, sales, refunds)
        return self._split(rows, self._sales_named([row.name for row in rows if row.name]))

    @cached_property
    def _orders(self) -> tuple[dict[int, list[int]], list[int]]:
        own, sales = t.internalsupplier_order, t.internalestimation
        joined = (
            own.join(t.supplier_order, t.supplier_order.c.id == own.c.id)
            .join(t.node, t.node.c.id == own.c.id)
            .outerjoin(t.third_party, t.third_party.c.id == t.supplier_order.c.supplier_id)
            .outerjoin(sales, sales.c.supplier_order_id == own.c.id)
        )
        rows = self._rows(joined, own, t.node.c.name, t.supplier_order, sales)
        return self._split(rows, self._quotations_of({row.seller for row in rows}))

    def _rows(self, joined: Any, own: Any, name: Any, bought: Any, *sales: Any) -> Any:
        wanted = select(
            own.c.id,
            name.label("name"),
            bought.c.company_id.label("buyer"),
            t.third_party.c.source_company_id.label("seller"),
        )
        alone = wanted.select_from(joined).where(*(one.c.id.is_(None) for one in sales))
        return self.connection.execute(alone.order_by(own.c.id)).all()

    def _sales_named(self, numbers: Collection[str]) -> dict[tuple[Any, ...], int]:
        joined = t.task.join(t.node, t.node.c.id == t.task.c.id).join(
            t.third_party, t.third_party.c.id == t.task.c.customer_id
        )
        wanted = select(
            t.task.c.id, t.task.c.official_number, t.task.c.company_id, t.third_party.c.source_company_id
        )
        wanted = wanted.select_from(joined)
        wanted = wanted.where(t.node.c.type_.in_(("internalinvoice", "internalcancelinvoice")))
        found = {}
        for some in plain_rows.slices(numbers, t.IDS_PER_BATCH):
            for row in self.connection.execute(wanted.where(t.task.c.official_number.in_(some))):
                found[row.official_number, row.company_id, row.source_company_id] = int(row.id)
        return found

    def _quotations_of(self, sellers: Collection[int | None]) -> dict[tuple[Any, ...], int]:
        joined = t.internalestimation.join(t.task, t.task.c.id == t.internalestimation.c.id).join(
            t.third_party, t.third_party.c.id == t.task.c.customer_id
        )
        wanted = select(
            t.task.c.id, t.task.c.internal_number, t.task.c.company_id, t.third_party.c.source_company_id
        )
        rows = self.connection.execute(wanted.select_from(joined).where(t.task.c.company_id.in_(sellers)))
        return {
            (ORDER_NAME.format(row.internal_number), row.company_id, row.source_company_id): int(row.id)
            for row in rows
        }

    @staticmethod
    def _split(rows: Any, named: dict[tuple[Any, ...], int]) -> tuple[dict[int, list[int]], list[int]]:
        twins: dict[int, list[int]] = {}
        orphans: list[int] = []
        for row in rows:
            sale_id = named.get((row.name, row.seller, row.buyer))
            if sale_id is None:
                orphans.append(int(row.id))
            else:
                twins.setdefault(sale_id, []).append(int(row.id))
        return twins, orphans
