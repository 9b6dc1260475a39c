"""The first page of a party: who owes what, what waits, what happened lately."""

from typing import Any

from pyramid.view import view_config

from ...exchanges import queries as exchanges
from ...subcontracts.waiting import waiting
from ...tenders.waiting import waiting as waiting_in_tenders
from .. import question_desk, states, tender_waiting
from ..forms.base import act, page
from ..i18n import _
from ..permissions import VIEW
from ..waiting import tasks

LATEST = 5


@view_config(
    route_name="endi_ext.home",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/home.mako",
)
def home(context: Any, request: Any) -> dict[str, Any]:
    """Say who owes what, what waits for an answer, and show the latest exchanges."""
    session, party, today = request.dbsession, context.party, act(request).today
    return page(
        request,
        _("Échanges internes : {name}"),
        name=party.name,
        balances=exchanges.partner_balances(session, party.id),
        tasks=question_desk.tasks(context)
        + tasks(waiting(session, party, today=today), context, request.endi_ext)
        + tender_waiting.tasks(waiting_in_tenders(session, party, today=today), context, request.endi_ext),
        latest=exchanges.of_party(session, party.id, size=LATEST).rows,
        exchange_badge=states.of_exchange,
    )
