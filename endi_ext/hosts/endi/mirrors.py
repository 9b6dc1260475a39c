"""Both sides of our documents compared with each other and with the books: what differs, and by how much.

The host's tables are named here by hand, so that our command line compares them without starting it.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, column, func, select, table
from sqlalchemy.engine import Connection

from ...exchanges.models import CANCELLED, Exchange
from ...exchanges.paper_models import (
    CREDIT_NOTE,
    FAILED,
    INVOICE,
    MIRROR,
    PAYMENT,
    PENDING,
    DocumentTask,
    HostDocument,
)

SALE_UNITS_PER_CENT = 1_000
VALID, RESULTED = "valid", "resulted"


def _table(name: str, *columns: str) -> Any:
    return table(name, *(column(one) for one in columns))


_task = _table("task", "id", "ttc", "tva", "official_number", "status")
_invoice = _table("invoice", "id", "paid_status")
_refund = _table("cancelinvoice", "id", "invoice_id")
_refund_mirror = _table("internalcancelinvoice", "id", "supplier_invoice_id")
_purchase = _table("supplier_invoice", "id", "paid_status", "remote_invoice_number", "supplier_id", "status")
_purchase_line = _table("supplier_invoice_line", "supplier_invoice_id", "ht", "tva", "type_id")
_sale_payment = _table("base_task_payment", "id", "task_id", "amount")
_purchase_payment = _table("base_supplier_payment", "id", "supplier_invoice_id", "amount")

_exchange: Any = Exchange.__table__
_asked: Any = DocumentTask.__table__
_pair: Any = HostDocument.__table__


@dataclass(frozen=True)
class Difference:
    """One thing that differs; `facts` fill its sentence, `amount_cents` is what is at stake."""

    code: str
    amount_cents: int
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sale:
    """The seller's side, in hundred-thousandths of a euro."""

    number: str
    total_units: int
    vat_units: int
    credited_units: int
    paid_status: str
    payments: dict[int, int]


@dataclass(frozen=True)
class Purchase:
    """The buyer's side, in cents; `credited_cents` is what its own credit notes take back."""

    total_cents: int
    credited_cents: int
    status: str
    paid_status: str
    lines_without_type: int
    payments: dict[int, int]
    twins: int


@dataclass(frozen=True)
class Books:
    """What the ledger says: what the exchange is worth now and what was settled.

    `unfinished` when the worker has papers of it to make, `untransmitted` when it has a credit note made in
    the host to pass on to the buyer.
    """

    amount_cents: int
    net_cents: int
    settled_cents: int
    unfinished: bool = False
    untransmitted: bool = False


@dataclass(frozen=True)
class Compared:
    """One of our pairs; `payment_pairs` are (payment of the sale, payment of the purchase)."""

    books: Books
    sale: Sale | None
    purchase: Purchase | None
    payment_pairs: tuple[tuple[int, int], ...] = ()


def differences(connection: Connection, exchange_id: int) -> list[Difference]:
    """Return what differs about the documents of an exchange; nothing when none were made."""
    found = read(connection, exchange_id)
    return [] if found is None else compare(found)


def compare(pair: Compared) -> list[Difference]:
    """Return what differs. Pure."""
    books, sale, purchase = pair.books, pair.sale, pair.purchase
    if sale is None:
        return [Difference("document_sale_missing", books.amount_cents)]
    if purchase is None:
        return [Difference("document_mirror_missing", books.amount_cents, {"number": sale.number})]
    found = [*_of_the_pair(sale, purchase, books), *_of_payments(pair, sale, purchase)]
    # What the worker has still to make is no difference: its page says so.
    return found if books.unfinished else [*found, *_with_the_books(books, sale)]


def _of_the_pair(sale: Sale, purchase: Purchase, books: Books) -> list[Difference]:
    facts = {"number": sale.number}
    checks = (
        ("document_totals_differ", sale.total_units - purchase.total_cents * SALE_UNITS_PER_CENT),
        ("document_vat", sale.vat_units),
    )
    found = [Difference(code, cents_of(units), facts) for code, units in checks if units]
    untold_units = sale.credited_units - purchase.credited_cents * SALE_UNITS_PER_CENT
    if untold_units and not (books.unfinished or books.untransmitted):
        found.append(Difference("document_credit_differs", cents_of(untold_units), facts))
    if purchase.twins:
        found.append(Difference("document_doubled", books.amount_cents * purchase.twins, facts))
    if purchase.status != VALID:
        found.append(Difference("document_not_valid", books.amount_cents, facts))
    if purchase.lines_without_type:
        found.append(Difference("document_without_type", books.amount_cents, facts))
    return found


def _of_payments(pair: Compared, sale: Sale, purchase: Purchase) -> list[Difference]:
    """Say what is paid on one side alone, paid crosswise, or settled by force."""
    found, facts = [], {"number": sale.number}
    for one, other in pair.payment_pairs:
        units = sale.payments.get(one, 0) - purchase.payments.get(other, 0) * SALE_UNITS_PER_CENT
        if units:
            found.append(Difference("document_payment_crossed", cents_of(units), facts))
    paired = {one for one, _ in pair.payment_pairs}, {other for _, other in pair.payment_pairs}
    alone = sum(units for one, units in sale.payments.items() if one not in paired[0])
    alone -= SALE_UNITS_PER_CENT * sum(
        cents for one, cents in purchase.payments.items() if one not in paired[1]
    )
    if alone:
        found.append(Difference("document_payment_one_sided", cents_of(alone), facts))
    left_units = sale.total_units - sale.credited_units - sum(sale.payments.values())
    for status in (sale.paid_status, purchase.paid_status):
        if (status == RESULTED) != (left_units <= 0):
            found.append(Difference("document_settled_by_force", cents_of(left_units), facts))
            break
    return found


