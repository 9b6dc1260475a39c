"""What trading units of the demo say of themselves to those who look for a team."""

from datetime import timedelta

from ...tenders import profiles
from . import story

# By code: skills, where they work, availability, in how many days they have time again, what to know.
PROFILES = {
    "MENLAC": (
        "Agencement, escaliers, mobilier sur mesure ; pose en site occupé",
        "74, 73",
        "partly",
        None,
        "",
    ),
    "TRAITJ": (
        "Plans d’exécution, relevés, maquette numérique",
        "38, 73, 74, à distance",
        "available",
        None,
        "",
    ),
    "ECUME": ("Sites accessibles (RGAA), hébergement", "à distance", "available", None, ""),
    "DIALLO": (
        "Mémoires techniques, relecture, synthèse",
        "à distance",
        "available",
        None,
        "Réponse sous deux jours",
    ),
    "KELLER": ("Enduits à la chaux, patrimoine, cloisons", "68, 67, 74", "busy", 45, ""),
    "DUFOUR": (
        "Éclairage, courants faibles, bornes de recharge",
        "23, 87, 74",
        "partly",
        None,
        "Habilitations à jour",
    ),
    "SCHMIT": (
        "Signalétique, identité visuelle, impression grand format",
        "67, 68, à distance",
        "available",
        None,
        "",
    ),
    "HERBES": ("Jardins, plantations, taille raisonnée", "26, 07, 38", "partly", None, ""),
}


def describe(teller: story.Teller) -> None:
    """Let each of them fill in its profile."""
    for code, (skills, area, availability, days, note) in PROFILES.items():
        until = None if days is None else teller.last_day + timedelta(days=days)
        facts = profiles.ProfileFacts(skills, area, availability, until, note)
        profiles.describe(teller.session, teller.parties[code], facts, teller.act_of(code))
