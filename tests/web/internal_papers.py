"""Internal documents of the demo's platform, sound or not, as tests of findings need them."""

from datetime import UTC, date, datetime, timedelta

from endi_ext.hosts.demo.internal_models import (
    INVOICE,
    PURCHASE,
    InternalPaper,
    InternalPayment,
    InternalStep,
)
from endi_ext.reconciliation import finding_looks
from endi_ext.reconciliation.pairs import VALID, VALIDATION, WAITING

ON = date(2026, 10, 5)
AT = datetime(2026, 10, 5, 9, tzinfo=UTC)


def a_sale(books, *, number="VI-1", cents=50_000, seller=2, buyer=1, paid_status=WAITING, **facts):
    """A valid invoice of a trading unit, not transmitted."""
    paper = _paper(INVOICE, seller, buyer, number, cents, paid_status=paid_status, **facts)
    paper.steps.append(InternalStep(about=VALIDATION, status=VALID, at=AT))
    books.add(paper)
    books.flush()  # its mirror refers to it
    return paper


def a_purchase(books, sale, *, tied=True, paid_status=WAITING, **facts):
    """The buyer's document of a sale; not tied to it, it is one too many."""
    facts = {"status": VALID, "number": f"A-{sale.number}", "expense_type": "Prestation interne", **facts}
    paper = _paper(
        PURCHASE,
        sale.partner_id,
        sale.company_id,
        facts.pop("number"),
        sale.total_cents,
        paid_status=paid_status,
        remote_number=sale.number,
        **facts,
    )
    books.add(paper)
    books.flush()  # as above
    if tied:
        sale.mirror_id = paper.id
    return paper


def pay(paper, cents, *, days=10, exported=False):
    """A payment of a document, on its side alone."""
    made = InternalPayment(
        paid_on=ON + timedelta(days=days), amount_cents=cents, exported=exported, made_at=AT, exported_at=None
    )
    paper.payments.append(made)
    return made


def look(books, documents, act):
    """Look at all documents at once."""
    found = finding_looks.begin(books, act)
    finding_looks.go_on(books, found, documents.pairs(books), act, size=10_000)
    books.commit()
    return found


def _paper(kind, company, partner, number, cents, **facts):
    facts = {"status": VALID, "financial_year": ON.year, **facts}
    return InternalPaper(
        kind=kind,
        company_id=company,
        partner_id=partner,
        number=number,
        issued_on=ON,
        label="Plans d'une mezzanine",
        total_cents=cents,
        changed_at=AT,
        **facts,
    )
