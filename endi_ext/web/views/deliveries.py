"""Deliveries of a subcontract, on the side of the one who works: declared, shown, taken back."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import service, workflow
from ...subcontracts.models import Delivery
from .. import states
from ..forms import deliveries as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..panels import panels_of
from ..permissions import ACT, VIEW
from .subcontracts import refuse_early

DECLARED = _("La livraison est déclarée : {name} va la vérifier.")
FORM = "endi_ext:web/templates/declare.mako"
WAYS = ((forms.QUANTITY, _("En quantités livrées")), (forms.PERCENT, _("En pourcentage d’avancement")))


@view_config(route_name="endi_ext.delivery.new", permission=ACT, require_csrf=True, renderer=FORM)
def declare(context: Any, request: Any) -> Any:
    """Declare work done, all or part of the lines, in quantities or in cumulative percentages."""
    refuse_early(context, request, "declare_delivery")
    lines = context.subcontract.version.lines  # delivered ones too: a form sent twice finds them so
    forms.refuse_other_lines(request.POST, lines)
    by, again = _way(request), _declared_again(context, request)
    today = act(request).today

    def save(values: dict[str, Any]) -> Any:
        facts = {"party": context.party, "act": act(request), **forms.delivered(values, lines)}
        made = service.declare_delivery(request.dbsession, context.subcontract, **facts)
        url = context.path("delivery", subcontract_id=context.subcontract.id, delivery_id=made.id)
        return done(request, url, DECLARED, name=context.partner.name)

    return submit(
        request,
        forms.delivery_schema(lines, by),
        save,
        title=_("Déclarer une livraison"),
        button=_("Déclarer la livraison"),
        cancel=context.url,
        values=forms.values_again(lines, again, today, by) if again else forms.first_values(lines, today, by),
        again=again,
        ways=[(_address(context, way, again), label, way == by) for way, label in WAYS],
    )


def _way(request: Any) -> str:
    said = request.POST if request.method == "POST" else request.GET
    return forms.PERCENT if said.get("by") == forms.PERCENT else forms.QUANTITY


def _declared_again(context: Any, request: Any) -> Delivery | None:
    """Return the delivery to correct, if the address names one that may be declared again."""
    number = request.GET.get("again", "")
    found = [one for one in context.subcontract.deliveries if str(one.number) == number]
    return found[0] if found and found[0].state in (workflow.WITHDRAWN, workflow.REVERSED) else None


def _address(context: Any, way: str, again: Delivery | None) -> str:
    query = {"by": way, **({"again": again.number} if again else {})}
    return str(context.path("delivery.new", subcontract_id=context.subcontract.id, query=query))


@view_config(
    route_name="endi_ext.delivery",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/delivery.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a delivery as the progress claim it is, and what may be done with it."""
    return page(
        request,
        _("Livraison n° {number}"),
        number=context.delivery.number,
        delivery=context.delivery,
        subcontract=context.subcontract,
        badge=states.of_delivery(context.delivery, context.party),
        panels=panels_of("delivery", context, request),
    )


@view_config(
    route_name="endi_ext.delivery.withdraw", request_method="POST", permission=ACT, require_csrf=True
)
def withdraw(context: Any, request: Any) -> Any:
    """Take back a delivery declared or contested, to correct it when `again` says so."""
    made = service.withdraw_delivery(
        request.dbsession, context.delivery, party=context.party, act=act(request)
    )
    if request.POST.get("again"):
        url = context.path("delivery.new", subcontract_id=made.subcontract_id, query={"again": made.number})
        return done(request, url, _("La livraison est retirée : corrigez-la et déclarez-la de nouveau."))
    return done(request, context.url, _("La livraison est retirée ; vous pouvez la déclarer de nouveau."))
