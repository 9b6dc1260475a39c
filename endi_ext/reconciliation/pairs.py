"""One internal exchange as a host keeps it: its two documents side by side, with all they have lived. Pure.

Amounts are whole hundred-thousandths of a euro, the finest a host counts in: `cents_of` brings them to cents.
"""

from dataclasses import dataclass
from datetime import date, datetime

# What two documents are about: an offer and its order, an invoice, what takes an invoice back.
QUOTATION, INVOICE, CREDIT_NOTE = "quotation", "invoice", "credit_note"
KINDS = (QUOTATION, INVOICE, CREDIT_NOTE)

# What a step of a document's history is about.
VALIDATION, PAID, SIGNED = "validation", "paid", "signed"

# The host's words.
DRAFT, WAIT, INVALID, VALID = "draft", "wait", "invalid", "valid"
WAITING, PARTLY_PAID, RESULTED = "waiting", "paid", "resulted"
IS_SIGNED, IS_INVOICED = "signed", "geninv"

UNITS_PER_CENT = 1_000


def cents_of(units: int) -> int:
    """Return an amount in cents, a part of a cent counted whole, with its sign."""
    return -(-units // UNITS_PER_CENT) if units > 0 else units // UNITS_PER_CENT


@dataclass(frozen=True)
class Status:
    """A step of a document: what it was about, what it became, when and by whom (none when unknown)."""

    about: str
    status: str
    at: datetime
    user_key: str | None = None
    user_name: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PaidPart:
    """A payment on one of the two sides; `key` is the host's ("payment:12", "supplier_payment:9").

    `changed_at` is when it was last written (none when it was not since it was made; an export writes it too,
    within the minute of `exported_at`), `exported_at` when it was last handed to the accounting software:
    none when the host kept no trace of it.
    """

    key: str
    id: int
    on: date
    units: int
    made_at: datetime | None = None
    changed_at: datetime | None = None
    exported: bool = False
    exported_at: datetime | None = None
    user_key: str | None = None
    user_name: str = ""


@dataclass(frozen=True)
class Paper:
    """One document of the host's, of either side; `key` is "invoice:12", "supplier_invoice:9"…

    `owner_key` is the party whose desk it lies on, `partner_key` the party its third-party card names, none
    when that card names nobody. Totals include VAT; those of a credit note are negative on both sides.
    `payments` are in the order they were made, `history` in the order of its steps.
    """

    key: str
    id: int
    number: str
    on: date
    total_units: int
    vat_units: int
    status: str
    owner_key: str
    partner_key: str | None
    label: str = ""
    paid_status: str = ""
    signed_status: str = ""
    exported: bool = False
    exported_at: datetime | None = None
    changed_at: datetime | None = None
    history: tuple[Status, ...] = ()
    payments: tuple[PaidPart, ...] = ()
    # Of a sale: the year the host put it in, the one the cooperative's closing day puts its date in, and what
    # the host books as the seller's contribution (none where the host books none of its own).
    financial_year: int | None = None
    expected_year: int | None = None
    contribution_units: int | None = None
    # Of a purchase: the seller's number it was given, how many of its lines have no type of expense,
    # and, of an order, the key of the purchase invoice it is tied to.
    remote_number: str = ""
    lines_without_type: int = 0
    tied_key: str | None = None

    @property
    def paid_units(self) -> int:
        """What was paid on it."""
        return sum(one.units for one in self.payments)

    def reached(self, about: str, status: str) -> Status | None:
        """Return the last step by which it became so."""
        steps = [one for one in self.history if (one.about, one.status) == (about, status)]
        return steps[-1] if steps else None


@dataclass(frozen=True)
class Invoiced:
    """An invoice made from a quotation, and its mirror if it has one."""

    sale_key: str
    purchase_key: str | None


@dataclass(frozen=True)
class Pair:
    """Two documents that tell one thing, as they stood when they were read.

    `sale` is none for an orphan: a purchase no sale is tied to and that names no known sale. `purchase` is
    none when there is no mirror. `twins` are other purchases of the same buyer that name the sale's number
    and that no sale is tied to: the exchange was transmitted more than once.

    Of an invoice: `refunds` are the pairs of its credit notes, `quotation_key` the offer it was made from.
    Of a credit note: `of_key` and `of_purchase_key` are the invoice it takes back and that one's mirror.
    Of a quotation: `invoiced` are all invoices made from it, in order.

    `exchange_id` is ours when the books know it, `adopted` tells an exchange read from the host from one the
    host made papers of; `payment_pairs` are then the ids of payments known to be the same on both sides.
    """

    kind: str
    sale: Paper | None
    purchase: Paper | None
    twins: tuple[Paper, ...] = ()
    refunds: tuple["Pair", ...] = ()
    quotation_key: str | None = None
    of_key: str | None = None
    of_purchase_key: str | None = None
    invoiced: tuple[Invoiced, ...] = ()
    exchange_id: int | None = None
    adopted: bool = False
    payment_pairs: tuple[tuple[int, int], ...] = ()

    @property
    def paper(self) -> Paper:
        """The document that tells it: the sale, or the orphan."""
        paper = self.sale or self.purchase
        assert paper is not None
        return paper

    @property
    def both(self) -> tuple[Paper, Paper]:
        """The sale and the purchase of a pair that has them."""
        assert self.sale is not None
        assert self.purchase is not None
        return self.sale, self.purchase

    @property
    def key(self) -> str:
        """What it is about, the same from one reading to the next."""
        return self.paper.key

    @property
    def on(self) -> date:
        """The day whose month it belongs to."""
        return self.paper.on

    @property
    def seller_key(self) -> str | None:
        """The party that sells."""
        return self.sale.owner_key if self.sale else self.paper.partner_key

    @property
    def buyer_key(self) -> str | None:
        """The party that buys."""
        return self.sale.partner_key if self.sale else self.paper.owner_key

    @property
    def is_ours(self) -> bool:
        """Whether the host made these papers of an exchange of ours."""
        return self.exchange_id is not None and not self.adopted

    @property
    def refunded_units(self) -> int:
        """What valid credit notes of the seller took back, positive."""
        return -sum(one.sale.total_units for one in self.refunds if one.sale and one.sale.status == VALID)

    @property
    def refunded_purchase_units(self) -> int:
        """What their mirrors took back on the buyer's side, positive."""
        mirrors = (one.purchase for one in self.refunds)
        return -sum(one.total_units for one in mirrors if one is not None)
