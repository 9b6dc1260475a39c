"""Stretches of the books by name: a month, "2026-11", or a fiscal year by the year it ends in, "2026"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.errors import DomainError
from .models import Period

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
YEAR = re.compile(r"20\d\d", re.ASCII)


class SpanUnknown(DomainError):
    """It names neither a month nor a fiscal year (facts: named)."""

    code = "span_unknown"
    field = "period"


@dataclass(frozen=True)
class Span:
    """A month or a fiscal year, by its name, with its first and last day."""

    name: str
    starts_on: date
    ends_on: date


def span_of(session: Session, text: str) -> Span:
    """Return the month or the fiscal year that `text` names. Raises SpanUnknown."""
    month = MONTH.fullmatch(text)
    if month is not None:
        return _months(text, date(int(month[1]), int(month[2]), 1), 1)
    if YEAR.fullmatch(text) is None:
        raise SpanUnknown(named=text[:30])
    first_month = int(preferences.get(session, "fiscal_year_first_month"))
    return _months(text, date(int(text) - (first_month > 1), first_month, 1), 12)


def known(session: Session) -> list[tuple[str, date]]:
    """Return the name and a day of the fiscal years, then of the months the books know, the newest first."""
    months = select(Period.starts_on, Period.fiscal_year).order_by(Period.starts_on.desc())
    rows = session.execute(months).all()
    years = {str(row.fiscal_year): row.starts_on for row in rows}
    return [*years.items(), *((f"{row.starts_on:%Y-%m}", row.starts_on) for row in rows)]


def last_day(starts_on: date) -> date:
    """Return the last day of the month that begins on `starts_on`."""
    return (starts_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _months(name: str, starts_on: date, count: int) -> Span:
    ends_on = last_day(starts_on)
    for _month in range(count - 1):
        ends_on = last_day(ends_on + timedelta(days=1))
    return Span(name, starts_on, ends_on)
