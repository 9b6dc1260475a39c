"""The tenders of the demo cooperative: plain data, told by tender_story.py. Their buyers are imaginary.

Parties by analytic code, prices in euros, days counted back from today; shares are percents of a line.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .plots import Step

FIRM = "firm"


class Price(NamedTuple):
    """One line of a price schedule, and who does how much of it."""

    lot: int
    reference: str
    description: str
    quantity: float
    unit: str
    price: float
    shares: dict[str, int] | None = None


class Seat(NamedTuple):
    """Someone invited: `says` is "accept", "decline" or nothing yet; `why` when they decline."""

    code: str
    mission: str
    says: str | None = "accept"
    why: str = ""
    role: str = "member"


class Lot(NamedTuple):
    """A lot as the notice has it, with what it is estimated at in euros and the criteria's weights."""

    title: str
    cpv: str
    estimate: int | None = None
    criteria: tuple[tuple[str, int], ...] = (("Prix", 60), ("Valeur technique", 40))


@dataclass(frozen=True)
class TenderPlot:
    """A tender begun so many days ago, due `deadline` days after that, and what its team did."""

    lead: str
    title: str
    buyer: str
    city: str
    days_ago: int
    deadline: int
    lots: tuple[Lot, ...]
    seats: tuple[Seat, ...] = ()
    prices: tuple[Price, ...] = ()
    steps: tuple[Step, ...] = ()
    description: str = ""
    firm: str = ""
    fee_percent: int = 0
    common: int = 0
    retention_percent: int = 0
    asked: tuple[str, ...] = ("DC1", "DC2", "Mémoire technique", "Acte d’engagement")
    place: str = "FRK28"
    details: dict[str, Any] = field(default_factory=dict)


WON = TenderPlot(
    "MENLAC",
    "Réaménagement de la médiathèque de Valserine-les-Bains",
    "Commune de Valserine-les-Bains",
    "Valserine-les-Bains",
    140,
    38,
    (
        Lot("Agencement et menuiseries intérieures", "45421000", 62_000),
        Lot("Éclairage et courants faibles", "45311000", 24_000),
    ),
    (
        Seat("SCHMIT", "Signalétique et visuels"),
        Seat("TRAITJ", "Avis sur les plans", role="adviser"),
        Seat("KELLER", "Enduits et reprises"),
        Seat("DUFOUR", "Éclairage, tout le lot 2"),
        Seat("ROSA", "Assises et rideaux", "decline", "Mon carnet est plein jusqu’à l’été."),
        Seat(FIRM, "Structure métallique des mezzanines"),
    ),
    (
        Price(0, "1.1", "Charte de signalétique", 64, "h", 52, {"SCHMIT": 100}),
        Price(0, "1.2", "Panneaux de rayon", 36, "u", 61.5, {"SCHMIT": 70, "MENLAC": 30}),
        Price(0, "1.3", "Rayonnages en hêtre", 46, "ml", 310, {"MENLAC": 100}),
        Price(0, "1.4", "Banque d’accueil", 1, "forfait", 6_850, {"MENLAC": 100}),
        Price(0, "1.5", "Enduits à la chaux", 148.5, "m²", 46.5, {"KELLER": 100}),
        Price(0, "1.6", "Reprises de cloisons", 22, "m²", 78, {"KELLER": 60, "MENLAC": 40}),
        Price(0, "1.7", "Structure de la mezzanine", 1, "forfait", 9_400, {FIRM: 100}),
        Price(0, "1.8", "Plancher de la mezzanine", 28, "m²", 165, {"MENLAC": 80, FIRM: 20}),
        Price(1, "2.1", "Luminaires", 54, "u", 142, {"DUFOUR": 100}),
        Price(1, "2.2", "Câblage et tableau", 1, "forfait", 7_600, {"DUFOUR": 100}),
        Price(1, "2.3", "Réseau informatique", 18, "prise", 95, {"DUFOUR": 100}),
    ),
    (
        Step(2, "invite"),
        Step(3, "answer"),
        Step(3, "decide", "Un beau projet, à portée de l’équipe, et proche de nos ateliers."),
        Step(2, "price"),
        Step(4, "ask", ("Le mobilier existant est-il déposé par la commune ?", "Oui, avant le chantier.")),
        Step(6, "gather"),
        Step(3, "write"),
        Step(9, "submit", "Déposée avec l’équipe, sans mauvaise surprise."),
        Step(
            34,
            "lose",
            (1, "price", "Classés deuxièmes, à quelques points.", 2, 5, (("Élec Valserine SARL", 15_900),)),
        ),
        Step(0, "win", (0, 1, 4)),
        Step(3, "send_agreements"),
        Step(2, "sign"),
        Step(8, "deliver", ("SCHMIT", 60)),
        Step(4, "accept_delivery", "SCHMIT"),
        Step(5, "invoice", 40),
        Step(6, "deliver", ("KELLER", 50)),
        Step(3, "accept_delivery", "KELLER"),
        Step(10, "client_pays", 100),
        Step(20, "deliver", ("SCHMIT", 100)),
        Step(4, "accept_delivery", "SCHMIT"),
    ),
    description="Réaménagement intérieur de la médiathèque : mobilier, mezzanine, enduits et éclairage.",
    firm="Métallerie des Aravis (imaginaire)",
    fee_percent=4,
    common=900,
    retention_percent=5,
)

