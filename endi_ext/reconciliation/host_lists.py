"""The internal documents of a host as two lists: what sellers invoiced, what buyers were invoiced. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from ..exchanges.cells import folded
from .campaign_rows import Listed
from .documents import Document
from .pairs import CREDIT_NOTE, INVALID, INVOICE, VALID, Pair, Paper, cents_of

NOBODY = "?"
LONGEST = 300


class _List:
    """One side, as it grows."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.documents: list[Document] = []
        self.told: list[tuple[str, str]] = []
        self.names = names
        self.keys: set[str] = set()
        self.ids: set[str] = set()

    def add(self, paper: Paper, seller_key: str | None, buyer_key: str | None, reference: str) -> None:
        if paper.key in self.keys:
            return
        self.keys.add(paper.key)
        # People know a document by its number; some have none yet, some share one by mistake.
        name = paper.number if paper.number and paper.number not in self.ids else paper.key
        self.ids.add(name)
        label = paper.label[:LONGEST]
        parties = seller_key or NOBODY, buyer_key or NOBODY
        said = folded(label), folded(reference).replace(" ", "")
        cents = cents_of(paper.total_units)
        self.documents.append(Document(name, *parties, paper.on.toordinal(), cents, *said))
        self.told.append((label, reference))

    def listed(self) -> Listed:
        return Listed(self.documents, self.told, self.names)


def lists_of(
    pairs: Iterable[Pair], names: Mapping[str, str], starts_on: date, ends_on: date
) -> tuple[Listed, Listed]:
    """Return the invoices and credit notes of which either side is dated within these days.

    What is valid for the seller and not refused for the buyer. `names` are those of parties by their key.
    """
    sales, purchases = _List(names), _List(names)
    for pair in pairs:
        papers = [one for one in (pair.sale, pair.purchase, *pair.twins) if one is not None]
        if pair.kind not in (INVOICE, CREDIT_NOTE) or not any(
            starts_on <= one.on <= ends_on for one in papers
        ):
            continue
        if pair.sale is not None and pair.sale.status == VALID:
            sales.add(pair.sale, pair.seller_key, pair.buyer_key, pair.sale.number)
        for one in (pair.purchase, *pair.twins):
            if one is not None and one.status != INVALID:
                seller_key = one.partner_key or pair.seller_key
                purchases.add(one, seller_key, one.owner_key, one.remote_number)
    return sales.listed(), purchases.listed()
