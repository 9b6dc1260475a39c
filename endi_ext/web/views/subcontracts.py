"""Subcontracts of a party: given and received, proposed, answered."""

from typing import Any

from pyramid.view import view_config
from sqlalchemy import select

from ...kernel.parties import INTERNAL, Party
from ...subcontracts import queries, service, workflow
from ...subcontracts.terms import CONTRACT, FRAME
from .. import states
from ..forms import subcontracts as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..paging import cursor_of, size_of
from ..panels import panels_of
from ..permissions import ACT, VIEW

FILTERS = (
    ("", _("Toutes")),
    (workflow.PROPOSED, _("En discussion")),
    (workflow.AGREED, _("En cours")),
    (workflow.COMPLETED, _("Terminées")),
    (workflow.CLOSED, _("Closes")),
    (workflow.DECLINED, _("Refusées")),
    (workflow.WITHDRAWN, _("Retirées")),
    (workflow.EXPIRED, _("Sans réponse")),
)


PROPOSE_INTRO = _(
    "Décrivez le travail que vous confiez. Votre partenaire pourra accepter, refuser ou proposer des "
    "changements ; rien n’est engagé avant l’accord des deux."
)
OFFER_INTRO = _(
    "Décrivez le travail que vous proposez de faire. Votre partenaire pourra accepter, refuser ou proposer "
    "des changements ; rien n’est engagé avant l’accord des deux."
)
SENT = _("Votre proposition est envoyée à {partner}.")
COUNTER_INTRO = _(
    "Modifiez ce qui doit l’être : votre partenaire verra les différences et devra donner son accord."
)