SUBMITTED = TenderPlot(
    "MENLAC",
    "Mobilier du groupe scolaire Simone-Veil",
    "Communauté de communes du Haut-Fier",
    "Faverges",
    41,
    34,
    (Lot("Mobilier du groupe scolaire", "39161000", 38_000),),
    (Seat("ROSA", "Banquettes et assises"), Seat("SCHMIT", "Signalétique des classes")),
    (
        Price(0, "A1", "Meubles bas", 24, "u", 420, {"MENLAC": 100}),
        Price(0, "A2", "Bancs de vestiaire", 36, "ml", 185, {"MENLAC": 100}),
        Price(0, "B1", "Banquettes de lecture", 12, "u", 390, {"MENLAC": 35, "ROSA": 65}),
        Price(0, "B2", "Coussins et housses", 60, "u", 48, {"ROSA": 100}),
        Price(0, "C1", "Signalétique", 1, "forfait", 3_900, {"SCHMIT": 100}),
    ),
    (
        Step(2, "invite"),
        Step(2, "answer"),
        Step(2, "decide", "C’est notre métier, et Rosa est libre au printemps."),
        Step(3, "price"),
        Step(8, "gather"),
        Step(4, "write"),
        Step(9, "submit", "Accusé de réception reçu le jour même."),
    ),
    description="Fourniture et pose du mobilier de huit classes et de la bibliothèque.",
    fee_percent=3,
    retention_percent=5,
)

ANSWERING = TenderPlot(
    "SCHMIT",
    "Signalétique et site de la Maison du parc des Monts-Clairs",
    "Syndicat mixte des Monts-Clairs",
    "Saint-Cirgues",
    19,
    31,
    (Lot("Signalétique d’interprétation", "34928471", 30_000), Lot("Site internet", "72413000", 18_000)),
    (
        Seat("ECUME", "Site internet"),
        Seat("MENLAC", "Pupitres et panneaux en bois"),
        Seat("DIALLO", "Textes des panneaux"),
        Seat("AUBRAC", "Photographies", None),
    ),
    (
        Price(0, "1", "Conception graphique", 1, "forfait", 6_200, {"SCHMIT": 100}),
        Price(0, "2", "Pupitres de lecture", 9, "u", 890, {"MENLAC": 100}),
        Price(0, "3", "Panneaux d’accueil", 3, "u", 1_450, {"MENLAC": 75, "SCHMIT": 25}),
        Price(0, "4", "Textes", 14, "u", 160, {"DIALLO": 100}),
        Price(0, "5", "Photographies", 40, "u", 55, None),
        Price(1, "6", "Site internet", 1, "forfait", 9_800, {"ECUME": 100}),
        Price(1, "7", "Rédaction des pages", 20, "u", 110, {"DIALLO": 80, "ECUME": 20}),
    ),
    (
        Step(2, "invite"),
        Step(3, "answer"),
        Step(4, "decide", "Quatre métiers réunis : peu d’équipes peuvent le proposer."),
        Step(2, "price"),
        Step(2, "gather", 2),
        Step(1, "write", 2),
        Step(1, "ask", ("Les fichiers sources des cartes sont-ils fournis ?", None)),
        Step(1, "extend", 10),
    ),
    description="Signalétique d’interprétation et site de la maison du parc : conception, fourniture, pose.",
    place="FRK14",
)

PREPARING = TenderPlot(
    "HERBES",
    "Jardin pédagogique du collège Germaine-Tillion",
    "Département de la Haute-Drôme",
    "Die",
    6,
    33,
    (Lot("Jardin pédagogique", "45112700", 21_000),),
    (
        Seat("PERMA", "Ateliers avec les classes"),
        Seat("MENLAC", "Cabane, bancs et bacs en bois", None),
        Seat("VEZERE", "Plants et conseils", None, role="adviser"),
    ),
    (),
    (
        Step(1, "invite"),
        Step(1, "answer"),
        Step(0, "weigh", {"HERBES": (5, 3, 3, 4, 4, 4), "PERMA": (5, 4, 2, 5, 3, 4)}),
        Step(1, "position", ("PERMA", "go", "Nous connaissons le collège.")),
    ),
    description="Création d’un jardin de 400 m² avec les élèves : terrassement, bacs, cabane, ateliers.",
    place="FRK23",
)

LOST = TenderPlot(
    "MENLAC",
    "Cloisons et portes de la maison des associations",
    "Commune de Grésy-sous-Roche",
    "Grésy-sous-Roche",
    236,
    30,
    (Lot("Cloisons et portes", "45421141", 27_000),),
    (Seat("KELLER", "Cloisons"),),
    (
        Price(0, "1", "Cloisons", 118, "m²", 92, {"KELLER": 100}),
        Price(0, "2", "Portes", 14, "u", 610, {"MENLAC": 100}),
        Price(0, "3", "Habillages", 62, "ml", 54, {"MENLAC": 100}),
    ),
    (
        Step(2, "invite"),
        Step(2, "answer"),
        Step(2, "decide", "Un chantier court, dans un creux."),
        Step(4, "price"),
        Step(14, "submit", ""),
        Step(
            38,
            "lose",
            (
                0,
                "price",
                "Note technique la meilleure, mais 11 % plus chers : la pose était comptée deux fois.",
                3,
                4,
                (("Bâti Grésy SAS (imaginaire)", 20_380), ("Cloisons 3000 (imaginaire)", None)),
            ),
        ),
    ),
    description="Fourniture et pose de cloisons, portes et habillages.",
)

NO_GO = TenderPlot(
    "MENLAC",
    "Entretien des menuiseries du patrimoine communal",
    "Ville de Port-Clair",
    "Port-Clair",
    72,
    25,
    (Lot("Entretien, accord-cadre de quatre ans", "45421000"),),
    (Seat("TRAITJ", "Relevés"),),
    (),
    (
        Step(2, "invite"),
        Step(2, "answer"),
        Step(
            3,
            "give_up",
            "Astreinte de nuit et pénalités fortes : personne ne peut s’y engager toute l’année.",
        ),
    ),
)

PLOTS = (LOST, WON, NO_GO, SUBMITTED, ANSWERING, PREPARING)
