"""What subcontracts refuse."""

from ..kernel.errors import DomainError


class NothingInIt(DomainError):
    """A proposal or a delivery has no line."""

    code = "nothing_in_it"
    field = "lines"


class TooSmall(DomainError):
    """A line is worth less than one cent (facts: line)."""

    code = "too_small"
    field = "lines"


class TooExpensive(DomainError):
    """What is proposed is worth more than anyone could mean (facts: total_cents, most_cents)."""

    code = "too_expensive"
    field = "lines"


class MoreThanAgreed(DomainError):
    """A delivery goes beyond what is agreed and not yet delivered (facts: line, remaining_thousandths)."""

    code = "more_than_agreed"
    field = "lines"


class VersionChanged(DomainError):
    """Another version came onto the table meanwhile (facts: seen, current)."""

    code = "version_changed"


class RequestKeyReused(DomainError):
    """The form was already used for another document, or with another content."""

    code = "request_key_reused"


class NotYetDelivered(DomainError):
    """A delivery is dated in the future (facts: delivered_on)."""

    code = "not_yet_delivered"
    field = "delivered_on"


class AcceptedTooEarly(DomainError):
    """A delivery is accepted before the day it was made (facts: accepted_on, delivered_on)."""

    code = "accepted_too_early"
    field = "accepted_on"
