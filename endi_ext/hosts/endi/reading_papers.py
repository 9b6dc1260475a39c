"""The host's internal documents read by their ids: a fixed number of statements, whatever their number."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection

from ...reconciliation.pairs import PAID, SIGNED, VALIDATION, PaidPart, Paper, Status
from . import reading_tables as t

# What a step of the host's history is about, in our words; its other notes are none of a document's steps.
ABOUT = {"status": VALIDATION, "paid_status": PAID, "signed_status": SIGNED}


class Papers:
    """Reads documents of either side."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.config = t.Config(connection)

    def invoices(self, ids: Collection[int]) -> dict[int, Paper]:
        """Return internal invoices by their ids."""
        own = (t.invoice.c.paid_status, t.invoice.c.financial_year, t.invoice.c.exported)
        return self._sales("invoice", t.invoice, own, ids)

    def credit_notes(self, ids: Collection[int]) -> dict[int, Paper]:
        """Return internal credit notes by their ids."""
        own = (t.cancelinvoice.c.financial_year, t.cancelinvoice.c.exported)
        return self._sales("cancelinvoice", t.cancelinvoice, own, ids)

    def quotations(self, ids: Collection[int]) -> dict[int, Paper]:
        """Return internal estimations by their ids."""
        return self._sales("estimation", t.estimation, (t.estimation.c.signed_status,), ids)

    def _sales(self, name: str, own: Any, columns: Any, ids: Collection[int]) -> dict[int, Paper]:
        joined = (
            t.task.join(own, own.c.id == t.task.c.id)
            .join(t.node, t.node.c.id == t.task.c.id)
            .outerjoin(t.third_party, t.third_party.c.id == t.task.c.customer_id)
        )
        wanted = (*t.task.c, *columns, t.node.c.name, t.node.c.updated_at, t.third_party.c.source_company_id)
        rows = self._of(select(*wanted).select_from(joined), t.task.c.id, ids)
        histories, exported = self._histories(ids), self._exports(t.SALE_EXPORTS, ids)
        paid = self._payments(t.sale_payment, "task_id", t.UNITS, "payment", t.SALE_PAYMENT_EXPORTS, ids)
        return {row.id: self._sale(name, row, histories, exported, paid) for row in rows}

    def _sale(self, name: str, row: Any, histories: Any, exported: Any, paid: Any) -> Paper:
        said, is_sale = row._mapping, name != "estimation"  # noqa: SLF001 - SQLAlchemy's own way to it
        return Paper(
            key=f"{name}:{row.id}",
            id=row.id,
            number=(row.official_number if is_sale else row.internal_number) or "",
            on=t.day(row.date),
            total_units=int(row.ttc or 0),
            vat_units=int(row.tva or 0),
            status=row.status,
            owner_key=f"company:{row.company_id}",
            partner_key=_company(row.source_company_id),
            label=_label(row.description or row.name),
            paid_status=said.get("paid_status") or "",
            signed_status=said.get("signed_status") or "",
            exported=bool(said.get("exported")),
            exported_at=exported.get(row.id),
            changed_at=t.instant(row.updated_at),
            history=histories.get(row.id, ()),
            payments=paid.get(row.id, ()),
            financial_year=said.get("financial_year"),
            expected_year=self.config.year_of(t.day(row.date)) if is_sale else None,
            contribution_units=self.config.contribution_units(row.company_id, int(row.ht or 0))
            if is_sale
            else None,
        )

    def purchases(self, ids: Collection[int]) -> dict[int, Paper]:
        """Return internal purchase invoices by their ids."""
        if not ids:
            return {}
        own, lines = t.supplier_invoice, self._lines(t.supplier_invoice_line, "supplier_invoice_id", ids)
        rows = self._of(*self._bought(own), ids)
        histories, exported = self._histories(ids), self._exports(t.PURCHASE_EXPORTS, ids)
        links = (t.purchase_payment, "supplier_invoice_id", t.CENTS, "supplier_payment")
        paid = self._payments(*links, t.PURCHASE_PAYMENT_EXPORTS, ids)
        return {
            row.id: _bought(
                "supplier_invoice",
                row,
                lines,
                histories,
                number=row.official_number or "",
                on=t.day(row.date),
                paid_status=row.paid_status or "",
                exported=bool(row.exported),
                exported_at=exported.get(row.id),
                payments=paid.get(row.id, ()),
                remote_number=row.remote_invoice_number or "",
            )
            for row in rows
        }

    def orders(self, ids: Collection[int]) -> dict[int, Paper]:
        """Return internal orders by their ids; the host gives them no number and no date of their own."""
        if not ids:
            return {}
        lines = self._lines(t.supplier_order_line, "supplier_order_id", ids)
        histories = self._histories(ids)
        return {
            row.id: _bought(
                "supplier_order",
                row,
                lines,
                histories,
                number=row.name or "",
                on=t.day(row.created_at),
                tied_key=f"supplier_invoice:{row.supplier_invoice_id}" if row.supplier_invoice_id else None,
            )
            for row in self._of(*self._bought(t.supplier_order), ids)
        }

    def _bought(self, own: Any) -> tuple[Any, Any]:
        joined = own.join(t.node, t.node.c.id == own.c.id).outerjoin(
            t.third_party, t.third_party.c.id == own.c.supplier_id
        )
        named = (t.node.c.name, t.node.c.created_at, t.node.c.updated_at, t.third_party.c.source_company_id)
        return select(*own.c, *named).select_from(joined), own.c.id

    def _of(self, statement: Any, key: Any, ids: Collection[int]) -> Any:
        return self.connection.execute(statement.where(key.in_(ids)).order_by(key)).all()

    def _lines(self, lines: Any, key: str, ids: Collection[int]) -> dict[int, Any]:
        of, untyped = lines.c[key], func.sum(case((lines.c.type_id.is_(None), 1), else_=0))
        net, vat = (func.coalesce(func.sum(one), 0) for one in (lines.c.ht, lines.c.tva))
        sums = select(of.label("of"), net.label("net"), vat.label("vat"), untyped.label("untyped"))
        if "description" in lines.c:
            sums = sums.add_columns(func.min(lines.c.description).label("label"))
        return {row.of: row for row in self.connection.execute(sums.where(of.in_(ids)).group_by(of))}

    def _histories(self, ids: Collection[int]) -> dict[int, tuple[Status, ...]]:
        log = t.status_log_entry
        joined = log.outerjoin(t.accounts, t.accounts.c.id == log.c.user_id)
        wanted = select(*log.c, t.accounts.c.firstname, t.accounts.c.lastname).select_from(joined)
        wanted = wanted.where(log.c.node_id.in_(ids), log.c.state_manager_key.in_(tuple(ABOUT)))
        found: dict[int, list[Status]] = {}
        for row in self.connection.execute(wanted.order_by(log.c.datetime, log.c.id)):
            at = t.instant(row.datetime)
            assert at is not None, "a step of the host's history has its instant"
            user = _user(row)
            step = Status(ABOUT[row.state_manager_key], row.status or "", at, *user, row.comment or "")
            found.setdefault(row.node_id, []).append(step)
        return {one: tuple(steps) for one, steps in found.items()}

    def _exports(self, links: Any, ids: Collection[int]) -> dict[int, Any]:
        joined = links.join(t.export_log, t.export_log.c.id == links.c.export_id)
        last = select(links.c.row_id, func.max(t.export_log.c.datetime)).select_from(joined)
        rows = self.connection.execute(last.where(links.c.row_id.in_(ids)).group_by(links.c.row_id))
        return {row_id: t.instant(at) for row_id, at in rows}

    def _payments(
        self, own: Any, key: str, scale: int, name: str, links: Any, ids: Collection[int]
    ) -> dict[int, tuple[PaidPart, ...]]:
        joined = own.outerjoin(t.accounts, t.accounts.c.id == own.c.user_id)
        wanted = select(*own.c, t.accounts.c.firstname, t.accounts.c.lastname).select_from(joined)
        rows = self.connection.execute(wanted.where(own.c[key].in_(ids)).order_by(own.c.id)).all()
        exported = self._exports(links, [row.id for row in rows]) if rows else {}
        found: dict[int, list[PaidPart]] = {}
        for row in rows:
            of = row._mapping[key]  # noqa: SLF001 - as above
            found.setdefault(of, []).append(_paid(row, name, scale, exported))
        return {one: tuple(parts) for one, parts in found.items()}


