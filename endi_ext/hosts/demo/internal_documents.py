"""The demo's own internal documents read in pairs, as the real host's are, range after range of ids."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from ...exchanges import plain_rows
from ...exchanges.paper_models import CREDIT_NOTE as CREDIT_NOTES
from ...reconciliation import known
from ...reconciliation.pairs import (
    CREDIT_NOTE,
    INVOICE,
    QUOTATION,
    UNITS_PER_CENT,
    Invoiced,
    PaidPart,
    Pair,
    Paper,
    Status,
)
from . import internal_models as models
from .internal_models import CANCEL, ESTIMATION, ORDER, PURCHASE, InternalPaper, InternalPayment

ORIGIN = "demo"
IDS_PER_BATCH = 500
SALES = (ESTIMATION, models.INVOICE, CANCEL)


class DemoReading:
    """What the demo keeps of internal documents, told as every host tells it."""

    origin = ORIGIN

    def pairs(
        self, session: Session, since: datetime | None = None, after: str | None = None
    ) -> Iterator[Pair]:
        """Yield all internal documents in pairs; `since` keeps those that changed, `after` begins behind."""
        reader = _Reader(session)
        changed = None if since is None else _changed_since(session, since)
        name, _, last = (after or "").partition(":")
        steps = reader.steps()
        for step in list(steps)[list(steps).index(name) if after else 0 :]:
            behind = int(last) if step == name else 0
            ids = [one for one in reader.ids(step) if one > behind and (changed is None or one in changed)]
            for some in plain_rows.slices(ids, IDS_PER_BATCH):
                yield from steps[step](some)

    def how_many(self, session: Session, since: datetime | None = None) -> int:
        """Return how many pairs there are to read."""
        sales = select(func.count()).select_from(InternalPaper).where(InternalPaper.kind.in_(SALES))
        if since is not None:
            sales = sales.where(InternalPaper.id.in_(_changed_since(session, since)))
        return int(session.execute(sales).scalar_one())

    def unexported(self, session: Session, starts_on: date, ends_on: date) -> tuple[int, int]:
        """Return how many valid documents and payments of a period were not exported, and their cents."""
        papers = select(func.count(), func.sum(func.abs(InternalPaper.total_cents))).where(
            InternalPaper.kind.in_((models.INVOICE, CANCEL, PURCHASE)),
            InternalPaper.status == "valid",
            InternalPaper.exported.is_(False),
            InternalPaper.issued_on.between(starts_on, ends_on),
        )
        payments = select(func.count(), func.sum(func.abs(InternalPayment.amount_cents))).where(
            InternalPayment.exported.is_(False), InternalPayment.paid_on.between(starts_on, ends_on)
        )
        found = [session.execute(one).one() for one in (papers, payments)]
        return sum(int(count) for count, _cents in found), sum(int(cents or 0) for _count, cents in found)

    def look_again(self, session: Session, exchange_ids: Sequence[int]) -> None:
        """Nothing is noted of single exchanges: the demo makes no documents of ours."""


class _Reader:
    """Reads one range of ids of each kind."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.twins, self.orphans = _strays(session)

    def steps(self) -> dict[str, Callable[[list[int]], Iterable[Pair]]]:
        """Return what reads some ids, by the name a pair's key begins with."""
        return {
            ESTIMATION: self.quotations,
            models.INVOICE: self.invoices,
            CANCEL: self.credit_notes,
            ORDER: self.orphans_among,
            PURCHASE: self.orphans_among,
        }

    def ids(self, kind: str) -> list[int]:
        """Return the ids there are of a kind: of purchases and orders, those without a sale."""
        own = select(InternalPaper.id).where(InternalPaper.kind == kind).order_by(InternalPaper.id)
        ids = list(self.session.execute(own).scalars())
        return ids if kind in SALES else [one for one in ids if one in self.orphans]

    def quotations(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of quotations."""
        rows = self._rows(ids)
        made = select(InternalPaper.of_id, InternalPaper.id, InternalPaper.mirror_id)
        made = made.where(InternalPaper.of_id.in_(ids), InternalPaper.kind == models.INVOICE)
        invoiced: dict[int, list[Invoiced]] = {}
        for of_id, one, mirror_id in self.session.execute(made.order_by(InternalPaper.id)):
            mirror = None if mirror_id is None else f"{PURCHASE}:{mirror_id}"
            invoiced.setdefault(of_id, []).append(Invoiced(f"{models.INVOICE}:{one}", mirror))
        for pair in self._pairs(QUOTATION, rows):
            yield replace(pair, invoiced=tuple(invoiced.get(pair.paper.id, ())))

    def invoices(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of invoices, each with those of its credit notes."""
        rows = self._rows(ids)
        of = select(InternalPaper.id).where(InternalPaper.of_id.in_(ids), InternalPaper.kind == CANCEL)
        refunds: dict[str, list[Pair]] = {}
        for pair in self.credit_notes(list(self.session.execute(of.order_by(InternalPaper.id)).scalars())):
            refunds.setdefault(pair.of_key or "", []).append(pair)
        ours = known.exchanges_of(self.session.connection(), ORIGIN, ids)
        quoted = {row.id: row.of_id for row in rows}
        for pair in self._pairs(INVOICE, rows):
            offer = quoted[pair.paper.id]
            told = replace(
                pair,
                refunds=tuple(refunds.get(pair.key, ())),
                quotation_key=f"{ESTIMATION}:{offer}" if offer else None,
            )
            yield _with_ours(told, ours.get(pair.paper.id))

    def credit_notes(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of credit notes."""
        rows = self._rows(ids)
        of = {row.id: row.of_id for row in rows}
        mirrors = {row.id: row.mirror_id for row in self._rows(list(of.values()))}
        ours = known.exchanges_of(self.session.connection(), ORIGIN, ids, CREDIT_NOTES)
        for pair in self._pairs(CREDIT_NOTE, rows):
            invoice_id = of[pair.paper.id]
            mirror_id = mirrors.get(invoice_id)
            told = replace(
                pair,
                of_key=f"{models.INVOICE}:{invoice_id}",
                of_purchase_key=f"{PURCHASE}:{mirror_id}" if mirror_id else None,
            )
            yield _with_ours(told, ours.get(pair.paper.id))

    def orphans_among(self, ids: list[int]) -> Iterator[Pair]:
        """Yield the pairs of documents without a sale."""
        for row in self._rows(ids):
            refund = CREDIT_NOTE if row.total_cents < 0 else INVOICE
            yield Pair(QUOTATION if row.kind == ORDER else refund, None, _paper(row))

    def _pairs(self, kind: str, rows: list[Any]) -> Iterator[Pair]:
        twins = {one: self.twins.get(one, []) for one in (row.id for row in rows)}
        ids = [row.mirror_id for row in rows if row.mirror_id] + [
            one for some in twins.values() for one in some
        ]
        mirrors = {row.id: _paper(row) for row in self._rows(ids)}
        for row in rows:
            doubled = tuple(mirrors[one] for one in twins[row.id])
            yield Pair(kind, _paper(row), mirrors.get(row.mirror_id), twins=doubled)

    def _rows(self, ids: Collection[int]) -> list[Any]:
        whole = (
            selectinload(InternalPaper.steps).joinedload(models.InternalStep.user),
            selectinload(InternalPaper.payments).joinedload(InternalPayment.user),
        )
        found = select(InternalPaper).where(InternalPaper.id.in_(ids)).options(*whole)
        return list(self.session.execute(found.order_by(InternalPaper.id)).scalars())


def pair_of(session: Session, key: str) -> Pair | None:
    """Return one pair by its key, as it stands now; none when it is gone, or has found its own."""
    name, _, number = key.partition(":")
    reader = _Reader(session)
    steps = reader.steps()
    if name not in steps or (name not in SALES and int(number) not in reader.orphans):
        return None
    return next(iter(steps[name]([int(number)])), None)


def _strays(session: Session) -> tuple[dict[int, list[int]], set[int]]:
    """Return the mirrors no sale is tied to: by the sale they name, and those that name none."""
    tied = select(InternalPaper.mirror_id).where(InternalPaper.mirror_id.is_not(None))
    alone = select(InternalPaper).where(
        InternalPaper.kind.in_((ORDER, PURCHASE)), InternalPaper.id.notin_(tied)
    )
    twins: dict[int, list[int]] = {}
    orphans: set[int] = set()
    for row in session.execute(alone.order_by(InternalPaper.id)).scalars():
        named = select(InternalPaper.id).where(
            InternalPaper.number == row.remote_number,
            InternalPaper.company_id == row.partner_id,
            InternalPaper.partner_id == row.company_id,
            InternalPaper.kind.in_(SALES),
        )
        sale_id = session.execute(named).scalars().first() if row.remote_number else None
        if sale_id is None:
            orphans.add(row.id)
        else:
            twins.setdefault(sale_id, []).append(row.id)
    return twins, orphans


def _changed_since(session: Session, since: datetime) -> set[int]:
    written = or_(InternalPayment.made_at >= since, InternalPayment.changed_at >= since)
    touched = set(
        session.execute(select(InternalPaper.id).where(InternalPaper.changed_at >= since)).scalars()
    )
    touched |= set(session.execute(select(InternalPayment.paper_id).where(written)).scalars())
    links = session.execute(select(InternalPaper.id, InternalPaper.mirror_id, InternalPaper.of_id)).all()
    changed = {one for one, mirror_id, _of_id in links if one in touched or mirror_id in touched}
    # A document changes with what was made from it: its credit notes, its invoices.
    for _again in range(2):
        changed |= {of_id for one, _mirror_id, of_id in links if one in changed and of_id}
    return changed


def _with_ours(pair: Pair, ours: known.Known | None) -> Pair:
    if ours is None:
        return pair
    return replace(pair, exchange_id=ours.exchange_id, adopted=ours.adopted, payment_pairs=ours.payment_pairs)


def _paper(row: Any) -> Paper:
    is_sale = row.kind in (models.INVOICE, CANCEL)
    return Paper(
        key=f"{row.kind}:{row.id}",
        id=row.id,
        number=row.number,
        on=row.issued_on,
        total_units=row.total_cents * UNITS_PER_CENT,
        vat_units=row.vat_cents * UNITS_PER_CENT,
        status=row.status,
        owner_key=f"company:{row.company_id}",
        partner_key=f"company:{row.partner_id}",
        label=row.label,
        paid_status=row.paid_status,
        signed_status=row.signed_status,
        exported=row.exported,
        exported_at=row.exported_at,
        changed_at=row.changed_at,
        history=tuple(Status(one.about, one.status, one.at, *_user(one), one.comment) for one in row.steps),
        payments=tuple(_paid(row, one) for one in row.payments),
        financial_year=row.financial_year,
        expected_year=row.issued_on.year if is_sale else None,
        remote_number=row.remote_number,
        lines_without_type=int(row.kind == PURCHASE and not row.expense_type),
        tied_key=f"{PURCHASE}:{row.of_id}" if row.kind == ORDER and row.of_id else None,
    )


def _paid(row: Any, one: Any) -> PaidPart:
    name = "supplier_payment" if row.kind == PURCHASE else "payment"
    return PaidPart(
        f"{name}:{one.id}",
        one.id,
        one.paid_on,
        one.amount_cents * UNITS_PER_CENT,
        one.made_at,
        one.changed_at,
        one.exported,
        one.exported_at,
        *_user(one),
    )


def _user(row: Any) -> tuple[str | None, str]:
    return (None, "") if row.user is None else (f"user:{row.user.id}", row.user.name)
