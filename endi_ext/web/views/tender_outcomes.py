"""The end of a tender: its deposit with the buyer, and what became of each lot."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from ...subcontracts.proofs import FILE_BYTES
from ...tenders import outcomes, steps
from .. import tender_states
from ..file_answer import tender_file_answer
from ..forms import tender_outcomes as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACT, VIEW

SUBMIT_INTRO = _(
    "Notez ici le dépôt de l’offre, une fois faite sur la plateforme de l’acheteur. Ensuite plus rien ne "
    "change : ni les prix, ni les parts, ni les pièces."
)
TAKE_BACK_INTRO = _(
    "L’équipe pourra de nouveau changer l’offre. Si elle est déposée sur la plateforme de l’acheteur, "
    "remplacez-la ou retirez-la là-bas aussi, avant la date limite."
)
CORRECT_INTRO = _(
    "Le résultat de chaque lot est effacé et l’offre attend de nouveau. Ce qui est noté des concurrents "
    "reste."
)
ABANDON_INTRO = _(
    "À choisir quand l’équipe renonce, ou quand l’acheteur ne donne pas suite. Ce motif reste en mémoire."
)


@view_config(
    route_name="endi_ext.tender.outcome",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_outcome.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show the deposits of a tender and what became of its lots."""
    session, tender = request.dbsession, context.tender
    return page(
        request,
        _("Dépôt et résultat"),
        tender=tender,
        badge=tender_states.of_tender(tender, context.party),
        actions=context.actions,
        submissions=outcomes.submissions(session, tender),
        results=outcomes.results(session, tender),
        reason_words=forms.REASON_WORDS,
        outcome_badges=tender_states.OUTCOME,
    )


@view_config(route_name="endi_ext.tender.submit", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def deposit(context: Any, request: Any) -> Any:
    """Note that the offer is with the buyer."""
    refuse_early(context, request, "submit")
    now = act(request)

    def save(values: dict[str, Any]) -> Any:
        facts = forms.deposit_of(values, FILE_BYTES)
        outcomes.submit(request.dbsession, context.tender, party=context.party, act=now, **facts)
        return done(request, context.at("outcome"), _("Le dépôt est noté. Bonne chance à toute l’équipe !"))

    return submit(
        request,
        forms.submission_schema(now.today, now.at),
        save,
        title=_("Noter le dépôt de l’offre"),
        button=_("Noter le dépôt"),
        cancel=context.url,
        intro=SUBMIT_INTRO,
    )


@view_config(route_name="endi_ext.tender.proof", request_method="GET", permission=VIEW)
def proof(context: Any, request: Any) -> Any:
    """Hand out the proof of a deposit."""
    wanted = int(request.matchdict["submission_id"])
    every = outcomes.submissions(request.dbsession, context.tender)
    found = next((one for one in every if one.id == wanted and one.file is not None), None)
    if found is None:
        raise HTTPNotFound
    return tender_file_answer(request, found.file)


@view_config(route_name="endi_ext.tender.result", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def conclude(context: Any, request: Any) -> Any:
    """Note what became of a lot."""
    refuse_early(context, request, "note_result")
    lot = context.lot
    row = outcomes.results(request.dbsession, context.tender).get(lot.id)

    def save(values: dict[str, Any]) -> Any:
        result = forms.result_of(values)
        outcomes.conclude(request.dbsession, lot, party=context.party, result=result, act=act(request))
        return done(request, context.at("outcome"), SAID[result.outcome])

    return submit(
        request,
        forms.result_schema(row if lot.outcome != outcomes.NONE else None, act(request).today),
        save,
        title=request.endi_ext.text(_("Résultat : {lot}"), lot=lot.title),
        button=_("Enregistrer"),
        cancel=context.at("outcome"),
        values=forms.values_of(row),
        intro=RESULT_INTRO,
    )


RESULT_INTRO = _(
    "Notez ce que l’acheteur vous a écrit. Ce que vous ne savez pas reste vide : ces informations serviront "
    "aux prochaines réponses."
)
SAID = {
    outcomes.WON: _("Bravo ! Le lot est gagné : vous pouvez préparer les accords de l’équipe."),
    outcomes.LOST: _("Le résultat est noté : il reste en mémoire pour les prochaines réponses."),
}


def _with_reason(context: Any, request: Any, service: Any, action: str, words: tuple[str, ...]) -> Any:
    title, button, intro, question, said = words
    refuse_early(context, request, action)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        service(request.dbsession, context.tender, **doer, **values)
        return done(request, context.at("outcome"), said)

    schema = reason_schema(question)
    back = context.at("outcome")
    return submit(request, schema, save, title=title, button=button, cancel=back, intro=intro)


@view_config(route_name="endi_ext.tender.take_back", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def take_back(context: Any, request: Any) -> Any:
    """Take the offer back to change it."""
    return _with_reason(context, request, outcomes.take_back, "take_back", TAKE_BACK)


@view_config(route_name="endi_ext.tender.correct", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def correct(context: Any, request: Any) -> Any:
    """Take back the result of every lot."""
    return _with_reason(context, request, outcomes.correct_outcome, "correct_outcome", CORRECT)


@view_config(route_name="endi_ext.tender.abandon", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def abandon(context: Any, request: Any) -> Any:
    """Give up."""
    return _with_reason(context, request, outcomes.abandon, "abandon", ABANDON)


TAKE_BACK = (
    _("Reprendre l’offre"),
    _("Reprendre l’offre"),
    TAKE_BACK_INTRO,
    _("Pourquoi la reprendre"),
    _("L’offre est reprise : l’équipe peut de nouveau la changer."),
)
CORRECT = (
    _("Corriger le résultat"),
    _("Effacer le résultat"),
    CORRECT_INTRO,
    _("Ce qui a changé"),
    _("Le résultat est effacé : l’offre attend de nouveau."),
)
ABANDON = (
    _("Abandonner cette réponse"),
    _("Abandonner"),
    ABANDON_INTRO,
    _("Pourquoi abandonner"),
    _("La réponse est abandonnée. Elle reste en mémoire, avec votre motif."),
)


def refuse_early(context: Any, request: Any, action: str) -> None:
    """Show no form that could only be refused: someone else was quicker, or it is the lead's to do."""
    if request.method == "GET":
        steps.check(context.tender, action, context.party)