def _with_the_books(books: Books, sale: Sale) -> list[Difference]:
    facts = {"number": sale.number}
    standing_units = sale.total_units - sale.credited_units - books.net_cents * SALE_UNITS_PER_CENT
    paid_units = sum(sale.payments.values()) - books.settled_cents * SALE_UNITS_PER_CENT
    found = []
    if standing_units < 0 and sale.credited_units:
        found.append(Difference("document_credit_unknown", cents_of(standing_units), facts))
    elif standing_units:
        found.append(Difference("document_amount_differs", cents_of(standing_units), facts))
    if paid_units:
        code = "document_payment_unknown" if paid_units > 0 else "document_payment_missing"
        found.append(Difference(code, cents_of(paid_units), facts))
    return found


def cents_of(units: int) -> int:
    """Return an amount of the host's sales in cents, whatever its sign, a part of a cent counted whole."""
    return -(-abs(units) // SALE_UNITS_PER_CENT)


def read(connection: Connection, exchange_id: int) -> Compared | None:
    """Read both sides and the books; None when no invoice was made."""
    pairs = connection.execute(select(_pair).where(_pair.c.exchange_id == exchange_id)).all()
    invoice = next((one for one in pairs if one.kind == INVOICE), None)
    if invoice is None:
        return None
    refunds = [one for one in pairs if one.family == CREDIT_NOTE]
    paid = [one for one in pairs if one.family == PAYMENT and one.removed_at is None]
    return Compared(
        _books(connection, exchange_id, invoice.amount_cents),
        _sale(connection, invoice.sale_id),
        _read_purchase(connection, invoice, [one.sale_id for one in refunds]),
        tuple((one.sale_id, one.purchase_id) for one in paid),
    )


def _books(connection: Connection, exchange_id: int, amount_cents: int) -> Books:
    exchange = connection.execute(select(_exchange).where(_exchange.c.id == exchange_id)).one()
    asked = select(_asked.c.kind).where(
        _asked.c.exchange_id == exchange_id, _asked.c.state.in_((PENDING, FAILED))
    )
    passed_on = [kind.startswith(f"{MIRROR}:") for kind in connection.execute(asked).scalars()]
    net_cents = 0 if exchange.state == CANCELLED else exchange.net_cents
    return Books(
        amount_cents,
        net_cents,
        exchange.settled_cents,
        unfinished=not all(passed_on),
        untransmitted=any(passed_on),
    )


def _sale(connection: Connection, sale_id: int) -> Sale | None:
    both = _task.join(_invoice, _invoice.c.id == _task.c.id)
    row = connection.execute(
        select(*_task.c, _invoice.c.paid_status).select_from(both).where(_task.c.id == sale_id)
    ).one_or_none()
    if row is None:
        return None
    credited = select(func.coalesce(func.sum(-_task.c.ttc), 0)).select_from(
        _task.join(_refund, _refund.c.id == _task.c.id)
    )
    credited = credited.where(_refund.c.invoice_id == sale_id, _task.c.status == VALID)
    payments = select(_sale_payment.c.id, _sale_payment.c.amount).where(_sale_payment.c.task_id == sale_id)
    return Sale(
        row.official_number or "",
        int(row.ttc),
        int(row.tva),
        int(connection.execute(credited).scalar_one()),
        row.paid_status,
        {one: int(units) for one, units in connection.execute(payments)},
    )


def _read_purchase(connection: Connection, invoice: Any, refund_ids: list[int]) -> Purchase | None:
    row = connection.execute(select(_purchase).where(_purchase.c.id == invoice.purchase_id)).one_or_none()
    if row is None:
        return None
    of_it = _purchase_line.c.supplier_invoice_id == row.id
    untyped = select(func.count()).where(of_it, _purchase_line.c.type_id.is_(None))
    payments = select(_purchase_payment.c.id, _purchase_payment.c.amount)
    payments = payments.where(_purchase_payment.c.supplier_invoice_id == row.id)
    twins = select(func.count()).where(
        and_(
            _purchase.c.supplier_id == row.supplier_id,
            _purchase.c.remote_invoice_number == row.remote_invoice_number,
            _purchase.c.id != row.id,
        )
    )
    return Purchase(
        _lines_total(connection, of_it),
        -_lines_total(connection, _purchase_line.c.supplier_invoice_id.in_(_mirrors_of(refund_ids))),
        row.status,
        row.paid_status,
        int(connection.execute(untyped).scalar_one()),
        {one: int(cents) for one, cents in connection.execute(payments)},
        int(connection.execute(twins).scalar_one()),
    )


def _mirrors_of(refund_ids: list[int]) -> Any:
    return select(_refund_mirror.c.supplier_invoice_id).where(_refund_mirror.c.id.in_(refund_ids))


def _lines_total(connection: Connection, condition: Any) -> int:
    total = select(func.coalesce(func.sum(_purchase_line.c.ht + _purchase_line.c.tva), 0)).where(condition)
    return int(connection.execute(total).scalar_one())
