"""What campaigns refuse."""

from ..kernel.errors import DomainError


class CampaignEmpty(DomainError):
    """One of the lists holds no document (facts: side)."""

    code = "campaign_empty"


class CampaignTooLarge(DomainError):
    """A list holds more documents than a campaign takes (facts: count, most)."""

    code = "campaign_too_large"


class CampaignNotOpen(DomainError):
    """Nothing is decided in a campaign that is loading, closed or deleted (facts: state)."""

    code = "campaign_closed"

    def __init__(self, *, campaign_state: str) -> None:
        super().__init__(campaign_state=campaign_state)
        self.code = f"campaign_{campaign_state}"


class MatchDecided(DomainError):
    """Somebody else decided it meanwhile (facts: number, by, at); `code` says what became of it."""

    def __init__(self, *, became: str, number: int, by: str) -> None:
        super().__init__(number=number, by=by)
        self.code = f"match_{became}"


class DocumentsTaken(DomainError):
    """Some of the chosen documents are not where they were (facts: names)."""

    code = "documents_taken"


class NothingChosen(DomainError):
    """A match by hand needs documents of both sides, a waiver at least one document."""

    code = "nothing_chosen"


class OneSided(DomainError):
    """A match by hand needs at least one document of each side."""

    code = "match_one_sided"


class TooManyChosen(DomainError):
    """More documents were chosen than one match may hold (facts: count, most)."""

    code = "too_many_chosen"


class NothingToAccept(DomainError):
    """No suggestion of this rule without difference is left."""

    code = "nothing_to_accept"
