"""What lies around the demo's tenders: notices nobody answers yet, contracts awarded, what people offer.

Buyers and firms are imaginary.
"""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from ...kernel.paris import PARIS
from ...tenders import awards, notice_store, profiles
from ...tenders.notices.decp_contract import Award, Winner
from ...tenders.notices.model import Criterion, Notice, NoticeLot, ReadNotice
from .story import Scene, Teller

# title, buyer, NUTS, CPV, days to the deadline from today, lots
NOTICES = (
    (
        "Rénovation des salles d’exposition du musée de la Soie",
        "Ville de Montferrand-sur-Saône",
        "FRK26",
        "45421000",
        27,
        ("Menuiseries et vitrines", "Éclairage", "Signalétique"),
    ),
    (
        "Refonte du site internet et de l’identité visuelle",
        "Office de tourisme du Val d’Orbe",
        "FRC22",
        "72413000",
        16,
        (),
    ),
    ("Repas des rencontres citoyennes", "Métropole de Claire-Rive", "FRI22", "55520000", 12, ()),
)

# what, CPV, from, to (euros without VAT), how many in the last years
AWARDED = (
    ("Agencement et menuiseries intérieures", "45421000", 21_000, 96_000, 14),
    ("Mobilier scolaire", "39161000", 12_000, 64_000, 9),
    ("Signalétique d’interprétation", "34928471", 9_000, 58_000, 8),
    ("Site internet", "72413000", 7_500, 42_000, 6),
    ("Aménagement de jardins", "45112700", 8_000, 51_000, 5),
)
TOWNS = ("Grésy-sous-Roche", "Port-Clair", "Valserine-les-Bains", "Saint-Cirgues", "Claire-Rive", "Hautefage")
FIRMS = (
    "Bâti Grésy SAS",
    "Menuiserie des Deux Cols",
    "Élan Graphique",
    "Agence Rivage",
    "Bois et Pierre SARL",
)
GROUPINGS = ("none", "none", "none", "several", "joint_and_several")

# skills, area, availability, days from today, a note
OFFERS = {
    "MENLAC": ("menuiserie, agencement, mobilier", "Savoie, Haute-Savoie, Isère", "partly", None, ""),
    "TRAITJ": ("dessin, plans, métrés, suivi de chantier", "Isère, Rhône-Alpes", "available", None, ""),
    "ECUME": ("sites web, accessibilité", "partout, à distance", "available", None, ""),
    "SCHMIT": ("graphisme, signalétique, illustration", "partout", "partly", None, ""),
    "DIALLO": ("rédaction, relecture, mémoire technique", "partout, à distance", "available", None, ""),
    "KELLER": (
        "enduits, chaux, pierre, cloisons",
        "Grand Est, Alpes",
        "busy",
        45,
        "Libre après la médiathèque.",
    ),
    "HERBES": ("jardins, terrassement, plantation", "Drôme, Ardèche", "available", None, ""),
    "ROSA": ("assises, rideaux, tapisserie", "partout", "busy", 120, "Carnet plein jusqu’à l’été."),
}


def scenes(teller: Teller) -> Iterator[Scene]:
    """Plan the import of awarded contracts, what people write of themselves, and the notices of late."""
    yield teller.scene(250, partial(keep_awards, teller))
    for code in OFFERS:
        yield teller.scene(240, partial(offer, teller, code))
    for number in range(1, len(NOTICES) + 1):
        yield teller.scene(4, partial(keep_notice, teller, number))


def keep_awards(teller: Teller) -> None:
    """Let the support team import contracts awarded near here."""
    act = teller.act(teller.accountant)
    awards.keep(teller.session, awarded(teller), act.at)


def awarded(teller: Teller) -> Iterator[Award]:
    """Yield contracts of the three years before, the same on the same day."""
    luck = random.Random("marchés")  # noqa: S311 - it draws amounts, not secrets
    number = 0
    for title, cpv, low, high, count in AWARDED:
        for _turn in range(count):
            number += 1
            town = luck.choice(TOWNS)
            grouping = luck.choice(GROUPINGS)
            winners = luck.sample(FIRMS, 1 if grouping == "none" else 2)
            yield Award(
                kind="contract",
                buyer_id=f"0002000{TOWNS.index(town):03}0001",
                buyer_name=f"Commune de {town} (imaginaire)",
                contract_id=f"demo-{number:03}",
                title=f"{title}, {town}",
                notified_on=teller.last_day - timedelta(days=260 + luck.randrange(900)),
                winners=tuple(Winner("SIRET", f"00030000{FIRMS.index(name)}00015", name) for name in winners),
                cpv=cpv,
                nature="Marché",
                procedure="Procédure adaptée",
                amount_cents=luck.randrange(low, high, 50) * 100,
                months=luck.choice((3, 6, 9, 12)),
                offers=luck.choice((2, 3, 3, 4, 6)),
                grouping=grouping,
                subcontracted=luck.random() < 0.2,
            )


def offer(teller: Teller, code: str) -> None:
    """Let people write what they offer to teams."""
    skills, area, availability, days, note = OFFERS[code]
    free_from = None if days is None else teller.last_day + timedelta(days=days)
    facts = profiles.ProfileFacts(skills, area, availability, free_from, note)
    profiles.describe(teller.session, teller.parties[code], facts, teller.act_of(code))


def keep_notice(teller: Teller, number: int) -> None:
    """Let somebody import a notice for whoever wants to answer it."""
    title, buyer, nuts, cpv, days, lots = NOTICES[number - 1]
    due_at = datetime.combine(teller.last_day + timedelta(days=days), time(12), PARIS)
    criteria = (Criterion("Prix", 50), Criterion("Valeur technique", 50))
    listed = [NoticeLot(str(place), name, criteria=criteria) for place, name in enumerate(lots, start=1)]
    notice = Notice(
        source="boamp_mapa",
        notice_id=f"demo-open-{number}",
        procedure_id=f"demo-open-procedure-{number}",
        title=title,
        buyer_name=buyer,
        cpv=(cpv,),
        places=(nuts,),
        procedure="open",
        deadline=due_at,
        lots=tuple(listed) or (NoticeLot(None, title, criteria=criteria),),
        language="FRA",
    )
    notice_store.keep(teller.session, ReadNotice(notice), teller.act_of("DIALLO"))
