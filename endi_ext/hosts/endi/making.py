"""The papers of an exchange, made by the host's own models and controllers: invoice, payment, credit note.

Each function is one paper on both sides, in the transaction of its caller, and returns the pair of ids.
"""

from datetime import datetime, time
from typing import Any

from caerp.controllers.payment.invoice import record_invoice_payment
from caerp.controllers.state_managers import check_node_resulted, set_validation_status
from caerp.models.base import DBSESSION
from caerp.models.company import Company
from caerp.models.config import Config
from caerp.models.expense.types import ExpenseType
from caerp.models.supply import InternalSupplierInvoice
from caerp.models.task import InternalCancelInvoice, InternalInvoice, InternalPayment, TaskLine
from caerp.models.tva import Product, Tva
from sqlalchemy import select

from ...exchanges import choices, papers
from ...exchanges.models import Exchange, Settlement
from ...exchanges.paper_models import CREDIT_NOTE, INVOICE, PAYMENT, HostDocument
from ...subcontracts import queries as subcontracts
from . import cards, jobs, statuses
from .paper_errors import (
    AlreadyPaid,
    InvoiceNotMade,
    NoAddress,
    NoCompany,
    NoExpenseType,
    NoInternalProduct,
    ProductWithVat,
    SeveralExpenseTypes,
)
from .paper_request import ready_to_draw
from .statuses import MADE_IN_THE_HOST, SALE_UNITS_PER_CENT

# The host demands a unit of each line of what is validated in its own pages, credit notes on ours included.
UNIT = "forfait"
COMMENT = "Échange interne n° {} : {}"
NOTE = "Document interne – ne vaut pas facture"


def invoice(request: Any, exchange: Exchange, at: datetime) -> HostDocument:
    """Make the seller's invoice and the buyer's document, both numbered and validated.

    Raises CannotMakePaper.
    """
    sale = _new_sale(request, exchange)
    _validate(request, sale, exchange)
    return _mirrored(request, exchange, sale, INVOICE, INVOICE, at)


