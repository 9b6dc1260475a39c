"""The month as an accountant sees it: every check there is, in words; the one door to closing.

Pages and commands close a month here and nowhere else, so that none goes around the checks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel.history import Act
from ..ledger import spans
from ..ledger.models import OPEN, Entry, Period
from ..ledger.spans import Span
from ..reconciliation import month_end
from ..reconciliation.month_balances import Setting
from ..reconciliation.month_end import BLOCKS, DONE, STATES, TO_DO, Check, Line
from ..subcontracts import month_checks
from .month_words import WORDS, Words

CHECKS: tuple[Check, ...] = (*month_end.CHECKS, *month_checks.CHECKS)
CODES = frozenset(check.code for check in CHECKS)


@dataclass(frozen=True)
class Desk:
    """A month and where each of its checks stands, what is left first."""

    span: Span
    period: Period | None
    lines: Sequence[Line]

    @property
    def left(self) -> list[Line]:
        """What keeps the month from being closed: blocking, or without a reason."""
        return [line for line in self.lines if line.state in (BLOCKS, TO_DO)]

    @property
    def blocking(self) -> list[Line]:
        """What no reason passes."""
        return [line for line in self.lines if line.state == BLOCKS]

    @property
    def done(self) -> list[Line]:
        """What is done."""
        return [line for line in self.lines if line.state == DONE]

    @property
    def shown(self) -> list[Line]:
        """What is not done, passed or only told included."""
        return [line for line in self.lines if line.state != DONE]

    @property
    def cents(self) -> int:
        """What is at stake in what is left."""
        return sum(line.cents for line in self.left)

    @property
    def closed(self) -> bool:
        """The month is closed."""
        return self.period is not None and self.period.state != OPEN


def setting_of(session: Session, span: Span, host: Any = None) -> Setting:
    """Return what the checks read."""
    return Setting(session, span, None if host is None else host.documents)


def read(setting: Setting) -> Desk:
    """Return where a month stands."""
    found = month_end.lines(setting, CHECKS)
    ordered = sorted(found, key=lambda line: STATES.index(line.state))
    return Desk(setting.span, month_end.period_of(setting.session, setting.span), ordered)


def close(setting: Setting, act: Act, *, reason: str = "", progress: Any = None) -> Period:
    """Close a month. Raises as month_end.close does."""
    return month_end.close(setting, CHECKS, act, reason=reason, progress=progress)


def pass_over(setting: Setting, code: str, *, reason: str, act: Act) -> None:
    """Let a check wait, with a reason. Raises as month_end.pass_over does."""
    month_end.pass_over(setting, CHECKS, code, reason=reason, act=act)


def take_back(setting: Setting, code: str, act: Act) -> None:
    """Forget the reason given for a check. Raises as month_end.take_back does."""
    month_end.take_back(setting, code, act)


def month_of(session: Session, text: str) -> Span:
    """Return the month that `text` names. Raises SpanUnknown, for a year too."""
    if spans.MONTH.fullmatch(text) is None:
        raise spans.SpanUnknown(named=text[:30])
    return spans.span_of(session, text)


def first_to_close(session: Session, today: date) -> str:
    """Return the name of the oldest open month that has entries, else of the present one."""
    entries = select(Entry.id).where(Entry.effective_on.between(Period.starts_on, Period.ends_on)).exists()
    wanted = select(Period.starts_on).where(Period.state == OPEN, entries).order_by(Period.starts_on)
    starts_on = session.execute(wanted.limit(1)).scalar()
    return f"{starts_on or today:%Y-%m}"


def words_of(line: Line) -> Words:
    """Return the words of a line's check."""
    return WORDS[line.code]
