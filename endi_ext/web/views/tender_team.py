"""The team of a tender: who is in it, who could be, who is invited and answers."""

from typing import Any

from pyramid.view import view_config

from ...kernel import paris
from ...tenders import candidates, identity, members, steps, workflow
from .. import team_words, tender_states
from ..forms import tender_team as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..panels.tender_team import bidder_of
from ..permissions import ACT, VIEW

DAYS_TO_ANSWER = 5
INVITE_INTRO = _(
    "La personne invitée verra la consultation, l’équipe et ce que vous lui demandez ; les prix, les parts "
    "et les pièces, seulement après avoir accepté."
)
FIRM_INTRO = _(
    "Une entreprise extérieure n’a pas d’accès ici : prévenez-la vous-même, puis notez sa réponse sur la "
    "page de l’équipe. Elle sera sous-traitante, ou membre d’un groupement : les engagements le disent."
)


@view_config(
    route_name="endi_ext.tender.team",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_team.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the team, what each is asked and said, and what it means for the forms."""
    tender = context.tender
    present = [member for member in tender.members if member.state in workflow.IN_THE_TEAM]
    return page(
        request,
        _("L’équipe"),
        tender=tender,
        present=present,
        gone=[member for member in tender.members if member not in present],
        steers="steer" in context.actions,
        actions_of=lambda member: _actions(context, member),
        bidder=bidder_of(request, tender),
        has_joined=context.role != workflow.GUEST,
        today=act(request).today,
        words=team_words,
        states=tender_states,
    )


@view_config(
    route_name="endi_ext.tender.candidates",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_candidates.mako",
)
def find(context: Any, request: Any) -> dict[str, Any]:
    """Look for partners in the cooperative."""
    typed = {name: request.GET.get(name, "").strip()[:100] for name in ("text", "place")}
    ticked = {name: request.GET.get(name) == "1" for name in ("available", "together")}
    wanted = candidates.Wanted(**typed, **ticked)
    session = request.dbsession
    return page(
        request,
        _("Trouver des partenaires"),
        found=candidates.search(session, context.tender, context.party, wanted, today=act(request).today),
        wanted=wanted,
        trades=candidates.trades(session),
        steers="steer" in context.actions,
        words=team_words,
        states=tender_states,
    )


@view_config(route_name="endi_ext.tender.invite", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def invite(context: Any, request: Any) -> Any:
    """Invite a party of the cooperative."""
    _refuse_early(context, request)
    parties = candidates.parties(request.dbsession, context.tender.lead)
    asked = request.GET.get("party", "")
    chosen = next((party for party in parties if str(party.id) == asked), None)

    def save(values: dict[str, Any]) -> Any:
        party, doer = values.pop("party"), {"by": context.party, "act": act(request)}
        members.invite(request.dbsession, context.tender, party, members.Terms(**values), **doer)
        return done(
            request, context.at("team"), _("{name} est invité à rejoindre l’équipe."), name=party.name
        )

    return submit(
        request,
        forms.invitation_schema(parties, chosen),
        save,
        title=_("Inviter dans l’équipe"),
        button=_("Envoyer l’invitation"),
        cancel=context.at("team"),
        values=_usual(context, request),
        intro=INVITE_INTRO,
    )


@view_config(route_name="endi_ext.tender.invite_firm", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def invite_firm(context: Any, request: Any) -> Any:
    """Note a firm outside, or a member of another cooperative."""
    _refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        firm = members.Firm(**{name: values.pop(name) for name in ("name", "siret", "email", "via")})
        doer = {"by": context.party, "act": act(request)}
        host = request.registry.endi_ext_host
        own = identity.read(request.dbsession, host.identity(request.dbsession)).siret
        terms = members.Terms(**values)
        members.invite_firm(request.dbsession, context.tender, firm, terms, own_siret=own, **doer)
        text = _("{name} est notée dans l’équipe : prévenez-la, puis notez sa réponse.")
        return done(request, context.at("team"), text, name=firm.name)

    return submit(
        request,
        forms.firm_schema(),
        save,
        title=_("Inviter une entreprise extérieure"),
        button=_("Noter l’invitation"),
        cancel=context.at("team"),
        values=_usual(context, request),
        intro=FIRM_INTRO,
    )


def _refuse_early(context: Any, request: Any) -> None:
    if request.method == "GET":
        steps.check(context.tender, "steer", context.party)


def _usual(context: Any, request: Any) -> dict[str, Any]:
    """Return what is proposed at first: a day to answer by, before the buyer's."""
    deadline = context.tender.deadline
    last = None if deadline is None else paris.day_of(deadline)
    day = forms.usual_day(act(request).today, last, DAYS_TO_ANSWER)
    return {} if day is None else {"answer_by": day}


def _actions(context: Any, member: Any) -> tuple[str, ...]:
    if not context.may_act:
        return ()
    return workflow.member_actions(member, context.tender, context.party)
