"""What is held back, on the side of who holds it: let go early, opposed, the acceptance of the whole."""

from typing import Any

from pyramid.view import view_config

from ...exchanges import retention as exchange_retention
from ...exchanges import workflow as exchange_workflow
from ...kernel.errors import WrongState
from ...subcontracts import retentions, workflow
from .. import after_acceptance
from ..forms import money as forms
from ..forms import subcontracts
from ..forms.base import FORM_PAGE, act, done, done_or_waits, submit
from ..i18n import _
from ..permissions import ACCOUNT, ACT
from .subcontracts import refuse_early

RELEASE_INTRO = _(
    "Vous retenez {held} sur la livraison n° {number}. Ce que vous libérez se règle ensuite à {name} comme "
    "le reste, et ne se retient plus."
)
CONTEST_INTRO = _(
    "Tant que vous vous y opposez, {held} restent retenus au-delà de la date convenue. {name} lira votre "
    "motif."
)
PRONOUNCE_INTRO = _(
    "Vous constatez que tout le travail est fait comme convenu. Les retenues de garantie qui attendaient "
    "cette réception ({held}) sont libérées : elles se règlent à {name} comme le reste."
)
IN_PLACE_INTRO = _(
    "{held} sont retenus sur cet échange. C’est d’ordinaire à l’acheteur de libérer : faites-le à la demande "
    "des deux enseignes, ou quand l’acheteur ne peut plus répondre."
)


@view_config(route_name="endi_ext.retention.release", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def release(context: Any, request: Any) -> Any:
    """Let go all or part of what is held of a delivery, before its time."""
    held = _held(context, request, "release")

    def save(values: dict[str, Any]) -> Any:
        said = {"party": context.party, "act": act(request), **values}
        retentions.release(request.dbsession, context.delivery, **said)
        after_acceptance.follow(request, context.subcontract)
        amount = request.endi_ext.money(values["amount_cents"])
        text = _("C’est libéré : {amount} se règlent désormais à {name} comme le reste.")
        facts = {"amount": amount, "name": context.partner.name}
        return done_or_waits(request, context.delivery.exchange, _page_of(context), text, **facts)

    return submit(
        request,
        forms.release_schema(held),
        save,
        title=_("Libérer la retenue de garantie"),
        button=_("Libérer"),
        cancel=_page_of(context),
        intro=_intro(context, request, RELEASE_INTRO, held.remaining_cents),
    )


@view_config(route_name="endi_ext.retention.contest", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def contest(context: Any, request: Any) -> Any:
    """Oppose the release of what is held, with a reason."""
    held = _held(context, request, "contest")

    def save(values: dict[str, Any]) -> Any:
        facts = {"party": context.party, "act": act(request), **values}
        retentions.contest(request.dbsession, context.delivery, **facts)
        name = context.partner.name
        return done(request, _page_of(context), _("Votre opposition est transmise à {name}."), name=name)

    return submit(
        request,
        subcontracts.reason_schema(_("Ce qui empêche de libérer la retenue")),
        save,
        title=_("M’opposer à la libération"),
        button=_("M’opposer"),
        cancel=_page_of(context),
        intro=_intro(context, request, CONTEST_INTRO, held.remaining_cents),
    )


@view_config(route_name="endi_ext.retention.lift", request_method="POST", permission=ACT, require_csrf=True)
def lift(context: Any, request: Any) -> Any:
    """Take one's opposition back."""
    _held(context, request, "lift")
    retentions.lift(request.dbsession, context.delivery, party=context.party, act=act(request))
    after_acceptance.follow(request, context.subcontract)
    return done(request, _page_of(context), _("Votre opposition est levée."))


@view_config(
    route_name="endi_ext.subcontract.pronounce", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def pronounce(context: Any, request: Any) -> Any:
    """Pronounce the acceptance of the whole: what waited for it is let go."""
    refuse_early(context, request, "pronounce_acceptance")

    def save(_values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        retentions.pronounce(request.dbsession, context.subcontract, **doer)
        after_acceptance.follow(request, context.subcontract)
        return done(request, context.url, _("La réception est prononcée : les retenues sont libérées."))

    waiting = retentions.awaiting_acceptance(request.dbsession, context.subcontract)
    held_cents = sum(held.retention.remaining_cents for held in waiting)
    return submit(
        request,
        forms.nothing_to_type(),
        save,
        title=_("Prononcer la réception"),
        button=_("Prononcer la réception"),
        cancel=context.url,
        intro=_intro(context, request, PRONOUNCE_INTRO, held_cents),
    )


@view_config(
    route_name="endi_ext.retention.release_any", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE
)
def release_in_place(context: Any, request: Any) -> Any:
    """Let go what is held of an exchange, as an accountant, with a reason."""
    exchange, today = context.exchange, act(request).today
    held = exchange_retention.of_exchange(request.dbsession, exchange)
    if held is None:
        raise WrongState(subject="retention", action="release", state=exchange.state)
    if request.method == "GET":
        exchange_workflow.RETENTION.target(held.state, "release", workflow.ACCOUNTANT, reason="release")

    def save(values: dict[str, Any]) -> Any:
        retentions.release_in_place(request.dbsession, exchange, act=act(request), **values)
        return done_or_waits(request, exchange, context.url, _("La retenue de garantie est libérée."))

    return submit(
        request,
        forms.release_in_place_schema(held, exchange.accepted_on, today),
        save,
        title=_("Libérer la retenue de garantie"),
        button=_("Libérer"),
        cancel=context.url,
        intro=request.endi_ext.text(IN_PLACE_INTRO, held=request.endi_ext.money(held.remaining_cents)),
    )


def _held(context: Any, request: Any, action: str) -> Any:
    """Return what is held of the delivery; show no form that could only be refused."""
    exchange = context.delivery.exchange
    held = exchange_retention.of_exchange(request.dbsession, exchange) if exchange else None
    if held is None:
        state = exchange.state if exchange else "open"
        raise WrongState(subject="retention", action=action, state=state)
    if request.method == "GET":
        side = workflow.side_of(context.subcontract, context.party)
        exchange_workflow.RETENTION.target(held.state, action, side, reason=action)
    return held


def _intro(context: Any, request: Any, text: str, held_cents: int) -> str:
    speech = request.endi_ext
    number = getattr(getattr(context, "delivery", None), "number", "")
    said = {"held": speech.money(held_cents), "number": number, "name": context.partner.name}
    return str(speech.text(text, **said))


def _page_of(context: Any) -> str:
    return str(context.path("subcontract", subcontract_id=context.subcontract.id))
