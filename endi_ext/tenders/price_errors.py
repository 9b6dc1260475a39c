"""What price schedules and shares refuse; the sentences are in web/refusals/tender_prices.py."""

from ..kernel.errors import DomainError


class LotUnknown(DomainError):
    """The lot is not of this tender, or it is not answered."""

    code = "price_lot_unknown"
    field = "lot_id"


class LabelMissing(DomainError):
    """An option or a variant has a name."""

    code = "price_label_missing"
    field = "label"


class LineTooExpensive(DomainError):
    """A line is worth more than anyone could mean (facts: total_cents, most_cents)."""

    code = "price_line_too_expensive"
    field = "unit_price_cents"


class TooManyLines(DomainError):
    """The schedule would have more lines than a page can hold (facts: most)."""

    code = "price_too_many_lines"


class SharesExceed(DomainError):
    """More is given than the line is worth (facts: line, total_cents, excess_cents)."""

    code = "price_shares_exceed"


class PercentagesExceed(DomainError):
    """The percentages of a line sum to more than the whole (facts: line)."""

    code = "price_percentages_exceed"


class SharesChanged(DomainError):
    """Someone else shared the line differently since the form was opened (facts: line)."""

    code = "price_shares_changed"


class NotInTheTeam(DomainError):
    """Shares go to those who accepted and do not only advise."""

    code = "price_not_in_the_team"


class NothingChosen(DomainError):
    """No line was chosen, or nobody."""

    code = "price_nothing_chosen"


class InstalmentsExceed(DomainError):
    """The instalments are more than the whole price."""

    code = "price_instalments_exceed"
    field = "instalments"


class FileChanged(DomainError):
    """The schedule changed since the file was checked: it is checked again."""

    code = "price_file_checked_again"


class RetentionOverLimit(DomainError):
    """More would be held back than the cooperative allows (facts: rate_bp, most_bp)."""

    code = "price_retention_over_limit"
    field = "retention_rate_bp"


class CapOfAnother(DomainError):
    """Everybody says for themselves what they want to bear (facts: name)."""

    code = "price_cap_of_another"
    field = "cap_cents"
