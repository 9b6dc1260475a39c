"""The payments of an invoice held against those of its mirror, which have no key in common. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from . import finding_codes as codes
from .pairs import UNITS_PER_CENT, VALID, PaidPart, Pair, Paper
from .told import Told

# Marking a payment as exported writes its row too, in the same moment as the export is noted.
SLACK = timedelta(seconds=5)
AT_ONCE = timedelta(seconds=1)


def told(pair: Pair, sale: Paper, purchase: Paper) -> Iterator[Told]:
    """Say what was paid on one side alone or crosswise, and which exported payments were changed since."""
    if purchase.status != VALID:
        return
    couples, ours, theirs = coupled(pair, sale, purchase)
    changed = [other for one, other in couples if _changed_since_export(other) or _edited_since(one, other)]
    changed += [other for other in theirs if _changed_since_export(other)]
    if changed:
        yield Told(codes.PAYMENT_CHANGED, _units(changed), {"payments": len(changed)})
    apart = [(one, other) for one, other in couples if not _alike(one, other)]
    yield from _of_couples([couple for couple in couples if couple not in apart], changed)
    yield from _of_the_rest(
        [*ours, *(one for one, _other in apart)], [*theirs, *(other for _one, other in apart)]
    )


Couple = tuple[PaidPart, PaidPart]


def coupled(pair: Pair, sale: Paper, purchase: Paper) -> tuple[list[Couple], list[PaidPart], list[PaidPart]]:
    """Couple payments: those known to be the same, then same day and amount, then same day to the cent."""
    ours, theirs = list(sale.payments), list(purchase.payments)
    known = set(pair.payment_pairs)
    rules = (
        lambda one, other: (one.id, other.id) in known,
        lambda one, other: (one.on, one.units) == (other.on, other.units),
        _alike,
    )
    couples: list[Couple] = []
    for same in rules:
        for one in tuple(ours):
            other = next((other for other in theirs if same(one, other)), None)
            if other is not None:
                couples.append((one, other))
                ours.remove(one)
                theirs.remove(other)
    return couples, ours, theirs


def _alike(one: PaidPart, other: PaidPart) -> bool:
    """Say whether two payments are of the same day and, to the cent, of the same amount."""
    return one.on == other.on and abs(one.units - other.units) <= UNITS_PER_CENT


def _of_couples(couples: list[Couple], changed: list[PaidPart]) -> Iterator[Told]:
    cents = sum(abs(one.units - other.units) for one, other in couples)
    if cents:
        yield Told(codes.PAYMENT_CENTS, cents)
    alone = [one for one, other in couples if one.exported != other.exported and other not in changed]
    if alone:
        yield Told(codes.PAYMENT_EXPORTED_ALONE, _units(alone), {"payments": len(alone)})


def _of_the_rest(ours: list[PaidPart], theirs: list[PaidPart]) -> Iterator[Told]:
    difference = _units(ours) - _units(theirs)
    if ours and theirs and abs(difference) <= UNITS_PER_CENT:
        yield Told(codes.PAYMENT_CROSSED, _units(ours), {"payments": len(ours)})
    elif ours or theirs:
        yield Told(codes.PAYMENT_ALONE, difference, {"sales": len(ours), "purchases": len(theirs)})


def _units(payments: list[PaidPart]) -> int:
    return sum(one.units for one in payments)


def _edited_since(one: PaidPart, other: PaidPart) -> bool:
    """Say whether a payment of the sale was edited after its mirror was exported.

    Nothing but an edit writes a payment that is not exported, and it writes both. Where the export left no
    note, an edit that was the last to write the mirror came after it.
    """
    if one.exported or not other.exported or one.changed_at is None:
        return False
    if other.exported_at is not None:
        return one.changed_at >= other.exported_at
    return other.changed_at is not None and abs(other.changed_at - one.changed_at) <= AT_ONCE


def _changed_since_export(payment: PaidPart) -> bool:
    return (
        payment.exported
        and payment.exported_at is not None
        and payment.changed_at is not None
        and payment.changed_at - payment.exported_at > SLACK
    )
