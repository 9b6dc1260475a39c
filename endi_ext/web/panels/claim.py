"""A delivery as the progress claim it is, what its reader may do with it, and what happens otherwise."""

from collections.abc import Iterator
from typing import Any

from ...kernel.history import history_of
from ...subcontracts import silence, workflow
from ...subcontracts.situations import situation
from ...subcontracts.terms import CLIENT_PAYS
from .. import states
from ..i18n import _
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/claim.mako"
HISTORY = "endi_ext:web/templates/panels/claim_history.mako"

TO_CHECK = _("{name} attend que vous vérifiiez ce travail. Si vous acceptez, vous lui devrez {amount}.")
TO_CHECK_HELD = _(
    "{name} attend que vous vérifiiez ce travail. Si vous acceptez, {amount} lui seront réglés "
    "aux conditions convenues."
)
BEING_CHECKED = _("{name} doit vérifier ce travail.")
TO_CORRECT = _(
    "{name} conteste cette livraison : rien n’est dû en attendant. Vous pouvez la retirer et la corriger."
)
CONTESTED = _("Vous contestez cette livraison : vous n’en devez rien en attendant.")
IN_PART = _("{amount} acceptés sur {claimed} ; le reste peut être déclaré de nouveau.")
REVERSED = _("La comptabilité a annulé cette acceptation : le travail peut être déclaré de nouveau.")
LEFT = _("{name} n’est plus active dans la coopérative : la comptabilité peut décider à sa place.")

# What happens without an answer, by whether silence accepts and whether one is the one who answers.
SILENCE = {
    (True, True): _("Sans réponse de votre part avant la fin du {day}, elle sera acceptée, comme convenu."),
    (True, False): _("Sans réponse avant la fin du {day}, elle sera acceptée, comme convenu."),
    (False, True): _("Votre réponse est attendue avant la fin du {day} ; passé ce jour, un rappel part."),
    (False, False): _("La réponse est attendue avant la fin du {day} ; passé ce jour, un rappel part."),
}
OVERDUE = _("Le délai de réponse, jusqu’au {day}, est passé.")
DECIDED = {
    "silence": _("Le délai de réponse convenu est passé : la livraison est acceptée."),
    "accountant": _("La comptabilité a décidé à la place d’une enseigne partie."),
    "arbiter": _("La décision est celle de l’équipe d’appui."),
    "agreement": _("Les deux enseignes se sont mises d’accord."),
}


def panel(context: Any, request: Any) -> Panel:
    """Show what is claimed line by line: the contract, before, this time, reached, remaining."""
    delivery = context.delivery
    values = {
        "delivery": delivery,
        "subcontract": context.subcontract,
        "situation": situation(request.dbsession, delivery),
    }
    return Panel(TEMPLATE, values, tuple(_buttons(context)), tuple(_notes(context, request)))


def history(context: Any, request: Any) -> Panel:
    """Tell what happened to the delivery."""
    events = history_of(request.dbsession, context.delivery)
    return Panel(HISTORY, {"events": events, "step_of": states.step_of})


def _buttons(context: Any) -> Iterator[Button]:
    delivery, ids = context.delivery, {"subcontract_id": context.subcontract.id}
    actions = workflow.delivery_actions(delivery, context.party) if context.may_act else ()

    def url(action: str) -> str:
        return str(context.path(f"delivery.{action}", delivery_id=delivery.id, **ids))

    if "accept" in actions:
        read = (("state", delivery.state),)
        yield Button(url("accept"), _("Accepter la livraison"), "btn-primary", posts=True, hidden=read)
    if "accept_in_part" in actions:
        yield Button(url("accept_in_part"), _("Accepter en partie"))
    if "contest" in actions:
        yield Button(url("contest"), _("Contester"), "negative")
    if "withdraw" in actions and delivery.state == workflow.CONTESTED:
        again = (("again", "1"),)
        yield Button(url("withdraw"), _("Retirer et corriger"), "btn-primary", posts=True, hidden=again)
    elif "withdraw" in actions:
        yield Button(url("withdraw"), _("Retirer cette livraison"), "negative", posts=True)
    if _may_be_declared_again(context):
        query = {"again": delivery.number}
        yield Button(
            str(context.path("delivery.new", query=query, **ids)), _("Déclarer de nouveau"), "btn-primary"
        )


def _may_be_declared_again(context: Any) -> bool:
    if context.delivery.state not in (workflow.WITHDRAWN, workflow.REVERSED) or not context.may_act:
        return False
    remaining = any(line.remaining_thousandths for line in context.subcontract.version.lines)
    allowed = workflow.subcontract_actions(context.subcontract, context.party)
    return remaining and "declare_delivery" in allowed


def _held(version: Any) -> bool:
    """Tell whether accepting makes only a part due, or none yet."""
    return bool(version.retention_rate_bp) or version.payment_kind == CLIENT_PAYS


def _notes(context: Any, request: Any) -> Iterator[Note]:
    delivery, subcontract, speech = context.delivery, context.subcontract, request.endi_ext
    buys, name = context.role == workflow.BUYER, context.partner.name
    net = speech.money(delivery.net_cents)
    if delivery.state == workflow.DECLARED:
        to_check = TO_CHECK_HELD if _held(subcontract.version) else TO_CHECK
        yield Note(to_check, {"name": name, "amount": net}) if buys else Note(BEING_CHECKED, {"name": name})
        yield from _silence(delivery, buys, request)
    elif delivery.state == workflow.CONTESTED:
        yield Note(CONTESTED) if buys else Note(TO_CORRECT, {"name": name})
    elif delivery.state == workflow.REVERSED:
        yield Note(REVERSED)
    elif delivery.state == workflow.ACCEPTED and delivery.accepted_cents != delivery.net_cents:
        yield Note(IN_PART, {"amount": speech.money(delivery.accepted_cents), "claimed": net})
    if delivery.decided_by in DECIDED:
        yield Note(DECIDED[delivery.decided_by])
    if delivery.state in (workflow.DECLARED, workflow.CONTESTED):
        left = [side for side in (subcontract.buyer, subcontract.seller) if not side.active]
        yield from (Note(LEFT, {"name": side.name}) for side in left)


def _silence(delivery: Any, buys: bool, request: Any) -> Iterator[Note]:
    last_day = silence.answer_by(delivery)
    if last_day is None:
        return
    today = request.registry.endi_ext_host.clock.today()
    text = OVERDUE if last_day < today else SILENCE[silence.accepts(delivery), buys]
    yield Note(text, {"day": request.endi_ext.day(last_day)})
