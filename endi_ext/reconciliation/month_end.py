"""What is to be settled before a month is closed: checks as a table, what is passed with a reason, closing.

A check says how many things stand and how many cents are at stake; none of them, it is done. Checks of
domains above this one, and of the host, are handed down by whoever closes: `web/month_desk.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError, ReasonMissing
from ..kernel.history import Act, remember
from ..ledger import lettering_queries
from ..ledger import service as ledger
from ..ledger.models import CLOSED, Period
from ..ledger.spans import Span
from . import campaigns, finding_store, questions
from . import month_measures as of
from .month_balances import MIRRORED, Setting, Standing
from .month_models import MonthPass

# How much a check weighs: nothing passes it; it is passed with a reason; it is only told.
BLOCKING, REASON, NOTICE = "blocking", "reason", "notice"
# What becomes of it.
BLOCKS, TO_DO, TOLD, PASSED, DONE = "blocks", "to_do", "told", "passed", "done"
STATES = (BLOCKS, TO_DO, TOLD, PASSED, DONE)


@dataclass(frozen=True)
class Check:
    """One thing to look at before a month is closed: `measure` says how many stand, at what stake."""

    code: str
    measure: Callable[[Setting], Standing]
    weight: str


@dataclass(frozen=True)
class Line:
    """A check of a month as it stands now; `passed` when somebody gave a reason for no less than this."""

    code: str
    weight: str
    count: int
    cents: int
    passed: MonthPass | None = None

    @property
    def state(self) -> str:
        """One of STATES."""
        if not self.count:
            return DONE
        if self.passed is not None:
            return PASSED
        return {BLOCKING: BLOCKS, REASON: TO_DO, NOTICE: TOLD}[self.weight]


class MonthNotReady(DomainError):
    """Something that nothing passes is not done (facts: period, count, codes)."""

    code = "month_not_ready"


class MonthNeedsReason(DomainError):
    """Something is not done and nobody said why it may wait (facts: period, count, codes)."""

    code = "month_needs_reason"
    field = "reason"


class MonthClosedMeanwhile(DomainError):
    """Somebody else closed it first (facts: period, by, at)."""

    code = "month_closed_meanwhile"


class NothingToPass(DomainError):
    """It is done, it is only told, or nothing passes it (facts: period)."""

    code = "nothing_to_pass"


CHECKS: tuple[Check, ...] = (
    Check("previous_months", of.previous_months, BLOCKING),
    Check("drafts", of.waiting, BLOCKING),
    Check("compared", of.compared, REASON),
    Check("findings", of.days(finding_store.standing), REASON),
    Check("matching", of.days(campaigns.standing), REASON),
    Check("papers", of.papers, REASON),
    Check("host_exports", of.host_exports, REASON),
    Check("questions", of.days(questions.standing), NOTICE),
    Check("journal", of.journal, NOTICE),
    Check("open_lines", of.days(lettering_queries.standing), NOTICE),
    *(Check(name, of.mirrored(name), REASON) for name in MIRRORED),
    Check("altered", of.altered, BLOCKING),
    Check("verification", of.verification, REASON),
    Check("checkpoint", of.checkpoint, NOTICE),
)


def period_of(session: Session, span: Span) -> Period | None:
    """Return the month's row, none while nothing was posted in it."""
    wanted = select(Period).where(Period.starts_on == span.starts_on)
    return session.execute(wanted).scalars().one_or_none()


def lines(setting: Setting, checks: Sequence[Check]) -> list[Line]:
    """Return what each check says of the month, in their order."""
    passes = _passes(setting)
    found = []
    for check in checks:
        count, cents = check.measure(setting)
        passed = passes.get(check.code)
        covered = passed is not None and passed.covers(count, cents) and check.weight == REASON
        found.append(Line(check.code, check.weight, count, cents, passed if covered else None))
    return found


