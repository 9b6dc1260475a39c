"""Firms outside the cooperative, and members of other cooperatives, told by a SIRET. Pure."""

from dataclasses import dataclass

from stdnum.fr import siret as sirets

from .team_errors import OwnSiret, WrongSiret

FIRM, COOPERATIVE = "firm", "cooperative"
SIREN_LENGTH = 9  # what all establishments of one legal person share


@dataclass(frozen=True)
class Firm:
    """Somebody outside, known by a SIRET: of a firm, or of the cooperative whose entrepreneur they are."""

    name: str
    siret: str
    email: str = ""
    via: str = FIRM


def siret_of(firm: Firm, own_siret: str) -> str:
    """Return the fourteen digits of a firm; no establishment of the cooperative itself is outside.

    Raises WrongSiret, OwnSiret.
    """
    number = str(sirets.compact(firm.siret))
    if not sirets.is_valid(number):
        raise WrongSiret(siret=firm.siret)
    if own_siret and number[:SIREN_LENGTH] == sirets.compact(own_siret)[:SIREN_LENGTH]:
        raise OwnSiret(siret=number)
    return number
