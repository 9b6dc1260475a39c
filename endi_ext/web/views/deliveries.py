"""Deliveries of a subcontract: declared by the one who works, accepted or contested by the other."""

from typing import Any

from pyramid.view import view_config

from ...kernel.history import history_of
from ...subcontracts import service, workflow
from .. import states
from ..forms import subcontracts as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from .subcontracts import refuse_early

DECLARED = _("La livraison est déclarée : {name} va la vérifier.")


@view_config(route_name="endi_ext.delivery.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def declare(context: Any, request: Any) -> Any:
    """Declare work done, all or part of the lines."""
    refuse_early(context, request, "declare_delivery")
    lines = context.subcontract.version.lines  # delivered ones too: a form sent twice finds them so

    def save(values: dict[str, Any]) -> Any:
        made = service.declare_delivery(
            request.dbsession,
            context.subcontract,
            party=context.party,
            act=act(request),
            **forms.delivered(values),
        )
        url = context.path("delivery", subcontract_id=context.subcontract.id, delivery_id=made.id)
        return done(request, url, DECLARED, name=context.partner.name)

    return submit(
        request,
        forms.delivery_schema(lines),
        save,
        title=_("Déclarer une livraison"),
        button=_("Déclarer la livraison"),
        cancel=context.url,
        values=forms.remaining_values(lines, act(request).today),
    )


@view_config(
    route_name="endi_ext.delivery",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/delivery.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a delivery and what may be done with it."""
    delivery, party = context.delivery, context.party
    return page(
        request,
        _("Livraison n° {number}"),
        number=delivery.number,
        delivery=delivery,
        subcontract=context.subcontract,
        badge=states.of_delivery(delivery, party),
        actions=workflow.delivery_actions(delivery, party) if context.may_act else (),
        events=history_of(request.dbsession, delivery),
        step_of=states.step_of,
    )


@view_config(route_name="endi_ext.delivery.accept", request_method="POST", permission=ACT, require_csrf=True)
def accept(context: Any, request: Any) -> Any:
    """Accept: the exchange is recorded."""
    doer = act(request)
    delivery = service.accept_delivery(
        request.dbsession, context.delivery, party=context.party, accepted_on=doer.today, act=doer
    )
    return done(
        request,
        context.url,
        _("La livraison est acceptée : vous devez {amount} à {name}."),
        amount=request.endi_ext.money(delivery.net_cents),
        name=context.partner.name,
    )


@view_config(route_name="endi_ext.delivery.contest", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def contest(context: Any, request: Any) -> Any:
    """Contest, with a reason."""
    if request.method == "GET":
        side = workflow.side_of(context.subcontract, context.party)
        workflow.DELIVERY.target(context.delivery.state, "contest", side, reason="contest")

    def save(values: dict[str, Any]) -> Any:
        service.contest_delivery(
            request.dbsession, context.delivery, party=context.party, act=act(request), **values
        )
        name = context.partner.name
        return done(request, context.url, _("La contestation est transmise à {name}."), name=name)

    return submit(
        request,
        forms.reason_schema(_("Ce qui ne va pas")),
        save,
        title=_("Contester la livraison"),
        button=_("Contester"),
        cancel=context.url,
        intro=_("Votre partenaire lira ce motif et pourra déclarer une nouvelle livraison."),
    )


@view_config(
    route_name="endi_ext.delivery.withdraw", request_method="POST", permission=ACT, require_csrf=True
)
def withdraw(context: Any, request: Any) -> Any:
    """Take back a declared delivery."""
    service.withdraw_delivery(request.dbsession, context.delivery, party=context.party, act=act(request))
    return done(request, context.url, _("La livraison est retirée ; vous pouvez la déclarer de nouveau."))
