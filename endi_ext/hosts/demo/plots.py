"""The subcontracts of a year in the demo cooperative: plain data, told by story.py.

Parties by analytic code, prices in euros, days counted back from today.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One line of a proposal."""

    description: str
    quantity: int
    unit: str
    price: int


class Step(NamedTuple):
    """`days` after the previous step, `action` is done.

    `detail` is its reason, its lines, what is delivered of each line, in percent, or what is accepted of the
    first part of a delivery, in percent, and why.
    """

    days: int
    action: str
    detail: Any = None


@dataclass(frozen=True)
class Plot:
    """A subcontract proposed so many days ago, and what followed."""

    buyer: str
    seller: str
    title: str
    days_ago: int
    lines: tuple[Line, ...]
    steps: tuple[Step, ...] = ()


ALL = 100
AT_ONCE = (Step(2, "accept"), Step(16, "deliver"), Step(3, "accept_delivery"))
IN_TWO_PARTS = (
    Step(1, "accept"),
    Step(12, "deliver", 50),
    Step(2, "accept_delivery"),
    Step(15, "deliver"),
    Step(4, "accept_delivery"),
)

# Those that ended well, from the oldest.
ENDED = (
    Plot(
        "MENLAC",
        "TRAITJ",
        "Plans de l'escalier de Veyrier",
        345,
        (Line("Plans d'exécution", 18, "h", 48),),
        AT_ONCE,
    ),
    Plot(
        "ECUME",
        "AUBRAC",
        "Photos de la conserverie de Douarnenez",
        322,
        (Line("Reportage", 2, "jours", 420), Line("Retouche", 30, "photos", 6)),
        IN_TWO_PARTS,
    ),
    Plot(
        "INES",
        "VEZERE",
        "Légumes du banquet de Bellac",
        300,
        (Line("Légumes primeurs", 85, "kg", 4),),
        AT_ONCE,
    ),
    Plot(
        "KELLER",
        "DUFOUR",
        "Électricité de la grange de Wasserbourg",
        281,
        (Line("Passage des gaines", 60, "m", 14), Line("Tableau", 1, "forfait", 680)),
        (
            Step(1, "accept"),
            Step(12, "deliver", 50),
            Step(2, "accept_in_part", (60, "Douze mètres de gaine restent à fixer.")),
            Step(15, "deliver"),
            Step(4, "accept_delivery"),
        ),
    ),
    Plot(
        "SCHMIT", "DIALLO", "Textes du catalogue d'hiver", 260, (Line("Rédaction", 12, "pages", 55),), AT_ONCE
    ),
    Plot(
        "PERMA",
        "VEZERE",
        "Stage de printemps à la ferme",
        238,
        (Line("Accueil du groupe", 3, "jours", 180), Line("Repas", 36, "personnes", 14)),
        AT_ONCE,
    ),
    Plot(
        "MENLAC",
        "ROSA",
        "Banquettes du café de Thônes",
        219,
        (Line("Assise", 6, "pièces", 145),),
        IN_TWO_PARTS,
    ),
    Plot(
        "ECUME",
        "SCHMIT",
        "Charte d'une école de voile",
        197,
        (Line("Logo et déclinaisons", 1, "forfait", 1400), Line("Pictogrammes", 8, "pièces", 45)),
        (
            Step(
                2,
                "counter",
                (Line("Logo et déclinaisons", 1, "forfait", 1550), Line("Pictogrammes", 8, "pièces", 45)),
            ),
            *IN_TWO_PARTS,
        ),
    ),
    Plot(
        "HERBES",
        "MENLAC",
        "Pergola du jardin de la gare",
        176,
        (Line("Pergola en mélèze", 1, "forfait", 2350), Line("Bac", 4, "pièces", 165)),
        (
            Step(3, "accept"),
            Step(20, "deliver", 50),
            Step(2, "contest", "Le bac d'angle est fendu."),
            Step(6, "deliver", 50),
            Step(1, "accept_delivery"),
            Step(9, "deliver"),
            Step(2, "accept_delivery"),
        ),
    ),
    Plot(
        "KELLER", "TRAITJ", "Relevé de la maison d'éclusier", 155, (Line("Relevé", 3, "jours", 390),), AT_ONCE
    ),
    Plot(
        "MOTAIR",
        "INES",
        "Buffet du festival des écritures",
        132,
        (Line("Buffet", 60, "personnes", 13),),
        AT_ONCE,
    ),
    Plot(
        "VEZERE",
        "ECUME",
        "Commande en ligne des paniers",
        118,
        (Line("Développement", 5, "jours", 380),),
        IN_TWO_PARTS,
    ),
    Plot(
        "AUBRAC",
        "ECUME",
        "Galerie de tirages en ligne",
        101,
        (Line("Développement", 4, "jours", 380),),
        AT_ONCE,
    ),
    Plot(
        "ROSA",
        "MENLAC",
        "Métiers à tisser de l'atelier",
        88,
        (Line("Châssis en hêtre", 3, "pièces", 240),),
        AT_ONCE,
    ),
    Plot(
        "ECUME",
        "DIALLO",
        "Textes d'un gîte du Finistère",
        66,
        (Line("Rédaction", 9, "pages", 60),),
        IN_TWO_PARTS,
    ),
    Plot(
        "DUFOUR",
        "KELLER",
        "Saignées d'une mairie",
        48,
        (Line("Rebouchage à la chaux", 22, "m²", 38),),
        AT_ONCE,
    ),
)

