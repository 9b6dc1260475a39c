"""What papers, steps, questions and parts of a tender refuse; sentences: web/refusals/tender_papers.py."""

from ..kernel.errors import DomainError


class FilesTooLarge(DomainError):
    """The files of the tender would weigh more than allowed together (facts: most_mb)."""

    code = "tender_files_too_large"


class PaperNotProvided(DomainError):
    """There is nothing to check, send back or take away: nobody provided this paper."""

    code = "paper_not_provided"


class PaperOfSomeoneElse(DomainError):
    """An entrepreneur's paper is provided by them or by the lead (facts: name)."""

    code = "paper_of_someone_else"


class CheckedByItsProvider(DomainError):
    """Who provided a paper does not check it while someone else in the team can."""

    code = "checked_by_its_provider"


class StepWithoutDay(DomainError):
    """A step needs a day, or a number of days before a deadline that is known."""

    code = "step_without_day"
    field = "on"


class QuestionSent(DomainError):
    """The question was asked already, or withdrawn: it is not changed any more."""

    code = "question_sent"


class QuestionNotSent(DomainError):
    """A question that was not asked has no answer."""

    code = "question_not_sent"


class PartChanged(DomainError):
    """Someone else changed this part since it was read (facts: name)."""

    code = "part_changed"


class PartEmpty(DomainError):
    """A part that has neither a text nor a file is not ready."""

    code = "part_empty"
    field = "state"


class PaperGone(DomainError):
    """The paper is not on the list any more."""

    code = "paper_gone"


class StepGone(DomainError):
    """The step is not in the calendar any more."""

    code = "step_gone"


class PartGone(DomainError):
    """The part was taken out of the plan."""

    code = "part_gone"
