"""The letters of a number, and what some lines come to. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from ..kernel import paris

LETTERS = 26
FIRST = 26  # AA comes after Z


class Sum(NamedTuple):
    """What some lines come to: debit minus credit, and whether both sides are among them."""

    cents: int
    both_sides: bool


def letters(number: int, *, partial: bool = False) -> str:
    """Return the letters of a number: 1 is AA, 2 is AB, after ZZ comes AAA; in lower case while partial."""
    left, written = number + FIRST, ""
    while left:
        left, place = divmod(left - 1, LETTERS)
        written = chr(ord("A") + place) + written
    return written.lower() if partial else written


def number_of(text: str) -> int | None:
    """Return the number of some letters, none when they are none."""
    number = 0
    for sign in text.strip().upper():
        if not "A" <= sign <= "Z":
            return None
        number = number * LETTERS + ord(sign) - ord("A") + 1
    return number - FIRST if number > FIRST else None


def lettered_on(last_on: date, made_at: datetime) -> date:
    """Return the day a letter is of: the day it was put, never before what it is put on."""
    return max(last_on, paris.day_of(made_at))


def summed(cents: Iterable[int]) -> Sum:
    """Return what amounts come to."""
    listed = list(cents)
    return Sum(sum(listed), any(one > 0 for one in listed) and any(one < 0 for one in listed))
