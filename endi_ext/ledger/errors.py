"""What the books refuse; service.py gives them to its callers under its own name."""

from ..kernel.errors import DomainError


class Unbalanced(DomainError):
    """Debits and credits differ, or there is none (facts: source, debit_cents, credit_cents)."""

    code = "unbalanced"


class AmountTooLarge(DomainError):
    """An entry goes beyond what JSON numbers hold exactly (facts: source, amount_cents)."""

    code = "amount_too_large"


class PeriodClosed(DomainError):
    """The effective date lies in a closed period (facts: on, source)."""

    code = "period_closed"


class SourceReused(DomainError):
    """The same source was posted with another content (facts: source)."""

    code = "source_reused"


class AlreadyReversed(DomainError):
    """The entry has its reversal already (facts: source)."""

    code = "already_reversed"


class NotReversible(DomainError):
    """A reversal is not reversed: post again instead (facts: source)."""

    code = "not_reversible"


class PeriodNotLast(DomainError):
    """Periods are closed in order and reopened from the last (facts: starts_on)."""

    code = "period_not_last"


class NoCertificate(DomainError):
    """It names no month that is closed (facts: period)."""

    code = "no_certificate"
    field = "period"