# Those that did not, and those on which something waits today.
OPEN = (
    Plot(
        "MENLAC",
        "AUBRAC",
        "Film du chantier naval",
        210,
        (Line("Captation", 2, "jours", 650),),
        (Step(4, "decline", "Je ne fais pas de film : voyez plutôt avec un vidéaste."),),
    ),
    Plot(
        "SCHMIT",
        "ECUME",
        "Site d'une brasserie",
        140,
        (Line("Intégration", 6, "jours", 360),),
        (Step(5, "withdraw", "Le client a renoncé."),),
    ),
    Plot(
        "KELLER",
        "DUFOUR",
        "Éclairage d'un lavoir",
        80,
        (Line("Pose de luminaires", 9, "pièces", 75),),
        (Step(3, "decline", "Trop loin de Guéret avant l'été."),),
    ),
    Plot(
        "INES",
        "ROSA",
        "Nappes d'un mariage",
        75,
        (Line("Nappe ronde", 14, "pièces", 42),),
        (Step(1, "counter", (Line("Nappe ronde", 14, "pièces", 58),)), Step(3, "withdraw", "Partie remise.")),
    ),
    Plot(
        "HERBES",
        "TRAITJ",
        "Plan du verger partagé",
        62,
        (Line("Plan masse", 1, "forfait", 620),),
        (
            Step(2, "accept"),
            Step(12, "deliver"),
            Step(1, "accept_delivery"),
            Step(20, "reverse", "Accepté par erreur sur la mauvaise enseigne."),
        ),
    ),
    Plot(
        "MENLAC",
        "TRAITJ",
        "Plans de la bibliothèque de Talloires",
        30,
        (Line("Plans d'exécution", 19, "h", 50), Line("Perspective", 2, "pièces", 140)),
        (
            Step(
                1, "counter", (Line("Plans d'exécution", 19, "h", 50), Line("Perspective", 2, "pièces", 160))
            ),
            Step(1, "accept"),
            Step(15, "deliver", (ALL, 0)),
            Step(4, "accept_delivery"),
        ),
    ),
    Plot(
        "MENLAC",
        "TRAITJ",
        "Plans d'une cage d'escalier à Faverges",
        24,
        (Line("Plans d'exécution", 14, "h", 50), Line("Déplacement", 2, "forfaits", 65)),
        (Step(2, "accept"), Step(19, "deliver", 50)),
    ),
    Plot(
        "ECUME",
        "AUBRAC",
        "Photos d'un chantier ostréicole",
        27,
        (Line("Reportage", 1, "jour", 420), Line("Retouche", 25, "photos", 6)),
        (
            Step(2, "accept"),
            Step(18, "deliver"),
            Step(3, "contest", "Il manque les vues au lever du jour."),
            Step(
                1, "write_about", "Elles sont dans le second dossier : les vues 18 à 25, prises à six heures."
            ),
            Step(1, "ask_arbitration", "Nous lisons le bon de commande autrement l’un et l’autre."),
        ),
    ),
    Plot(
        "MENLAC",
        "ROSA",
        "Rideaux d'un théâtre de poche",
        41,
        (Line("Rideau doublé", 4, "pièces", 230), Line("Pose", 1, "forfait", 180)),
        (
            Step(3, "accept"),
            Step(14, "deliver", 50),
            Step(2, "accept_delivery"),
            Step(19, "deliver", (50, 0)),
        ),
    ),
    Plot(
        "KELLER",
        "MENLAC",
        "Fenêtres d'une maison à colombages",
        35,
        (Line("Fenêtre à petits bois", 6, "pièces", 490), Line("Pose", 3, "jours", 350)),
        (
            Step(2, "accept"),
            Step(26, "deliver", (50, 0)),
            Step(4, "contest", "Deux croisées ne ferment pas."),
        ),
    ),
    Plot(
        "DUFOUR",
        "KELLER",
        "Enduits d'un local technique",
        16,
        (Line("Enduit", 35, "m²", 31),),
        (Step(3, "accept"),),
    ),
    Plot(
        "PERMA",
        "VEZERE",
        "Stage d'automne à la ferme",
        13,
        (Line("Accueil du groupe", 2, "jours", 180),),
        (Step(2, "accept"), Step(8, "deliver")),
    ),
    Plot(
        "HERBES", "MENLAC", "Banc circulaire du tilleul", 4, (Line("Banc en robinier", 1, "forfait", 1180),)
    ),
    Plot(
        "MENLAC",
        "TRAITJ",
        "Plans d'une mezzanine",
        6,
        (Line("Plans d'exécution", 10, "h", 50),),
        (Step(3, "counter", (Line("Plans d'exécution", 13, "h", 50),)),),
    ),
    Plot("ECUME", "DIALLO", "Textes d'une maison d'hôtes", 3, (Line("Rédaction", 7, "pages", 60),)),
    Plot("SCHMIT", "DIALLO", "Relecture d'un rapport annuel", 5, (Line("Relecture", 40, "pages", 6),)),
    Plot(
        "MOTAIR",
        "INES",
        "Goûter d'un atelier d'hiver",
        8,
        (Line("Goûter", 25, "personnes", 9),),
        (Step(4, "counter", (Line("Goûter", 25, "personnes", 11),)),),
    ),
)
