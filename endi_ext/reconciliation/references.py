"""How two lists write references: alike, in other shapes, or each its own numbers. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from .documents import Document, bare, nearly

# Where fewer references than this share agree, each side numbers on its own; where more than the other do,
# references that are unlike prove two exchanges.
COMMON, STRICT = 0.2, 0.97
# So many pairs of a buyer tell how it numbers; below, all buyers together do.
ENOUGH = 8

Documents = list[Document]
# The documents of both sides by seller and buyer, under numbers in the order of these.
Groups = dict[int, tuple[Documents, Documents]]


def compared(sales: Sequence[Document], purchases: Sequence[Document]) -> tuple[Groups, bool]:
    """Return both lists by seller and buyer, with references that may be compared.

    Also says whether references that are unlike prove two exchanges.
    """
    known_references: dict[str, str] = {}
    here, there = _bare(sales, known_references), _bare(purchases, known_references)
    groups = _grouped(here, there)
    agreeing, told, mistyped = Counter[str](), Counter[str](), Counter[str]()
    for one, other in _only_pairs(groups):
        told[one.buyer] += 1
        if one.reference == other.reference:
            agreeing[one.buyer] += 1
        elif nearly(one.reference, other.reference):
            mistyped[one.buyer] += 1
    alike, known = agreeing.total(), told.total()
    share = alike / known if known else _shared(here, there)
    own = {buyer for buyer, count in told.items() if count >= ENOUGH and agreeing[buyer] < COMMON * count}
    if share < COMMON:
        usual = {buyer for buyer, count in told.items() if count >= ENOUGH} - own
        return _grouped(_forgotten(here, usual, keep=True), _forgotten(there, usual, keep=True)), False
    alike += mistyped.total() - sum(agreeing[buyer] + mistyped[buyer] for buyer in own)
    known -= sum(told[buyer] for buyer in own)
    strict = known >= ENOUGH and alike >= STRICT * known
    if own:
        groups = _grouped(_forgotten(here, own, keep=False), _forgotten(there, own, keep=False))
    return groups, strict


def _grouped(sales: Documents, purchases: Documents) -> Groups:
    # A number for each two parties, in the order of their names: found and sorted faster than the names.
    names = {one.seller for some in (sales, purchases) for one in some}
    names.update(one.buyer for some in (sales, purchases) for one in some)
    place, most = {name: number for number, name in enumerate(sorted(names))}, len(names)
    groups: Groups = {}
    for one in sales:
        key = place[one.seller] * most + place[one.buyer]
        group = groups.get(key)
        if group is None:
            groups[key] = [one], []
        else:
            group[0].append(one)
    for one in purchases:
        key = place[one.seller] * most + place[one.buyer]
        group = groups.get(key)
        if group is None:
            groups[key] = [], [one]
        else:
            group[1].append(one)
    return groups


def _bare(documents: Sequence[Document], known: dict[str, str]) -> Documents:
    """Return the documents with bare references; `known` are those met before, nearly all come twice."""
    found = []
    for one in documents:
        written = one.reference
        if not written:
            found.append(one)
            continue
        reference = known.get(written)
        if reference is None:
            reference = known[written] = bare(written)
        found.append(one if reference == written else _called(one, reference))
    return found


def _called(one: Document, reference: str) -> Document:
    # Not dataclasses.replace: it takes four times as long, and nearly every document comes here.
    return Document(one.id, one.seller, one.buyer, one.day, one.cents, one.label, reference)


def _only_pairs(groups: Groups) -> Iterator[tuple[Document, Document]]:
    """Yield documents with references whose parties and amount each side has once."""
    for here, there in groups.values():
        if len(here) == 1 == len(there):
            pairs = [(here[0], there[0])] if here[0].cents == there[0].cents else []
        elif here and there:
            once = _once(there)
            pairs = [(one, once[cents]) for cents, one in _once(here).items() if cents in once]
        else:
            continue
        for one, other in pairs:
            if one.reference and other.reference:
                yield one, other


def _once(documents: Documents) -> dict[int, Document]:
    counts = Counter([one.cents for one in documents])
    return {one.cents: one for one in documents if counts[one.cents] == 1}


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