def credit_note(request: Any, exchange: Exchange, at: datetime) -> HostDocument | None:
    """Take back what of the invoice stands, on both sides; nothing when it was taken back already.

    Raises CannotMakePaper.
    """
    pair, sale = _invoice_of(exchange)
    paid = sum(one.amount for one in sale.payments)
    if paid:
        raise AlreadyPaid(amount_cents=paid // SALE_UNITS_PER_CENT)
    standing = sale.total() - sale.cancelinvoice_amount()
    if not standing:
        return None
    refund = sale.gen_cancelinvoice(request, request.identity)
    refund.name, refund.description = _named("Avoir", exchange), f"Avoir : {exchange.label}"
    excess = -standing - refund.total()
    if excess:
        # Something was taken back by hand before: only the rest is.
        refund.default_line_group.lines.append(_line(sale, excess, "Déjà repris par un avoir"))
        refund.cache_totals(request)
    DBSESSION().flush()
    _validate(request, refund, exchange)
    made = _mirrored(request, exchange, refund, CREDIT_NOTE, CREDIT_NOTE, at)
    statuses.bring_up_to_date(request, sale, _purchase(pair))
    return made


def mirror(request: Any, exchange: Exchange, refund_id: int) -> None:
    """Transmit a credit note that someone made in the host on one of our invoices."""
    refund = DBSESSION().get(InternalCancelInvoice, refund_id)
    if refund is None:
        raise InvoiceNotMade
    ready_to_draw(request, refund)
    purchase = refund.sync_with_customer(request)
    _give_expense_type(purchase, exchange)
    pair = papers.paired(DBSESSION(), CREDIT_NOTE, sale_id=refund.id)
    if pair is not None:
        pair.purchase_id, pair.purchase_number = purchase.id, purchase.official_number or ""


def payment(request: Any, exchange: Exchange, settlement: Settlement) -> HostDocument:
    """Record a payment on the invoice and on the buyer's document. Raises CannotMakePaper."""
    _pair, sale = _invoice_of(exchange)
    ready_to_draw(request, sale)
    kind = f"{PAYMENT}:{settlement.id}"
    recorded_before = _recorded_in_the_host(exchange, settlement.amount_cents)
    if recorded_before is not None:
        recorded_before.kind = kind
        return recorded_before
    known = {one.id for one in sale.payments}
    paid_on = datetime.combine(settlement.settled_on, time())
    facts = {"amount": settlement.amount_cents * SALE_UNITS_PER_CENT, "date": paid_on}
    recorded = record_invoice_payment(request, sale, facts)
    DBSESSION().flush()
    (new,) = (one.id for one in recorded if one.id not in known)
    made = papers.paired(DBSESSION(), PAYMENT, sale_id=new)
    assert made is not None, f"payment {new} was recorded by a service that is not ours"
    made.kind = kind
    return made


def payment_taken_back(request: Any, exchange: Exchange, settlement: Settlement) -> None:
    """Take a payment away on both sides; one already in the accounts is undone by its opposite."""
    _pair, sale = _invoice_of(exchange)
    ready_to_draw(request, sale)
    pair = _payment_pair(exchange, settlement)
    paid = None if pair is None else DBSESSION().get(InternalPayment, pair.sale_id)
    if pair is None or paid is None:
        return
    service = statuses.payment_service(request, sale)
    if paid.exported or statuses.exported_purchase(pair):
        service.add(
            sale, {"amount": -paid.amount, "date": datetime.combine(_today(), time()), "tva_id": paid.tva_id}
        )
    else:
        service.delete(paid)
    check_node_resulted(request, sale)
    sale.historize_paid_status(request.identity)


def _today() -> Any:
    return datetime.now().date()  # noqa: DTZ005 - the host dates its payments by its own clock


def _new_sale(request: Any, exchange: Exchange) -> InternalInvoice:
    seller, buyer = _company(exchange.seller), _company(exchange.buyer)
    if not Config.get_value("cae_address"):
        raise NoAddress
    product = _product()
    delivery = subcontracts.delivery_of_exchange(DBSESSION(), exchange.id)
    job = delivery.subcontract.title if delivery else exchange.label
    place = jobs.place(seller, cards.both_ways(seller, buyer), job)
    sale = InternalInvoice.create(
        request,
        place.customer,
        {
            "user": request.identity,
            "company": seller,
            "date": exchange.accepted_on,
            "name": _named("Facture", exchange),
            "description": exchange.label,
            "payment_conditions": _conditions(exchange),
            "notes": NOTE,
            **place.facts,
        },
        no_price_study=True,
    )
    line = TaskLine(
        cost=exchange.net_cents * SALE_UNITS_PER_CENT,
        quantity=1,
        unity=UNIT,
        mode="ht",
        order=1,
        description=exchange.label,
        tva=product.tva,
        product=product,
    )
    sale.default_line_group.lines.append(line)
    sale.cache_totals(request)
    DBSESSION().flush()
    return sale


def _line(sale: Any, cost: int, description: str) -> TaskLine:
    first = sale.all_lines[0]
    return TaskLine(
        cost=cost,
        quantity=1,
        unity=UNIT,
        mode="ht",
        order=99,
        description=description,
        tva=first.tva,
        product=first.product,
    )


def _validate(request: Any, document: Any, exchange: Exchange) -> None:
    ready_to_draw(request, document)
    comment = COMMENT.format(exchange.id, exchange.label)[:250]
    set_validation_status(request, document, "valid", comment=comment)


def _mirrored(
    request: Any, exchange: Exchange, sale: Any, family: str, kind: str, at: datetime
) -> HostDocument:
    """Transmit a document, validate its mirror and note the pair."""
    purchase = sale.sync_with_customer(request)
    _give_expense_type(purchase, exchange)
    if purchase.status != "valid":
        _validate(request, purchase, exchange)
    made = HostDocument(
        exchange_id=exchange.id,
        kind=kind,
        family=family,
        sale_id=sale.id,
        purchase_id=purchase.id,
        amount_cents=abs(purchase.total),
        sale_number=sale.official_number or "",
        purchase_number=purchase.official_number or "",
        made_at=at,
    )
    DBSESSION().add(made)
    DBSESSION().flush()
    return made


def _give_expense_type(purchase: InternalSupplierInvoice, exchange: Exchange) -> None:
    lines = [line for line in purchase.lines if line.type_id is None]
    if not lines:
        return
    account = choices.read(DBSESSION()).scheme.accounts["expense"]
    found = _expense_type(account)
    for line in lines:
        line.type_id = found.id
    DBSESSION().flush()


def _expense_type(account: str) -> ExpenseType:
    """Return the internal type of expense: the only one, or the one with the account of our purchases."""
    types = ExpenseType.find_internal()
    if not types:
        raise NoExpenseType
    right = types if len(types) == 1 else [one for one in types if one.code == account]
    if len(right) != 1:
        raise SeveralExpenseTypes(account=account)
    return right[0]


def _product() -> Product:
    products = select(Product).join(Tva, Tva.id == Product.tva_id)
    products = products.where(Product.internal.is_(True), Product.active.is_(True), Tva.active.is_(True))
    found = DBSESSION().execute(products.order_by(Tva.value, Product.id)).scalars().all()
    if not found:
        raise NoInternalProduct
    # A negative value stands for one of the host's several rates of zero.
    free = [one for one in found if one.tva.value <= 0]
    if not free:
        raise ProductWithVat(product=found[0].name, rate=f"{found[0].tva.value / 100:g} %")
    return free[0]


def _company(party: Any) -> Company:
    company = DBSESSION().get(Company, party.host_id)
    if company is None:
        raise NoCompany(party=party.name)
    return company


def _invoice_of(exchange: Exchange) -> tuple[HostDocument, Any]:
    pairs = papers.documents_of(DBSESSION(), exchange.id)
    pair = next((one for one in pairs if one.kind == INVOICE), None)
    sale = None if pair is None else DBSESSION().get(InternalInvoice, pair.sale_id)
    if pair is None or sale is None:
        raise InvoiceNotMade
    return pair, sale


def _purchase(pair: HostDocument) -> Any:
    return DBSESSION().get(InternalSupplierInvoice, pair.purchase_id)


def _recorded_in_the_host(exchange: Exchange, amount_cents: int) -> HostDocument | None:
    """Return a payment someone recorded in the host's own pages, and then here too: it is the same one."""
    for one in papers.documents_of(DBSESSION(), exchange.id):
        by_hand = one.kind.startswith(f"{MADE_IN_THE_HOST}:") and one.removed_at is None
        if by_hand and one.amount_cents == amount_cents:
            return one
    return None


def _payment_pair(exchange: Exchange, settlement: Settlement) -> HostDocument | None:
    kind = f"{PAYMENT}:{settlement.id}"
    pairs = papers.documents_of(DBSESSION(), exchange.id)
    return next((one for one in pairs if one.kind == kind and one.removed_at is None), None)


def _named(what: str, exchange: Exchange) -> str:
    return f"{what} - {exchange.label}"[:250]


def _conditions(exchange: Exchange) -> str:
    return f"À régler avant le {exchange.due_on:%d/%m/%Y}" if exchange.due_on else "Selon l'accord"
