"""What would put right two documents that do not agree, step by step; hosts carry the steps out. Pure.

A plan is made of the pair as it stands now: it is what the preview says, and what is done when that is
confirmed. Nothing handed to the accounting software is ever changed by a plan.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import finding_codes as codes
from .pairs import CREDIT_NOTE, PARTLY_PAID, RESULTED, UNITS_PER_CENT, VALID, WAITING, Pair, Paper, cents_of
from .payment_findings import coupled

# Why a plan cannot be made: what people do instead is in the sentences of these codes.
NOTHING_LEFT = "repair_nothing_left"
TWIN_IN_USE = "repair_twin_in_use"
EXPORTED = "repair_exported"
FRACTION = "repair_payment_fraction"


@dataclass(frozen=True)
class Step:
    """One thing to do to the host's row `key`; `facts` fill its sentence, `values` are what is written."""

    code: str
    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The steps in their order, or why there are none; `needs_type` when a type of expense must be chosen."""

    steps: tuple[Step, ...] = ()
    refused: str | None = None
    needs_type: bool = False


def plan_of(repair: str, pair: Pair | None) -> Plan:
    """Return how a repair would be done to a pair; of one that is gone nothing is left to do."""
    if pair is None or repair not in _PLANS:
        return Plan(refused=NOTHING_LEFT)
    plan = _PLANS[repair](pair)
    return plan if plan.steps or plan.refused else Plan(refused=NOTHING_LEFT)


def _make_mirror(pair: Pair) -> Plan:
    sale = pair.sale
    if sale is None or pair.purchase is not None or sale.status != VALID:
        return Plan()
    code = "mirror_made_valid" if pair.kind == CREDIT_NOTE else "mirror_made"
    facts = {"number": sale.number, "amount_cents": cents_of(sale.total_units)}
    return Plan((Step(code, sale.key, facts),))


def _remove_twins(pair: Pair) -> Plan:
    """Keep the one that counts, validated or paid; of several such ones people decide."""
    sale, tied = pair.sale, pair.purchase
    if sale is None or tied is None:
        return Plan()
    in_use = [one for one in (tied, *pair.twins) if _in_use(one)]
    if len(in_use) > 1:
        return Plan(refused=TWIN_IN_USE)
    kept = in_use[0] if in_use else tied
    ties = () if kept is tied else (Step("mirror_tied", sale.key, _said(kept), {"purchase_key": kept.key}),)
    gone = (one for one in (tied, *pair.twins) if one is not kept)
    return Plan((*ties, *(Step("twin_removed", one.key, _said(one)) for one in gone)))


def _in_use(paper: Paper) -> bool:
    return paper.status == VALID or bool(paper.payments) or paper.exported


def _said(paper: Paper) -> dict[str, Any]:
    return {
        "number": paper.number,
        "amount_cents": cents_of(paper.total_units),
        "state_of": paper.status,
    }


def _settle_again(pair: Pair) -> Plan:
    return Plan(tuple(_statuses(pair)))


def _statuses(pair: Pair, purchase_units: int | None = None) -> Iterator[Step]:
    """Yield what the payment statuses should be where they are something else."""
    sale, purchase = pair.sale, pair.purchase
    if sale is None or purchase is None:
        return
    paid_units = purchase.paid_units if purchase_units is None else purchase_units
    sides = (("sale_status", sale, sale.paid_units), ("purchase_status", purchase, paid_units))
    for code, paper, paid in sides:
        wanted = _status(paper.total_units, paid + pair.refunded_units)
        if wanted != paper.paid_status:
            facts = {"number": sale.number, "before": paper.paid_status, "after": wanted}
            yield Step(code, paper.key, facts, {"status": wanted, "sale_key": sale.key})


def _status(total_units: int, covered_units: int) -> str:
    if total_units - covered_units < UNITS_PER_CENT:
        return RESULTED
    return PARTLY_PAID if covered_units else WAITING


def _validate_purchase(pair: Pair) -> Plan:
    sale, purchase = pair.sale, pair.purchase
    if sale is None or purchase is None or purchase.status == VALID:
        return Plan()
    facts = {"number": sale.number, "amount_cents": cents_of(purchase.total_units)}
    validated = Step("purchase_validated", purchase.key, facts)
    statuses = [one for one in _statuses(pair) if one.key == purchase.key]
    return Plan((validated, *statuses), needs_type=bool(purchase.lines_without_type))


def _align_payments(pair: Pair) -> Plan:
    """Make the buyer's payments those of the seller, whose money it is."""
    sale, purchase = pair.sale, pair.purchase
    if sale is None or purchase is None or purchase.status != VALID:
        return Plan()
    couples, ours, theirs = coupled(pair, sale, purchase)
    changed = [(one, other) for one, other in couples if (one.units, one.on) != (other.units, other.on)]
    changed += list(zip(ours, theirs, strict=False))
    added, removed = ours[len(theirs) :], theirs[len(ours) :]
    if any(other.exported for _one, other in changed) or any(one.exported for one in removed):
        return Plan(refused=EXPORTED)
    if any(one.units % UNITS_PER_CENT for one in (*(one for one, _other in changed), *added)):
        return Plan(refused=FRACTION)
    steps = [
        *(_payment("payment_changed", other.key, sale, one, other) for one, other in changed),
        *(_payment("payment_added", purchase.key, sale, one) for one in added),
        *(_payment("payment_removed", one.key, sale, one) for one in removed),
    ]
    return Plan((*steps, *(_statuses(pair, sale.paid_units) if steps else ())))