def pass_over(setting: Setting, checks: Sequence[Check], code: str, *, reason: str, act: Act) -> MonthPass:
    """Let what a check finds wait, with a reason kept in the history of the month.

    Raises ReasonMissing, MonthClosedMeanwhile, NothingToPass.
    """
    if not reason.strip():
        raise ReasonMissing(action="pass")
    ledger.hold(setting.session)
    period = period_of(setting.session, setting.span)
    if period is not None:
        _refuse_closed(setting.session, period, setting.span)
    wanted = [line for line in lines(setting, checks) if line.code == code and line.state in (TO_DO, PASSED)]
    if not wanted:
        raise NothingToPass(period=setting.span.name)
    return _keep(setting, wanted[0], reason.strip(), act)


def take_back(setting: Setting, code: str, act: Act) -> None:
    """Forget the reason given for a check: it is to be done again.

    Raises NothingToPass, MonthClosedMeanwhile.
    """
    ledger.hold(setting.session)
    passed = _passes(setting, locked=True).get(code)
    if passed is None:
        raise NothingToPass(period=setting.span.name)
    _refuse_closed(setting.session, passed.period, setting.span)
    remember(setting.session, passed.period, "unpassed", act, after=code)
    setting.session.delete(passed)


def close(
    setting: Setting,
    checks: Sequence[Check],
    act: Act,
    *,
    reason: str = "",
    progress: Callable[[int, int | None], None] | None = None,
) -> Period:
    """Close the month once its checks are done, or passed: with `reason`, all that may be is.

    Raises MonthNotReady, MonthNeedsReason, MonthClosedMeanwhile, ledger.PeriodNotLast.
    """
    session, span = setting.session, setting.span
    period = ledger.period_of(session, span.starts_on)
    ledger.hold(session)
    _refuse_closed(session, period, span)
    _refuse_unready(setting, lines(setting, checks), reason.strip(), act)
    if of.waits_now(setting):
        raise MonthNotReady(period=span.name, count=1, codes=["drafts"])
    return ledger.close_period(session, period, act, progress=progress)


def _refuse_unready(setting: Setting, found: Sequence[Line], reason: str, act: Act) -> None:
    for state, refusal in ((BLOCKS, MonthNotReady), (TO_DO, MonthNeedsReason)):
        left = [line for line in found if line.state == state]
        if left and (state == BLOCKS or not reason):
            raise refusal(period=setting.span.name, count=len(left), codes=[line.code for line in left])
    for line in found:
        if line.state == TO_DO:
            _keep(setting, line, reason, act)


def _refuse_closed(session: Session, period: Period, span: Span) -> None:
    """The head of the book is ours: whoever closed the month meanwhile is done, and told by a fresh read."""
    session.refresh(period, with_for_update={"read": True})
    if period.state == CLOSED:
        raise MonthClosedMeanwhile(period=span.name, by=period.closed_by, at=period.closed_at)


def _keep(setting: Setting, line: Line, reason: str, act: Act) -> MonthPass:
    period = ledger.period_of(setting.session, setting.span.starts_on)
    passed = _passes(setting, locked=True).get(line.code) or MonthPass(period_id=period.id, code=line.code)
    if (passed.reason, passed.count, passed.amount_cents) == (reason, line.count, line.cents):
        return passed  # a double click
    passed.reason, passed.count, passed.amount_cents = reason, line.count, line.cents
    passed.passed_at, passed.passed_by = act.at, act.actor_name
    setting.session.add(passed)
    remember(setting.session, period, "passed", act, after=line.code, reason=reason)
    setting.session.flush()  # the next reading of the checks finds it
    return passed


def _passes(setting: Setting, *, locked: bool = False) -> dict[str, MonthPass]:
    """Return what was passed, by check; `locked` sees what somebody wrote since our snapshot was taken."""
    of_month = Period.starts_on == setting.span.starts_on
    rows = select(MonthPass).join(Period, Period.id == MonthPass.period_id).where(of_month)
    if locked:
        rows = rows.with_for_update(read=True).execution_options(populate_existing=True)
    return {row.code: row for row in setting.session.execute(rows).scalars()}
