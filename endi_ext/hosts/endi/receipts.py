"""The real invoices of a company, and what its clients paid: ports.ExternalReceipts.

The host's tables are named here by hand, as in directory.py: our command line reads them without the host's
application. Its amounts are in hundred-thousandths of a euro. Internal documents are not told: they are ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, column, func, select, table
from sqlalchemy.orm import Session

from ...kernel.money import round_half_up
from ...ports import ClientInvoice, ClientReceipt, Deal

UNITS_PER_CENT = 1_000
VALID, RESULTED, SIGNED, ABORTED = "valid", "resulted", "signed", "aborted"
INVOICE, CREDIT_NOTE, QUOTATION, PAYMENT = "invoice", "cancelinvoice", "estimation", "payment"

_node = table("node", column("id"), column("name"), column("type_"))
_TASK = ("id", "company_id", "customer_id", "business_id", "status", "date", "ht", "ttc", "official_number")
_task = table("task", *map(column, _TASK))
_invoice = table("invoice", column("id"), column("paid_status"))
_credit = table("cancelinvoice", column("id"), column("invoice_id"))
_quotation = table("estimation", column("id"), column("signed_status"))
_payment = table("base_task_payment", *map(column, ("id", "task_id", "amount", "date", "type_")))
_customer = table("third_party", column("id"), column("label"))
_business = table("business", column("id"), column("project_id"))
_project = table("project", column("id"), column("company_id"))


class EndiReceipts:
    """Deals (affaires) and validated external invoices of the host's companies."""

    def deals(self, session: Session, host_key: str) -> Sequence[Deal]:
        return [_deal(row) for row in session.execute(_deals(id_of(host_key)))]

    def deal(self, session: Session, host_key: str, key: str) -> Deal | None:
        wanted = _number(key, "business")
        found = session.execute(_deals(id_of(host_key)).where(_business.c.id == wanted)).one_or_none()
        return _deal(found) if found is not None else None

    def invoices(self, session: Session, host_key: str) -> Sequence[ClientInvoice]:
        newest_first = _invoices(id_of(host_key)).order_by(_task.c.date.desc(), _task.c.id.desc())
        return _told(session, session.execute(newest_first).all())

    def invoice(self, session: Session, host_key: str, key: str) -> ClientInvoice | None:
        wanted = _number(key, "invoice")
        rows = session.execute(_invoices(id_of(host_key)).where(_task.c.id == wanted)).all()
        return next(iter(_told(session, rows)), None)

    def add_line(self, request: Any, host_key: str, deal_key: str, label: str, net_cents: int) -> str | None:
        # Imported here: it is the only part that needs the host's application.
        from .draft_lines import add

        return add(request, id_of(host_key), _number(deal_key, "business"), label, net_cents)


def id_of(host_key: str) -> int:
    """Return the host's id in a key of ours: 12 of "company:12"."""
    return int(host_key.partition(":")[2])


def _number(key: str, kind: str) -> int:
    """Return the id in "kind:12"; 0, which no row has, for anything else."""
    found, _, number = key.partition(":")
    ours = found == kind and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if ours else 0


def _invoices(company_id: int) -> Any:
    return (
        select(_task, _invoice.c.paid_status, _node.c.name, _customer.c.label)
        .select_from(
            _task.join(_node, _node.c.id == _task.c.id)
            .join(_invoice, _invoice.c.id == _task.c.id)
            .outerjoin(_customer, _customer.c.id == _task.c.customer_id)
        )
        .where(_node.c.type_ == INVOICE, _task.c.status == VALID, _task.c.company_id == company_id)
    )


def _told(session: Session, rows: Sequence[Any]) -> list[ClientInvoice]:
    keys = [row.id for row in rows]
    receipts, credited = _receipts(session, keys), _credited(session, keys)
    return [_invoice_of(row, receipts[row.id], credited[row.id]) for row in rows]


def _invoice_of(row: Any, receipts: Sequence[ClientReceipt], credited_cents: int) -> ClientInvoice:
    total_cents = cents(row.ttc)
    left = total_cents - credited_cents - sum(receipt.amount_cents for receipt in receipts)
    if row.paid_status == RESULTED and left > 0:
        # Declared settled (soldée) with less: the client will not pay the rest, as after a credit note.
        credited_cents += left
    return ClientInvoice(
        key=f"invoice:{row.id}",
        number=(row.official_number or "")[:100],
        label=row.name or "",
        client=row.label or "",
        issued_on=_day(row.date),
        net_cents=cents(row.ht),
        total_cents=total_cents,
        credited_cents=credited_cents,
        receipts=receipts,
    )


def _receipts(session: Session, keys: Iterable[int]) -> defaultdict[int, list[ClientReceipt]]:
    wanted = select(_payment).where(_payment.c.task_id.in_(list(keys)), _payment.c.type_ == PAYMENT)
    found: defaultdict[int, list[ClientReceipt]] = defaultdict(list)
    for row in session.execute(wanted.order_by(_payment.c.date, _payment.c.id)):
        found[row.task_id].append(ClientReceipt(f"payment:{row.id}", _day(row.date), cents(row.amount)))
    return found


def _credited(session: Session, keys: Iterable[int]) -> defaultdict[int, int]:
    wanted = (
        select(_credit.c.invoice_id, func.sum(_task.c.ttc))
        .select_from(_credit.join(_task, _task.c.id == _credit.c.id))
        .where(_credit.c.invoice_id.in_(list(keys)), _task.c.status == VALID)
        .group_by(_credit.c.invoice_id)
    )
    found: defaultdict[int, int] = defaultdict(int)
    for invoice_id, units in session.execute(wanted):
        found[invoice_id] = -cents(units)
    return found


def _deals(company_id: int) -> Any:
    """Select the deals of a company with what was signed, quoted and invoiced of each."""
    valid = _task.c.status == VALID
    quoted = valid & (_node.c.type_ == QUOTATION) & (_quotation.c.signed_status != ABORTED)
    names = _node.alias()
    return (
        select(
            _business.c.id,
            names.c.name,
            func.max(_customer.c.label).label("client"),
            _sum(quoted & (_quotation.c.signed_status == SIGNED)).label("signed"),
            _sum(quoted).label("quoted"),
            _sum(valid & _node.c.type_.in_((INVOICE, CREDIT_NOTE))).label("invoiced"),
        )
        .select_from(
            _business.join(_project, _project.c.id == _business.c.project_id)
            .join(names, names.c.id == _business.c.id)
            .join(_task, _task.c.business_id == _business.c.id)
            .join(_node, _node.c.id == _task.c.id)
            .outerjoin(_quotation, _quotation.c.id == _task.c.id)
            .outerjoin(_customer, _customer.c.id == _task.c.customer_id)
        )
        .where(_project.c.company_id == company_id, _node.c.type_.in_((INVOICE, CREDIT_NOTE, QUOTATION)))
        .group_by(_business.c.id, names.c.name)
        .order_by(_business.c.id.desc())
    )


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, _task.c.ht), else_=0))


def _deal(row: Any) -> Deal:
    """Return a deal sold for what was signed, else quoted, and never for less than was invoiced."""
    sold = max(int(row.signed or row.quoted or 0), int(row.invoiced or 0))
    return Deal(f"business:{row.id}", row.name or "", row.client or "", cents(sold))


def cents(units: Any) -> int:
    """Return an amount of the host's in cents, halves away from zero."""
    return round_half_up(Decimal(int(units or 0)) / UNITS_PER_CENT)


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value
