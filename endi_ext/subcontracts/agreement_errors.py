"""What the negotiation of agreements, amendments and frame agreements refuses."""

from ..kernel.errors import DomainError


class RetentionTooHigh(DomainError):
    """More is held back than the cooperative allows (facts: rate_bp, most_bp)."""

    code = "retention_too_high"
    field = "retention_rate_bp"


class ReleaseDateMissing(DomainError):
    """What is held back is let go on a date, and no date is given."""

    code = "release_date_missing"
    field = "retention_release_on"


class ReleaseDatePast(DomainError):
    """What is held back would be let go on a day that has passed (facts: release_on)."""

    code = "release_date_past"
    field = "retention_release_on"


class PaymentDateMissing(DomainError):
    """The work is paid on a date, and no date is given."""

    code = "payment_date_missing"
    field = "payment_on"


class PaymentDatePast(DomainError):
    """The work would be paid on a day that has passed (facts: payment_on)."""

    code = "payment_date_past"
    field = "payment_on"


class PaymentDaysWrong(DomainError):
    """The days to pay are not between zero and a year (facts: most_days)."""

    code = "payment_days_wrong"
    field = "payment_days"


class SilenceDaysWrong(DomainError):
    """The days to check a delivery are not between one and a year (facts: most_days)."""

    code = "silence_days_wrong"
    field = "silence_days"


class SilenceDaysMissing(DomainError):
    """Silence accepts, but no delay says when."""

    code = "silence_days_missing"
    field = "silence_days"


class AnswerDatePast(DomainError):
    """The last day to answer has passed already (facts: answer_by)."""

    code = "answer_date_past"
    field = "answer_by"


class AnswerTooLate(DomainError):
    """The last day to answer has passed (facts: answer_by)."""

    code = "answer_too_late"


class StillTimeToAnswer(DomainError):
    """A proposal does not expire before its last day is over (facts: answer_by)."""

    code = "still_time_to_answer"


class NothingChanged(DomainError):
    """An amendment says what the agreement says already."""

    code = "nothing_changed"


class AmendmentOpen(DomainError):
    """Another amendment waits for an answer (facts: number)."""

    code = "amendment_open"


class StartedLineRemoved(DomainError):
    """A line of which something is delivered is left out (facts: line, delivered_thousandths)."""

    code = "started_line_removed"
    field = "lines"


class LessThanDelivered(DomainError):
    """A line is reduced below what is delivered of it (facts: line, delivered_thousandths)."""

    code = "less_than_delivered"
    field = "lines"


class UnitOfStartedLine(DomainError):
    """The unit of a line of which something is delivered changes (facts: line, unit)."""

    code = "unit_of_started_line"
    field = "lines"


class DeliveredInFull(DomainError):
    """The price of a line changes, but nothing of it is left to do (facts: line)."""

    code = "delivered_in_full"
    field = "lines"


class ProgressMoved(DomainError):
    """Deliveries moved since an amendment was proposed: it does not fit any more (facts: line)."""

    code = "progress_moved"


class FrameOver(DomainError):
    """The prices of a frame agreement are not valid any more (facts: due_on)."""

    code = "frame_over"
