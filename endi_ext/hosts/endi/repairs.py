"""Repairs of internal documents by the host's own services and state managers, as the person who asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from caerp.exception import BadRequest, Forbidden
from caerp.models.expense.types import ExpenseType

from ...exchanges.models import Exchange
from ...kernel.history import Act
from ...reconciliation.finding_errors import RepairFailed, RepairRefused
from ...reconciliation.finding_models import BY_TOOL
from ...reconciliation.pairs import Pair
from ...reconciliation.repair_plans import Plan, Step
from ..repairing import PlannedRepairs, id_of
from . import aligning, findings, reading, repair_rights
from .repair_steps import STEPS, UNDO


class EndiRepairs(PlannedRepairs):
    """Carries steps out on the host's rows."""

    def pair(self, session: Any, key: str) -> Pair | None:
        return reading.pair_of(session, key)

    def address(self, request: Any, key: str) -> str | None:
        return repair_rights.address_of(request, key)

    def lacking(self, request: Any, plan: Plan) -> str | None:
        lacks = (repair_rights.lacking(request, one) for one in plan.steps)
        return next((one for one in lacks if one is not None), None)

    def lacking_to_undo(self, request: Any, done: Mapping[str, Any]) -> str | None:
        return repair_rights.lacking_to_undo(request, done)

    def expense_types(self, request: Any) -> Sequence[tuple[str, str]]:
        return [(str(one.id), one.label) for one in ExpenseType.find_internal()]

    def carry_out(self, request: Any, finding: Any, step: Step, choice: str | None) -> Any:
        return _asked(lambda: STEPS[step.code](request, step, choice))

    def take_back(self, request: Any, done: Mapping[str, Any]) -> None:
        _asked(lambda: UNDO[done["code"]](request, done))

    def align_books(self, request: Any, finding: Any) -> None:
        exchange = request.dbsession.get(Exchange, finding.exchange_id)
        aligning.bring_in_line(exchange, request.registry.endi_ext_host.act(request))

    def compare_again(self, request: Any, finding: Any, act: Act) -> None:
        findings.note(request.dbsession.connection(), id_of(finding.about), act, how_gone=BY_TOOL)


def _asked(do: Any) -> Any:
    """Ask the host for something; what it refuses we refuse. Raises RepairRefused, RepairFailed."""
    try:
        return do()
    except Forbidden as error:
        raise RepairRefused(action=repair_rights.ANOTHER_STEP) from error
    except BadRequest as error:
        raise RepairFailed(said=str(error.message)) from error
