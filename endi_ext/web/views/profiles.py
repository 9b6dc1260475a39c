"""What a trading unit says of itself to those who look for a team."""

from typing import Any

from pyramid.view import view_config

from ...tenders import profiles
from ...tenders.profiles import ProfileFacts
from ..forms import tender_team as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import ACT

INTRO = _(
    "Les autres enseignes de la coopérative voient cette fiche, votre métier et votre ville quand elles "
    "cherchent des partenaires pour répondre ensemble. Le métier et l’adresse se changent dans la fiche de "
    "votre enseigne."
)


@view_config(route_name="endi_ext.profile", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def describe(context: Any, request: Any) -> Any:
    """Say what one offers to teams."""

    def save(values: dict[str, Any]) -> Any:
        profiles.describe(request.dbsession, context.party, ProfileFacts(**values), act(request))
        return done(request, context.path("tenders"), _("Votre fiche est enregistrée."))

    return submit(
        request,
        forms.profile_schema(),
        save,
        title=_("Ma fiche pour répondre ensemble"),
        button=_("Enregistrer"),
        cancel=context.path("tenders"),
        values=vars(profiles.of_party(request.dbsession, context.party)),
        intro=INTRO,
    )
