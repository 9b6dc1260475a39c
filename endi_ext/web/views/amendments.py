"""Amendments of a subcontract: proposed, read, answered."""

from typing import Any

from pyramid.view import view_config

from ...kernel.history import history_of
from ...subcontracts import amendments, versions, workflow
from .. import states
from ..forms import subcontracts as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..panels.agreement import terms_shown
from ..permissions import ACT, VIEW
from .subcontracts import refuse_early, version_read

FORM = "endi_ext:web/templates/amend.mako"
REASON_PAGE = "endi_ext:web/templates/form.mako"

INTRO = _(
    "Ajoutez des lignes, changez les quantités, les prix, les dates ou les conditions. Rien ne change avant "
    "l’accord des deux ; ce qui est déjà livré garde son prix."
)


@view_config(route_name="endi_ext.amendment.new", permission=ACT, require_csrf=True, renderer=FORM)
def propose(context: Any, request: Any) -> Any:
    """Propose to change what was agreed."""
    refuse_early(context, request, "propose_amendment")
    subcontract = context.subcontract

    def save(values: dict[str, Any]) -> Any:
        made = amendments.propose_amendment(
            request.dbsession,
            subcontract,
            party=context.party,
            terms=forms.terms_of(values),
            request_key=values["request_key"],
            act=act(request),
        )
        url = context.path("amendment", subcontract_id=subcontract.id, amendment_id=made.id)
        return done(request, url, _("Votre avenant est envoyé à {name}."), name=context.partner.name)

    words = {"title": _("Proposer un avenant"), "button": _("Envoyer l’avenant")}
    return _form(context, request, forms.amendment_schema(), save, subcontract.version, words)


@view_config(
    route_name="endi_ext.amendment",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/amendment.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show an amendment beside what it changes, who signed it, and how one answers."""
    amendment, subcontract = context.amendment, context.subcontract
    version = versions.on_the_table(amendment)
    answered = versions.before(version)
    base = versions.base_of(amendment)
    return page(
        request,
        _("Avenant n° {number}"),
        number=amendment.number,
        amendment=amendment,
        subcontract=subcontract,
        version=version,
        base=base,
        answered=answered if answered is not base else None,
        badge=states.of_amendment(amendment, context.party),
        actions=workflow.amendment_actions(amendment, context.party) if context.may_act else (),
        events=history_of(request.dbsession, amendment),
        step_of=states.step_of,
        **terms_shown(version, base, request),
    )


@view_config(route_name="endi_ext.amendment.counter", permission=ACT, require_csrf=True, renderer=FORM)
def counter(context: Any, request: Any) -> Any:
    """Answer an amendment with changes."""
    _refuse_early(context, request, "counter")

    def save(values: dict[str, Any]) -> Any:
        amendments.counter_amendment(
            request.dbsession,
            context.amendment,
            party=context.party,
            terms=forms.terms_of(values),
            version=values["version"],
            act=act(request),
        )
        name = context.partner.name
        return done(request, context.url, _("Vos changements sont envoyés à {name}."), name=name)

    words = {
        "title": _("Répondre à l’avenant avec des changements"),
        "button": _("Envoyer mes changements"),
    }
    version = versions.on_the_table(context.amendment)
    return _form(context, request, forms.counter_schema(may_be_empty=True), save, version, words)


@view_config(route_name="endi_ext.amendment.accept", request_method="POST", permission=ACT, require_csrf=True)
def accept(context: Any, request: Any) -> Any:
    """Sign the version of the amendment that was read."""
    amendments.accept_amendment(
        request.dbsession,
        context.amendment,
        party=context.party,
        version=version_read(request),
        act=act(request),
    )
    return done(request, context.url, _("L’avenant est signé des deux parties : il est en vigueur."))


@view_config(route_name="endi_ext.amendment.decline", permission=ACT, require_csrf=True, renderer=REASON_PAGE)
def decline(context: Any, request: Any) -> Any:
    """Decline an amendment, with a reason."""
    _refuse_early(context, request, "decline")

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        amendments.decline_amendment(request.dbsession, context.amendment, **doer, **values)
        return done(request, context.url, _("Votre refus est transmis à {name}."), name=context.partner.name)

    return submit(
        request,
        forms.reason_schema(_("Motif du refus")),
        save,
        title=_("Refuser l’avenant"),
        button=_("Refuser"),
        cancel=context.url,
        intro=_("L’accord continue sans changement. Votre partenaire lira ce motif."),
    )


@view_config(
    route_name="endi_ext.amendment.withdraw", permission=ACT, require_csrf=True, renderer=REASON_PAGE
)
def withdraw(context: Any, request: Any) -> Any:
    """Take back one's own amendment."""
    _refuse_early(context, request, "withdraw")

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        amendments.withdraw_amendment(request.dbsession, context.amendment, **doer, **values)
        return done(request, context.url, _("Votre avenant est retiré : l’accord continue sans changement."))

    return submit(
        request,
        forms.reason_schema(_("Motif du retrait"), missing=""),
        save,
        title=_("Retirer mon avenant"),
        button=_("Retirer"),
        cancel=context.url,
        intro=_("Votre partenaire ne pourra plus répondre à cet avenant."),
    )


def _refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused."""
    if request.method == "GET":
        role = workflow.amendment_role_of(context.amendment, context.party)
        workflow.AMENDMENT.target(context.amendment.state, action, role, reason=action)


def _form(context: Any, request: Any, schema: Any, save: Any, version: Any, words: dict[str, str]) -> Any:
    """Show the lines of a version to change them, and above them the limits: what is delivered already."""
    in_force = context.subcontract.version.lines
    return submit(
        request,
        schema,
        save,
        cancel=context.url,
        values=forms.values_of(version),
        intro=request.endi_ext.text(INTRO),
        started=[line for line in in_force if line.delivered_thousandths],
        **words,
    )
