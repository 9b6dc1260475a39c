"""Repairs of internal documents by the host's own services and state managers, as the person who asks."""

from typing import Any

from ...exchanges.models import Exchange
from ...kernel.history import Act
from ...ports import Preview
from ...reconciliation.finding_models import BY_TOOL
from ...reconciliation.pairs import Pair
from ..repairing import ALIGN_BOOKS, PlannedRepairs, id_of
from . import aligning, findings, reading


class EndiRepairs(PlannedRepairs):
    """Carries steps out on the host's rows."""

    def preview(self, request: Any, finding: Any) -> Preview:
        if finding.repair != ALIGN_BOOKS:
            return Preview(refused="repair_by_hand")
        return super().preview(request, finding)

    def pair(self, session: Any, key: str) -> Pair | None:
        return reading.pair_of(session, key)

    def align_books(self, request: Any, finding: Any) -> None:
        exchange = request.dbsession.get(Exchange, finding.exchange_id)
        aligning.bring_in_line(exchange, request.registry.endi_ext_host.act(request))

    def compare_again(self, request: Any, finding: Any, act: Act) -> None:
        findings.note(request.dbsession.connection(), id_of(finding.about), act, how_gone=BY_TOOL)
