"""Which accounts say who owes: their lines are matched (lettrage), those of the others never are."""

from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..kernel.preferences import Preference
from .driver import Driver

# Accounts of third parties, and liaison accounts: what units of one legal person owe each other.
PARTY_CLASSES = ("4", "181")

# What an admin chose to play such a role, whatever its number (exchanges/choices.py names them so).
CHOSEN = ("account.%payable", "account.%receivable")


def follow(session: Session, driver: Driver, opened: Mapping[tuple[str, int], int]) -> None:
    """Have the lines of those accounts just opened that say who owes matched from their first one on."""
    lettered = numbers(session, (number for number, _party in opened))
    rows = sorted((account_id,) for (number, _party), account_id in opened.items() if number in lettered)
    if rows:
        driver.insert(driver.sql.lettered, rows)


def numbers(session: Session, among: Iterable[str]) -> set[str]:
    """Return those of some account numbers whose lines are to be matched."""
    wanted = set(among)
    found = {number for number in wanted if number.startswith(PARTY_CLASSES)}
    if found != wanted:
        found |= wanted & chosen(session)
    return found


def chosen(session: Session) -> set[str]:
    """Return the numbers an admin chose for debts and claims."""
    names = or_(*(Preference.name.like(name) for name in CHOSEN))
    values = session.execute(select(Preference.value).where(names)).scalars()
    return {value.strip() for value in values} - {""}
