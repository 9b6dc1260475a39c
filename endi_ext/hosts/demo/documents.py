"""The paper of an exchange: a PDF voucher (bon d'échange interne), the same for both sides."""

from collections.abc import Sequence
from typing import Any


class DemoDocuments:
    """Makes the voucher when it is asked for; nothing is kept."""

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        return [
            ("Bon d'échange interne (PDF)", request.route_path("/exchanges/{id}/voucher.pdf", id=exchange.id))
        ]
