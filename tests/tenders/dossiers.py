"""A tender whose dossier is worth reading: two lots, prices shared, an outside firm in it."""

from endi_ext.tenders import form_facts, proposal
from endi_ext.tenders.price_models import PriceLine, PriceShare
from tests.tenders.builders import a_tender, some_facts

LINES = (
    ("1.1", "Dépose des menuiseries existantes", "u", 24_000, 8_500, 0),
    ("1.2", "Fourniture et pose de fenêtres bois double vitrage, 120 × 140", "u", 24_000, 72_000, 0),
    ("1.3", "Plans d’exécution", "forfait", 1_000, 180_000, 1),
    ("2.1", "Peinture des murs, deux couches", "m²", 640_500, 1_450, 2),
    ("2.2", "Peinture des plafonds", "m²", 310_000, 1_680, 2),
)
FIRM = {
    "legal_form": "SARL",
    "address": "12 rue des Ateliers\n74000 Annecy",
    "phone": "04 50 00 00 00",
    "signatory": "Paul Peintre, gérant",
    "small": "yes",
    "work": "Peinture des murs et des plafonds (lot 2)",
    "months": "4",
    "vat": "2000",
    "direct_payment": "yes",
}


def a_bid(session, lead, member, act, *, liability="none", place=""):
    """A tender of two lots: the lead and a member do the first, an outside firm does the second."""
    facts = some_facts(
        liability=liability, reference="2026-ÉCOLE-07", fee_bp=500, common_cents=60_000, retention_rate_bp=500
    )
    tender = a_tender(session, lead, (member,), act=act, facts=facts, outside=("Peintures du Semnoz",))
    for one, mission in zip(tender.members, ("Pilotage et pose", "Plans", "Peinture"), strict=True):
        one.mission = mission
    for position, line in enumerate(LINES, start=1):
        price_line(session, tender, position, *line)
    session.flush()
    told = {**FIRM, "place": place}
    form_facts.note(session, tender, told, party=lead, act=act, member=tender.members[2])
    plans = [proposal.Plan("Organisation du chantier"), proposal.Plan("Moyens humains")]
    first, _second = proposal.outline(session, tender, plans, party=lead, act=act)
    text = "Le chantier se fait classe par classe.\n\nLes livraisons arrivent avant 8 h."
    proposal.write(session, first, proposal.Written(text, "ready", 1), party=lead, act=act)
    return tender


def price_line(session, tender, position, reference, description, unit, quantity, price, whose):
    """A line of the base that one member does alone."""
    line = PriceLine(
        tender_id=tender.id,
        lot_id=tender.lots[0 if reference.startswith("1") else 1].id,
        position=position,
        reference=reference,
        description=description,
        unit=unit,
        quantity_thousandths=quantity,
        unit_price_cents=price,
        total_cents=quantity * price // 1000,
    )
    line.shares.append(PriceShare(member_id=tender.members[whose].id, kind="percent", value=10_000))
    session.add(line)
