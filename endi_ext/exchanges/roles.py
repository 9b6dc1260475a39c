"""Which account numbers ever played which role: of each scheme, those chosen and those chosen before."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.history import Event
from ..kernel.preferences import Preference
from . import choices, postings

# By scheme, then by role.
Numbers = Mapping[str, Mapping[str, set[str]]]


def ever(session: Session) -> Numbers:
    """Return the account numbers each scheme ever used for each role; empty for one that had none.

    Read from what admins chose and from the history of their choices, so that it costs the choices made,
    not the entries posted.
    """
    found: dict[str, defaultdict[str, set[str]]] = {}
    told = _told(session)
    for code, scheme in postings.SCHEMES.items():
        found[code] = defaultdict(set)
        for role in (*postings.ROLES, *postings.OPTIONAL_ROLES):
            said = {scheme.accounts.get(role, ""), *told[choices.account_preference(code, role)]}
            found[code][role] = {number.strip() for number in said} - {""}
    return found


def playing(numbers: Numbers, *roles: str) -> set[str]:
    """Return the account numbers of some roles, all schemes together."""
    return {number for scheme in numbers.values() for role in roles for number in scheme[role]}


def _told(session: Session) -> defaultdict[str, set[str]]:
    """Return every value each account's preference has or had."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    now = select(Preference.name, Preference.value).where(Preference.name.like("account.%"))
    for name, value in session.execute(now):
        found[name].add(value)
    of_accounts = Event.subject == preferences.SUBJECT, Event.reason.like("account.%")
    before = select(Event.reason, Event.state_before, Event.state_after).where(*of_accounts)
    for name, was, became in session.execute(before):
        found[name] |= {was or "", became or ""}
    return found
