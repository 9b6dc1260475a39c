"""Write docs/workflows.md from the workflows themselves; a test checks that it is up to date."""

from pathlib import Path

from endi_ext.exchanges.workflow import EXCHANGE, RETENTION
from endi_ext.kernel.workflow import Workflow
from endi_ext.reconciliation.finding_workflow import FINDING
from endi_ext.reconciliation.question_workflow import QUESTION
from endi_ext.subcontracts.workflow import (
    AMENDMENT,
    CLIENT_LINE,
    DELIVERY,
    DISPUTE,
    FINAL_ACCOUNT,
    FRAME_AGREEMENT,
    SUBCONTRACT,
)
from endi_ext.tenders.workflow import MEMBER, TENDER

WORKFLOWS = (
    SUBCONTRACT,
    AMENDMENT,
    FRAME_AGREEMENT,
    DELIVERY,
    DISPUTE,
    FINAL_ACCOUNT,
    CLIENT_LINE,
    EXCHANGE,
    RETENTION,
    FINDING,
    QUESTION,
    TENDER,
    MEMBER,
)
PAGE = Path(__file__).parent.parent / "docs" / "workflows.md"

HEAD = """# States, actions and roles

Made from the workflows of subcontracts, exchanges, reconciliation and tenders by
`python tools/workflow_tables.py`: change those, then run it. A page offers its reader exactly these actions.
An action marked * needs a reason.

While a version is on the table its author is the *proposer* and the other side the *answerer*, whoever buys.
Once it is agreed the sides are *buyer* and *seller*. What *books* does follows from something else: the
acceptance of the last delivery completes a subcontract, the reversal of an accepted one reopens it. Which
state a settlement leads to depends on what is settled then: none, a part or all. A retention is let go by the
books on its date, or when the acceptance of the whole is pronounced, unless its release is contested.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(section(workflow) for workflow in WORKFLOWS)])


def section(workflow: Workflow) -> str:
    """Return the table of one workflow: a row a state, a column a role."""
    roles = list(dict.fromkeys(role for step in workflow.transitions for role in step.roles))
    rows = [
        f"## {workflow.subject.capitalize()}",
        "",
        f"| state | {' | '.join(roles)} |",
        "|---" * (len(roles) + 1) + "|",
        *(
            f"| {state} | {' | '.join(cell(workflow, state, role) for role in roles)} |"
            for state in workflow.states
        ),
    ]
    return "\n".join([*rows, ""])


def cell(workflow: Workflow, state: str, role: str) -> str:
    """Return what `role` may do in `state`, and where it leads."""
    steps = [step for step in workflow.transitions if state in step.sources and role in step.roles]
    return "<br>".join(f"{step.action}{'*' if step.needs_reason else ''} → {step.target}" for step in steps)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
