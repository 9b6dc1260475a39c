"""The papers of a subcontract as PDF: the agreement, an amendment, a claim, the final account."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import conditions as terms_of
from ...subcontracts import payment_terms, retentions, situations, workflow
from .. import conditions, papers
from ..i18n import _
from ..permissions import VIEW
from ..terms_diff import line_changes

STATES = {
    ("subcontract", "proposed"): _("en attente de réponse"),
    ("subcontract", "declined"): _("refusée"),
    ("subcontract", "withdrawn"): _("retirée"),
    ("subcontract", "expired"): _("expirée"),
    ("amendment", "proposed"): _("en attente de réponse"),
    ("amendment", "declined"): _("refusé"),
    ("amendment", "withdrawn"): _("retiré"),
    ("amendment", "expired"): _("expiré"),
    ("final_account", "proposed"): _("en attente de signature"),
    ("final_account", "refused"): _("refusé"),
    ("final_account", "withdrawn"): _("retiré"),
    ("delivery", "declared"): _("En attente d’acceptation"),
    ("delivery", "accepted"): _("Acceptée"),
    ("delivery", "in_part"): _("Acceptée en partie"),
    ("delivery", "contested"): _("Contestée"),
    ("delivery", "withdrawn"): _("Retirée"),
    ("delivery", "reversed"): _("Acceptation annulée"),
}

AGREEMENT, AMENDMENT = _("Accord"), _("Avenant n° {number}")


@view_config(route_name="endi_ext.subcontract.paper", request_method="GET", permission=VIEW)
def agreement(context: Any, request: Any) -> Any:
    """The agreement as it is now: in force with its amendments, or still on the table."""
    subcontract, version = context.subcontract, context.subcontract.version
    agreed = [one for one in subcontract.amendments if one.state == workflow.AGREED]
    amendments = [(one, _version(subcontract, one)) for one in agreed]
    speech = request.endi_ext
    named = [(speech.text(AMENDMENT, number=one.number), changed) for one, changed in amendments]
    values = {
        "subcontract": subcontract,
        "version": version,
        "state": STATES.get(("subcontract", subcontract.state), ""),
        "conditions": conditions.said(version, speech),
        "amendments": amendments,
        "signed": [(speech.text(AGREEMENT), _first(subcontract)), *named],
    }
    return papers.answer(request, "papers/agreement.mako", f"accord-{subcontract.id}", values)


@view_config(route_name="endi_ext.amendment.paper", request_method="GET", permission=VIEW)
def amendment(context: Any, request: Any) -> Any:
    """An amendment: what it changes, and who signed it."""
    subcontract, changed = context.subcontract, context.amendment
    version, before = _version(subcontract, changed), _before(subcontract, changed)
    values = {
        "subcontract": subcontract,
        "amendment": changed,
        "state": STATES.get(("amendment", changed.state), ""),
        "version": version,
        "before": before,
        "changes": line_changes(before.lines, version.lines),
        "conditions": conditions.said(version, request.endi_ext),
        "conditions_before": dict(conditions.said(before, request.endi_ext)),
    }
    return papers.answer(
        request, "papers/amendment.mako", f"avenant-{subcontract.id}-{changed.number}", values
    )


@view_config(route_name="endi_ext.delivery.paper", request_method="GET", permission=VIEW)
def claim(context: Any, request: Any) -> Any:
    """A delivery as the progress claim it is (situation)."""
    delivery, version = context.delivery, context.delivery.lines[0].line.version
    values = {
        "subcontract": context.subcontract,
        "delivery": delivery,
        "state": STATES[("delivery", _state_of(delivery))],
        "situation": situations.situation(request.dbsession, delivery),
        "version": version,
        "held_cents": _held_cents(context, request),
        "payment": conditions.payment(version, request.endi_ext),
        "retention_words": conditions.retention(version, request.endi_ext),
    }
    name = f"situation-{context.subcontract.id}-{delivery.number}"
    return papers.answer(request, "papers/claim.mako", name, values)


@view_config(route_name="endi_ext.final_account.paper", request_method="GET", permission=VIEW)
def final_account(context: Any, request: Any) -> Any:
    """The account of the whole job (décompte général), as it was drawn up."""
    subcontract, account = context.subcontract, context.account
    drawn_by_buyer = account.drawn_by_id == subcontract.buyer_id
    values = {
        "subcontract": subcontract,
        "account": account,
        "other": subcontract.seller if drawn_by_buyer else subcontract.buyer,
        "state": STATES.get(("final_account", account.state), ""),
    }
    name = f"decompte-general-{subcontract.id}-{account.number}"
    return papers.answer(request, "papers/final_account.mako", name, values)


def _version(subcontract: Any, amendment: Any) -> Any:
    return next(one for one in subcontract.versions if one.number == amendment.version_number)


def _before(subcontract: Any, amendment: Any) -> Any:
    """Return the version an amendment changes: the one in force when it was, or would be, signed."""
    if amendment.state == workflow.PROPOSED:
        return subcontract.version
    signed = [one for one in subcontract.amendments if one.state == workflow.AGREED and one.id < amendment.id]
    if signed:
        return _version(subcontract, signed[-1])
    return _first(subcontract)


def _first(subcontract: Any) -> Any:
    """Return the agreement itself, without what amendments changed."""
    return max((one for one in subcontract.versions if one.amendment_id is None), key=lambda one: one.number)


def _state_of(delivery: Any) -> str:
    in_part = delivery.state == workflow.ACCEPTED and delivery.accepted_cents != delivery.net_cents
    return "in_part" if in_part else str(delivery.state)


def _held_cents(context: Any, request: Any) -> int:
    """Return what was held back of a claim; of one not accepted yet, what would be."""
    session, subcontract, delivery = request.dbsession, context.subcontract, context.delivery
    held = retentions.of_subcontract(session, subcontract)
    if delivery.exchange_id is not None:
        return sum(one.retention.held_cents for one in held if one.delivery.id == delivery.id)
    return payment_terms.retained_cents(
        terms_of.of(subcontract.version),
        request.registry.endi_ext_host.clock.today(),
        delivery.net_cents,
        accepted_before=subcontract.accepted_cents,
        held_before=sum(one.retention.held_cents for one in held),
    )
