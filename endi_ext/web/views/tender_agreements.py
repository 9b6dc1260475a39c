"""A tender that is won: the agreements made of its shares, sent at once, and the client's deal."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import positions
from ...tenders import agreements, outcomes
from ...tenders.price_models import PriceLine
from .. import conditions as spoken
from .. import formatting, states, tender_states
from ..forms import tender_outcomes as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from .tender_outcomes import refuse_early

SENT_ONE, SENT = (
    _("L’accord est envoyé : votre partenaire peut le lire et le signer."),
    _("Les {count} accords sont envoyés : chacun peut lire le sien et le signer."),
)
NO_DEAL = _("Vous n’avez pas encore d’affaire : créez d’abord celle de ce client, puis revenez la rattacher.")
NO_INVOICE = _("Aucune facture n’est encore envoyée à un client : faites-la d’abord, puis revenez la suivre.")
DEAL_INTRO = _(
    "L’affaire que vous avez ouverte pour ce client : tous les accords de l’équipe s’y rattachent, et « Mes "
    "affaires » montre ce que vous en avez confié. Vos partenaires n’en voient rien."
)
INVOICE_INTRO = _(
    "Tous les accords signés suivront cette facture : ce qui est accepté devient dû à mesure que le client "
    "la paie. Chacun en verra le numéro et la part payée, jamais les montants."
)


@view_config(
    route_name="endi_ext.tender.agreements",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_agreements.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the agreements made of the shares, and where the money of each stands."""
    session, tender = request.dbsession, context.tender
    made = [one for one in agreements.of_tender(session, tender) if shown_to(context, one)]
    where = positions.of_many(session, [one.subcontract for one in made])
    return page(
        request,
        _("Accords de l’équipe"),
        tender=tender,
        made=made,
        positions=where,
        badge_of=lambda one: states.of_subcontract(one.subcontract, context.party),
        tender_badge=tender_states.of_tender(tender, context.party),
        prepared=agreements.prepare(session, tender, words(request)) if outcomes.won_lots(tender) else [],
        deal=deal_of(request, context),
        knows_clients=request.registry.endi_ext_host.receipts is not None,
        actions=context.actions,
    )


@view_config(
    route_name="endi_ext.tender.agreements.send",
    permission=ACT,
    require_csrf=True,
    renderer="endi_ext:web/templates/tender_agreements_send.mako",
)
def send(context: Any, request: Any) -> Any:
    """Show what each member would be sent; send all of it at once."""
    refuse_early(context, request, "send_agreements")
    session, tender, doer = request.dbsession, context.tender, act(request)

    def save(values: dict[str, Any]) -> Any:
        made = agreements.send(session, tender, party=context.party, words=words(request), act=doer, **values)
        return done(request, context.at("agreements"), SENT if len(made) > 1 else SENT_ONE, count=len(made))

    conditions = agreements.conditions_of(session, tender, doer.today)
    return submit(
        request,
        forms.agreements_schema(tender),
        save,
        title=_("Envoyer les accords à la signature"),
        button=_("Signer et envoyer tous les accords"),
        cancel=context.at("agreements"),
        prepared=agreements.prepare(session, tender, words(request)),
        conditions=conditions,
        spoken=spoken,
        tender=tender,
    )


@view_config(route_name="endi_ext.tender.deal", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def link_deal(context: Any, request: Any) -> Any:
    """Say which job of the host the tender became."""
    refuse_early(context, request, "link_deal")
    host, session, mine = request.registry.endi_ext_host, request.dbsession, context.party.host_key

    def save(values: dict[str, Any]) -> Any:
        deal = host.receipts.deal(session, mine, values["deal"])
        agreements.link_deal(session, context.tender, party=context.party, deal=deal, act=act(request))
        return done(request, context.at("agreements"), _("L’affaire du client est rattachée."))

    deals = host.receipts.deals(session, mine)
    return submit(
        request,
        forms.deal_schema(deals),
        save,
        title=_("Rattacher l’affaire du client"),
        button=_("Rattacher"),
        cancel=context.at("agreements"),
        values={"deal": context.tender.deal_key or ""},
        intro=DEAL_INTRO if deals else NO_DEAL,
    )


@view_config(route_name="endi_ext.tender.invoice", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def name_invoice(context: Any, request: Any) -> Any:
    """Name a client invoice for every agreement that binds."""
    refuse_early(context, request, "link_deal")
    session, receipts = request.dbsession, request.registry.endi_ext_host.receipts

    def save(values: dict[str, Any]) -> Any:
        facts = {"party": context.party, "invoice_key": values["invoice"], "act": act(request)}
        count = agreements.name_invoice(session, receipts, context.tender, **facts)
        said = _("La facture est suivie pour {count} accords signés.")
        return done(request, context.at("agreements"), said, count=count)

    invoices = receipts.invoices(session, context.party.host_key)
    return submit(
        request,
        forms.invoice_schema(invoices, request),
        save,
        title=_("Suivre une facture du client"),
        button=_("Suivre cette facture"),
        cancel=context.at("agreements"),
        intro=INVOICE_INTRO if invoices else NO_INVOICE,
    )


def shown_to(context: Any, made: Any) -> bool:
    """Say whether the reader is one of the two sides of an agreement."""
    return context.party.id in (made.subcontract.buyer_id, made.subcontract.seller_id)


def deal_of(request: Any, context: Any) -> Any:
    """Return the lead's deal the tender became, for the lead alone."""
    receipts, tender = request.registry.endi_ext_host.receipts, context.tender
    if receipts is None or not tender.deal_key or tender.lead_id != context.party.id:
        return None
    return receipts.deal(request.dbsession, context.party.host_key, tender.deal_key)


def words(request: Any) -> agreements.Words:
    """Return how the lines of agreements are written: in French, whoever clicks."""
    return agreements.Words("forfait", described)


def described(line: PriceLine, gross_cents: int) -> str:
    """Return how much of a line is meant: "200 m²", "40 % de 200 m²", or "40 % de l’ensemble"."""
    units = line.quantity_thousandths
    quantity = f"{formatting.quantity(int(units))} {line.unit}".strip() if units else "l’ensemble"
    if gross_cents == line.total_cents:
        return quantity
    return f"{formatting.percent(round(gross_cents * 10_000 / int(line.total_cents)))} de {quantity}"
