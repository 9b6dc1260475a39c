"""What to do instead of an action that is refused: a sentence for each subject, action, state and role.

Each domain has a module with two tables. STATES answers WrongState: (subject, action, state) first, then
(subject, ANY, state). ROLES answers WrongRole: (subject, action, role) first, then (subject, action,
ANY). REASONS answers ReasonMissing by action, where it is not the partner who reads the reason. A test
walks every workflow, each action in each state by each role, and demands a sentence of its own: the
general ones of messages.py are never good enough. A module may also have MESSAGES: the sentences of its
codes.
"""

from ...kernel.errors import DomainError, ReasonMissing, WrongRole, WrongState
from . import (
    adoption,
    agreements,
    clients,
    deliveries,
    disputes,
    drafts,
    exchanges,
    exports,
    findings,
    lettering,
    matching,
    money,
    month_end,
    papers,
    questions,
    tender_awards,
    tender_notices,
    tender_outcomes,
    tender_papers,
    tender_prices,
    tender_team,
    tenders,
    year_end,
)
from .words import ANY

__all__ = ["ANY", "MESSAGES", "instead_of"]

MODULES = (
    adoption,
    agreements,
    clients,
    deliveries,
    disputes,
    drafts,
    exchanges,
    exports,
    findings,
    lettering,
    matching,
    money,
    month_end,
    papers,
    questions,
    tender_awards,
    tender_notices,
    tender_outcomes,
    tender_papers,
    tender_prices,
    tender_team,
    tenders,
    year_end,
)

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
REASONS: dict[str, str] = {}
MESSAGES: dict[str, str] = {}
for _module in MODULES:
    STATES.update(_module.STATES)
    ROLES.update(_module.ROLES)
    REASONS.update(getattr(_module, "REASONS", {}))
    MESSAGES.update(getattr(_module, "MESSAGES", {}))


def instead_of(error: DomainError) -> str | None:
    """Return the marked sentence that says what to do instead, none for a refusal of another kind."""
    facts = error.facts
    subject, action = str(facts.get("subject")), str(facts.get("action"))
    if isinstance(error, WrongState):
        state = str(facts.get("state"))
        return STATES.get((subject, action, state)) or STATES.get((subject, ANY, state))
    if isinstance(error, WrongRole):
        role = str(facts.get("role"))
        return ROLES.get((subject, action, role)) or ROLES.get((subject, action, ANY))
    return REASONS.get(action) if isinstance(error, ReasonMissing) else None