def _bought(name: str, row: Any, lines: Any, histories: Any, **more: Any) -> Paper:
    of_it = lines.get(row.id)
    net, vat = (int(of_it.net) * t.CENTS, int(of_it.vat) * t.CENTS) if of_it else (0, 0)
    said = getattr(of_it, "label", None)
    return Paper(
        key=f"{name}:{row.id}",
        id=row.id,
        total_units=net + vat,
        vat_units=vat,
        status=row.status,
        owner_key=f"company:{row.company_id}",
        partner_key=_company(row.source_company_id),
        label=_label(said or row.name),
        changed_at=t.instant(row.updated_at),
        history=histories.get(row.id, ()),
        lines_without_type=int(of_it.untyped) if of_it else 0,
        **more,
    )


def _paid(row: Any, name: str, scale: int, exported: dict[int, Any]) -> PaidPart:
    made, changed = t.instant(row.created_at), t.instant(row.updated_at)
    return PaidPart(
        f"{name}:{row.id}",
        row.id,
        t.day(row.date),
        int(row.amount) * scale,
        made,
        changed if changed and made and (changed - made).total_seconds() > 1 else None,
        bool(row.exported),
        exported.get(row.id),
        *_user(row),
    )


def _user(row: Any) -> tuple[str | None, str]:
    name = f"{row.firstname or ''} {row.lastname or ''}".strip()
    return (None, "") if row.user_id is None else (f"user:{row.user_id}", name)


def _company(company_id: int | None) -> str | None:
    return None if company_id is None else f"company:{company_id}"


def _label(text: str | None) -> str:
    return " ".join((text or "").split())
