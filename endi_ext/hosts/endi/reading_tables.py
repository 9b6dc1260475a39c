"""The host's tables of internal documents, named by hand: our command line reads them without the host."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import column, select, table
from sqlalchemy.engine import Connection

IDS_PER_BATCH = 500
CENTS, UNITS = 1_000, 1


def _table(name: str, *columns: str) -> Any:
    return table(name, *(column(one) for one in columns))


node = _table("node", "id", "name", "type_", "created_at", "updated_at")
task = _table(
    "task", "id", "date", "ht", "tva", "ttc", "official_number", "internal_number", "status", "status_date",
    "company_id", "customer_id", "description",
)  # fmt: skip
invoice = _table("invoice", "id", "paid_status", "financial_year", "exported", "estimation_id")
cancelinvoice = _table("cancelinvoice", "id", "invoice_id", "financial_year", "exported")
estimation = _table("estimation", "id", "signed_status")
internalinvoice = _table("internalinvoice", "id", "supplier_invoice_id")
internalcancelinvoice = _table("internalcancelinvoice", "id", "supplier_invoice_id")
internalestimation = _table("internalestimation", "id", "supplier_order_id")
third_party = _table("third_party", "id", "company_id", "source_company_id")
supplier_invoice = _table(
    "supplier_invoice", "id", "date", "company_id", "supplier_id", "official_number",
    "remote_invoice_number", "status", "status_date", "paid_status", "exported",
)  # fmt: skip
internalsupplier_invoice = _table("internalsupplier_invoice", "id")
supplier_invoice_line = _table(
    "supplier_invoice_line", "supplier_invoice_id", "ht", "tva", "type_id", "description"
)
supplier_order = _table(
    "supplier_order", "id", "company_id", "supplier_id", "supplier_invoice_id", "status", "status_date"
)
internalsupplier_order = _table("internalsupplier_order", "id")
supplier_order_line = _table("supplier_order_line", "supplier_order_id", "ht", "tva", "type_id")
sale_payment = _table(
    "base_task_payment", "id", "task_id", "date", "amount", "exported", "user_id", "created_at", "updated_at"
)
purchase_payment = _table(
    "base_supplier_payment", "id", "supplier_invoice_id", "date", "amount", "exported", "user_id",
    "created_at", "updated_at",
)  # fmt: skip
status_log_entry = _table(
    "status_log_entry", "id", "node_id", "state_manager_key", "status", "datetime", "user_id", "comment"
)
accounts = _table("accounts", "id", "firstname", "lastname")
export_log = _table("accounting_export_log_entry", "id", "datetime")
_config = _table("config", "name", "value")
_company = _table("company", "id", "internalcontribution")
_module = _table("custom_invoice_book_entry_module", "name", "doctype", "enabled", "percentage")


def export_links(of: str, to: str) -> Any:
    """Return the table that ties rows of ours to exports: (export, document) as "export_id", "row_id"."""
    name = f"{of}_accounting_export_log_entry"
    links = table(f"{name}_association_table", column(f"{name}_id"), column(to))
    return select(links.c[f"{name}_id"].label("export_id"), links.c[to].label("row_id")).subquery()


SALE_EXPORTS = export_links("invoice", "task_id")
PURCHASE_EXPORTS = export_links("supplier_invoice", "node_id")
SALE_PAYMENT_EXPORTS = export_links("payment", "base_task_payment_id")
PURCHASE_PAYMENT_EXPORTS = export_links("supplier_payment", "base_supplier_invoice_payment_id")


def instant(at: datetime | None) -> datetime | None:
    """Return an instant of the host's, who writes the time of the clock on its wall."""
    return None if at is None else at.astimezone(UTC)


def on_its_wall(at: datetime) -> datetime:
    """Return an instant as the host would have written it."""
    return at.astimezone().replace(tzinfo=None)


def day(when: Any) -> date:
    """Return the day of a date or an instant of the host's."""
    found: date = when.date() if isinstance(when, datetime) else when
    return found


class Config:
    """What the host's configuration says that no document does, read once."""

    def __init__(self, connection: Connection) -> None:
        names = ("accounting_closure_day", "accounting_closure_month")
        wanted = select(_config.c.name, _config.c.value).where(_config.c.name.in_(names))
        said = {name: int(value) for name, value in connection.execute(wanted) if value}
        self.closing = said.get("accounting_closure_month", 12), said.get("accounting_closure_day", 31)
        module = select(_module.c.percentage).where(
            _module.c.name == "contribution",
            _module.c.doctype == "internalinvoice",
            _module.c.enabled.is_(True),
        )
        found = connection.execute(module).scalars().first()
        self.general_rate = None if found is None else float(found)
        own = select(_company.c.id, _company.c.internalcontribution)
        self.own_rates = {row.id: row.internalcontribution for row in connection.execute(own)}

    def year_of(self, on: date) -> int:
        """Return the financial year a date falls in, named by the year it ends in, as the host names them."""
        return on.year + ((on.month, on.day) > self.closing)

    def contribution_units(self, company_id: int, net_units: int) -> int:
        """Return what the host's accounting export books as the contribution on an internal sale.

        Its module "contribution" for internal invoices, where the cooperative has it enabled
        (caerp.compute.sage.invoice.InternalInvoiceExportProducer); the rate of the company, else that of the
        module (CompanyService.get_rate with the prefix "internal"); truncated as
        caerp.compute.math_utils.percentage does, whose floating arithmetic is followed step by step: a cent
        must not differ.
        """
        if self.general_rate is None:
            return 0
        own = self.own_rates.get(company_id)
        rate = self.general_rate if own is None else float(own)
        return int(float(net_units) * (rate / 100.0))
