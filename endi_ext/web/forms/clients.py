"""Forms of the client behind a subcontract: deal, invoice, margin, what a receipt covers."""

from collections.abc import Sequence
from typing import Any

import colander

from ...ports import ClientInvoice, Deal
from ...subcontracts.client_models import ClientJob
from ...subcontracts.client_shares import Division
from ...subcontracts.client_terms import AMOUNT, NO_MARGIN, PERCENT
from ..i18n import _
from . import base, types

NO_DEAL = _("Aucune affaire")
WHOLE_WORK = _("Tout le travail")
MARGINS = (
    (NO_MARGIN, _("Aucune marge fixée à l’avance")),
    (PERCENT, _("Un pourcentage de chaque livraison acceptée")),
    (AMOUNT, _("Un montant pour tout le travail")),
)


def deal_schema(deals: Sequence[Deal]) -> base.Schema:
    """Return the form that chooses the client's job."""
    schema = base.Schema()
    known = [("", NO_DEAL), *((deal.key, f"{deal.label} – {deal.client}") for deal in deals)]
    schema.add(base.choice(_("Affaire"), known, name="deal", missing=""))
    return schema


def invoice_schema(invoices: Sequence[ClientInvoice], deliveries: Sequence[Any], request: Any) -> base.Schema:
    """Return the form that names a client invoice, for the whole or for one delivery."""
    schema = base.Schema()
    money, text = request.endi_ext.money, request.endi_ext.text
    known = [
        (invoice.key, f"{invoice.number} – {invoice.client} – {money(invoice.total_cents)}")
        for invoice in invoices
    ]
    schema.add(base.choice(_("Facture envoyée au client"), known, name="invoice"))
    numbers = [
        (str(delivery.number), text(_("Livraison n° {number}"), number=delivery.number))
        for delivery in deliveries
    ]
    schema.add(
        base.choice(
            _("Ce qu’elle couvre"),
            [("0", WHOLE_WORK), *numbers],
            name="delivery",
            description=_(
                "Une livraison qui a sa propre facture n’attend que celle-là ; les autres attendent celles "
                "de tout le travail."
            ),
        )
    )
    return schema


def margin_schema() -> base.Schema:
    """Return the form that fixes the margin in advance."""
    schema = base.Schema(validator=_margin_said)
    schema.add(base.choice(_("Marge"), MARGINS, name="kind"))
    schema.add(base.rate(_("Pourcentage"), name="rate_bp", missing=0))
    schema.add(
        base.money(
            _("Montant HT"),
            name="margin_cents",
            missing=0,
            description=_("Réparti sur les livraisons acceptées, au centime près."),
        )
    )
    return schema


def _margin_said(node: Any, values: dict[str, Any]) -> None:
    needed = {PERCENT: "rate_bp", AMOUNT: "margin_cents"}.get(values["kind"])
    if needed and not values[needed]:
        refusal = colander.Invalid(node)
        refusal[needed] = base.REQUIRED
        raise refusal


def margin_values(job: ClientJob | None) -> dict[str, Any]:
    """Return the margin in force as values of the form."""
    if job is None:
        return {"kind": NO_MARGIN}
    facts = {"rate_bp": job.margin_rate_bp or None, "margin_cents": job.margin_cents or None}
    return {"kind": job.margin_kind, **facts}


def division_schema(division: Division, request: Any) -> base.Schema:
    """Return the form that says what a receipt covers: an amount for each claim."""
    schema = base.Schema()
    for part in division.parts:
        title = request.endi_ext.text(
            _("Livraison n° {number} (au plus {most})"),
            number=part.delivery_number,
            most=request.endi_ext.money(part.most_cents),
        )
        node = base.money(title, name=f"exchange_{part.exchange.id}", missing=0)
        node.typ = types.Money(zero=True)
        schema.add(node)
    return schema


def division_values(division: Division) -> dict[str, Any]:
    """Return what is proposed: pro rata, or what was said before."""
    return {f"exchange_{part.exchange.id}": part.proposed_cents for part in division.parts}


def shares_of(values: dict[str, Any]) -> dict[int, int]:
    """Return what was typed as cents by exchange."""
    return {int(name.removeprefix("exchange_")): cents for name, cents in values.items()}
