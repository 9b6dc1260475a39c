"""Who the cooperative is on the forms of a tender: what its admin wrote down, else what the host knows.

The bidder towards a buyer is the cooperative, one legal person: this is the identity of DC1, DC2 and DC4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from ..kernel import preferences
from ..kernel.history import Act

PREFIX = "identity."
YEARS = (1, 2, 3)


@dataclass(frozen=True)
class Identity:
    """The cooperative as forms name it; "" is what nobody told yet, and stays blank on the forms.

    `small` is "yes" or "no" (micro, small or medium enterprise). Of the three last financial years the newest
    is 1: `year_1_from`, `year_1_until` are ISO dates, `year_1_cents` its turnover without VAT in cents. What
    the signatory declares upon honour is no part of it: nobody ticks that for them.
    """

    name: str = ""
    legal_form: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    siret: str = ""
    vat_number: str = ""
    registry: str = ""
    ape: str = ""
    founded_on: str = ""
    small: str = ""
    signatory_name: str = ""
    signatory_role: str = ""
    year_1_from: str = ""
    year_1_until: str = ""
    year_1_cents: str = ""
    year_2_from: str = ""
    year_2_until: str = ""
    year_2_cents: str = ""
    year_3_from: str = ""
    year_3_until: str = ""
    year_3_cents: str = ""
    insurance: str = ""
    decennial: str = ""
    staff: str = ""
    qualifications: str = ""
    authorisations: str = ""
    proof_url: str = ""
    proof_access: str = ""


NAMES = tuple(one.name for one in fields(Identity))
# What no form of the cooperative does without.
NEEDED = ("name", "legal_form", "address", "postcode", "city", "email", "siret", "signatory_name")


def read(session: Session, known: Mapping[str, str]) -> Identity:
    """Return the identity: what was written down, else what is `known` of the cooperative by its host."""
    written = preferences.several(session, [PREFIX + name for name in NAMES])
    return Identity(**{name: written[PREFIX + name] or known.get(name, "") for name in NAMES})


def write(session: Session, values: Mapping[str, str], known: Mapping[str, str], act: Act) -> None:
    """Keep what differs from what the host knows: the rest goes on following the host."""
    for name in NAMES:
        if name in values:
            own = "" if values[name] == known.get(name, "") else values[name]
            preferences.choose(session, PREFIX + name, own, act)


def missing(identity: Identity) -> tuple[str, ...]:
    """Return the names of what no form does without and nobody told."""
    return tuple(name for name in NEEDED if not getattr(identity, name))