@view_config(
    route_name="endi_ext.subcontracts",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/subcontracts.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the subcontracts given or received, by state."""
    session = request.dbsession
    side = _side(context, request)
    state = request.params.get("state", "")
    state = state if state in workflow.SUBCONTRACT.states else ""
    found = queries.page(
        session, context.party, side, state=state or None, cursor=cursor_of(request), size=size_of(request)
    )
    return page(
        request,
        _("Sous-traitance"),
        side=side,
        state=state,
        found=found,
        state_filters=FILTERS,
        counts=queries.counts(session, context.party, side),
        badge=lambda subcontract: states.of_subcontract(subcontract, context.party),
    )


@view_config(route_name="endi_ext.subcontract.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def propose(context: Any, request: Any) -> Any:
    """Propose work to a partner."""
    return submit(
        request,
        forms.proposal_schema(
            _partners(request, context.party), "seller", _("Partenaire à qui vous confiez le travail")
        ),
        lambda values: _propose(context, request, values, buyer=context.party, seller=values["seller"]),
        title=_("Proposer une sous-traitance"),
        button=_("Envoyer la proposition"),
        cancel=context.path("subcontracts"),
        intro=PROPOSE_INTRO,
    )


@view_config(route_name="endi_ext.subcontract.offer", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def offer(context: Any, request: Any) -> Any:
    """Propose one's services to a partner."""
    return submit(
        request,
        forms.proposal_schema(
            _partners(request, context.party), "buyer", _("Partenaire pour qui vous ferez le travail")
        ),
        lambda values: _propose(context, request, values, buyer=values["buyer"], seller=context.party),
        title=_("Proposer mes services"),
        button=_("Envoyer la proposition"),
        cancel=context.path("subcontracts", query={"side": queries.RECEIVED}),
        intro=OFFER_INTRO,
    )


def _propose(context: Any, request: Any, values: dict[str, Any], *, buyer: Party, seller: Party) -> Any:
    made = service.propose(
        request.dbsession,
        buyer=buyer,
        seller=seller,
        proposed_by=context.party,
        kind=values["conditions"].get("kind", CONTRACT),
        title=values["title"],
        terms=forms.terms_of(values),
        request_key=values["request_key"],
        act=act(request),
    )
    partner = seller if buyer.id == context.party.id else buyer
    return done(request, context.path("subcontract", subcontract_id=made.id), SENT, partner=partner.name)


@view_config(
    route_name="endi_ext.subcontract",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/subcontract.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a subcontract: the sections each domain adds."""
    subcontract = context.subcontract
    return page(
        request,
        _("Accord-cadre : {subject}") if subcontract.kind == FRAME else _("Sous-traitance : {subject}"),
        subject=subcontract.title,
        badge=states.of_subcontract(subcontract, context.party),
        panels=panels_of("subcontract", context, request),
    )


@view_config(route_name="endi_ext.subcontract.counter", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def counter(context: Any, request: Any) -> Any:
    """Answer with changes."""
    refuse_early(context, request, "counter")
    subcontract = context.subcontract

    def save(values: dict[str, Any]) -> Any:
        terms, read = forms.terms_of(values), values["version"]
        doer = {"party": context.party, "act": act(request)}
        service.counter(request.dbsession, subcontract, terms=terms, version=read, **doer)
        name = context.partner.name
        return done(request, context.url, _("Vos changements sont envoyés à {name}."), name=name)

    return submit(
        request,
        forms.counter_schema(),
        save,
        title=_("Répondre avec des changements"),
        button=_("Envoyer mes changements"),
        cancel=context.url,
        values=forms.values_of(subcontract.version),
        intro=COUNTER_INTRO,
    )


@view_config(
    route_name="endi_ext.subcontract.accept", request_method="POST", permission=ACT, require_csrf=True
)
def accept(context: Any, request: Any) -> Any:
    """Accept the version that was read."""
    service.accept(
        request.dbsession,
        context.subcontract,
        party=context.party,
        version=version_read(request),
        act=act(request),
    )
    return done(request, context.url, _("C’est accepté : vous êtes engagés tous les deux."))


@view_config(route_name="endi_ext.subcontract.decline", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def decline(context: Any, request: Any) -> Any:
    """Decline, with a reason."""
    refuse_early(context, request, "decline")

    def save(values: dict[str, Any]) -> Any:
        service.decline(
            request.dbsession, context.subcontract, party=context.party, act=act(request), **values
        )
        return done(request, context.url, _("Votre refus est transmis à {name}."), name=context.partner.name)

    return submit(
        request,
        forms.reason_schema(_("Motif du refus")),
        save,
        title=_("Refuser la proposition"),
        button=_("Refuser"),
        cancel=context.url,
        intro=_("Dites pourquoi en quelques mots : votre partenaire lira ce motif."),
    )


@view_config(
    route_name="endi_ext.subcontract.withdraw", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def withdraw(context: Any, request: Any) -> Any:
    """Take back one's own proposal."""
    refuse_early(context, request, "withdraw")

    def save(values: dict[str, Any]) -> Any:
        service.withdraw(
            request.dbsession, context.subcontract, party=context.party, act=act(request), **values
        )
        return done(request, context.url, _("Votre proposition est retirée."))

    return submit(
        request,
        forms.reason_schema(_("Motif du retrait"), missing=""),
        save,
        title=_("Retirer ma proposition"),
        button=_("Retirer"),
        cancel=context.url,
        intro=_("Votre partenaire ne pourra plus répondre à cette proposition."),
    )


def version_read(request: Any) -> int:
    """Return the number of the version the reader had before them when they pressed the button."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused: someone else was quicker, or it is not theirs to do."""
    subcontract, flow = context.subcontract, workflow.flow_of(context.subcontract)
    if request.method == "GET":
        flow.target(subcontract.state, action, workflow.role_of(subcontract, context.party), reason=action)


def _side(context: Any, request: Any) -> str:
    """Return the side asked for; else what is received, when nothing was ever given."""
    asked = request.params.get("side")
    if asked in (queries.GIVEN, queries.RECEIVED):
        return str(asked)
    given, received = (
        sum(queries.counts(request.dbsession, context.party, side).values())
        for side in (queries.GIVEN, queries.RECEIVED)
    )
    return queries.RECEIVED if received and not given else queries.GIVEN


def _partners(request: Any, party: Party) -> list[Party]:
    """Return the active parties of the cooperative one may work with, by name; never oneself."""
    others = select(Party).where(Party.active, Party.kind == INTERNAL, Party.id != party.id)
    return list(request.dbsession.execute(others.order_by(Party.name)).scalars())
