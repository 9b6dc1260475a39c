"""The client behind a subcontract, for the principal alone: deal, invoices, receipts, margin and lines."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...subcontracts import client_invoices, client_lines, client_payments, client_shares, terms, workflow
from ...subcontracts.client_models import ClientLine
from ...subcontracts.errors import DraftMissing
from .. import after_acceptance
from ..forms import clients as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACT, VIEW

DEAL_INTRO = _("Votre partenaire ne voit ni l’affaire, ni le client, ni votre marge.")
INVOICE_INTRO = _(
    "Ce qui est accepté devient dû à votre partenaire à mesure que le client paie cette facture. Il en verra "
    "le numéro et la part payée, jamais les montants."
)
MARGIN_INTRO = _(
    "À chaque livraison acceptée, une ligne à facturer au client est préparée : le prix de votre partenaire "
    "plus cette marge. Votre partenaire ne la voit pas."
)
LIFT_INTRO = _(
    "Ce qui attend le paiement du client sera dû dès aujourd’hui, et rien n’attendra plus ensuite. Cela ne "
    "s’annule pas."
)
DIVIDE_INTRO = _(
    "Dites ce que cet encaissement de {amount} TTC du {on} couvre, livraison par livraison : au plus {most} "
    "en tout. Une part au prorata est proposée."
)


@view_config(
    route_name="endi_ext.client",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/client.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the client's invoices with what was paid, what waits for it, and what is to be invoiced."""
    session, subcontract = request.dbsession, context.subcontract
    receipts = request.registry.endi_ext_host.receipts
    job = client_payments.job_if_any(session, subcontract)
    invoices = {}
    for named in job.invoices if job else ():
        invoices[named.id] = receipts.invoice(session, context.party.host_key, named.invoice_key)
    return page(
        request,
        _("Client : {subject}"),
        subject=subcontract.title,
        subcontract=subcontract,
        job=job,
        invoices=invoices,
        divisions=client_shares.divisions(session, receipts, subcontract) if _by_line(subcontract) else [],
        lines=client_lines.lines_of(session, job) if job else [],
        waits=subcontract.version.payment_kind == terms.CLIENT_PAYS,
        acting=context.may_act and subcontract.state in workflow.STANDING,
    )


