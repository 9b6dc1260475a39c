"""What entrepreneurs of the demo cooperative do for each other over and over: data told by story.py."""

from typing import NamedTuple


class Habit(NamedTuple):
    """Work done without a written agreement, `times` a year, from `low` to `high` euros."""

    buyer: str
    seller: str
    label: str
    low: int
    high: int
    times: int


HABITS = (
    Habit("MENLAC", "TRAITJ", "Plans d'exécution", 180, 860, 9),
    Habit("MENLAC", "AUBRAC", "Photos de chantier", 150, 420, 5),
    Habit("MENLAC", "ROSA", "Assises et rideaux d'agencement", 160, 980, 7),
    Habit("ROSA", "MENLAC", "Châssis et tringles sur mesure", 90, 460, 5),
    Habit("ECUME", "AUBRAC", "Reportage photo pour un site", 250, 680, 8),
    Habit("ECUME", "DIALLO", "Textes d'un site", 180, 720, 9),
    Habit("ECUME", "SCHMIT", "Identité graphique d'un site", 300, 1200, 7),
    Habit("SCHMIT", "ECUME", "Mise en ligne et hébergement", 90, 380, 6),
    Habit("SCHMIT", "DIALLO", "Relecture d'une brochure", 80, 260, 6),
    Habit("INES", "VEZERE", "Légumes de saison", 45, 320, 18),
    Habit("INES", "AUBRAC", "Photos de plats", 120, 300, 3),
    Habit("INES", "ROSA", "Nappes et tabliers", 90, 380, 3),
    Habit("KELLER", "DUFOUR", "Réseaux et saignées", 220, 1400, 6),
    Habit("KELLER", "TRAITJ", "Relevé et plans d'un bâti ancien", 240, 1100, 6),
    Habit("KELLER", "MENLAC", "Huisseries d'une grange", 380, 2200, 5),
    Habit("DUFOUR", "KELLER", "Rebouchages à la chaux", 120, 520, 5),
    Habit("DUFOUR", "TRAITJ", "Schémas électriques", 90, 340, 6),
    Habit("HERBES", "TRAITJ", "Plan de plantation", 150, 480, 5),
    Habit("HERBES", "MENLAC", "Bacs et pergola en mélèze", 260, 1500, 5),
    Habit("PERMA", "VEZERE", "Journée d'accueil à la ferme", 140, 280, 6),
    Habit("PERMA", "DIALLO", "Livret de formation", 160, 420, 4),
    Habit("VEZERE", "ECUME", "Boutique en ligne des paniers", 80, 350, 6),
    Habit("VEZERE", "SCHMIT", "Étiquettes et affiche du marché", 60, 240, 5),
    Habit("MOTAIR", "INES", "Buffet d'un atelier", 80, 260, 6),
    Habit("MOTAIR", "SCHMIT", "Affiche d'un atelier", 60, 180, 5),
    Habit("AUBRAC", "ECUME", "Refonte de la galerie en ligne", 120, 450, 4),
    Habit("TRAITJ", "ECUME", "Maintenance du site", 40, 120, 6),
)
