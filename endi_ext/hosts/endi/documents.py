"""The paper of an exchange: the voucher (bon d'échange interne), the same for both sides."""

from collections.abc import Sequence
from typing import Any

VOUCHER_ROUTE = "endi_ext.exchange.voucher"


class EndiDocuments:
    """Leads to the voucher; the host's own documents come with its mirrors."""

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        routes = request.registry.getUtility(IRoutesMapper)
        if routes.get_route(VOUCHER_ROUTE) is None:
            return []
        return [("Bon d'échange interne (PDF)", request.route_path(VOUCHER_ROUTE, exchange_id=exchange.id))]
