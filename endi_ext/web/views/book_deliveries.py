"""Deliveries as accountants see them: what a party that left would have had to decide is decided here."""

from typing import Any

from pyramid.view import view_config

from ...kernel.history import history_of
from ...subcontracts import service, silence, workflow
from ...subcontracts.situations import situation
from .. import after_acceptance, states
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACCOUNT


@view_config(
    route_name="endi_ext.deliveries_any",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/stuck_deliveries.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the deliveries that wait for a party that left."""
    found = silence.left_undecided(request.dbsession)
    return page(request, _("Livraisons en suspens"), deliveries=found, badge=states.of_any_delivery)


@view_config(
    route_name="endi_ext.delivery_any",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/book_delivery.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a delivery, and what an accountant may do with it."""
    session, delivery = request.dbsession, context.delivery
    return page(
        request,
        _("Livraison n° {number} : {subject}"),
        number=delivery.number,
        subject=delivery.subcontract.title,
        delivery=delivery,
        subcontract=delivery.subcontract,
        situation=situation(session, delivery),
        badge=states.of_any_delivery(delivery),
        actions=_possible(delivery),
        events=history_of(session, delivery),
        step_of=states.step_of,
    )


def _possible(delivery: Any) -> tuple[str, ...]:
    """Return the actions of accountants, those in the place of a party only when it has left."""
    party_of = {"accept": delivery.subcontract.buyer, "withdraw": delivery.subcontract.seller}
    allowed = workflow.accountant_actions(delivery)
    return tuple(action for action in allowed if action not in party_of or not party_of[action].active)


@view_config(
    route_name="endi_ext.delivery_any.accept", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def accept(context: Any, request: Any) -> Any:
    """Accept in the place of a buyer that left, with a reason."""

    def save(values: dict[str, Any]) -> Any:
        doer = act(request)
        service.accept_in_place(
            request.dbsession, context.delivery, accepted_on=doer.today, act=doer, **values
        )
        after_acceptance.follow(request, context.delivery.subcontract)
        return done(request, context.url, _("La livraison est acceptée, l’échange est enregistré."))

    return _decide(
        context,
        request,
        save,
        action="accept",
        title=_("Accepter à la place de l’acheteur"),
        button=_("Accepter la livraison"),
    )


@view_config(
    route_name="endi_ext.delivery_any.withdraw", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def withdraw(context: Any, request: Any) -> Any:
    """Take a delivery back in the place of a seller that left, with a reason."""

    def save(values: dict[str, Any]) -> Any:
        service.withdraw_in_place(request.dbsession, context.delivery, act=act(request), **values)
        return done(request, context.url, _("La livraison est retirée."))

    return _decide(
        context,
        request,
        save,
        action="withdraw",
        title=_("Retirer à la place du vendeur"),
        button=_("Retirer la livraison"),
    )


def _decide(context: Any, request: Any, save: Any, *, action: str, **words: Any) -> Any:
    delivery = context.delivery
    if request.method == "GET":
        workflow.DELIVERY.target(delivery.state, action, workflow.ACCOUNTANT, reason=action)
        concerned = delivery.subcontract.buyer if action == "accept" else delivery.subcontract.seller
        service.refuse_active(concerned)
    schema = reason_schema(_("Motif, que les deux enseignes liront"))
    return submit(request, schema, save, cancel=context.url, **words)
