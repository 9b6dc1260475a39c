"""The host's internal documents of both sides put together in pairs, range of ids after range of ids.

Each range costs the same number of statements whatever it holds; nothing of the host is written or locked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from ...exchanges import plain_rows
from ...exchanges.paper_models import CREDIT_NOTE as CREDIT_NOTES
from ...reconciliation import known
from ...reconciliation.pairs import CREDIT_NOTE, INVOICE, QUOTATION, Invoiced, Pair, Paper
from . import findings, reading_exports
from . import reading_tables as t
from .reading_changes import changed_since
from .reading_papers import Papers
from .reading_strays import Strays

ORIGIN = "endi"
SALES = {
    "estimation": t.internalestimation,
    "invoice": t.internalinvoice,
    "cancelinvoice": t.internalcancelinvoice,
}


class EndiReading:
    """What the host keeps of internal documents, told as every host tells it; it needs no host to run."""

    origin = ORIGIN

    def pairs(
        self, session: Session, since: datetime | None = None, after: str | None = None
    ) -> Iterator[Pair]:
        """Yield all internal documents in pairs; `since` keeps what changed, `after` begins behind a key.

        Quotations come first, then invoices, credit notes, orders and purchases without a sale, each by id.
        """
        connection = session.connection()
        reader = Reader(connection)
        changed = None if since is None else changed_since(connection, since)
        name, _, last = (after or "").partition(":")
        names = list(reader.steps)
        for step in names[names.index(name) if after else 0 :]:
            ids, read = reader.steps[step]
            behind = int(last) if step == name else 0
            wanted = (one for one in ids(behind) if changed is None or one in changed[step])
            for some in plain_rows.slices(wanted, t.IDS_PER_BATCH):
                yield from read(some)

    def how_many(self, session: Session, since: datetime | None = None) -> int:
        """Return how many pairs there are to read, those without a sale left out."""
        connection = session.connection()
        if since is not None:
            changed = changed_since(connection, since)
            return sum(len(changed[name]) for name in SALES)
        counts = (
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in SALES.values()
        )
        return sum(int(count) for count in counts)

    def unexported(self, session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
        """Return how many documents and payments of a period were not exported, and their cents."""
        return reading_exports.unexported(session.connection(), starts_on, ends_on)

    def look_again(self, session: Session, exchange_ids: Sequence[int]) -> None:
        """Close what was noted of exchanges that agree with their documents again."""
        for exchange_id in exchange_ids:
            findings.look(session.connection(), exchange_id)


def pair_of(session: Session, key: str) -> Pair | None:
    """Return one pair by its key, as it stands now; none when it is gone, or has found its own."""
    name, _, number = key.partition(":")
    reader = Reader(session.connection())
    if name not in reader.steps or (name not in SALES and int(number) not in reader.steps[name][0](0)):
        return None
    return next(iter(reader.steps[name][1]([int(number)])), None)


class Reader:
    """Reads one range of ids of each kind."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.papers, self.strays = connection, Papers(connection), Strays(connection)
        ids_of = self._ids
        # By the name a pair's key begins with: the ids there are, and what reads some of them.
        self.steps: dict[
            str, tuple[Callable[[int], Iterable[int]], Callable[[list[int]], Iterable[Pair]]]
        ] = {
            "estimation": (lambda behind: ids_of(t.internalestimation, behind), self.quotations),
            "invoice": (lambda behind: ids_of(t.internalinvoice, behind), self.invoices),
            "cancelinvoice": (lambda behind: ids_of(t.internalcancelinvoice, behind), self.credit_notes),
            "supplier_order": (lambda behind: _behind(self.strays.orphan_orders, behind), self.orphan_orders),
            "supplier_invoice": (
                lambda behind: _behind(self.strays.orphan_purchases, behind),
                self.orphan_purchases,
            ),
        }

    def quotations(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of quotations."""
        links = self._links(t.internalestimation, "supplier_order_id", ids)
        twins = self.strays.twins_of_quotations(ids)
        sales = self.papers.quotations(ids)
        orders = self.papers.orders([*_there(links.values()), *_all(twins)])
        invoiced = self._invoiced(ids)
        for one in ids:
            if one in sales:
                yield Pair(
                    QUOTATION,
                    sales[one],
                    orders.get(links.get(one) or 0),
                    twins=_found(orders, twins.get(one, ())),
                    invoiced=invoiced.get(one, ()),
                )

    def invoices(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of invoices, each with those of its credit notes."""
        links = self._links(t.internalinvoice, "supplier_invoice_id", ids)
        twins = self.strays.twins_of_sales(ids)
        sales = self.papers.invoices(ids)
        purchases = self.papers.purchases([*_there(links.values()), *_all(twins)])
        refunds = self._refunds_of(ids)
        quoted = self._links(t.invoice, "estimation_id", ids)
        ours = known.exchanges_of(self.connection, ORIGIN, ids)
        for one in ids:
            if one not in sales:
                continue
            pair = Pair(
                INVOICE,
                sales[one],
                purchases.get(links.get(one) or 0),
                twins=_found(purchases, twins.get(one, ())),
                refunds=refunds.get(one, ()),
                quotation_key=f"estimation:{quoted[one]}" if quoted.get(one) else None,
            )
            yield _with_ours(pair, ours.get(one))

    def credit_notes(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of credit notes."""
        links = self._links(t.internalcancelinvoice, "supplier_invoice_id", ids)
        twins = self.strays.twins_of_sales(ids)
        of = self._links(t.cancelinvoice, "invoice_id", ids)
        of_purchases = self._links(t.internalinvoice, "supplier_invoice_id", list(_there(of.values())))
        sales = self.papers.credit_notes(ids)
        purchases = self.papers.purchases([*_there(links.values()), *_all(twins)])
        ours = known.exchanges_of(self.connection, ORIGIN, ids, CREDIT_NOTES)
        for one in ids:
            if one not in sales:
                continue
            purchase_id = of_purchases.get(of.get(one) or 0)
            pair = Pair(
                CREDIT_NOTE,
                sales[one],
                purchases.get(links.get(one) or 0),
                twins=_found(purchases, twins.get(one, ())),
                of_key=f"invoice:{of[one]}" if of.get(one) else None,
                of_purchase_key=f"supplier_invoice:{purchase_id}" if purchase_id else None,
            )
            yield _with_ours(pair, ours.get(one))

    def orphan_orders(self, ids: list[int]) -> Iterator[Pair]:
        """Yield orders that no quotation is tied to."""
        orders = self.papers.orders(ids)
        return (Pair(QUOTATION, None, orders[one]) for one in ids if one in orders)

    def orphan_purchases(self, ids: list[int]) -> Iterator[Pair]:
        """Yield purchases that no sale is tied to and that name none."""
        purchases = self.papers.purchases(ids)
        found = (purchases[one] for one in ids if one in purchases)
        return (Pair(CREDIT_NOTE if one.total_units < 0 else INVOICE, None, one) for one in found)

    def _ids(self, own: Any, last: int) -> Iterator[int]:
        """Yield the ids of a table behind one of them, a range at a time along its key."""
        while True:
            some = select(own.c.id).where(own.c.id > last).order_by(own.c.id).limit(t.IDS_PER_BATCH)
            ids = self.connection.execute(some).scalars().all()
            yield from ids
            if len(ids) < t.IDS_PER_BATCH:
                return
            last = ids[-1]

    def _links(self, own: Any, name: str, ids: list[int]) -> dict[int, int | None]:
        rows = self.connection.execute(select(own.c.id, own.c[name]).where(own.c.id.in_(ids)))
        return {one: linked for one, linked in rows}

    def _refunds_of(self, ids: list[int]) -> dict[int, tuple[Pair, ...]]:
        own = t.cancelinvoice.join(
            t.internalcancelinvoice, t.internalcancelinvoice.c.id == t.cancelinvoice.c.id
        )
        wanted = select(t.cancelinvoice.c.id).select_from(own).where(t.cancelinvoice.c.invoice_id.in_(ids))
        found: dict[int, list[Pair]] = {}
        for some in plain_rows.slices(
            self.connection.execute(wanted.order_by(t.cancelinvoice.c.id)).scalars(), t.IDS_PER_BATCH
        ):
            for pair in self.credit_notes(some):
                found.setdefault(int((pair.of_key or ":0").partition(":")[2]), []).append(pair)
        return {one: tuple(refunds) for one, refunds in found.items()}

    def _invoiced(self, ids: list[int]) -> dict[int, tuple[Invoiced, ...]]:
        own = t.invoice.join(t.internalinvoice, t.internalinvoice.c.id == t.invoice.c.id)
        wanted = select(t.invoice.c.estimation_id, t.internalinvoice).select_from(own)
        rows = wanted.where(t.invoice.c.estimation_id.in_(ids)).order_by(t.invoice.c.id)
        found: dict[int, list[Invoiced]] = {}
        for row in self.connection.execute(rows):
            mirror = f"supplier_invoice:{row.supplier_invoice_id}" if row.supplier_invoice_id else None
            found.setdefault(row.estimation_id, []).append(Invoiced(f"invoice:{row.id}", mirror))
        return {one: tuple(made) for one, made in found.items()}


def _behind(ids: Iterable[int], last: int) -> Iterator[int]:
    return (one for one in ids if one > last)


def _with_ours(pair: Pair, ours: known.Known | None) -> Pair:
    if ours is None:
        return pair
    return replace(pair, exchange_id=ours.exchange_id, adopted=ours.adopted, payment_pairs=ours.payment_pairs)


def _there(ids: Iterable[int | None]) -> Iterator[int]:
    return (one for one in ids if one is not None)


def _all(twins: dict[int, list[int]]) -> Iterator[int]:
    return (one for some in twins.values() for one in some)


def _found(papers: dict[int, Paper], ids: Iterable[int]) -> tuple[Paper, ...]:
    return tuple(papers[one] for one in ids if one in papers)