def _payment(code: str, key: str, sale: Paper, one: Any, before: Any = None) -> Step:
    facts = {"number": sale.number, "amount_cents": cents_of(one.units), "paid_on": one.on}
    values = {"amount_cents": cents_of(one.units), "on": one.on.isoformat(), "sale_payment_key": one.key}
    if before is not None:
        facts |= {"before_cents": cents_of(before.units), "before_on": before.on}
    return Step(code, key, facts, values)


def _choose_type(pair: Pair) -> Plan:
    purchase = pair.purchase
    if purchase is None or not purchase.lines_without_type:
        return Plan()
    if purchase.exported:
        return Plan(refused=EXPORTED)
    facts = {"number": purchase.number, "count": purchase.lines_without_type}
    return Plan((Step("type_set", purchase.key, facts),), needs_type=True)


def _set_year(pair: Pair) -> Plan:
    sale = pair.sale
    if sale is None or sale.financial_year == sale.expected_year or sale.expected_year is None:
        return Plan()
    if sale.exported:
        return Plan(refused=EXPORTED)
    facts = {"number": sale.number, "before": sale.financial_year, "after": sale.expected_year}
    return Plan((Step("year_set", sale.key, facts, {"year": sale.expected_year}),))


def _set_number(pair: Pair) -> Plan:
    sale, purchase = pair.sale, pair.purchase
    if sale is None or purchase is None or purchase.remote_number == sale.number:
        return Plan()
    if purchase.exported:
        return Plan(refused=EXPORTED)
    facts = {"before": purchase.remote_number, "after": sale.number}
    return Plan((Step("number_set", purchase.key, facts, {"number": sale.number}),))


_PLANS: dict[str, Callable[[Pair], Plan]] = {
    codes.MAKE_MIRROR: _make_mirror,
    codes.REMOVE_TWINS: _remove_twins,
    codes.SETTLE_AGAIN: _settle_again,
    codes.VALIDATE_PURCHASE: _validate_purchase,
    codes.ALIGN_PAYMENTS: _align_payments,
    codes.CHOOSE_TYPE: _choose_type,
    codes.SET_YEAR: _set_year,
    codes.SET_NUMBER: _set_number,
}
