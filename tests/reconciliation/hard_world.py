"""Two lists that are hard to match: what recurs, what is mistyped, what is told otherwise. From a seed."""

import random
from dataclasses import dataclass, field, replace

from endi_ext.reconciliation.documents import Document

LABELS = ("FORMATION", "SITE WEB", "AUDIT ENERGIE", "LOGO", "TRANSPORT", "MENUISERIE", "RELECTURE", "PHOTOS")
REWORDED = {
    "FORMATION": "FORMATION DU MOIS",
    "SITE WEB": "CREATION SITE WEB",
    "LOGO": "DESSIN D UN LOGO",
    "PHOTOS": "PHOTOS PRODUIT",
}
KINDS = (
    "sound",
    "series",
    "same_day",
    "mistyped",
    "reshaped",
    "reworded",
    "early",
    "late",
    "doubled_sale",
    "doubled_purchase",
    "split",
    "grouped",
    "netted",
    "exchanged",
    "by_cents",
    "lookalike_sale",
    "lookalike_purchase",
    "credit",
)


@dataclass
class Hard:
    """Both lists, what is linked to what by which kind, and what stands alone by which kind."""

    sales: list[Document] = field(default_factory=list)
    purchases: list[Document] = field(default_factory=list)
    links: dict[tuple[str, str], str] = field(default_factory=dict)
    alone: dict[tuple[str, str], str] = field(default_factory=dict)


