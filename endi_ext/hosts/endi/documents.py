"""The paper of an exchange: the voucher (bon d'échange interne), the same for both sides."""

from collections.abc import Sequence
from typing import Any


class EndiDocuments:
    """Leads to the voucher; the host's own documents come with its mirrors."""

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        address = request.route_path("endi_ext.exchange.voucher", exchange_id=exchange.id)
        return [("Bon d'échange interne (PDF)", address)]
