"""The final account of a job: drawn up by one side, read, signed or refused by the other."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import final_accounts, workflow
from .. import states
from ..forms import money as forms
from ..forms import subcontracts
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..panels.money import amounts_of
from ..permissions import ACT, VIEW
from .subcontracts import refuse_early

DRAW_UP_INTRO = _(
    "Le décompte général reprend l’accord, ses avenants et tout ce qui a été accepté. Quand {name} l’aura "
    "signé, le travail sera clos ; ce qui reste dû ou retenu se réglera comme prévu."
)
SIGNED = _("Le décompte général est signé : ce travail est clos.")


@view_config(route_name="endi_ext.final_account.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def draw_up(context: Any, request: Any) -> Any:
    """Draw up the final account."""
    refuse_early(context, request, "draw_up_final_account")

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        made = final_accounts.draw_up(request.dbsession, context.subcontract, **doer, **values)
        ids = {"subcontract_id": context.subcontract.id, "account_id": made.id}
        text = _("Le décompte général est établi : {name} doit le signer.")
        return done(request, context.path("final_account", **ids), text, name=context.partner.name)

    return submit(
        request,
        forms.account_schema(),
        save,
        title=_("Établir le décompte général"),
        button=_("Établir et signer"),
        cancel=context.url,
        intro=request.endi_ext.text(DRAW_UP_INTRO, name=context.partner.name),
    )


@view_config(
    route_name="endi_ext.final_account",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/final_account.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a final account, and what may be done with it."""
    account, subcontract, party = context.account, context.subcontract, context.party
    may = final_accounts.actions(account, subcontract, party) if context.may_act else ()
    current = final_accounts.is_current(request.dbsession, account)
    return page(
        request,
        _("Décompte général n° {number}"),
        number=account.number,
        account=account,
        subcontract=subcontract,
        badge=states.of_final_account(account, party),
        actions=may,
        outdated=account.state == workflow.PROPOSED and not current,
        reopened=account.state == workflow.SIGNED and subcontract.state != workflow.CLOSED,
        agreed=[line for line in account.lines if line.kind in ("agreement", "amendment")],
        done=[line for line in account.lines if line.kind in ("claim", "credit")],
        amounts=amounts_of(account),
    )


@view_config(
    route_name="endi_ext.final_account.sign", request_method="POST", permission=ACT, require_csrf=True
)
def sign(context: Any, request: Any) -> Any:
    """Sign the account: the job is closed."""
    final_accounts.sign(request.dbsession, context.account, party=context.party, act=act(request))
    return done(request, context.url, SIGNED)


@view_config(
    route_name="endi_ext.final_account.withdraw", request_method="POST", permission=ACT, require_csrf=True
)
def withdraw(context: Any, request: Any) -> Any:
    """Take back an account one drew up."""
    final_accounts.withdraw(request.dbsession, context.account, party=context.party, act=act(request))
    return done(request, context.url, _("Le décompte général est retiré."))


@view_config(
    route_name="endi_ext.final_account.refuse", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def refuse(context: Any, request: Any) -> Any:
    """Refuse the account, with a reason."""
    if request.method == "GET":
        account = context.account
        role = final_accounts.role_of(account, context.subcontract, context.party)
        workflow.FINAL_ACCOUNT.target(account.state, "refuse", role, reason="refuse")

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        final_accounts.refuse(request.dbsession, context.account, **doer, **values)
        return done(request, context.url, _("Votre refus est transmis à {name}."), name=context.partner.name)

    return submit(
        request,
        subcontracts.reason_schema(_("Ce qui ne va pas dans ce décompte")),
        save,
        title=_("Refuser le décompte général"),
        button=_("Refuser"),
        cancel=context.url,
        intro=_("Votre partenaire lira ce motif ; l’un de vous pourra en établir un autre."),
    )
