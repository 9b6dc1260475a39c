"""A campaign of matching over the host's own internal documents of a period."""

from datetime import date, timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ...kernel.errors import DomainError
from ...kernel.parties import Party
from ...reconciliation import campaigns, host_lists
from ...reconciliation.campaign_models import HOST
from ..forms import matching as forms
from ..forms.base import FORM_PAGE, act, submit
from ..i18n import _
from ..permissions import ACCOUNT


class NoDocuments(DomainError):
    """One of the two sides has no internal document between these days."""

    code = "no_documents_in_span"


class DaysReversed(DomainError):
    """The first day comes after the last."""

    code = "days_reversed"
    field = "ends_on"


@view_config(route_name="endi_ext.matching.period", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def period(request: Any) -> Any:
    """Match what sellers invoiced with what buyers were invoiced, as the host keeps both."""

    def save(typed: dict[str, Any]) -> Any:
        campaign = _start(request, **typed)
        return HTTPSeeOther(request.route_path("endi_ext.matching.campaign", campaign_id=campaign.id))

    first, last = _last_month(act(request).today)
    return submit(
        request,
        forms.period_schema(first, last),
        save,
        title=_("Rapprocher les documents d’une période"),
        button=_("Rapprocher"),
        cancel=request.route_path("endi_ext.matching"),
        intro=_(
            "Les factures et avoirs internes des vendeurs sont rapprochés de ceux des acheteurs, sans tenir "
            "compte des liens que l’outil garde entre eux. Aucun document n’est modifié."
        ),
    )


def _start(request: Any, *, name: str, starts_on: date, ends_on: date, request_key: str) -> Any:
    """Raises DaysReversed, NoDocuments, CampaignTooLarge."""
    if starts_on > ends_on:
        raise DaysReversed
    session = request.dbsession
    names = dict(session.execute(select(Party.host_key, Party.name)).all())
    pairs = request.registry.endi_ext_host.documents.pairs(session)
    sales, purchases = host_lists.lists_of(pairs, names, starts_on, ends_on)
    if not (sales.documents and purchases.documents):
        raise NoDocuments
    facts: dict[str, Any] = {
        "name": name,
        "source": HOST,
        "request_key": request_key,
        "span": (starts_on, ends_on),
    }
    return campaigns.start(session, sales, purchases, act=act(request), **facts)


def _last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
