"""What the cooperative chose for its exchanges: scheme, accounts, default rate, days to pay."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..kernel import preferences
from .postings import OPTIONAL_ROLES, ROLES, SCHEMES, Scheme

SCHEME, DEFAULT_RATE, PAYMENT_DAYS = "scheme", "default_contribution_rate_bp", "payment_days"


@dataclass(frozen=True)
class Choices:
    """The choices in force."""

    scheme: Scheme
    default_rate_bp: int
    payment_days: int


def account_preference(scheme_code: str, role: str) -> str:
    """Return the name of the preference that overrides the account of `role` in a scheme."""
    return f"account.{scheme_code}.{role}"


NAMES = (
    *(SCHEME, DEFAULT_RATE, PAYMENT_DAYS),
    *(account_preference(code, role) for code in SCHEMES for role in ROLES + OPTIONAL_ROLES),
)


def read(session: Session) -> Choices:
    """Return the choices in force, read in one query."""
    chosen = preferences.several(session, NAMES)
    scheme = SCHEMES[chosen[SCHEME]]
    roles = ROLES + OPTIONAL_ROLES
    accounts = {role: chosen[account_preference(scheme.code, role)].strip() for role in roles}
    return Choices(scheme.with_accounts(accounts), int(chosen[DEFAULT_RATE]), int(chosen[PAYMENT_DAYS]))
