"""What an enDI would say of its accounting: the demo has no screens for it, and says what is usual."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...exchanges import sage, sage_choices
from ...kernel.parties import Party

JOURNALS = {
    sage.SALES: "VTINT",
    sage.PURCHASES: "ACINT",
    sage.RECEIPTS: "BQINT",
    sage.PAYMENTS: "BQFINT",
}
TEMPLATES = {
    sage.SALES: "Int {invoice.customer.label} {company.name}",
    sage.PURCHASES: "{company.name} / Fact Int {supplier.label}",
    sage.RECEIPTS: "{company.name} / Rgt Int {invoice.customer.label}",
    sage.PAYMENTS: "{company.name} / Rgt Int {supplier.label}",
}
CONTRIBUTION = "Int {invoice.customer.label} {company.name}"
LABEL_LENGTH = 35
BRIDGE, TRANSFER = "512INT", "580000"
CUSTOMER, SUPPLIER = "CINT", "FINT"


class DemoAccounting:
    """Usual codes, one third-party account for all customers and one for all suppliers."""

    def layout(self, session: Session) -> sage.Layout:
        chosen = sage_choices.read(session)
        return sage.Layout(
            journals=JOURNALS,
            templates=TEMPLATES,
            transfer_account=TRANSFER,
            contribution_template=CONTRIBUTION,
            label_length=LABEL_LENGTH,
            due_days=chosen.due_days,
            bridge_account=BRIDGE,
        )

    def cards(
        self, session: Session, pairs: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], sage.Cards]:
        wanted = list(pairs)
        keys = {key for pair in wanted for key in pair}
        rows = session.execute(select(Party.host_key, Party.name).where(Party.host_key.in_(keys)))
        names = {row.host_key: row.name for row in rows}
        return {
            (seller, buyer): sage.Cards(names[buyer], CUSTOMER, names[seller], SUPPLIER)
            for seller, buyer in wanted
        }

    def exported(self, _request: Any, _starts_on: date, _ends_on: date, *, after: int = 0) -> Iterator[Any]:
        """The demo exports nothing of its own, after any exchange."""
        del after
        return iter(())
