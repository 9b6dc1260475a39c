"""What a business refusal is: a code and facts, no French (the words are in web/messages.py)."""

from typing import Any


class DomainError(Exception):
    """A refusal a user can understand and act upon.

    `code` names the sentence shown; `facts` fill it in; `field` names the form field it belongs to, if any.
    """

    code = "refused"
    field: str | None = None

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}: {listed}" if listed else self.code


class WrongState(DomainError):
    """The action does not fit the state the document is in (facts: subject, action, state)."""

    code = "wrong_state"


class WrongRole(DomainError):
    """The action belongs to the other side, or to nobody here (facts: subject, action, role)."""

    code = "wrong_role"


class ReasonMissing(DomainError):
    """A refusal, a contestation or a reversal needs a reason (facts: action)."""

    code = "reason_missing"
    field = "reason"
