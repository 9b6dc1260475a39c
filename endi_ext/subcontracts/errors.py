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


class AgreementChanged(DomainError):
    """An amendment bound since the form was opened: its lines are not those in force any more."""

    code = "agreement_changed"


class ProgressGoesBack(DomainError):
    """A cumulative percentage is smaller than what was reached before (facts: line, reached_permille)."""

    code = "progress_goes_back"
    field = "lines"


class ProgressChanged(DomainError):
    """Another delivery moved the line since the form was opened (facts: line)."""

    code = "progress_changed"
    field = "lines"


class MoreThanClaimed(DomainError):
    """More is accepted than was claimed (facts: line, claimed_thousandths)."""

    code = "more_than_claimed"
    field = "lines"


class RefusalMissing(DomainError):
    """Less of a line is accepted, without a reason (facts: line)."""

    code = "refusal_missing"
    field = "lines"


class NotDivisible(DomainError):
    """A part worth one cent is accepted in part (facts: line)."""

    code = "not_divisible"
    field = "lines"


class NothingAccepted(DomainError):
    """Nothing at all is accepted: that is a contestation."""

    code = "nothing_accepted"
    field = "lines"


class SilenceSaysNothing(DomainError):
    """The buyer may still answer, or the agreement does not take silence for an acceptance."""

    code = "silence_says_nothing"


class PartyActive(DomainError):
    """An accountant acts in the place of a party that can act by itself (facts: party)."""

    code = "party_active"


class InvoiceUnknown(DomainError):
    """There is no such client invoice, or it is not the principal's."""

    code = "invoice_unknown"
    field = "invoice"


class AmendmentWaits(DomainError):
    """A final account is drawn up while an amendment waits for an answer."""

    code = "amendment_waits"


class ClaimsWait(DomainError):
    """A final account is drawn up while a delivery waits for an answer or is contested."""

    code = "claims_wait"


class AccountOnTheTable(DomainError):
    """A final account waits for an answer already, and is still true (facts: number)."""

    code = "account_on_the_table"


class AccountOutdated(DomainError):
    """The job is no longer what the final account says (facts: number)."""

    code = "account_outdated"


class NothingHeld(DomainError):
    """Nothing is held back that this could let go."""

    code = "nothing_held"


class ReceiptUnknown(DomainError):
    """The client's payment does not stand any more."""

    code = "receipt_unknown"


class ReceiptExceeded(DomainError):
    """More is said to be covered than the client paid by it (facts: most_cents)."""

    code = "receipt_exceeded"
    field = "shares"


class ClaimExceeded(DomainError):
    """More is said to be covered of a claim than remains of it (facts: delivery, most_cents)."""

    code = "claim_exceeded"
    field = "shares"


class DraftMissing(DomainError):
    """The client's job has no draft invoice to add a line to."""

    code = "draft_missing"


class MarginTooLarge(DomainError):
    """A margin is more than anyone could mean (facts: most_cents)."""

    code = "margin_too_large"
    field = "margin_cents"
