"""How two lists write references: alike, in other shapes, or each its own numbers. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, count, groupby
from math import inf

from .documents import Document, bare, nearly

# Where fewer references than this share agree, each side numbers on its own; where more than the other do,
# references that are unlike prove two exchanges.
COMMON, STRICT = 0.2, 0.97
# So many pairs of a buyer tell how it numbers; below, all buyers together do.
ENOUGH = 8

Documents = list[Document]
# The documents of both sides by seller and buyer, in the order of these.
Groups = list[tuple[Documents, Documents]]
END: tuple[float, Documents] = (inf, [])


def compared(sales: Sequence[Document], purchases: Sequence[Document]) -> tuple[Groups, bool]:
    """Return both lists by seller and buyer, with references that may be compared.

    Also says whether references that are unlike prove two exchanges.
    """
    groups = _grouped(sales, purchases)
    agreeing, told, mistyped = Counter[str](), Counter[str](), Counter[str]()
    for one, other in _only_pairs(groups):
        told[one.buyer] += 1
        if one.reference == other.reference:
            agreeing[one.buyer] += 1
        elif nearly(one.reference, other.reference):
            mistyped[one.buyer] += 1
    alike, known = agreeing.total(), told.total()
    share = alike / known if known else _shared(groups)
    own = {buyer for buyer, count in told.items() if count >= ENOUGH and agreeing[buyer] < COMMON * count}
    if share < COMMON:
        usual = {buyer for buyer, count in told.items() if count >= ENOUGH} - own
        return _forgotten(groups, usual, keep=True), False
    alike += mistyped.total() - sum(agreeing[buyer] + mistyped[buyer] for buyer in own)
    known -= sum(told[buyer] for buyer in own)
    strict = known >= ENOUGH and alike >= STRICT * known
    return _forgotten(groups, own, keep=False) if own else groups, strict


def _grouped(sales: Sequence[Document], purchases: Sequence[Document]) -> Groups:
    """Return the documents by seller and buyer, with bare references.

    Sorted rather than gathered in a table of lists: what belongs together then lies together in memory, and
    whatever walks through it does not wait for it.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    told = [_numbered(sales, numbers), _numbered(purchases, numbers)]
    ranks = [0] * len(numbers)
    for rank, name in enumerate(sorted(numbers)):
        ranks[numbers[name]] = rank
    here, there = (
        _in_order(some, [ranks[seller] * len(ranks) + ranks[buyer] for seller, buyer in parties])
        for some, parties in zip((sales, purchases), told, strict=True)
    )
    return list(_side_by_side(here, there))


def _numbered(documents: Sequence[Document], numbers: dict[str, int]) -> list[tuple[int, int]]:
    return [(numbers[one.seller], numbers[one.buyer]) for one in documents]


def _in_order(documents: Sequence[Document], keys: list[int]) -> Iterator[tuple[int, Documents]]:
    """Yield the documents of each key with bare references, the smallest key first."""
    places = sorted(range(len(keys)), key=keys.__getitem__)
    found, first = _bare([documents[place] for place in places]), 0
    for key, some in groupby([keys[place] for place in places]):
        after = first + len(list(some))
        yield key, found[first:after]
        first = after


def _side_by_side(
    here: Iterator[tuple[int, Documents]], there: Iterator[tuple[int, Documents]]
) -> Iterator[tuple[Documents, Documents]]:
    """Yield what has the same key, of one side at least."""
    one, other = next(here, END), next(there, END)
    while one is not END or other is not END:
        if one[0] < other[0]:
            yield one[1], []
            one = next(here, END)
        elif other[0] < one[0]:
            yield [], other[1]
            other = next(there, END)
        else:
            yield one[1], other[1]
            one, other = next(here, END), next(there, END)


def _bare(documents: Documents) -> Documents:
    """Return the documents with bare references."""
    found = []
    for one in documents:
        written = one.reference
        reference = bare(written) if written else written
        found.append(one if reference == written else _called(one, reference))
    return found


def _called(one: Document, reference: str) -> Document:
    # Not dataclasses.replace: it takes four times as long, and nearly every document comes here.
    return Document(one.id, one.seller, one.buyer, one.day, one.cents, one.label, reference)


def _only_pairs(groups: Groups) -> Iterator[tuple[Document, Document]]:
    """Yield documents with references whose parties and amount each side has once."""
    for here, there in groups:
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


def _shared(groups: Groups) -> float:
    here, there = (
        {one.reference for group in groups for one in group[side] if one.reference} for side in (0, 1)
    )
    fewest = min(len(here), len(there))
    return len(here & there) / fewest if fewest else 1.0


def _forgotten(groups: Groups, buyers: set[str], *, keep: bool) -> Groups:
    """Return the groups, without references but for these buyers (keep) or for these alone."""
    forgets = ((group, (next(chain(*group)).buyer in buyers) is not keep) for group in groups)
    return [(_unnamed(group[0]), _unnamed(group[1])) if forget else group for group, forget in forgets]


def _unnamed(documents: Documents) -> Documents:
    return [_called(one, "") if one.reference else one for one in documents]
