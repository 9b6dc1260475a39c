"""Client invoices of a trading unit: what stands for the host's own invoicing."""

import secrets
from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ....subcontracts import client_payments
from ....web.forms import types
from ..invoice_models import ClientDeal, CreditNote, Invoice, InvoiceLine, InvoiceReceipt
from ..models import Company
from ..receipts import key_of
from .home import followed_by

LISTING = "/companies/{id}/invoices"
ONE = LISTING + "/{invoice_id}"
ROUTES = (LISTING, ONE, *(f"{ONE}/{step}" for step in ("issue", "receive", "cancel", "credit")))
LIST_PAGE = "endi_ext.hosts.demo:templates/invoices.mako"
PAGE = "endi_ext.hosts.demo:templates/invoice.mako"
KNOWN = "global.authenticated"
LONGEST = 190


@view_config(route_name=LISTING, request_method="GET", permission=KNOWN, renderer=LIST_PAGE)
def invoices(request: Any) -> Any:
    """List the invoices, and ask for a new one."""
    return _listing(request, {}, {})


@view_config(
    route_name=LISTING, request_method="POST", permission=KNOWN, renderer=LIST_PAGE, require_csrf=True
)
def create(request: Any) -> Any:
    """Make an invoice of one line for a deal, new or not; a second click makes none."""
    company = company_of(request, acting=True)
    values = {name: value.strip() for name, value in request.POST.items()}
    net, rate = _parsed(types.Money(), values, "net"), _parsed(types.Rate(), values, "vat_rate")
    sold = _parsed(types.Money(), values, "sold")
    errors = {name: "Ce champ est obligatoire." for name in ("label", "client") if not values.get(name)}
    errors |= {
        name: "Ce texte contient des caractères qui ne s’affichent pas."
        for name in ("label", "client", "deal")
        if not values.get(name, "").isprintable()
    }
    errors |= {name: "190 caractères au plus." for name in values if len(values[name]) > LONGEST}
    errors |= {
        name: "Ce nombre ne se lit pas : écrivez par exemple 1 234,56."
        for name, value in (("net", net), ("vat_rate", rate))
        if not isinstance(value, int)
    }
    if errors:
        return _listing(request, values, errors)
    key = values.get("request_key", "")[:64]
    made = (
        request.dbsession.execute(select(Invoice).where(Invoice.request_key == key)).scalars().one_or_none()
    )
    if made is None:
        made = Invoice(
            company_id=company.id,
            deal=_deal(request, company, values, sold if isinstance(sold, int) else net),
            request_key=key,
            label=values["label"],
            client=values["client"],
            vat_rate_bp=rate,
            issued_on=None if values.get("draft") else _today(request),
            lines=[InvoiceLine(label=values["label"], net_cents=net)],
        )
        request.dbsession.add(made)
        request.dbsession.flush()  # its address names it by its id
        request.session.flash("La facture est enregistrée.")
    return _back(request, made)


@view_config(route_name=ONE, request_method="GET", permission=KNOWN, renderer=PAGE)
def show(request: Any) -> Any:
    """Show an invoice with what was received."""
    invoice = _invoice(request)
    title = f"Facture {invoice.number}" if invoice.issued_on else "Facture en brouillon"
    return {
        "title": title,
        "invoice": invoice,
        "today": _today(request),
        "key": secrets.token_urlsafe(24),
        "acting": company_of(request) in request.identity.active_companies,
    }


@view_config(route_name=f"{ONE}/issue", request_method="POST", permission=KNOWN, require_csrf=True)
def issue(request: Any) -> Any:
    """Issue a draft: it gets its number and changes no more."""
    invoice = _invoice(request, acting=True)
    if invoice.issued_on is None:
        invoice.issued_on = _today(request)
        request.session.flash(f"La facture {invoice.number} est validée.")
    return _back(request, invoice)


@view_config(route_name=f"{ONE}/receive", request_method="POST", permission=KNOWN, require_csrf=True)
def receive(request: Any) -> Any:
    """Record what the client paid, all or part."""
    invoice = _invoice(request, acting=True)
    on = _parsed(types.Day(), request.POST, "received_on")
    if not _is_new(request, InvoiceReceipt):
        return _back(request, invoice)
    if not isinstance(on, date) or on > _today(request):
        request.session.flash("Indiquez le jour de l’encaissement, aujourd’hui au plus tard.", queue="error")
        return _back(request, invoice)
    cents = _amount(request, invoice)
    if cents is None:
        return _back(request, invoice)
    key = request.POST["request_key"]
    invoice.receipts.append(InvoiceReceipt(request_key=key, received_on=on, amount_cents=cents))
    request.session.flash("L’encaissement est enregistré.")
    return _followed(request, invoice)