class Maker:
    """Draws exchanges of each kind."""

    def __init__(self, seed, parties, referenced, longest_lag):
        self.draw = random.Random(seed)
        self.world = Hard()
        self.parties, self.referenced, self.longest_lag = parties, referenced, longest_lag
        self.number = 0

    def make(self, kind):
        draw = self.draw
        seller, buyer = draw.sample(range(self.parties), 2)
        self.seller, self.buyer = f"P{seller}", f"P{buyer}"
        self.cents, self.label = draw.randrange(2_000, 500_000), draw.choice(LABELS)
        self.day = 739_000 + draw.randrange(330)
        getattr(self, kind)(kind)

    def sale(self, day=None, cents=None, label=None):
        self.number += 1
        return Document(
            f"S{self.number}",
            self.seller,
            self.buyer,
            self.day if day is None else day,
            self.cents if cents is None else cents,
            label or self.label,
            f"FI-{self.number * 7:06}",
        )

    def purchase(self, sale, lag=None, **facts):
        late = self.draw.randrange(0, self.longest_lag + 1) if lag is None else lag
        reference = sale.reference if self.draw.random() < self.referenced else ""
        facts = {"id": f"B{sale.id}", "day": sale.day + late, "reference": reference, **facts}
        return replace(sale, **facts)

    def tell(self, kind, sales, purchases):
        self.world.sales += sales
        self.world.purchases += purchases
        self.world.links.update({(one.id, other.id): kind for one in sales for other in purchases})

    def sound(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale)])

    def series(self, kind):
        """Every week, fortnight or month the same amount; now and then one is missing."""
        self._recur(kind, self.draw.choice((7, 14, 30, 30)))

    def daily(self, kind):
        """Every day the same amount: without references nobody can tell one day's from the next."""
        self._recur(kind, 1)

    def _recur(self, kind, step):
        for place in range(max(4, 180 // max(step, 7))):
            sale = self.sale(day=self.day + place * step)
            if self.draw.random() < 0.02:
                self.lone("sales", sale, kind)
            elif self.draw.random() < 0.02:
                self.lone("purchases", self.purchase(sale), kind)
            else:
                self.tell(kind, [sale], [self.purchase(sale, lag=self.draw.randrange(0, 4))])

    def same_day(self, kind):
        for label in self.draw.sample(LABELS, self.draw.randrange(2, 5)):
            sale = self.sale(label=label)
            self.tell(kind, [sale], [self.purchase(sale)])

    def lone(self, side, one, kind):
        getattr(self.world, side).append(one)
        self.world.alone[side, one.id] = kind

    def mistyped(self, kind):
        sale = self.sale()
        place = self.draw.randrange(3, 9)
        other = self.draw.choice([sign for sign in "0123456789" if sign != sale.reference[place]])
        wrong = sale.reference[:place] + other + sale.reference[place + 1 :]
        self.tell(kind, [sale], [self.purchase(sale, reference=wrong)])

    def reshaped(self, kind):
        sale = self.sale()
        number = int(sale.reference[3:])
        shape = self.draw.choice((f"{number}", f"FI{number}", f"FI{number:06}", f"FACTURE{number}"))
        self.tell(kind, [sale], [self.purchase(sale, reference=shape)])

    def reworded(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale, label=REWORDED.get(sale.label, "DIVERS"))])

    def early(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale, lag=-self.draw.randrange(1, 6))])

    def late(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale, lag=self.draw.randrange(8, 15))])

    def doubled_sale(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale)])
        self.lone("sales", replace(sale, id=sale.id + "bis", day=sale.day + self.draw.randrange(2)), kind)

    def doubled_purchase(self, kind):
        sale = self.sale()
        late = self.purchase(sale)
        self.tell(kind, [sale], [late])
        self.lone("purchases", replace(late, id=late.id + "bis", day=late.day + 1), kind)

    def split(self, kind):
        sale = self.sale()
        parts = _parts(self.draw, sale.cents, self.draw.randrange(2, 5))
        heard = [self.purchase(sale, id=f"B{sale.id}-{n}", cents=part) for n, part in enumerate(parts)]
        self.tell(kind, [sale], heard)

    def grouped(self, kind):
        parts = _parts(self.draw, self.cents, self.draw.randrange(2, 5))
        told = [self.sale(cents=part) for part in parts]
        heard = self.purchase(told[0], cents=self.cents, reference="")
        self.tell(kind, told, [heard])

    def netted(self, kind):
        credit = self.draw.randrange(1, self.cents // 2)
        told = [self.sale(), self.sale(cents=-credit)]
        self.tell(kind, told, [self.purchase(told[0], cents=self.cents - credit)])

    def exchanged(self, kind):
        sale = self.sale()
        self.tell(kind, [sale], [self.purchase(sale, seller=sale.buyer, buyer=sale.seller)])

    def by_cents(self, kind):
        sale = self.sale()
        wrong = sale.cents + self.draw.choice((-1, 1)) * self.draw.randrange(1, 100)
        self.tell(kind, [sale], [self.purchase(sale, cents=wrong)])

    def lookalike_sale(self, kind):
        """Two sales of the same amount a few days apart, of which the other side has one."""
        self.lone("sales", self.sale(), kind)
        sale = self.sale(day=self.day + self.draw.randrange(-12, 13))
        self.tell(kind, [sale], [self.purchase(sale, reference=sale.reference)])

    def lookalike_purchase(self, kind):
        sale, unheard = self.sale(), self.sale(day=self.day + self.draw.randrange(-12, 13))
        self.tell(kind, [sale], [self.purchase(sale, reference=sale.reference)])
        self.lone("purchases", self.purchase(unheard, reference=unheard.reference), kind)

    def credit(self, kind):
        sale = self.sale(cents=-self.cents)
        self.tell(kind, [sale], [self.purchase(sale)])


def _parts(draw, cents, count):
    cuts = sorted(draw.sample(range(1, cents), count - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, cents], strict=True)]


def a_hard_world(seed, count=2_000, *, parties=60, referenced=0.6, longest_lag=4, share=0.5, kinds=KINDS):
    """Draw `count` exchanges, `share` of them of the hard kinds, all kinds alike."""
    maker = Maker(seed, parties, referenced, longest_lag)
    for _ in range(count):
        maker.make(maker.draw.choice(kinds) if maker.draw.random() < share else "sound")
    maker.draw.shuffle(maker.world.sales)
    maker.draw.shuffle(maker.world.purchases)
    return maker.world
