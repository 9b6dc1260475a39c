"""A consultation typed by hand, corrected, and the lots of it that a team answers."""

from typing import Any

from pyramid.view import view_config

from ...tenders import editing, service, steps
from ..forms import tenders as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import ACT

BEGUN = _("Votre réponse est commencée : invitez maintenant votre équipe.")
BY_HAND = _(
    "Écrivez ce que vous savez ; le reste viendra plus tard. Si vous avez le fichier de l’avis (BOAMP ou "
    "TED), importez-le plutôt : tout se remplit seul, et les avis rectificatifs mettront la page à jour."
)
AN_EDIT = _(
    "Vos corrections restent : un avis rectificatif ne changera ensuite que ce que l’acheteur a changé."
)


@view_config(route_name="endi_ext.tenders.new", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def begin(context: Any, request: Any) -> Any:
    """Begin a tender typed by hand."""

    def save(values: dict[str, Any]) -> Any:
        key = values.pop("request_key")
        facts = forms.facts(values)
        doer = {"lead": context.party, "request_key": key, "act": act(request)}
        tender = service.create(request.dbsession, facts=facts, **doer)
        return done(request, context.path("tender", tender_id=tender.id), BEGUN)

    return submit(
        request,
        forms.tender_schema(),
        save,
        title=_("Répondre à une consultation"),
        button=_("Commencer la réponse"),
        cancel=context.path("tenders"),
        intro=BY_HAND,
    )


@view_config(route_name="endi_ext.tender.edit", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def edit(context: Any, request: Any) -> Any:
    """Correct what is known of a tender."""
    _refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        doer = {"party": context.party, "act": act(request)}
        known, lots = forms.columns(values), forms.lots(values)
        editing.edit(request.dbsession, context.tender, known, lots, **doer)
        return done(request, context.url, _("La consultation est corrigée."))

    return submit(
        request,
        forms.tender_schema(context.tender),
        save,
        title=_("Corriger la consultation"),
        button=_("Enregistrer"),
        cancel=context.url,
        values=forms.typed(context.tender),
        intro=AN_EDIT,
    )


@view_config(route_name="endi_ext.tender.lots", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def choose_lots(context: Any, request: Any) -> Any:
    """Say which lots the team answers."""
    _refuse_early(context, request)

    def save(values: dict[str, Any]) -> Any:
        chosen = {int(key) for key in values["answered"]}
        doer = {"party": context.party, "act": act(request)}
        editing.choose_lots(request.dbsession, context.tender, chosen, **doer)
        return done(request, context.url, _("Les lots auxquels vous répondez sont notés."))

    return submit(
        request,
        forms.lots_schema(context.tender.lots),
        save,
        title=_("Choisir les lots"),
        button=_("Enregistrer"),
        cancel=context.url,
        intro=_("Les prix, les parts et les pièces ne portent que sur les lots cochés."),
    )


def _refuse_early(context: Any, request: Any) -> None:
    """Show no form that could only be refused."""
    if request.method == "GET":
        steps.check(context.tender, "steer", context.party)
