"""Repairs of documents, the same in every host but for what carries a step out and who may."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..kernel.history import Act
from ..kernel.parties import Party
from ..ports import Change, Preview
from ..reconciliation import finding_codes, finding_looks, repair_plans
from ..reconciliation.finding_errors import NotRepairable, NotUndoable, RepairRefused
from ..reconciliation.finding_models import BY_TOOL
from ..reconciliation.pairs import Pair
from ..reconciliation.repair_plans import Plan, Step

ALIGN_BOOKS = "align_books"
FORBIDDEN = "repair_forbidden"
# What can be taken back, as long as nobody went on from it.
UNDOABLE = frozenset(
    {
        finding_codes.MAKE_MIRROR,
        finding_codes.ALIGN_PAYMENTS,
        finding_codes.CHOOSE_TYPE,
        finding_codes.SET_YEAR,
        finding_codes.SET_NUMBER,
    }
)


class PlannedRepairs:
    """Repairs by plans made of the pair as it stands; a host names what carries each step out."""

    def preview(self, request: Any, finding: Any) -> Preview:
        """Say what the repair of a finding would change now; nothing is written."""
        if finding.repair == ALIGN_BOOKS:
            return Preview((Change("books_follow", {"difference_cents": finding.amount_cents}),))
        plan = self._plan(request, finding)
        if plan.refused:
            return Preview(refused=plan.refused)
        lacking = self.lacking(request, plan)
        if lacking is not None:
            return Preview(refused=FORBIDDEN, facts={"action": lacking})
        choices = self.expense_types(request) if plan.needs_type else ()
        if plan.needs_type and not choices:
            return Preview(refused="repair_no_expense_type")
        changes = [Change(one.code, self._facts(finding, one)) for one in plan.steps]
        return Preview(changes, choices=choices, undoable=finding.repair in UNDOABLE)

    def do(self, request: Any, finding: Any, choice: str | None) -> Mapping[str, Any] | None:
        """Carry the steps of the plan out, in their order; return what undoes them, last first."""
        if finding.repair == ALIGN_BOOKS:
            self.align_books(request, finding)
            return None
        plan = self._plan(request, finding)
        if plan.refused:
            raise NotRepairable
        lacking = self.lacking(request, plan)
        if lacking is not None:
            raise RepairRefused(action=lacking)
        undo = [self.carry_out(request, finding, one, choice) for one in self._with_type(plan)]
        if finding.repair not in UNDOABLE:
            return None
        return {"steps": [one for one in reversed(undo) if one is not None]}

    def undo(self, request: Any, done: Mapping[str, Any]) -> None:
        """Take back each step of a repair, the last first. Raises RepairRefused, NotUndoable."""
        lacks = (self.lacking_to_undo(request, one) for one in done["steps"])
        lacking = next((one for one in lacks if one is not None), None)
        if lacking is not None:
            raise RepairRefused(action=lacking)
        for one in done["steps"]:
            self.take_back(request, one)

    def look_again(self, request: Any, finding: Any, act: Act) -> None:
        """Look at once at the documents of a finding: what is gone was repaired by the tool."""
        session = request.dbsession
        session.flush()
        if finding.repair == ALIGN_BOOKS or finding.source != finding_looks.PAIRS:
            self.compare_again(request, finding, act)
            return
        pair = self.pair(session, finding.about)
        finding_looks.look_at(session, finding.about, pair, act, how_gone=BY_TOOL)

    def _plan(self, request: Any, finding: Any) -> Plan:
        return repair_plans.plan_of(finding.repair, self.pair(request.dbsession, finding.about))

    def _with_type(self, plan: Plan) -> Sequence[Step]:
        if not plan.needs_type or plan.steps[0].code == "type_set":
            return plan.steps
        return (Step("type_set", plan.steps[0].key), *plan.steps)

    def _facts(self, finding: Any, step: Step) -> dict[str, Any]:
        names = {"seller": finding.seller, "buyer": finding.buyer}
        return {**{side: _name(party) for side, party in names.items()}, **step.facts}

    # What a host says and does.

    def pair(self, session: Any, key: str) -> Pair | None:
        """Return the pair of that key as it stands now."""
        raise NotImplementedError

    def address(self, request: Any, key: str) -> str | None:
        """Return where the host shows a document, if the reader may open it."""
        return None

    def lacking(self, request: Any, plan: Plan) -> str | None:
        """Return what the reader has no right to do of a plan, in the host's own words."""
        raise NotImplementedError

    def lacking_to_undo(self, request: Any, done: Mapping[str, Any]) -> str | None:
        """Return what the reader has no right to do of taking a step back, in the host's own words."""
        raise NotImplementedError

    def expense_types(self, request: Any) -> Sequence[tuple[str, str]]:
        """Return the types of expense a purchase may be given."""
        raise NotImplementedError

    def carry_out(self, request: Any, finding: Any, step: Step, choice: str | None) -> Any:
        """Do one step; return what undoes it, or None."""
        raise NotImplementedError

    def take_back(self, request: Any, done: Mapping[str, Any]) -> None:
        """Undo one step."""
        raise NotImplementedError

    def align_books(self, request: Any, finding: Any) -> None:
        """Record in the books what was done to the documents of an exchange."""
        raise NotImplementedError

    def compare_again(self, request: Any, finding: Any, act: Act) -> None:
        """Compare the documents of an exchange with the books again."""
        raise NotImplementedError


def _name(party: Party | None) -> str:
    return "?" if party is None else str(party.name)


def untouched(done: Mapping[str, Any], now: Any) -> None:
    """Refuse to take back what is not as the repair left it any more. Raises NotUndoable."""
    if done.get("made", now) != now:
        raise NotUndoable


def id_of(key: str) -> int:
    """Return the host's id in one of its keys."""
    return int(key.rpartition(":")[2])
