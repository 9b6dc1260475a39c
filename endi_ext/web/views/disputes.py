"""Disputes as their two sides see them: the conversation, its files, the outcome proposed."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import disputes, workflow
from .. import after_acceptance, dispute_page
from ..file_answer import file_answer
from ..forms import disputes as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from ..uploads import most_bytes

PAGE = "endi_ext:web/templates/dispute.mako"
TITLE = _("Différend sur la livraison n° {number}")


@view_config(route_name="endi_ext.dispute", request_method="GET", permission=VIEW, renderer=PAGE)
def show(context: Any, request: Any) -> Any:
    """Show a dispute: what is at stake, what was said, what may be done."""
    values = _values(context, request)
    if "write" in values["actions"]:
        return _conversation(context, request, values)
    return page(request, dispute_page.title(request, context.dispute), form=None, failed=False, **values)


@view_config(
    route_name="endi_ext.dispute", request_method="POST", permission=ACT, require_csrf=True, renderer=PAGE
)
def write(context: Any, request: Any) -> Any:
    """Add a message, with its files."""
    return _conversation(context, request, _values(context, request))


def _conversation(context: Any, request: Any, values: dict[str, Any]) -> Any:
    limit = most_bytes(request)

    def save(typed: dict[str, Any]) -> Any:
        facts = {"party": context.party, "said": forms.said(typed, limit), "act": act(request)}
        disputes.write(request.dbsession, context.dispute, **facts)
        return done(
            request, context.url, _("Votre message est transmis à {name}."), name=context.partner.name
        )

    return submit(
        request,
        forms.message_schema(request.endi_ext, limit),
        save,
        title=dispute_page.title(request, context.dispute),
        button=_("Envoyer"),
        **values,
    )


def _values(context: Any, request: Any) -> dict[str, Any]:
    dispute, role = context.dispute, context.role
    actions = workflow.DISPUTE.allowed(str(dispute.state), role) if context.may_act else ()
    return {
        **dispute_page.shown(request, dispute, role, files=context.may_act),
        "role": role,
        "actions": actions,
    }


@view_config(route_name="endi_ext.dispute.propose", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def propose(context: Any, request: Any) -> Any:
    """Propose how the dispute would end, line by line."""
    _refuse_early(context, request, "propose")
    asked = forms.of_outcome(request, context.dispute)

    def save(typed: dict[str, Any]) -> Any:
        facts = {"party": context.party, "outcome": asked.outcome(typed), "act": act(request)}
        said = forms.said(typed, most_bytes(request))
        disputes.propose(request.dbsession, context.dispute, said=said, **facts)
        name = context.partner.name
        return done(request, context.url, _("Votre proposition est transmise à {name}."), name=name)

    return submit(
        request,
        forms.proposal_schema(asked),
        save,
        title=_("Proposer une issue"),
        button=_("Proposer"),
        cancel=context.url,
        values=asked.first_values(context.dispute.proposal),
        intro=request.endi_ext.text(INTRO, name=context.partner.name),
    )


INTRO = _(
    "{name} pourra accepter cette issue, qui s’appliquera aussitôt, ou en proposer une autre. Votre "
    "proposition remplace celle qui attendait."
)


@view_config(route_name="endi_ext.dispute.agree", request_method="POST", permission=ACT, require_csrf=True)
def agree(context: Any, request: Any) -> Any:
    """Agree to the outcome the other side proposed."""
    number = request.POST.get("proposal", "")
    disputes.agree(
        request.dbsession,
        context.dispute,
        party=context.party,
        proposal=int(number) if number.isascii() and number.isdigit() else 0,
        act=act(request),
    )
    after_acceptance.follow(request, context.subcontract)
    return done(request, context.url, _("C’est convenu : le différend est clos."))


@view_config(route_name="endi_ext.dispute.give_way", request_method="POST", permission=ACT, require_csrf=True)
def give_way(context: Any, request: Any) -> Any:
    """Accept everything, or take everything back: the dispute is over."""
    disputes.give_way(request.dbsession, context.dispute, party=context.party, act=act(request))
    after_acceptance.follow(request, context.subcontract)
    return done(request, context.url, _("C’est noté : le différend est clos."))


@view_config(route_name="endi_ext.dispute.arbitration", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def ask_arbitration(context: Any, request: Any) -> Any:
    """Ask the support team to decide."""
    _refuse_early(context, request, "ask_arbitration")
    limit = most_bytes(request)

    def save(typed: dict[str, Any]) -> Any:
        facts = {"party": context.party, "said": forms.said(typed, limit), "act": act(request)}
        disputes.ask_arbitration(request.dbsession, context.dispute, **facts)
        return done(request, context.url, _("L’arbitrage est demandé à l’équipe d’appui."))

    return submit(
        request,
        forms.request_schema(request.endi_ext, limit),
        save,
        title=_("Demander l’arbitrage"),
        button=_("Demander l’arbitrage"),
        cancel=context.url,
        intro=_(
            "Une personne de l’équipe d’appui lira tout ce qui s’est dit ici, avec les pièces, et tranchera. "
            "Jusque-là vous pouvez encore vous mettre d’accord entre vous."
        ),
    )


@view_config(route_name="endi_ext.dispute.file", request_method="GET", permission=ACT)
def file(context: Any, request: Any) -> Any:
    """Hand a file out, to be kept: never shown by the browser."""
    return file_answer(request, context.file)


def _refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused."""
    if request.method == "GET":
        workflow.DISPUTE.target(str(context.dispute.state), action, context.role, reason=action)
