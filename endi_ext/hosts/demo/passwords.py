"""Passwords: argon2, the same work for a known and an unknown login, and patience with guessers."""

from collections import OrderedDict
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from .models import User

FREE_ATTEMPTS = 5
LONGEST_WAIT_SECONDS = 300
REMEMBERED_PAIRS = 10_000

hasher = PasswordHasher()


@cache
def nobodys_hash() -> str:
    """Return a hash no password fits, to be checked when the login is unknown."""
    return hasher.hash("no one has this password")


def is_right(user: User | None, password: str) -> bool:
    """Say whether `password` opens the account of `user`; takes as long when there is no such user."""
    kept = nobodys_hash() if user is None else user.password_hash
    try:
        hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return user is not None and bool(user.active)


class Patience:
    """Failed logins per login and address: after a few, each one doubles the wait.

    Kept in the memory of the process, enough for a demo that has one; the oldest are forgotten first.
    """

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def seconds_left(self, login: str, address: str, now: float) -> int:
        """Return how long this pair still waits before its next attempt."""
        with self._lock:
            count, last = self._failures.get((login, address), (0, 0.0))
        return max(0, round(last + _wait_seconds(count) - now))

    def failed(self, login: str, address: str, now: float) -> None:
        """Note a failed attempt."""
        with self._lock:
            count, _ = self._failures.pop((login, address), (0, 0.0))
            self._failures[(login, address)] = (count + 1, now)
            while len(self._failures) > REMEMBERED_PAIRS:
                self._failures.popitem(last=False)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures of a pair that logged in."""
        with self._lock:
            self._failures.pop((login, address), None)


def _wait_seconds(count: int) -> int:
    if count < FREE_ATTEMPTS:
        return 0
    return min(LONGEST_WAIT_SECONDS, 2 ** min(count - FREE_ATTEMPTS + 1, 20))
