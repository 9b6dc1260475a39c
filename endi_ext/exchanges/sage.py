"""Entries in the layout enDI writes for Sage: four files, each line general then analytic. Pure.

A sale and a purchase made of one exchange, a receipt and a payment made of one settlement: each goes to the
file the host would put it in, with its columns in its order. What the host has no file for goes to a fifth.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from .postings import EXCHANGES, ROLES, ROLES_OF_RETENTION, SETTLEMENTS
from .sage_labels import cleaned, filled, harmless
from .sage_layout import (
    ANALYTIC,
    COLUMNS,
    CONTRIBUTION,
    ENCODING,
    FILE_NAMES,
    GENERAL,
    JOURNAL_PARTS,
    LINES_OF_A_DIRECT_SETTLEMENT,
    MODE,
    MODE_IN_LABELS,
    ORDER,
    OTHERS,
    PARTS,
    PAYMENTS,
    PURCHASES,
    RECEIPTS,
    SALES,
    Cards,
    Layout,
    Papers,
    heading,
    line_of,
)

__all__ = [
    "COLUMNS", "ENCODING", "FILE_NAMES", "JOURNAL_PARTS", "OTHERS", "PARTS", "PAYMENTS", "PURCHASES",
    "RECEIPTS", "SALES", "Cards", "Layout", "Papers", "Sides", "heading", "line_of", "other_rows", "rows",
    "sides_of",
]  # fmt: skip


class Sides(NamedTuple):
    """An entry told apart: its parties by the host's keys, and its lines by the role each plays."""

    seller_key: str
    buyer_key: str
    lines: Sequence[tuple[str, str, Any]]


def sides_of(code: str, source: str, lines: Sequence[Any]) -> Sides | None:
    """Return (part, role, line) of each line of an entry that postings.py made, none of any other.

    A line has party_id, counterparty_id and host_key; the buyer's come first, as postings.py writes them.
    """
    roles = _roles(code, source, len(lines))
    if not roles:
        return None
    sellers_first = 1 if len(lines) == LINES_OF_A_DIRECT_SETTLEMENT else 2
    owners = (lines[0].party_id, lines[0].counterparty_id)
    told = []
    for place, (role, line) in enumerate(zip(roles, lines, strict=True)):
        is_buyers = place < sellers_first
        if role != CONTRIBUTION[1] and line.party_id != owners[0 if is_buyers else 1]:
            return None
        told.append((_part(code, is_buyers), role, line))
    return Sides(lines[sellers_first].host_key, lines[0].host_key, told)


def _roles(code: str, source: str, count: int) -> tuple[str, ...]:
    if code == SETTLEMENTS:
        return {2: ("payable", "receivable"), 4: ("payable", "transfer", "transfer", "receivable")}.get(
            count, ()
        )
    if code != EXCHANGES:
        return ()
    if ":retained" in source or ":released:" in source:
        return ROLES_OF_RETENTION if count == len(ROLES_OF_RETENTION) else ()
    return ROLES[:count] if count in (4, 6) else ()


def _part(code: str, is_buyers: bool) -> str:
    if code == SETTLEMENTS:
        return PAYMENTS if is_buyers else RECEIPTS
    return PURCHASES if is_buyers else SALES


