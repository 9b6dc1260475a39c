"""What the life of findings and their repairs refuse."""

from ..kernel.errors import DomainError


class NoFindings(DomainError):
    """None of the findings asked about is there."""

    code = "finding_none"


class ReasonMissing(DomainError):
    """A finding is let pass for a reason, and none was chosen."""

    code = "waiver_reason_missing"
    field = "reason"


class ReasonRetired(DomainError):
    """A finding is let pass for a reason of the list, and this one is no longer of it (facts: reason)."""

    code = "waiver_reason_retired"
    field = "reason"


class ReasonDoubled(DomainError):
    """The list has this reason already (facts: label)."""

    code = "waiver_reason_doubled"
    field = "label"


class AssigneeUnknown(DomainError):
    """A finding is given to someone who keeps the books."""

    code = "finding_assignee_unknown"
    field = "assignee"


class NotRepairable(DomainError):
    """The tool has no repair for this finding here, or what it would change is not as it was any more."""

    code = "finding_not_repairable"


class RepairRefused(DomainError):
    """The host lets this person do no such thing (facts: action, who may)."""

    code = "repair_forbidden"


class RepairFailed(DomainError):
    """The host's own service refused what a repair asked of it (facts: said)."""

    code = "repair_failed"


class RepairedAlready(DomainError):
    """Someone repaired it a moment ago."""

    code = "finding_repaired_already"


class NotUndoable(DomainError):
    """What a repair did cannot be taken back by the tool any more."""

    code = "repair_not_undoable"