@view_config(route_name="endi_ext.client.deal", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def choose_deal(context: Any, request: Any) -> Any:
    """Say to which job for a client the work belongs."""
    host, session, mine = request.registry.endi_ext_host, request.dbsession, context.party.host_key
    job = client_payments.job_if_any(session, context.subcontract)

    def save(values: dict[str, Any]) -> Any:
        deal = host.receipts.deal(session, mine, values["deal"])
        facts = {"deal_key": "", "deal_label": "", "client": ""}
        if deal is not None:
            facts = {"deal_key": deal.key, "deal_label": deal.label, "client": deal.client}
        client_lines.name_deal(session, context.subcontract, party=context.party, act=act(request), **facts)
        after_acceptance.add_to_draft(request, context.subcontract)
        return done(request, context.url, _("L’affaire du client est enregistrée."))

    return submit(
        request,
        forms.deal_schema(host.receipts.deals(session, mine)),
        save,
        title=_("Choisir l’affaire du client"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"deal": job.deal_key if job else ""},
        intro=request.endi_ext.text(DEAL_INTRO),
    )


@view_config(route_name="endi_ext.client.invoice", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def name_invoice(context: Any, request: Any) -> Any:
    """Name a client invoice."""
    session, receipts = request.dbsession, request.registry.endi_ext_host.receipts

    def save(values: dict[str, Any]) -> Any:
        facts = {"invoice_key": values["invoice"], "delivery_number": int(values["delivery"])}
        doer = {"party": context.party, "act": act(request)}
        client_invoices.name_invoice(session, receipts, context.subcontract, **facts, **doer)
        return done(request, context.url, _("La facture est nommée : les paiements du client sont suivis."))

    invoices = receipts.invoices(session, context.party.host_key)
    return submit(
        request,
        forms.invoice_schema(invoices, context.subcontract.deliveries, request),
        save,
        title=_("Nommer une facture client"),
        button=_("Suivre cette facture"),
        cancel=context.url,
        values={"delivery": "0"},
        intro=request.endi_ext.text(INVOICE_INTRO),
    )


@view_config(route_name="endi_ext.client.forget", request_method="POST", permission=ACT, require_csrf=True)
def forget_invoice(context: Any, request: Any) -> Any:
    """Name an invoice no longer."""
    client_invoices.forget_invoice(
        request.dbsession,
        request.registry.endi_ext_host.receipts,
        context.subcontract,
        party=context.party,
        named_id=_number(request.POST.get("named", "")),
        act=act(request),
    )
    return done(request, context.url, _("Cette facture n’est plus suivie."))


@view_config(route_name="endi_ext.client.lift", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def lift_wait(context: Any, request: Any) -> Any:
    """Let nothing wait for the client any more."""
    receipts = request.registry.endi_ext_host.receipts

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        client_invoices.lift_wait(request.dbsession, receipts, context.subcontract, **doer, **values)
        return done(request, context.url, _("Plus rien n’attend le paiement du client."))

    return submit(
        request,
        reason_schema(_("Motif")),
        save,
        title=_("Ne plus attendre le client"),
        button=_("Ne plus attendre"),
        cancel=context.url,
        intro=request.endi_ext.text(LIFT_INTRO),
    )


@view_config(route_name="endi_ext.client.margin", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def fix_margin(context: Any, request: Any) -> Any:
    """Fix the margin in advance."""
    session = request.dbsession

    def save(values: dict[str, Any]) -> Any:
        client_lines.fix_margin(session, context.subcontract, party=context.party, act=act(request), **values)
        after_acceptance.follow(request, context.subcontract)
        return done(request, context.url, _("La marge est enregistrée."))

    return submit(
        request,
        forms.margin_schema(),
        save,
        title=_("Fixer la marge"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.margin_values(client_payments.job_if_any(session, context.subcontract)),
        intro=request.endi_ext.text(MARGIN_INTRO),
    )


@view_config(route_name="endi_ext.client.divide", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def divide(context: Any, request: Any) -> Any:
    """Say what a receipt covers, claim by claim."""
    session, receipts = request.dbsession, request.registry.endi_ext_host.receipts
    keys = {name: request.matchdict[name] for name in ("invoice_key", "receipt_key")}
    division = _division(context, session, receipts, keys)

    def save(values: dict[str, Any]) -> Any:
        facts = {"party": context.party, "shares": forms.shares_of(values), "act": act(request)}
        client_shares.divide(session, receipts, context.subcontract, **keys, **facts)
        return done(request, context.url, _("Ce que couvre l’encaissement est enregistré."))

    return submit(
        request,
        forms.division_schema(division, request),
        save,
        title=_("Répartir un encaissement"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.division_values(division),
        intro=_what_it_brought(request, division),
    )


@view_config(route_name="endi_ext.client.lines", request_method="POST", permission=ACT, require_csrf=True)
def add_lines(context: Any, request: Any) -> Any:
    """Add the lines that wait to a draft invoice of the deal."""
    client_lines.keep_lines(request.dbsession, context.subcontract, act(request))
    added = after_acceptance.add_to_draft(request, context.subcontract)
    if not added and client_lines.waiting_lines(request.dbsession, context.subcontract):
        raise DraftMissing
    return done(request, context.url, _("Lignes ajoutées à la facture en brouillon : {count}."), count=added)


@view_config(route_name="endi_ext.client.line", request_method="POST", permission=ACT, require_csrf=True)
def settle_line(context: Any, request: Any) -> Any:
    """Note that a line was invoiced by hand, or taken off by hand."""
    line = _line(context, request)
    action = "remove" if line.state == workflow.TO_REMOVE else "invoice_by_hand"
    client_lines.settle_line(request.dbsession, line, action=action)
    return done(request, context.url, _("C’est noté."))


def _by_line(subcontract: Any) -> bool:
    version = subcontract.version
    return bool(version.payment_kind == terms.CLIENT_PAYS and version.client_mode == terms.BY_LINE)


def _division(context: Any, session: Any, receipts: Any, keys: dict[str, str]) -> Any:
    wanted = (keys["invoice_key"], keys["receipt_key"])
    for one in client_shares.divisions(session, receipts, context.subcontract):
        if (one.invoice.key, one.receipt.key) == wanted:
            return one
    raise HTTPNotFound


def _what_it_brought(request: Any, division: Any) -> str:
    speech = request.endi_ext
    facts = {
        "amount": speech.money(division.receipt.amount_cents),
        "on": speech.day(division.receipt.received_on),
        "most": speech.money(division.most_cents),
    }
    return str(speech.text(DIVIDE_INTRO, **facts))


def _line(context: Any, request: Any) -> ClientLine:
    job = client_payments.job_if_any(request.dbsession, context.subcontract)
    wanted = _number(request.POST.get("line", ""))
    for line in client_lines.lines_of(request.dbsession, job) if job else ():
        if line.id == wanted:
            return line
    raise HTTPNotFound


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
