"""Campaigns for tests: short lists whose every kind of outcome is known."""

from datetime import UTC, date, datetime

from endi_ext.exchanges import cells
from endi_ext.kernel.history import Act
from endi_ext.reconciliation import campaigns
from endi_ext.reconciliation.campaign_models import FILES
from endi_ext.reconciliation.campaign_rows import Listed
from endi_ext.reconciliation.documents import Document

DAY = date(2026, 11, 2)
ODILE = Act("user:5", "Odile Berthier", datetime(2026, 11, 22, 9, tzinfo=UTC), date(2026, 11, 22))
MARC = Act("user:6", "Marc Lefèvre", datetime(2026, 11, 22, 9, 5, tzinfo=UTC), date(2026, 11, 22))

# id, seller, buyer, day of November, cents, label, reference
SALES = (
    ("V1", "Atelier Trait Juste", "Menuiserie du Lac", 2, 120_000, "Plans", "F-1"),
    ("V2", "Atelier Trait Juste", "Menuiserie du Lac", 3, 45_000, "Relevés", "F-2"),
    ("V3", "Atelier Trait Juste", "Menuiserie du Lac", 5, 80_000, "Façade", "F-3"),
    ("V4", "Studio Écume", "Menuiserie du Lac", 9, 30_000, "Site", ""),
    ("V5", "Studio Écume", "Atelier Trait Juste", 9, 11_000, "=Logo", ""),
)
PURCHASES = (
    ("A1", "Atelier Trait Juste", "Menuiserie du Lac", 2, 120_000, "Plans", "F-1"),
    ("A2", "Atelier Trait Juste", "Menuiserie du Lac", 3, 45_500, "Relevés", "F-2"),
    ("A3", "Atelier Trait Juste", "Menuiserie du Lac", 28, 80_000, "Façade", "F-3"),
    ("A4", "Studio Écume", "Menuiserie du Lac", 9, 20_000, "Maquette", ""),
    ("A5", "Studio Écume", "Menuiserie du Lac", 29, 10_000, "Textes", ""),
)


def listed(rows, name=""):
    """A list as lists.read gives it."""
    documents, told, names = [], [], {}
    for key, seller, buyer, day, cents, label, reference in rows:
        for one in (seller, buyer):
            names[cells.folded(one)] = one
        folded = cells.folded(seller), cells.folded(buyer)
        on = DAY.replace(day=day).toordinal()
        documents.append(Document(key, *folded, on, cents, cells.folded(label), cells.folded(reference)))
        told.append((label, reference))
    return Listed(documents, told, names, name)


def a_campaign(session, sales=SALES, purchases=PURCHASES, *, key="campaign-1", act=ODILE):
    """A campaign of two lists: one confirmed match, two suggested, the rest left over."""
    lists = listed(sales, "ventes.csv"), listed(purchases, "achats.csv")
    words = {"name": "Novembre", "source": FILES, "request_key": key, "act": act}
    return campaigns.start(session, *lists, **words)
