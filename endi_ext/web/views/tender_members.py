"""Someone of a tender's team: answers, is asked something else, leaves, leads from now on."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...tenders import members, workflow
from ..forms import tender_team as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import ACT


@view_config(
    route_name="endi_ext.tender.member.accept", request_method="POST", permission=ACT, require_csrf=True
)
def accept(context: Any, request: Any) -> Any:
    """Accept the invitation, for oneself or as a firm outside said."""
    member = context.subject
    members.answer(request.dbsession, member, accept=True, by=context.party, act=act(request))
    if member.outside:
        return done(request, context.at("team"), _("{name} est dans l’équipe."), name=member.name)
    return done(
        request, context.url, _("Vous êtes dans l’équipe : voici tout ce qui concerne cette réponse.")
    )


@view_config(
    route_name="endi_ext.tender.member.decline", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def decline(context: Any, request: Any) -> Any:
    """Decline the invitation, and say why."""
    _refuse_early(context, request, "decline")

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        members.answer(request.dbsession, context.subject, accept=False, **doer, **values)
        return _gone(context, request, _("L’invitation est déclinée."))

    return submit(
        request,
        forms.reason_schema(_("Pourquoi"), optional=True),
        save,
        title=_("Décliner l’invitation"),
        button=_("Décliner"),
        cancel=_back(context),
        intro=_("La personne qui mène la réponse lira ce que vous écrivez ; rien ne vous y oblige."),
    )


@view_config(route_name="endi_ext.tender.member.leave", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def leave(context: Any, request: Any) -> Any:
    """Leave the team."""
    _refuse_early(context, request, "leave")

    def save(values: dict[str, Any]) -> Any:
        members.leave(request.dbsession, context.subject, by=context.party, act=act(request), **values)
        return _gone(context, request, _("Le départ est noté ; la personne qui mène la réponse le sait."))

    return submit(
        request,
        forms.reason_schema(_("Pourquoi")),
        save,
        title=_("Quitter l’équipe"),
        button=_("Quitter l’équipe"),
        cancel=_back(context),
        intro=_("Les parts et les pièces de qui part sont à reprendre par d’autres : prévenez l’équipe."),
    )


@view_config(
    route_name="endi_ext.tender.member.change", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def change(context: Any, request: Any) -> Any:
    """Change what someone is asked."""
    _refuse_early(context, request, "change")
    member = context.subject
    now = {"role": member.role, "mission": member.mission, "answer_by": member.answer_by}

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        members.change(request.dbsession, member, members.Terms(**{**now, **values}), **doer)
        return done(request, context.url, _("Ce qui est demandé à {name} est changé."), name=member.name)

    return submit(
        request,
        forms.change_schema(member),
        save,
        title=_("Changer ce qui est demandé"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=now,
        intro=member.name,
    )


@view_config(
    route_name="endi_ext.tender.member.invite_again", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def invite_again(context: Any, request: Any) -> Any:
    """Invite someone who declined, left or was removed."""
    _refuse_early(context, request, "invite_again")
    member = context.subject

    def save(values: dict[str, Any]) -> Any:
        doer = {"by": context.party, "act": act(request)}
        members.invite_again(request.dbsession, member, members.Terms(**values), **doer)
        return done(request, context.url, _("{name} est de nouveau invité."), name=member.name)

    return submit(
        request,
        forms.again_schema(member),
        save,
        title=_("Inviter de nouveau"),
        button=_("Envoyer l’invitation"),
        cancel=context.url,
        values={"role": "member", "mission": member.mission},
        intro=member.name,
    )


@view_config(
    route_name="endi_ext.tender.member.remove", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def remove(context: Any, request: Any) -> Any:
    """Take back an invitation, or remove someone who accepted."""
    _refuse_early(context, request, "remove")
    member, invited = context.subject, context.subject.state == workflow.INVITED

    def save(values: dict[str, Any]) -> Any:
        members.remove(request.dbsession, member, by=context.party, act=act(request), **values)
        return done(request, context.url, _("{name} n’est plus dans l’équipe."), name=member.name)

    return submit(
        request,
        forms.reason_schema(_("Pourquoi"), optional=invited),
        save,
        title=_("Retirer l’invitation") if invited else _("Retirer de l’équipe"),
        button=_("Retirer"),
        cancel=context.url,
        intro=member.name,
    )


@view_config(
    route_name="endi_ext.tender.member.hand_over", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def hand_over(context: Any, request: Any) -> Any:
    """Let a member lead from now on."""
    _refuse_early(context, request, "hand_over")
    member = context.subject

    def save(_values: dict[str, Any]) -> Any:
        members.hand_over(request.dbsession, member, by=context.party, act=act(request))
        return done(request, context.url, _("{name} mène maintenant la réponse."), name=member.name)

    return submit(
        request,
        forms.nothing_to_type(),
        save,
        title=_("Confier la réponse"),
        button=_("Confier la réponse à cette personne"),
        cancel=context.url,
        intro=request.endi_ext.text(HAND_OVER_INTRO, name=member.name),
    )


HAND_OVER_INTRO = _(
    "{name} mènera la réponse à votre place : équipe, décision, parts, dépôt. Vous resterez membre de "
    "l’équipe."
)


def _refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused."""
    if request.method == "GET":
        role = workflow.role_towards(context.subject, context.tender, context.party)
        workflow.MEMBER.target(str(context.subject.state), action, role, reason=action)


def _back(context: Any) -> str:
    return str(context.at("team") if context.subject.outside else context.url)


def _gone(context: Any, request: Any, text: str) -> HTTPSeeOther:
    """Return to the team for somebody outside, to one's own list for oneself."""
    outside = context.subject.outside
    return done(request, context.at("team") if outside else context.path("tenders"), text)
