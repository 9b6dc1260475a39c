"""The files enDI writes for Sage: their columns, their options, how their lines are written. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

SALES, PURCHASES, RECEIPTS, PAYMENTS, OTHERS = "sales", "purchases", "receipts", "payments", "others"
JOURNAL_PARTS = (SALES, PURCHASES, RECEIPTS, PAYMENTS)
PARTS = (*JOURNAL_PARTS, OTHERS)
ENCODING, SEPARATOR, LINE_END = "iso-8859-15", ";", "\r\n"
GENERAL, ANALYTIC = "G", "A"
# In the column of the mode, and in labels that name it.
MODE, MODE_IN_LABELS = "interne", "Paiement interne"
LINES_OF_A_DIRECT_SETTLEMENT = 2
CONTRIBUTION = ("contribution_expense", "contribution_revenue")

_FIRST = (("Numéro de pièce", "piece"), ("Code Journal", "journal"), ("Date de pièce", "on"))
_THIRD, _TAX, _LABEL = (
    ("Numéro de compte tiers", "third"),
    ("Code taxe", "tax"),
    ("Libellé d'écriture", "label"),
)
_ACCOUNT, _DUE = ("N° compte général", "account"), ("Date d'échéance", "due")
_AMOUNTS = (("Montant débit", "debit"), ("Montant crédit", "credit"))
_LAST = (("Type de ligne", "type"), ("Numéro analytique", "analytic"))
_SALES = (*_FIRST, _ACCOUNT, ("Numéro de facture", "invoice"), _THIRD, _TAX, _LABEL, _DUE, *_AMOUNTS, *_LAST)

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    SALES: _SALES,
    PURCHASES: (
        *_FIRST, _ACCOUNT, ("Numéro de facture", "invoice"), _THIRD, _TAX, _LABEL, *_AMOUNTS, *_LAST,
        ("Référence", "piece"),
    ),
    RECEIPTS: (
        ("Référence", "reference"), *_FIRST[1:], _ACCOUNT, ("Mode de règlement", "mode"), _THIRD, _TAX,
        _LABEL, *_AMOUNTS, *_LAST, ("Numéro de facture", "invoice"),
    ),
    PAYMENTS: (
        *_FIRST, _ACCOUNT, ("Mode de règlement", "mode"), _THIRD, _TAX, _LABEL, *_AMOUNTS, *_LAST,
        ("Référence", "reference"),
    ),
    OTHERS: _SALES,
}  # fmt: skip

# As the host calls its own files, less the instant they were made.
FILE_NAMES = {
    SALES: "export_facture.txt",
    PURCHASES: "export_factures_frn.txt",
    RECEIPTS: "export_encaissement.txt",
    PAYMENTS: "export_paiements_frn.txt",
    OTHERS: "autres_ecritures.txt",
}

# The order in which the host writes the lines of one document.
ORDER = {
    SALES: (
        "revenue",
        "receivable",
        "contribution_expense",
        "bridge_out",
        "bridge_in",
        "contribution_revenue",
    ),
    PURCHASES: ("payable", "expense"),
    RECEIPTS: ("receivable", "transfer"),
    PAYMENTS: ("transfer", "payable"),
}


@dataclass(frozen=True)
class Layout:
    """What the cooperative chose for these files: codes of journals, templates of labels, options.

    `label_length` 0 cuts nothing; `due_days` none takes the due day of the exchange. The contribution goes
    through `bridge_account` where there is one, settlements always through `transfer_account`: each side is a
    file of its own, which must balance. `accounts` says by role which number replaces the books'.
    """

    journals: Mapping[str, str]
    templates: Mapping[str, str]
    transfer_account: str
    contribution_template: str = ""
    label_length: int = 0
    due_days: int | None = 30
    bridge_account: str = ""
    tax_codes: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cards:
    """What two parties know of each other: the buyer as a customer, the seller as a supplier.

    `accounts` are general accounts of their own, by role, for who follows the host's rather than the books'.
    """

    customer_label: str = ""
    customer_account: str = ""
    supplier_label: str = ""
    supplier_account: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Papers:
    """How the documents of an entry are numbered; `payment` is the piece of a payment."""

    sale: str
    purchase: str
    payment: str = ""
    due_on: date | None = None


def heading(part: str) -> bytes:
    """Return the first line of a file."""
    return _line(label for label, _name in COLUMNS[part])


def line_of(part: str, cells: Mapping[str, str]) -> bytes:
    """Return a line of a file."""
    return _line(cells.get(name, "") for _label, name in COLUMNS[part])


def _line(cells: Iterable[str]) -> bytes:
    quoted = SEPARATOR.join('"' + cell.replace('"', '""') + '"' for cell in cells)
    return f"{quoted}{LINE_END}".encode(ENCODING, "replace")
