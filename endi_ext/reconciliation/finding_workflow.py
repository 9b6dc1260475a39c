"""The states of findings and who may do what in each."""

from ..kernel.workflow import Transition, Workflow
from .finding_models import ASSIGNED, OPEN, REPAIRED, STATES, WAIVED

ACCOUNTANT = "accountant"
STANDING = (OPEN, ASSIGNED)

FINDING = Workflow(
    "finding",
    STATES,
    (
        Transition("assign", STANDING, ASSIGNED, (ACCOUNTANT,)),
        Transition("hand_back", (ASSIGNED,), OPEN, (ACCOUNTANT,)),
        Transition("waive", STANDING, WAIVED, (ACCOUNTANT,)),
        # By the tool, or by hand in the host's own pages: then the accountant says what was done.
        Transition("repair", STANDING, REPAIRED, (ACCOUNTANT,)),
        Transition("tell_repaired", STANDING, REPAIRED, (ACCOUNTANT,), needs_reason=True),
        Transition("reopen", (WAIVED, REPAIRED), OPEN, (ACCOUNTANT,), needs_reason=True),
        Transition("undo", (REPAIRED,), OPEN, (ACCOUNTANT,)),
    ),
)
