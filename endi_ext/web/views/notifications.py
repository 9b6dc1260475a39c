"""When the reader wants letters: their own choice, whichever trading unit they come from."""

from typing import Any

from pyramid.view import view_config

from ...kernel import notices
from ..forms import notifications as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import VIEW


@view_config(route_name="endi_ext.notifications", permission=VIEW, require_csrf=True, renderer=FORM_PAGE)
def choose(context: Any, request: Any) -> Any:
    """Choose when letters come; they are written in the language of this page."""
    session, doer = request.dbsession, act(request)

    def save(values: dict[str, Any]) -> Any:
        notices.choose(session, values["letters"], request.endi_ext.language, doer)
        return done(request, context.url, _("C’est noté."))

    return submit(
        request,
        forms.letters_schema(),
        save,
        title=_("Mes notifications"),
        button=_("Enregistrer"),
        cancel=context.url,
        values={"letters": notices.choice_of(session, doer.actor_key).letters},
        intro=_(
            "Propositions, livraisons, réponses : votre coopérative vous prévient ici dans tous les cas. "
            "Ce choix ne vaut que pour vous."
        ),
    )
