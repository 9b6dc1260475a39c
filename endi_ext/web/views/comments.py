"""Comments on a subcontract: written from its page, read by both sides."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import comments
from ..forms import subcontracts as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..i18n import _
from ..permissions import ACT


@view_config(route_name="endi_ext.subcontract.comment", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def write(context: Any, request: Any) -> Any:
    """Say something to the other side."""

    def save(values: dict[str, Any]) -> Any:
        comments.comment(
            request.dbsession, context.subcontract, party=context.party, act=act(request), **values
        )
        url = f"{context.url}#endi_ext_comments"
        return done(request, url, _("Votre commentaire est envoyé à {name}."), name=context.partner.name)

    return submit(
        request,
        forms.comment_schema(),
        save,
        title=_("Laisser un commentaire"),
        button=_("Envoyer le commentaire"),
        cancel=context.url,
        intro=_("Un commentaire n’engage personne : votre partenaire le lit, l’accord ne change pas."),
    )
