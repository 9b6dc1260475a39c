"""Campaigns of matching: their list, a new one from two files, one of them, its end."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...kernel.history import history_of
from ...reconciliation import campaign_queries as queries
from ...reconciliation import campaigns
from ...reconciliation.campaign_models import FILES, LOADING
from .. import campaigns as words
from .. import list_files
from ..forms import matching as forms
from ..forms.base import FORM_PAGE, Schema, act, done, form_of, page, submit
from ..i18n import _
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT

TEMPLATES = "endi_ext:web/templates/"
NEW = _("Rapprocher deux listes")
MATCH = _("Rapprocher")


@view_config(
    route_name="endi_ext.matching",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "matching.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """List the campaigns, newest first, with what waits in each."""
    found = queries.campaigns_page(request.dbsession, cursor_of(request), size_of(request))
    return page(request, _("Rapprochements"), found=found, badges=words.CAMPAIGN_BADGES)


@view_config(
    route_name="endi_ext.matching.new",
    permission=ACCOUNT,
    require_csrf=True,
    renderer=TEMPLATES + "matching_new.mako",
)
def new(request: Any) -> Any:
    """Take two files and match them, or say line by line what cannot be read; the good one is kept."""
    limit = list_files.most_bytes(request)
    cancel = request.route_path("endi_ext.matching")

    def save(typed: dict[str, Any]) -> Any:
        who = act(request)
        files = list_files.read(request, typed, who.actor_key)
        if not files.sound:
            request.response.status_code = 422
            kept = files.kept(who.actor_key)
            form = form_of(request, forms.lists_schema(limit, files.sound_sides), button=MATCH, cancel=cancel)
            shown = form.render({**typed, **kept})
            return page(request, NEW, form=shown, files=files, columns=list_files.COLUMNS)
        facts = {"name": typed["name"], "source": FILES, "request_key": typed["request_key"], "act": who}
        campaign = campaigns.start(
            request.dbsession, files.listed("sales"), files.listed("purchases"), **facts
        )
        files.forget_when_committed(request, who.actor_key)
        return HTTPSeeOther(request.route_path("endi_ext.matching.campaign", campaign_id=campaign.id))

    shown = {"title": NEW, "button": MATCH, "cancel": cancel, "files": None}
    schema = forms.lists_schema(limit, list_files.kept_before(request))
    return submit(request, schema, save, columns=list_files.COLUMNS, **shown)


@view_config(
    route_name="endi_ext.matching.campaign",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "matching_campaign.mako",
)
def campaign(context: Any, request: Any) -> dict[str, Any]:
    """Show how many matches and documents are in each state, in all and by pair of parties."""
    session, shown = request.dbsession, context.campaign
    waiting = request.GET.get("pairs", "waiting") == "waiting"
    loading = shown.state == LOADING
    place: dict[str, Any] = {"cursor": cursor_of(request), "size": size_of(request)}
    return page(
        request,
        _("Rapprochement : {name}"),
        name=shown.name,
        campaign=shown,
        badge=words.CAMPAIGN_BADGES[shown.state],
        loading=loading,
        waiting=waiting,
        pairs=None if loading else queries.pairs_page(session, shown, waiting=waiting, **place),
        acceptable=[] if loading else queries.acceptable(session, shown),
        rules=words.RULES,
        events=history_of(session, shown),
        step_of=lambda event: words.STEPS[event.action],
    )


@view_config(
    route_name="endi_ext.matching.advance", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def advance(context: Any, request: Any) -> HTTPSeeOther:
    """Write the next part of a campaign that is being prepared."""
    campaigns.advance(request.dbsession, context.campaign.id)
    return HTTPSeeOther(context.path())


@view_config(route_name="endi_ext.matching.close", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def close(context: Any, request: Any) -> Any:
    """Close a campaign, saying what of it is left undecided."""
    shown = context.campaign

    def save(_typed: dict[str, Any]) -> Any:
        campaigns.close(request.dbsession, shown.id, act(request))
        return done(request, context.url, _("Le rapprochement est clos."))

    intro = _(
        "Propositions sans décision : {suggested}. Documents sans autre côté : {left}. Une fois clos, le "
        "rapprochement ne change plus et ne compte plus dans la fin de mois ; il peut être rouvert."
    )
    counts = {"suggested": shown.suggested_count, "left": shown.left_count}
    said = {"title": _("Clore le rapprochement"), "button": _("Clore"), "cancel": context.url}
    return submit(request, Schema(), save, intro=request.endi_ext.text(intro, **counts), **said)


@view_config(
    route_name="endi_ext.matching.reopen", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def reopen(context: Any, request: Any) -> HTTPSeeOther:
    """Open a closed campaign again."""
    campaigns.reopen(request.dbsession, context.campaign.id, act(request))
    return done(request, context.url, _("Le rapprochement est rouvert."))


@view_config(route_name="endi_ext.matching.delete", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def delete(context: Any, request: Any) -> Any:
    """Delete a campaign with its lists."""
    shown = context.campaign
    back = request.route_path("endi_ext.matching")

    def save(_typed: dict[str, Any]) -> Any:
        campaigns.drop(request.dbsession, shown.id, act(request))
        return done(request, back, _("Le rapprochement et ses listes sont supprimés."))

    intro = _(
        "« {name} » : les deux listes ({sales} ventes, {purchases} achats) et toutes les décisions prises "
        "seront supprimées. Cela ne s’annule pas."
    )
    facts = {"name": shown.name, "sales": shown.sales_count, "purchases": shown.purchases_count}
    said = {"title": _("Supprimer le rapprochement"), "button": _("Supprimer"), "cancel": context.url}
    return submit(request, Schema(), save, intro=request.endi_ext.text(intro, **facts), **said)
