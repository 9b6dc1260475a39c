"""What a rule makes of the positions a team takes. Pure.

Lead and members count, one each; advisers are heard and not counted. Who abstains counts for neither side.

- majority: more people for than against. It is settled as soon as those who have not spoken could no longer
  turn it; a tie is no majority.
- unanimity: at least one for, nobody against, everybody has spoken. One voice against settles it.
- lead: the lead's own position, whatever the others advise.

Once the last day is over, who has not spoken abstained; unanimity then fails: it wants everybody's word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

GO, NO_GO, ABSTAIN, OPEN = "go", "no_go", "abstain", "open"
UNANIMITY, MAJORITY, LEAD_DECIDES = "unanimity", "majority", "lead"
RULES = (MAJORITY, UNANIMITY, LEAD_DECIDES)
STANCES = (GO, NO_GO, ABSTAIN)


@dataclass(frozen=True)
class Count:
    """How many of those who count are for, against, abstain, and have not spoken."""

    go: int
    no_go: int
    abstain: int
    missing: int


def count(stances: Sequence[str | None]) -> Count:
    """Count the stances of those who count; None for who has not spoken."""
    return Count(stances.count(GO), stances.count(NO_GO), stances.count(ABSTAIN), stances.count(None))


def verdict(rule: str, counted: Count, *, lead: str | None, over: bool) -> str:
    """Return GO, NO_GO, or OPEN while the rule settles nothing; `over` once the last day has passed."""
    if rule == LEAD_DECIDES:
        return lead if lead in (GO, NO_GO) else OPEN
    if rule == UNANIMITY:
        return _unanimity(counted, over)
    return _majority(counted, over)


def _unanimity(counted: Count, over: bool) -> str:
    if counted.no_go:
        return NO_GO
    if counted.missing:
        return NO_GO if over else OPEN
    return GO if counted.go else NO_GO


def _majority(counted: Count, over: bool) -> str:
    still = 0 if over else counted.missing
    if counted.go > counted.no_go + still:
        return GO
    return NO_GO if counted.no_go >= counted.go + still else OPEN
