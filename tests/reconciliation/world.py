"""Two lists of the same exchanges with labelled discrepancies, drawn from a seed."""

import random
from dataclasses import dataclass, field, replace

from endi_ext.reconciliation.documents import Document

LABELS = (
    "PEINTURE",
    "SITE WEB",
    "AUDIT ENERGIE",
    "FORMATION",
    "LOGO",
    "TRANSPORT",
    "MENUISERIE",
    "RELECTURE",
)
KINDS = ("amount", "date", "missing_purchase", "missing_sale", "doubled", "split", "grouped", "credit")


@dataclass
class World:
    """Both lists, the true links as (sale, purchase), and which documents stand alone."""

    sales: list[Document] = field(default_factory=list)
    purchases: list[Document] = field(default_factory=list)
    links: set[tuple[str, str]] = field(default_factory=set)
    alone: set[tuple[str, str]] = field(default_factory=set)


def a_world(seed, count=2_000, *, parties=60, wrong=0.06, referenced=0.6, own_numbers=False, monthly=0.1):
    """Lists of about `count` exchanges; `monthly` of them are rents, the same amount each month."""
    draw = random.Random(seed)
    world = World()
    number = 0
    while number < count:
        seller, buyer = draw.sample(range(parties), 2)
        amount, label = draw.randrange(500, 500_000), draw.choice(LABELS)
        first, months = draw.randrange(0, 300), 12 if draw.random() < monthly / 6 else 1
        for month in range(months):
            number += 1
            day = 737_000 + first + 30 * month
            sale = Document(f"S{number}", f"P{seller}", f"P{buyer}", day, amount, label, f"FI-{number:06}")
            kind = draw.choice(KINDS) if months == 1 and draw.random() < wrong else "sound"
            _tell(world, draw, sale, kind, referenced, own_numbers=own_numbers)
    draw.shuffle(world.sales)
    draw.shuffle(world.purchases)
    return world


def _tell(world, draw, sale, kind, referenced, *, own_numbers):
    reference = sale.reference if draw.random() < referenced else ""
    if own_numbers:
        reference = f"ACH{draw.randrange(10**6)}"
    late = replace(sale, id="B" + sale.id, day=sale.day + draw.randrange(0, 4), reference=reference)
    if kind in ("missing_purchase", "missing_sale"):
        side, one = ("sales", sale) if kind == "missing_purchase" else ("purchases", late)
        getattr(world, side).append(one)
        world.alone.add((side, one.id))
        return
    told, heard = [sale], [late]
    if kind == "amount":
        heard = [replace(late, cents=late.cents + draw.choice((-1, 1)) * draw.randrange(1, late.cents // 4))]
    elif kind == "date":
        heard = [replace(late, day=sale.day + draw.randrange(15, 50))]
    elif kind == "doubled":
        world.purchases.append(replace(late, id=late.id + "bis", day=late.day + 1))
        world.alone.add(("purchases", late.id + "bis"))
    elif kind == "split":
        parts = _parts(draw, sale.cents, draw.randrange(2, 5))
        heard = [replace(late, id=f"{late.id}-{place}", cents=part) for place, part in enumerate(parts)]
    elif kind == "grouped":
        parts = _parts(draw, sale.cents, draw.randrange(2, 4))
        told = [
            replace(sale, id=f"{sale.id}-{place}", cents=part, reference=f"{sale.reference}-{place}")
            for place, part in enumerate(parts)
        ]
        heard = [replace(late, reference="")]
    elif kind == "credit":
        told, heard = [replace(sale, cents=-sale.cents)], [replace(late, cents=-late.cents)]
    world.sales += told
    world.purchases += heard
    world.links |= {(one.id, other.id) for one in told for other in heard}


def _parts(draw, cents, count):
    cuts = sorted(draw.sample(range(1, cents), count - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, cents], strict=True)]
