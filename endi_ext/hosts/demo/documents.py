"""The paper of an exchange: the plugin's own voucher, and the internal documents the demo kept before."""

from collections.abc import Sequence
from typing import Any

from ...kernel.history import Act
from ...ports import Paper
from .internal_documents import DemoReading
from .internal_repairs import DemoRepairs


class DemoDocuments(DemoReading):
    """Leads to the voucher and to what was adopted; makes no documents of its own."""

    repairs = DemoRepairs()

    def voucher_links(self, request: Any, exchange: Any) -> Sequence[tuple[str, str]]:
        address = request.route_path("endi_ext.exchange.voucher", exchange_id=exchange.id)
        return [("Bon d'échange interne (PDF)", address)]

    def papers(self, _request: Any, _exchange: Any) -> Sequence[Paper]:
        return ()

    def compare(self, _request: Any) -> int:
        return 0

    def bring_books_in_line(self, request: Any, exchange: Any, act: Act) -> None:
        """Nothing was made elsewhere."""
