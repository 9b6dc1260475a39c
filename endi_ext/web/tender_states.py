"""How states of tenders and members are called on a page."""

from typing import Any

from .i18n import _
from .states import CAUTION, DRAFT, INVALID, NEUTRAL, VALID, Badge

TENDER = {
    "preparing": Badge(_("À décider"), DRAFT),
    "answering": Badge(_("Réponse en préparation"), CAUTION),
    "submitted": Badge(_("Offre déposée"), NEUTRAL),
    "won": Badge(_("Gagnée"), VALID),
    "lost": Badge(_("Perdue"), INVALID),
    "abandoned": Badge(_("Abandonnée"), NEUTRAL),
}
MEMBER = {
    "invited": Badge(_("Invitation envoyée"), NEUTRAL),
    "accepted": Badge(_("Dans l’équipe"), VALID),
    "declined": Badge(_("A décliné"), INVALID),
    "removed": Badge(_("Retiré de l’équipe"), NEUTRAL),
    "left": Badge(_("A quitté l’équipe"), NEUTRAL),
}
OUTCOME = {
    "none": Badge(_("Résultat attendu"), NEUTRAL),
    "won": Badge(_("Gagné"), VALID),
    "lost": Badge(_("Perdu"), INVALID),
    "abandoned": Badge(_("Abandonnée"), NEUTRAL),
}
INVITED = Badge(_("Vous êtes invité"), CAUTION)


def of_tender(tender: Any, party: Any) -> Badge:
    """Return the badge of a tender as `party` sees it."""
    mine = next((member for member in tender.members if member.party_id == party.id), None)
    if mine is not None and mine.state == "invited":
        return INVITED
    return TENDER[tender.state]


def of_member(member: Any) -> Badge:
    """Return the badge of someone of the team."""
    return MEMBER[member.state]
