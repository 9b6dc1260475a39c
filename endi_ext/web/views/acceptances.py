"""Deliveries of a subcontract, on the side of the one who pays: accepted in full or in part, contested."""

from typing import Any

from pyramid.view import view_config

from ...exchanges.models import WAITING
from ...subcontracts import service, workflow
from ...subcontracts.models import Delivery
from .. import after_acceptance
from ..forms import deliveries as forms
from ..forms.base import FORM_PAGE, act, done, done_or_waits, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACT

ACCEPTED = _("La livraison est acceptée : vous devez {amount} à {name}.")
IN_PART = _("La livraison est acceptée en partie : vous devez {amount} à {name}.")
ACCEPTED_HELD = _("La livraison est acceptée pour {amount} : {parts}.")
IN_PART_HELD = _("La livraison est acceptée en partie, pour {amount} : {parts}.")
PARTS = (
    ("due_cents", _("{amount} à régler à {name}")),
    ("awaiting_cents", _("{amount} à régler quand votre client aura payé")),
    ("retained_cents", _("{amount} en retenue de garantie")),
)


@view_config(route_name="endi_ext.delivery.accept", request_method="POST", permission=ACT, require_csrf=True)
def accept(context: Any, request: Any) -> Any:
    """Accept all that is claimed: the exchange is recorded."""
    doer = act(request)
    made = service.accept_delivery(
        request.dbsession,
        context.delivery,
        party=context.party,
        accepted_on=doer.today,
        act=doer,
        read=request.POST.get("state"),
    )
    return _accepted(context, request, made)


@view_config(
    route_name="endi_ext.delivery.accept_in_part", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def accept_in_part(context: Any, request: Any) -> Any:
    """Accept less than what is claimed, line by line, with the reasons."""
    _refuse_early(context, request, "accept_in_part")
    parts = context.delivery.lines

    def save(values: dict[str, Any]) -> Any:
        doer = act(request)
        facts = {"party": context.party, "accepted_on": doer.today, "act": doer, **forms.accepted(values)}
        return _accepted(
            context, request, service.accept_in_part(request.dbsession, context.delivery, **facts)
        )

    return submit(
        request,
        forms.acceptance_schema(parts),
        save,
        title=_("Accepter en partie"),
        button=_("Accepter ce qui est indiqué"),
        cancel=context.url,
        values=forms.claimed_values(parts),
        intro=request.endi_ext.text(
            _("{name} lira vos motifs. Si rien ne va, contestez plutôt la livraison."),
            name=context.partner.name,
        ),
    )


def _accepted(context: Any, request: Any, delivery: Delivery) -> Any:
    after_acceptance.follow(request, delivery.subcontract)
    name, exchange = context.partner.name, delivery.exchange
    whole, speech = delivery.accepted_cents == delivery.net_cents, request.endi_ext
    amount = speech.money(delivery.accepted_cents)
    if exchange.state == WAITING:
        return done_or_waits(request, exchange, context.url, "")
    if exchange.due_cents == delivery.accepted_cents:
        return done(request, context.url, ACCEPTED if whole else IN_PART, amount=amount, name=name)
    cents = [(getattr(exchange, part), words) for part, words in PARTS]
    parts = ", ".join(speech.text(words, amount=speech.money(one), name=name) for one, words in cents if one)
    return done(request, context.url, ACCEPTED_HELD if whole else IN_PART_HELD, amount=amount, parts=parts)


@view_config(route_name="endi_ext.delivery.contest", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def contest(context: Any, request: Any) -> Any:
    """Contest, with a reason."""
    _refuse_early(context, request, "contest")

    def save(values: dict[str, Any]) -> Any:
        service.contest_delivery(
            request.dbsession, context.delivery, party=context.party, act=act(request), **values
        )
        name = context.partner.name
        return done(request, context.url, _("La contestation est transmise à {name}."), name=name)

    return submit(
        request,
        reason_schema(_("Ce qui ne va pas")),
        save,
        title=_("Contester la livraison"),
        button=_("Contester"),
        cancel=context.url,
        intro=_(
            "Votre partenaire lira ce motif : il pourra retirer la livraison et la corriger, ou en discuter "
            "avec vous. Rien n’est dû en attendant."
        ),
    )


def _refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused."""
    if request.method == "GET":
        side = workflow.side_of(context.subcontract, context.party)
        workflow.DELIVERY.target(context.delivery.state, action, side, reason=action)
