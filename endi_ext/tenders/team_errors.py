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


class OwnSiret(DomainError):
    """A SIRET of the cooperative itself: who trades in it is not outside (facts: siret)."""

    code = "own_siret"
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


class AnswerDayTooLate(DomainError):
    """The day to answer by is after the buyer's deadline (facts: answer_by)."""

    code = "answer_day_too_late"
    field = "answer_by"


class RoleIsAgreed(DomainError):
    """Who accepted keeps the role they accepted (facts: name)."""

    code = "role_is_agreed"
    field = "role"


class DecisionIsClosed(DomainError):
    """The team has decided: positions, rule and criteria change no more (facts: state)."""

    code = "decision_is_closed"


class PositionsAreClosed(DomainError):
    """The last day to take a position is over (facts: closes_on)."""

    code = "positions_are_closed"


class RuleIsFixed(DomainError):
    """Others took a position already, under the rule they were told."""

    code = "rule_is_fixed"
    field = "rule"


class ClosesTooLate(DomainError):
    """The last day to take a position is after the buyer's deadline (facts: closes_on)."""

    code = "closes_too_late"
    field = "closes_on"


class ClosesInThePast(DomainError):
    """The last day to take a position is over already (facts: closes_on)."""

    code = "closes_in_the_past"
    field = "closes_on"


class NotInTheDecision(DomainError):
    """Only those who accepted take a position (facts: name)."""

    code = "not_in_the_decision"


class NotDecidedYet(DomainError):
    """The rule settles nothing yet (facts: missing, how many have not spoken)."""

    code = "not_decided_yet"


class RuleSaysOtherwise(DomainError):
    """The rule settles the contrary (facts: verdict)."""

    code = "rule_says_otherwise"


class ScoreOutOfRange(DomainError):
    """A score is not between 1 and 5 (facts: value)."""

    code = "score_out_of_range"


class CriterionTwice(DomainError):
    """Two criteria have the same name (facts: label)."""

    code = "criterion_twice"
    field = "criteria"


class AvailableInThePast(DomainError):
    """The day someone will be available from is over already (facts: available_from)."""

    code = "available_in_the_past"
    field = "available_from"
