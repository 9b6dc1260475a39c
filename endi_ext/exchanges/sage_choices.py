"""What the cooperative chose for its files for Sage, beside the host's own configuration."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..kernel import preferences

DUE, ACCOUNTS = "sage_due", "sage_accounts"
# The host writes the day and thirty more, whatever was agreed.
AS_THE_HOST, AS_THE_BOOKS = "host", "books"
HOSTS_DUE_DAYS = 30


@dataclass(frozen=True)
class SageChoices:
    """`due_days` none takes the due day of each exchange; `hosts_accounts` the host's general accounts."""

    due_days: int | None
    hosts_accounts: bool


def read(session: Session) -> SageChoices:
    """Return the choices in force."""
    due, accounts = preferences.get(session, DUE), preferences.get(session, ACCOUNTS)
    return SageChoices(HOSTS_DUE_DAYS if due != AS_THE_BOOKS else None, accounts == AS_THE_HOST)
