"""States and allowed actions of a document, as one table per domain."""

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import ReasonMissing, WrongRole, WrongState


@dataclass(frozen=True)
class Transition:
    """`action` leads from any of `sources` to `target`; `roles` may do it, with a reason when asked."""

    action: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    needs_reason: bool = False


class Workflow:
    """The transitions of one kind of document."""

    def __init__(self, subject: str, states: Iterable[str], transitions: Iterable[Transition]) -> None:
        self.subject = subject
        self.states = tuple(states)
        self.transitions = tuple(transitions)

    def allowed(self, state: str, role: str) -> tuple[str, ...]:
        """Return the actions `role` may take in `state`, in the order of the table."""
        return tuple(step.action for step in self.transitions if state in step.sources and role in step.roles)

    def target(self, state: str, action: str, role: str, reason: str | None = None) -> str:
        """Return the state `action` leads to.

        Raises WrongState when no transition of that name leaves `state`, WrongRole when it belongs to
        another role, ReasonMissing when it needs a reason and has none.
        """
        steps = [step for step in self.transitions if step.action == action and state in step.sources]
        if not steps:
            raise WrongState(subject=self.subject, action=action, state=state)
        fitting = [step for step in steps if role in step.roles]
        if not fitting:
            raise WrongRole(subject=self.subject, action=action, role=role)
        if fitting[0].needs_reason and not (reason or "").strip():
            raise ReasonMissing(action=action)
        return fitting[0].target
