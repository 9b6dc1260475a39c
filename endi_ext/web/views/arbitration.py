"""Disputes submitted to arbitration, as the support team's arbiters see them."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import dispute_queries, disputes, workflow
from .. import after_acceptance, dispute_page, states
from ..file_answer import file_answer
from ..forms import disputes as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ARBITRATE
from ..uploads import most_bytes

PAGE = "endi_ext:web/templates/arbitration.mako"
LIST = "endi_ext:web/templates/arbitrations.mako"
DECISION = _(
    "Ce que vous acceptez est dû aussitôt par qui a confié le travail ; le reste peut être déclaré "
    "de nouveau. Une décision ne se reprend pas."
)
TITLE = _("Différend : {subject}")


@view_config(route_name="endi_ext.arbitrations", request_method="GET", permission=ARBITRATE, renderer=LIST)
def everything(request: Any) -> dict[str, Any]:
    """List what waits for a decision, then what was decided; one's own disputes are left out."""
    mine = request.registry.endi_ext_host.actor(request).host_keys

    def of_others(found: Any) -> list[Any]:
        sides = ((one, one.subcontract) for one in found)
        return [
            one for one, both in sides if not {both.buyer.host_key, both.seller.host_key}.intersection(mine)
        ]

    return page(
        request,
        _("Différends à arbitrer"),
        waiting=of_others(dispute_queries.to_arbitrate(request.dbsession)),
        over=of_others(dispute_queries.arbitrated(request.dbsession)),
        badge_of=lambda dispute: states.of_dispute(dispute, workflow.ARBITER),
        title_of=lambda dispute: dispute_page.title(request, dispute),
    )


@view_config(route_name="endi_ext.arbitration", request_method="GET", permission=ARBITRATE, renderer=PAGE)
def show(context: Any, request: Any) -> Any:
    """Show a dispute to its arbiter."""
    values = _values(context, request)
    if values["is_mine"]:
        return _conversation(context, request, values)
    return page(request, TITLE, form=None, failed=False, **_facts(values), **values)


@view_config(
    route_name="endi_ext.arbitration",
    request_method="POST",
    permission=ARBITRATE,
    require_csrf=True,
    renderer=PAGE,
)
def write(context: Any, request: Any) -> Any:
    """Ask or answer both sides."""
    return _conversation(context, request, _values(context, request))


def _conversation(context: Any, request: Any, values: dict[str, Any]) -> Any:
    limit = most_bytes(request)

    def save(typed: dict[str, Any]) -> Any:
        facts = {"party": None, "said": forms.said(typed, limit), "act": act(request)}
        disputes.write(request.dbsession, context.dispute, **facts)
        return done(request, context.url, _("Votre message est transmis aux deux parties."))

    return submit(
        request,
        forms.message_schema(request.endi_ext, limit),
        save,
        title=request.endi_ext.text(TITLE, **_facts(values)),
        button=_("Envoyer aux deux parties"),
        **values,
    )


def _values(context: Any, request: Any) -> dict[str, Any]:
    dispute = context.dispute
    open_to_me = dispute.state == workflow.ARBITRATION
    return {
        **dispute_page.shown(request, dispute, workflow.ARBITER, files=True),
        "may_take": open_to_me and dispute.arbiter_key != act(request).actor_key,
        "is_mine": open_to_me and dispute.arbiter_key == act(request).actor_key,
    }


def _facts(values: dict[str, Any]) -> dict[str, Any]:
    return {"subject": values["subcontract"].title}


@view_config(
    route_name="endi_ext.arbitration.take", request_method="POST", permission=ARBITRATE, require_csrf=True
)
def take(context: Any, request: Any) -> Any:
    """Become the named arbiter."""
    instead_of = request.POST.get("instead_of", "")[:60]
    disputes.take(request.dbsession, context.dispute, instead_of=instead_of, act=act(request))
    return done(request, context.url, _("Vous arbitrez ce différend : les deux parties voient votre nom."))


@view_config(
    route_name="endi_ext.arbitration.decide", permission=ARBITRATE, require_csrf=True, renderer=FORM_PAGE
)
def decide(context: Any, request: Any) -> Any:
    """Decide, with reasons."""
    if request.method == "GET":
        disputes.refuse_decision(context.dispute, act(request))
    asked = forms.of_outcome(request, context.dispute)

    def save(typed: dict[str, Any]) -> Any:
        said = forms.said(typed, most_bytes(request))
        facts = {"outcome": asked.outcome(typed), "said": said, "act": act(request)}
        disputes.decide(request.dbsession, context.dispute, **facts)
        after_acceptance.follow(request, context.dispute.subcontract)
        return done(request, context.url, _("Votre décision est appliquée : le différend est clos."))

    return submit(
        request,
        forms.decision_schema(asked),
        save,
        title=_("Trancher le différend"),
        button=_("Trancher"),
        cancel=context.url,
        values=asked.first_values(context.dispute.proposal),
        intro=DECISION,
    )


@view_config(route_name="endi_ext.arbitration.file", request_method="GET", permission=ARBITRATE)
def file(context: Any, request: Any) -> Any:
    """Hand a file out, to be kept: never shown by the browser."""
    return file_answer(request, context.file)
