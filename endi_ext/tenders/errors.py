"""What tenders refuse: codes and facts; the sentences are in web/refusals/tenders.py."""

from ..kernel.errors import DomainError


class DeadlinePassed(DomainError):
    """Too late: the deadline of the buyer is over (facts: deadline)."""

    code = "deadline_passed"
