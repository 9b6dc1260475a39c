"""Frame agreements: ordering on them, ending them."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import frames
from ..forms import frames as forms
from ..forms.base import FORM_PAGE, act, done, submit
from ..forms.subcontracts import reason_schema
from ..i18n import _
from ..permissions import ACT
from .subcontracts import refuse_early

ORDERED = _("La commande est passée à {name} : elle vous engage tous les deux.")


@view_config(
    route_name="endi_ext.subcontract.call_off", permission=ACT, require_csrf=True, renderer=FORM_PAGE
)
def call_off(context: Any, request: Any) -> Any:
    """Order work at the prices of a frame agreement."""
    refuse_early(context, request, "call_off")
    frame = context.subcontract
    lines = frame.version.lines

    def save(values: dict[str, Any]) -> Any:
        made = frames.call_off(
            request.dbsession, frame, party=context.party, act=act(request), **forms.ordered(values)
        )
        url = context.path("subcontract", subcontract_id=made.id)
        return done(request, url, ORDERED, name=context.partner.name)

    return submit(
        request,
        forms.order_schema(lines),
        save,
        title=_("Commander"),
        button=_("Commander"),
        cancel=context.url,
        values=forms.usual_order(frame.version, act(request).today),
    )


@view_config(route_name="endi_ext.subcontract.end", permission=ACT, require_csrf=True, renderer=FORM_PAGE)
def end(context: Any, request: Any) -> Any:
    """End a frame agreement, with a reason."""
    refuse_early(context, request, "end")

    def save(values: dict[str, Any]) -> Any:
        frames.end(request.dbsession, context.subcontract, party=context.party, act=act(request), **values)
        return done(request, context.url, _("L’accord-cadre a pris fin."))

    return submit(
        request,
        reason_schema(_("Pourquoi y mettre fin")),
        save,
        title=_("Mettre fin à l’accord-cadre"),
        button=_("Mettre fin à l’accord-cadre"),
        cancel=context.url,
        intro=_("On ne pourra plus rien commander ; les commandes déjà passées continuent."),
    )