@view_config(route_name=f"{ONE}/cancel", request_method="POST", permission=KNOWN, require_csrf=True)
def cancel(request: Any) -> Any:
    """Cancel a receipt: it came back unpaid, or was recorded by mistake."""
    invoice = _invoice(request, acting=True)
    for receipt in invoice.standing_receipts:
        if str(receipt.id) == request.POST.get("receipt"):
            receipt.cancelled_on = _today(request)
            request.session.flash("L’encaissement est annulé.")
    return _followed(request, invoice)


@view_config(route_name=f"{ONE}/credit", request_method="POST", permission=KNOWN, require_csrf=True)
def credit(request: Any) -> Any:
    """Take all or part of the invoice back."""
    invoice = _invoice(request, acting=True)
    cents = _amount(request, invoice) if _is_new(request, CreditNote) else None
    if cents is not None:
        on, key = _today(request), request.POST["request_key"]
        invoice.credits.append(CreditNote(request_key=key, credited_on=on, amount_cents=cents))
        request.session.flash("L’avoir est enregistré.")
    return _followed(request, invoice)


def company_of(request: Any, *, acting: bool = False) -> Company:
    """Return the trading unit of the address, if the reader works in it or follows it."""
    entered = request.dbsession.get(Company, int(request.matchdict["id"]))
    own = request.identity.active_companies
    if entered is None or entered not in (own if acting else own + followed_by(request)):
        raise HTTPNotFound
    return entered


def _invoice(request: Any, *, acting: bool = False) -> Invoice:
    company = company_of(request, acting=acting)
    wanted = select(Invoice).where(
        Invoice.id == int(request.matchdict["invoice_id"]), Invoice.company_id == company.id
    )
    found = request.dbsession.execute(wanted.with_for_update() if acting else wanted).scalars().one_or_none()
    if found is None:
        raise HTTPNotFound
    return found


def _listing(request: Any, values: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    company = company_of(request)
    mine = select(Invoice).where(Invoice.company_id == company.id).order_by(Invoice.id.desc())
    deals = select(ClientDeal).where(ClientDeal.company_id == company.id).order_by(ClientDeal.label)
    return {
        "title": "Factures clients",
        "company": company,
        "invoices": list(request.dbsession.execute(mine).scalars()),
        "deals": list(request.dbsession.execute(deals).scalars()),
        "values": {"vat_rate": "20", **values},
        "errors": errors,
        "key": secrets.token_urlsafe(24),
        "acting": company in request.identity.active_companies,
    }


def _deal(request: Any, company: Company, values: dict[str, str], sold_cents: int) -> ClientDeal:
    """Return the deal of that name, made if there is none; the invoice names it unless said otherwise."""
    label = values.get("deal") or values["label"]
    known = select(ClientDeal).where(ClientDeal.company_id == company.id, ClientDeal.label == label)
    found = request.dbsession.execute(known).scalars().first()
    return found or ClientDeal(
        company_id=company.id, label=label, client=values["client"], sold_cents=sold_cents
    )


def _parsed(typ: Any, values: Any, name: str) -> Any:
    try:
        return typ.deserialize(colander.SchemaNode(colander.String()), values.get(name, ""))
    except colander.Invalid:
        return None


def _amount(request: Any, invoice: Invoice) -> int | None:
    cents = _parsed(types.Money(), request.POST, "amount")
    if invoice.issued_on is None or not isinstance(cents, int) or cents > invoice.remaining_cents:
        request.session.flash("Indiquez un montant, au plus ce que le client doit encore.", queue="error")
        return None
    return cents


def _is_new(request: Any, model: Any) -> bool:
    """Say whether this form was not sent before."""
    key = request.POST.get("request_key", "")
    seen = select(model.id).where(model.request_key == key)
    return 8 <= len(key) <= 64 and request.dbsession.execute(seen).first() is None


def _followed(request: Any, invoice: Invoice) -> HTTPSeeOther:
    """Let what waits for this client follow at once, in the same transaction."""
    host, session = request.registry.endi_ext_host, request.dbsession
    session.flush()  # the plugin reads what was just written
    client_payments.follow_invoice(session, host.receipts, key_of(invoice), host.act(request))
    return _back(request, invoice)


def _back(request: Any, invoice: Invoice) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path(ONE, id=invoice.company_id, invoice_id=invoice.id))


def _today(request: Any) -> date:
    today: date = request.registry.endi_ext_host.clock.today()
    return today
