"""What disputes refuse."""

from ..kernel.errors import DomainError


class NothingSaid(DomainError):
    """A message has neither a text nor a file."""

    code = "nothing_said"
    field = "text"


class ProposalChanged(DomainError):
    """The outcome one agrees to is not on the table any more: another one is, or none."""

    code = "proposal_changed"


class SameAsOnTheTable(DomainError):
    """The other side already proposes exactly this outcome: there is only to agree."""

    code = "same_as_on_the_table"
    field = "lines"


class AlreadyTaken(DomainError):
    """An arbiter is named already, or another one since the page was read (facts: arbiter)."""

    code = "already_taken"


class ArbiterNotNamed(DomainError):
    """Nobody has taken the dispute yet."""

    code = "arbiter_not_named"


class NotTheArbiter(DomainError):
    """Another arbiter is named (facts: arbiter)."""

    code = "not_the_arbiter"


class PartOfTheDispute(DomainError):
    """Who would arbitrate spoke for one of the two sides."""

    code = "part_of_the_dispute"


class ProofEmpty(DomainError):
    """A file has no content (facts: name)."""

    code = "proof_empty"
    field = "files"


class ProofTooLarge(DomainError):
    """A file is larger than allowed (facts: name, most_mb)."""

    code = "proof_too_large"
    field = "files"


class ProofKindRefused(DomainError):
    """A file is none of the kinds that are taken, whatever its name says (facts: name)."""

    code = "proof_kind_refused"
    field = "files"


class TooManyProofs(DomainError):
    """The dispute would have more files than allowed (facts: most, count)."""

    code = "too_many_proofs"
    field = "files"


class ProofsTooLarge(DomainError):
    """The files of the dispute would weigh more than allowed together (facts: most_mb)."""

    code = "proofs_too_large"
    field = "files"
