"""What does not agree about the two documents of an exchange, each thing by its name. Pure.

A defect is told once, by what caused it: what follows from it is left out. Sound states give nothing: a
quotation that waits, a document whose mirror the worker has still to make, a purchase settled by a full
credit note although nothing was paid on it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from . import finding_codes as codes
from . import payment_findings, settlement_findings
from .found import Found, PaperSide
from .pairs import INVOICE, QUOTATION, UNITS_PER_CENT, VALID, VALIDATION, Pair, Paper, cents_of
from .told import Told

# A host's worker begins after three seconds and draws a page. Who is told too soon is told again that it is
# gone; a mirror that never comes should not wait for the next look.
PATIENCE = timedelta(seconds=15)
ABORTED = "aborted"


def findings_of(pair: Pair, *, now: datetime) -> list[Found]:
    """Return what does not agree about a pair as it stands `now`.

    Of exchanges whose papers we make, what the comparison with the books tells is left to it.
    """
    told = _told(pair, now)
    left_out = codes.TOLD_BY_THE_BOOKS if pair.is_ours else frozenset()
    return [_found(pair, one) for one in told if one.code not in left_out]


def _found(pair: Pair, told: Told) -> Found:
    severity, repair = codes.ABOUT[told.code]
    return Found(
        key=pair.key,
        code=told.code,
        severity=severity,
        amount_cents=abs(cents_of(told.units)),
        on=pair.on,
        seller_key=pair.seller_key,
        buyer_key=pair.buyer_key,
        exchange_id=pair.exchange_id,
        sale=side_of(pair.sale),
        purchase=side_of(pair.purchase),
        repair=repair,
        facts={"number": pair.paper.number, **told.facts},
    )


def side_of(paper: Paper | None) -> PaperSide | None:
    """Return a document as the reader of a finding is shown it."""
    if paper is None:
        return None
    return PaperSide(
        key=paper.key,
        kind=paper.key.partition(":")[0],
        number=paper.number,
        on=paper.on,
        amount_cents=cents_of(paper.total_units),
        status=paper.status,
        paid_status=paper.paid_status,
        exported=paper.exported,
    )


def _told(pair: Pair, now: datetime) -> Iterator[Told]:
    sale, purchase = pair.sale, pair.purchase
    if sale is None:
        code = codes.ORDER_ALONE if pair.kind == QUOTATION else codes.PURCHASE_ALONE
        yield Told(code, pair.paper.total_units)
        return
    if sale.status != VALID:
        return
    if pair.kind == QUOTATION:
        yield from _of_quotation(pair, sale, now)
        return
    yield from _of_the_sale(pair, sale)
    if purchase is None:
        if not _fresh(sale, now):
            yield Told(codes.MIRROR_MISSING, sale.total_units)
        return
    yield from _of_both(sale, purchase)
    if pair.twins:
        # Payments and marks lie on one of them or the other: what they say waits until one is left.
        yield _doubled(codes.MIRROR_DOUBLED, pair)
        return
    yield from _exported(sale, purchase)
    if pair.kind == INVOICE:
        yield from settlement_findings.told(pair, sale, purchase)
        yield from payment_findings.told(pair, sale, purchase)


def _of_quotation(pair: Pair, sale: Paper, now: datetime) -> Iterator[Told]:
    order = pair.purchase
    if order is None:
        if sale.signed_status != ABORTED and not _fresh(sale, now):
            yield Told(codes.ORDER_MISSING, sale.total_units)
        return
    if _apart(sale, order):
        yield Told(codes.AMOUNT_DIFFERS, sale.total_units - order.total_units)
    if pair.twins:
        yield _doubled(codes.ORDER_DOUBLED, pair)
    mirrors = {one.purchase_key for one in pair.invoiced if one.purchase_key}
    if len(mirrors) > 1 and order.tied_key in mirrors:
        yield Told(codes.ORDER_TIED, sale.total_units, {"invoices": len(mirrors)})


def _doubled(code: str, pair: Pair) -> Told:
    return Told(code, sum(abs(twin.total_units) for twin in pair.twins), {"twins": len(pair.twins)})


def _of_the_sale(pair: Pair, sale: Paper) -> Iterator[Told]:
    # Taken back in full, its VAT comes to nothing: that is how it is put right.
    if pair.kind == INVOICE and sale.vat_units and pair.refunded_units < sale.total_units:
        yield Told(codes.VAT_CHARGED, sale.vat_units)
    if sale.expected_year is not None and sale.financial_year not in (None, sale.expected_year):
        years = {"year": sale.financial_year, "expected_year": sale.expected_year}
        yield Told(codes.YEAR_DIFFERS, sale.total_units, years)


def _of_both(sale: Paper, purchase: Paper) -> Iterator[Told]:
    if _apart(sale, purchase):
        yield Told(codes.AMOUNT_DIFFERS, sale.total_units - purchase.total_units)
    if sale.on != purchase.on:
        days = {"sale_on": sale.on.isoformat(), "purchase_on": purchase.on.isoformat()}
        yield Told(codes.DATE_DIFFERS, sale.total_units, days)
    if sale.number.strip() != purchase.remote_number.strip():
        yield Told(codes.NUMBER_DIFFERS, sale.total_units, {"other": purchase.remote_number})
    if (purchase.owner_key, purchase.partner_key) != (sale.partner_key, sale.owner_key):
        yield Told(codes.PARTIES_DIFFER, sale.total_units)
    if purchase.status == VALID and purchase.lines_without_type:
        yield Told(codes.TYPE_MISSING, purchase.total_units)


def _exported(sale: Paper, purchase: Paper) -> Iterator[Told]:
    if sale.exported and purchase.status != VALID:
        yield Told(codes.EXPORTED_EARLY, sale.total_units)
    elif sale.exported != purchase.exported:
        side = "sale" if sale.exported else "purchase"
        yield Told(codes.EXPORTED_ALONE, sale.total_units, {"side": side})


def _apart(sale: Paper, purchase: Paper) -> bool:
    """Say whether totals differ by a cent: hosts count parts of it on one side, none on the other."""
    return abs(sale.total_units - purchase.total_units) >= UNITS_PER_CENT


def _fresh(sale: Paper, now: datetime) -> bool:
    """Say whether the worker may still be about to make the mirror."""
    validated = sale.reached(VALIDATION, VALID)
    return validated is not None and now - validated.at < PATIENCE
