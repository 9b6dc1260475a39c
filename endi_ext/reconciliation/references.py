"""How two lists write references: alike, in other shapes, or each its own numbers. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from .documents import Document, agree, bare, nearly

# Where fewer references than this share agree, each side numbers on its own; where more than the other do,
# references that are unlike prove two exchanges.
COMMON, STRICT = 0.2, 0.97
# So many pairs of a buyer tell how it numbers; below, all buyers together do.
ENOUGH = 8

Documents = list[Document]


def compared(sales: Sequence[Document], purchases: Sequence[Document]) -> tuple[Documents, Documents, bool]:
    """Return both lists with references that may be compared, and whether unlike ones prove two exchanges."""
    here, there = _bare(sales), _bare(purchases)
    agreeing, told, mistyped = Counter[str](), Counter[str](), Counter[str]()
    for one, other in _only_pairs(here, there):
        told[one.buyer] += 1
        same = agree(one, other)
        agreeing[one.buyer] += bool(same)
        mistyped[one.buyer] += not same and nearly(one.reference, other.reference)
    alike, known = agreeing.total(), told.total()
    share = alike / known if known else _shared(here, there)
    own = {buyer for buyer, count in told.items() if count >= ENOUGH and agreeing[buyer] < COMMON * count}
    if share < COMMON:
        usual = {buyer for buyer, count in told.items() if count >= ENOUGH} - own
        return _forgotten(here, usual, keep=True), _forgotten(there, usual, keep=True), False
    alike += mistyped.total() - sum(agreeing[buyer] + mistyped[buyer] for buyer in own)
    known -= sum(told[buyer] for buyer in own)
    strict = known >= ENOUGH and alike >= STRICT * known
    return _forgotten(here, own, keep=False), _forgotten(there, own, keep=False), strict


def _bare(documents: Sequence[Document]) -> Documents:
    found = []
    for one in documents:
        reference = bare(one.reference) if one.reference else ""
        found.append(one if reference == one.reference else _called(one, reference))
    return found


def _called(one: Document, reference: str) -> Document:
    # Not dataclasses.replace: it takes four times as long, and nearly every document comes here.
    return Document(one.id, one.seller, one.buyer, one.day, one.cents, one.label, reference)


def _only_pairs(sales: Documents, purchases: Documents) -> Iterator[tuple[Document, Document]]:
    """Yield documents with references whose parties and amount each side has once."""
    known: tuple[dict[tuple[str, str, int], Document | None], ...] = ({}, {})
    for side, documents in enumerate((sales, purchases)):
        for one in documents:
            key = one.seller, one.buyer, one.cents
            known[side][key] = None if key in known[side] else one
    for key, sale in known[0].items():
        purchase = known[1].get(key)
        if sale and purchase and agree(sale, purchase) is not None:
            yield sale, purchase


def _shared(sales: Documents, purchases: Documents) -> float:
    here = {one.reference for one in sales if one.reference}
    there = {one.reference for one in purchases if one.reference}
    fewest = min(len(here), len(there))
    return len(here & there) / fewest if fewest else 1.0


def _forgotten(documents: Documents, buyers: set[str], *, keep: bool) -> Documents:
    """Return the documents, without references but for these buyers (keep) or for these alone."""
    return [
        _called(one, "") if one.reference and (one.buyer in buyers) is not keep else one for one in documents
    ]
