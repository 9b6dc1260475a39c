"""What the conditions of a proposal may be: how it is paid, held back, answered."""

from dataclasses import fields, replace
from datetime import date

from sqlalchemy.orm import Session

from ..kernel import preferences
from .agreement_errors import (
    AnswerDatePast,
    PaymentDateMissing,
    PaymentDatePast,
    PaymentDaysWrong,
    ReleaseDateMissing,
    ReleaseDatePast,
    RetentionTooHigh,
    SilenceDaysMissing,
    SilenceDaysWrong,
)
from .models import SubcontractVersion
from .terms import CLIENT_PAYS, DAYS, END_OF_MONTH, FIXED_DATE, ON_DATE, USUAL, Conditions, Terms

MOST_RETENTION = "retention_max_bp"
MOST_DAYS = 365


def tidy(conditions: Conditions) -> Conditions:
    """Return conditions without what does not count: a date typed for a choice that was changed after."""
    kind = conditions.payment_kind
    usual = {
        "retention_release": conditions.retention_rate_bp > 0,
        "retention_release_on": conditions.retention_rate_bp > 0 and conditions.retention_release == ON_DATE,
        "payment_days": kind in (DAYS, END_OF_MONTH),
        "payment_on": kind == FIXED_DATE,
        "client_mode": kind == CLIENT_PAYS,
    }
    return replace(conditions, **{name: getattr(USUAL, name) for name, counts in usual.items() if not counts})


def of(version: SubcontractVersion) -> Conditions:
    """Return the conditions of a version."""
    return Conditions(**{field.name: getattr(version, field.name) for field in fields(Conditions)})


def check(session: Session, terms: Terms, today: date, *, before: Conditions = USUAL) -> None:
    """Refuse conditions that cannot be kept; what was agreed `before` may stay, even if it has passed since.

    Raises RetentionTooHigh, ReleaseDateMissing, ReleaseDatePast, PaymentDateMissing, PaymentDatePast,
    PaymentDaysWrong, SilenceDaysWrong, SilenceDaysMissing, AnswerDatePast.
    """
    if terms.answer_by is not None and terms.answer_by < today:
        raise AnswerDatePast(answer_by=terms.answer_by)
    if terms.conditions == before:
        return
    _check_retention(session, terms.conditions, before, today)
    _check_payment(terms.conditions, before, today)
    _check_silence(terms.conditions)


def _check_retention(session: Session, wanted: Conditions, before: Conditions, today: date) -> None:
    rate, most = wanted.retention_rate_bp, int(preferences.get(session, MOST_RETENTION))
    if rate > most and rate != before.retention_rate_bp:
        raise RetentionTooHigh(rate_bp=rate, most_bp=most)
    if not rate or wanted.retention_release != ON_DATE:
        return
    release_on = wanted.retention_release_on
    if release_on is None:
        raise ReleaseDateMissing
    if release_on <= today and release_on != before.retention_release_on:
        raise ReleaseDatePast(release_on=release_on)


def _check_payment(wanted: Conditions, before: Conditions, today: date) -> None:
    if wanted.payment_days is not None and not 0 <= wanted.payment_days <= MOST_DAYS:
        raise PaymentDaysWrong(most_days=MOST_DAYS)
    if wanted.payment_kind != FIXED_DATE:
        return
    if wanted.payment_on is None:
        raise PaymentDateMissing
    if wanted.payment_on < today and wanted.payment_on != before.payment_on:
        raise PaymentDatePast(payment_on=wanted.payment_on)


def _check_silence(wanted: Conditions) -> None:
    if wanted.silence_days is not None and not 1 <= wanted.silence_days <= MOST_DAYS:
        raise SilenceDaysWrong(most_days=MOST_DAYS)
    if wanted.silence_accepts and wanted.silence_days is None:
        raise SilenceDaysMissing
