"""What the end of a tender refuses."""

from ..kernel.errors import DomainError


class SharesIncomplete(DomainError):
    """The price is not shared to the last cent (facts: unassigned_cents)."""

    code = "shares_incomplete"


class SubmittedInFuture(DomainError):
    """An offer is said to be deposited later than now (facts: on)."""

    code = "submitted_in_future"
    field = "submitted_on"


class DecidedInFuture(DomainError):
    """A result is dated later than today (facts: on)."""

    code = "decided_in_future"
    field = "decided_on"


class LotNotAnswered(DomainError):
    """The team did not bid for this lot: it has no result (facts: lot)."""

    code = "lot_not_answered"


class LotDecided(DomainError):
    """What became of a lot is known and does not change by the way (facts: lot)."""

    code = "lot_decided"
    field = "outcome"


class RankImpossible(DomainError):
    """A rank, or the number of offers, contradicts the rest (facts: rank, count)."""

    code = "rank_impossible"
    field = "our_rank"


class TwoWinners(DomainError):
    """A lot has one holder: several competitors are said to have won it, or one although we did."""

    code = "two_winners"
    field = "competitors"


class AgreementsStand(DomainError):
    """Agreements made of the shares still stand (facts: count)."""

    code = "agreements_stand"


class NothingToAgree(DomainError):
    """Nobody's share calls for an agreement that is not made already."""

    code = "nothing_to_agree"


class DealUnknown(DomainError):
    """The deal chosen is not one of the lead's."""

    code = "deal_unknown"
    field = "deal"