def rows(
    entry: Any, sides: Sides, papers: Papers, cards: Cards, layout: Layout
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (part, cells by name) of an entry told apart, general line first, in the host's order."""
    names = _names(sides, papers, cards, entry)
    told = [*sides.lines, *_bridge(sides.lines, layout)]
    for part, order in ORDER.items():
        here = [(role, line) for of_part, role, line in told if of_part == part]
        ranked = sorted(here, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        for role, line in ranked:
            cells = _cells(part, role, line, entry, papers, cards, layout, names[part])
            yield part, {**cells, "type": GENERAL}
            yield part, {**cells, "type": ANALYTIC, "analytic": harmless(line.analytic_code)}


def other_rows(entry: Any, lines: Iterable[Any], layout: Layout) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the lines of an entry the host has nothing like: in the columns of a sale, in its own words."""
    for line in lines:
        cells = _amounts(line) | {
            "piece": harmless(_called(entry)),
            "invoice": harmless(_called(entry)),
            "journal": entry.code,
            "on": _day(entry.effective_on),
            "account": line.account,
            "label": cleaned(entry.text, layout.label_length),
        }
        yield OTHERS, {**cells, "type": GENERAL}
        yield OTHERS, {**cells, "type": ANALYTIC, "analytic": harmless(line.analytic_code)}


class _Bridge(NamedTuple):
    """A line the books do not have: what goes from one party to another passes through an account."""

    account: str
    analytic_code: str
    party: str
    debit_cents: int
    credit_cents: int


def _bridge(lines: Sequence[tuple[str, str, Any]], layout: Layout) -> Iterator[tuple[str, str, Any]]:
    for part, role, line in lines:
        if role in CONTRIBUTION and layout.bridge_account:
            name = "bridge_out" if role == CONTRIBUTION[0] else "bridge_in"
            yield part, name, _turned(line, layout.bridge_account)
        elif part in (RECEIPTS, PAYMENTS) and len(lines) == LINES_OF_A_DIRECT_SETTLEMENT:
            yield part, "transfer", _turned(line, layout.transfer_account)


def _turned(line: Any, account: str) -> _Bridge:
    return _Bridge(account, line.analytic_code, line.party, line.credit_cents, line.debit_cents)


def _cells(
    part: str,
    role: str,
    line: Any,
    entry: Any,
    papers: Papers,
    cards: Cards,
    layout: Layout,
    names: Mapping[str, Any],
) -> dict[str, str]:
    is_contribution = role in CONTRIBUTION or role.startswith("bridge")
    template = layout.contribution_template if is_contribution else layout.templates[part]
    label = entry.text if role in ROLES_OF_RETENTION[1::2] else filled(template, names)
    account = cards.accounts.get(role) or layout.accounts.get(role) or line.account
    return _amounts(line) | {
        "piece": harmless({PURCHASES: papers.purchase, PAYMENTS: papers.payment}.get(part, papers.sale)),
        "reference": harmless(papers.purchase if part == PAYMENTS else papers.sale),
        "invoice": harmless(papers.sale),
        "mode": MODE,
        "journal": harmless(layout.journals[part]),
        "on": _day(entry.effective_on),
        "account": harmless(account),
        "third": harmless(_third_party(role, cards)),
        "tax": harmless(layout.tax_codes.get(PAYMENTS if part == PAYMENTS else role, "")),
        "label": cleaned(label, layout.label_length),
        "due": _due(role, entry, papers, layout) if part == SALES else "",
    }


def _third_party(role: str, cards: Cards) -> str:
    return {"receivable": cards.customer_account, "payable": cards.supplier_account}.get(role, "")


def _due(role: str, entry: Any, papers: Papers, layout: Layout) -> str:
    if role != "receivable":
        return ""
    if layout.due_days is not None:
        return _day(entry.effective_on + timedelta(days=layout.due_days))
    return _day(papers.due_on) if papers.due_on else ""


def _amounts(line: Any) -> dict[str, str]:
    return {"debit": _amount(line.debit_cents), "credit": _amount(line.credit_cents)}


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}" if cents else ""


def _day(on: date) -> str:
    return f"{on:%d%m%y}"


def _called(entry: Any) -> str:
    return entry.document or f"{entry.code} {entry.number}"


def _names(sides: Sides, papers: Papers, cards: Cards, entry: Any) -> dict[str, dict[str, Any]]:
    """Return what templates may name, by file, under the host's names for it."""
    by_side = {of_part: line for of_part, role, line in sides.lines if role not in CONTRIBUTION}
    sale = _of_sale(papers, cards, entry)
    purchase = _of_purchase(papers, cards, entry)
    told = {SALES: sale, RECEIPTS: sale | _of_payment(entry), PURCHASES: purchase, PAYMENTS: purchase}
    return {part: told[part] | _of_company(line) for part, line in by_side.items()}


def _of_company(line: Any) -> dict[str, Any]:
    codes = {"name": line.party, "code_compta": line.analytic_code}
    return {
        f"{called}.{name}": value for called in ("company", "entreprise") for name, value in codes.items()
    }


def _of_sale(papers: Papers, cards: Cards, entry: Any) -> dict[str, Any]:
    return {
        "invoice.customer.label": cards.customer_label,
        "client.label": cards.customer_label,
        "invoice.official_number": papers.sale,
        "invoice.date": entry.effective_on,
        "num_caerp": papers.sale,
        "numero_facture": papers.sale,
    }


def _of_payment(entry: Any) -> dict[str, Any]:
    return {"payment.date": entry.effective_on, "payment.mode": MODE_IN_LABELS}


def _of_purchase(papers: Papers, cards: Cards, entry: Any) -> dict[str, Any]:
    return {
        "supplier.label": cards.supplier_label,
        "supplier_invoice.official_number": papers.purchase,
        "supplier_invoice.remote_invoice_number": papers.sale,
        "supplier_invoice.date": entry.effective_on,
        "line_description": "",
    }
