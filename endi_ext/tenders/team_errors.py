"""What teams refuse: codes and facts; the sentences are in web/refusals/tender_team.py."""

from ..kernel.errors import DomainError


class TeamIsFixed(DomainError):
    """The bid is made, or there will be none: nobody joins or leaves any more (facts: state)."""

    code = "team_is_fixed"


class AlreadyInTheTeam(DomainError):
    """They were invited already (facts: name, state)."""

    code = "already_in_the_team"
    field = "party"


class AlreadyInvitedFirm(DomainError):
    """A firm of this SIRET was invited already (facts: name, siret)."""

    code = "already_invited_firm"
    field = "siret"


class WrongSiret(DomainError):
    """Not a SIRET: fourteen digits whose last is a check digit (facts: siret)."""

    code = "wrong_siret"
    field = "siret"


class OutsideCannotLead(DomainError):
    """A firm outside logs in nowhere: it cannot lead the answer here."""

    code = "outside_cannot_lead"
    field = "role"


class PartyIsInactive(DomainError):
    """They have left the cooperative, or are not one of its trading units (facts: name)."""

    code = "party_cannot_be_invited"
    field = "party"


class AnswerDayIsOver(DomainError):
    """The day to answer by is over already (facts: answer_by)."""

    code = "answer_day_is_over"
    field = "answer_by"


class RoleIsAgreed(DomainError):
    """Who accepted keeps the role they accepted (facts: name)."""

    code = "role_is_agreed"
    field = "role"
