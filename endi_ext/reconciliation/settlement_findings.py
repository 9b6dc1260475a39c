"""Whether both documents of an invoice count as paid for a reason, and who validated the purchase. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from . import finding_codes as codes
from .pairs import INVALID, RESULTED, UNITS_PER_CENT, VALID, VALIDATION, Pair, Paper, Status
from .told import Told

# Validating and paying in one go: the host writes both with its clock of whole seconds.
AT_ONCE = timedelta(seconds=2)


def told(pair: Pair, sale: Paper, purchase: Paper) -> Iterator[Told]:
    """Say what is settled without being paid, or paid without being settled."""
    if purchase.status != VALID:
        if purchase.paid_status == RESULTED:
            yield Told(codes.SETTLED_AS_DRAFT, purchase.total_units)
        return
    yield from _settled(pair, sale, purchase)
    yield from _agreed(sale, purchase)


def _settled(pair: Pair, sale: Paper, purchase: Paper) -> Iterator[Told]:
    """Compare what counts as paid with what is left, credit notes of the sale deducted from both sides.

    The host never deducts them from the purchase, which it settles as soon as anything is credited: held
    against its own total, a purchase taken back in full would look settled by force.
    """
    left = sale.total_units - pair.refunded_units - sale.paid_units
    purchase_left = purchase.total_units - pair.refunded_units - purchase.paid_units
    resulted = purchase.paid_status == RESULTED
    if sale.paid_status == RESULTED and left >= UNITS_PER_CENT:
        yield Told(codes.FORCED, left)
    elif resulted and purchase_left >= UNITS_PER_CENT:
        code = codes.SETTLED_BY_CREDIT if pair.refunded_units else codes.LEFT_SETTLED
        yield Told(code, purchase_left)
    elif pair.refunded_units and not resulted and purchase_left < UNITS_PER_CENT:
        yield Told(codes.CREDIT_NOT_DEDUCTED, pair.refunded_units)


def _agreed(sale: Paper, purchase: Paper) -> Iterator[Told]:
    """Tell a purchase that recording the payment validated: nobody had been asked."""
    validated = purchase.reached(VALIDATION, VALID)
    if validated is None or not _by_payment(sale, validated):
        return
    before = _step_before(purchase, validated)
    code = codes.VALIDATED_BY_PAYMENT
    if before is not None and before.status == INVALID:
        code = codes.REFUSED_THEN_PAID
    elif not _by_somebody_else(sale, validated):
        return
    yield Told(code, purchase.total_units, {"who": validated.user_name})


def _by_payment(sale: Paper, validated: Status) -> bool:
    """Say whether who validated the purchase recorded a payment of the sale in the same moment."""
    return any(
        one.user_key is not None
        and one.user_key == validated.user_key
        and one.made_at is not None
        and abs(one.made_at - validated.at) <= AT_ONCE
        for one in sale.payments
    )


def _by_somebody_else(sale: Paper, validated: Status) -> bool:
    """Say whether another person validated the sale: one person alone who does everything skips nobody."""
    sold = sale.reached(VALIDATION, VALID)
    return sold is None or sold.user_key != validated.user_key


def _step_before(paper: Paper, step: Status) -> Status | None:
    steps = [one for one in paper.history if one.about == VALIDATION]
    before = steps[: steps.index(step)]
    return before[-1] if before else None
