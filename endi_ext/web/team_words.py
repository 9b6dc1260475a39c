"""The team of a tender and its decision in words: roles, rules, stances, availability."""

from typing import Any

from .i18n import _
from .states import CAUTION, INVALID, NEUTRAL, VALID, Badge

ROLES = {
    "lead": _("Mène la réponse"),
    "member": _("Membre"),
    "adviser": _("Conseil, sans part du prix"),
}
ASKED_TO_LEAD = _("Mènera la réponse en acceptant")
RULES = {
    "majority": _("Majorité : plus de voix pour que contre"),
    "unanimity": _("Unanimité : tout le monde s’exprime, personne n’est contre"),
    "lead": _("La personne qui mène la réponse décide, après avoir entendu l’équipe"),
}
STANCES = {
    "go": Badge(_("Pour"), VALID),
    "no_go": Badge(_("Contre"), INVALID),
    "abstain": Badge(_("S’abstient"), NEUTRAL),
    None: Badge(_("Ne s’est pas encore exprimé"), CAUTION),
}
DECISIONS = {
    "open": Badge(_("À décider"), CAUTION),
    "go": Badge(_("On répond"), VALID),
    "no_go": Badge(_("On ne répond pas"), INVALID),
}
VERDICTS = {
    "open": _("La règle ne tranche pas encore."),
    "go": _("D’après la règle, l’équipe répond."),
    "no_go": _("D’après la règle, l’équipe ne répond pas."),
}
AVAILABILITY = {
    "available": Badge(_("Disponible"), VALID),
    "partly": Badge(_("En partie disponible"), CAUTION),
    "busy": Badge(_("Carnet plein"), INVALID),
    "unknown": Badge(_("Disponibilité non précisée"), NEUTRAL),
}
NEARNESS = {
    "department": _("dans le département du marché"),
    "region": _("dans la région du marché"),
    "elsewhere": "",
}
# Offered to a team that has no criteria yet.
USUAL_CRITERIA = (
    (_("Le travail demandé correspond à nos métiers"), 3),
    (_("Nous avons le temps de répondre et de faire"), 3),
    (_("Le prix possible paie notre travail"), 3),
    (_("Nous connaissons l’acheteur ou le lieu"), 1),
    (_("Nos chances face à la concurrence"), 2),
    (_("Les risques sont supportables : pénalités, solidarité, délais de paiement"), 2),
)


def role_of(member: Any) -> str:
    """Return the words of a role; who is asked to lead does not lead yet."""
    if member.role == "lead" and member.state != "accepted":
        return ASKED_TO_LEAD
    return ROLES[member.role]
