"""The paper of an exchange: a PDF voucher (bon d'échange interne), the same for both sides."""

from typing import Any

from pyramid.view import view_config

from ...subcontracts import queries as subcontracts
from .. import papers
from ..permissions import VIEW


@view_config(route_name="endi_ext.exchange.voucher", request_method="GET", permission=VIEW)
def voucher(context: Any, request: Any) -> Any:
    """Make the paper now, from the record."""
    exchange = context.exchange
    delivery = subcontracts.delivery_of_exchange(request.dbsession, exchange.id)
    values = {"exchange": exchange, "delivery": delivery}
    return papers.answer(request, "voucher.mako", f"bon-echange-interne-{exchange.id}", values)
