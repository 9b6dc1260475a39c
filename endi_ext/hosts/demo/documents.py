"""The paper of an exchange: the plugin's own voucher is the only one the demo has."""

from collections.abc import Sequence
from typing import Any


class DemoDocuments:
    """Leads to the voucher."""

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        address = request.route_path("endi_ext.exchange.voucher", exchange_id=exchange.id)
        return [("Bon d'échange interne (PDF)", address)]
