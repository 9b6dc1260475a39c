"""Who is in the demo cooperative: plain data, from which the demo's own users and companies are made."""

from dataclasses import dataclass

ENTREPRENEUR, ACCOUNTANT, ADMIN, FOLLOWER = "entrepreneur", "accountant", "admin", "follower"
ARBITER = "arbiter"


@dataclass(frozen=True)
class Person:
    """Somebody who logs in; `role` is one of those above."""

    id: int
    login: str
    name: str
    role: str


@dataclass(frozen=True)
class Company:
    """An activity (enseigne): `people` and `follower` are logins; no rate means the cooperative's default."""

    id: int
    name: str
    analytic_code: str
    trade: str
    place: str
    people: tuple[str, ...]
    rate_bp: int | None = None
    follower: str | None = None

    @property
    def host_key(self) -> str:
        """The key of its Party."""
        return f"company:{self.id}"

    @property
    def postcode(self) -> str:
        """The number its place begins with, if any."""
        first = self.place.partition(" ")[0]
        return first if first.isdigit() else ""

    @property
    def city(self) -> str:
        """What follows the postcode."""
        return self.place.removeprefix(self.postcode).strip()

    @property
    def email(self) -> str:
        """An address of the reserved domain: no letter ever leaves the demo."""
        return f"{self.analytic_code.lower()}@passerelles.example"


COOPERATIVE_NAME = "Coopérative Les Passerelles"
COOPERATIVE_CODE = "CAE"
# As tenders.identity names it; a SIRET that belongs to nobody.
COOPERATIVE_IDENTITY = {
    "name": COOPERATIVE_NAME,
    "legal_form": "SCOP SARL à capital variable",
    "address": "12 rue des Passerelles",
    "postcode": "74000",
    "city": "Annecy",
    "email": "contact@passerelles.example",
    "phone": "04 50 00 00 00",
    "siret": "00054321500016",
    "registry": "RCS Annecy 000 543 215",
}

PEOPLE = (
    Person(1, "helene", "Hélène Marchand", ENTREPRENEUR),
    Person(2, "karim", "Karim Benali", ENTREPRENEUR),
    Person(3, "solene", "Solène Le Goff", ENTREPRENEUR),
    Person(4, "julien", "Julien Roche", ENTREPRENEUR),
    Person(5, "aminata", "Aminata Diallo", ENTREPRENEUR),
    Person(6, "mathieu", "Mathieu Vidal", ENTREPRENEUR),
    Person(7, "ines", "Inès Moreau", ENTREPRENEUR),
    Person(8, "thomas", "Thomas Keller", ENTREPRENEUR),
    Person(9, "lucie", "Lucie Perrin", ENTREPRENEUR),
    Person(10, "nicolas", "Nicolas Dufour", ENTREPRENEUR),
    Person(11, "camille", "Camille Schmitt", ENTREPRENEUR),
    Person(12, "rosa", "Rosa Lopes", ENTREPRENEUR),
    Person(13, "odile", "Odile Berthier", ACCOUNTANT),
    Person(14, "marc", "Marc Lefèvre", ADMIN),
    Person(15, "sylvie", "Sylvie Arnaud", FOLLOWER),
    Person(16, "fatou", "Fatou Ndiaye", ARBITER),
)

COMPANIES = (
    Company(
        1,
        "Menuiserie du Lac",
        "MENLAC",
        "Menuiserie bois et agencement",
        "74290 Talloires",
        ("helene",),
    ),
    Company(2, "Atelier Trait Juste", "TRAITJ", "Dessin et plans techniques", "38000 Grenoble", ("karim",)),
    Company(3, "Studio Écume", "ECUME", "Création de sites web", "29200 Brest", ("solene",), 1200),
    Company(
        4, "Lumière d'Aubrac", "AUBRAC", "Photographie", "12210 Laguiole", ("julien",), follower="sylvie"
    ),
    Company(
        5,
        "Diallo Rédaction",
        "DIALLO",
        "Rédaction et relecture",
        "93100 Montreuil",
        ("aminata",),
    ),
    Company(
        6,
        "Les Mots à l'Air",
        "MOTAIR",
        "Ateliers d'écriture",
        "93100 Montreuil",
        ("aminata",),
        800,
    ),
    Company(
        7,
        "Maraîchage de la Vézère",
        "VEZERE",
        "Maraîchage",
        "24290 Montignac",
        ("mathieu",),
        500,
        "sylvie",
    ),
    Company(8, "La Table d'Inès", "INES", "Traiteur", "87000 Limoges", ("ines",), follower="sylvie"),
    Company(9, "Keller Enduits et Chaux", "KELLER", "Maçonnerie et enduits", "68140 Munster", ("thomas",)),
    Company(10, "Herbes Folles", "HERBES", "Jardins et paysage", "26150 Die", ("lucie",), follower="sylvie"),
    Company(
        11, "Perrin Permaculture", "PERMA", "Formation au jardinage", "26150 Die", ("lucie",), 850, "sylvie"
    ),
    Company(12, "Dufour Électricité", "DUFOUR", "Électricité générale", "23000 Guéret", ("nicolas",), 1150),
    Company(13, "Schmitt Graphisme", "SCHMIT", "Identité visuelle", "67000 Strasbourg", ("camille",)),
    Company(14, "Coutures de Rosa", "ROSA", "Couture d'ameublement", "59100 Roubaix", ("rosa",), 900),
)
