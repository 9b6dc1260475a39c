"""A line added to a draft invoice of a deal, through the host's own models and rules; never to another."""

from decimal import Decimal
from typing import Any

from caerp.controllers.task.task_line import taskline_on_before_commit
from caerp.models.task import Invoice, TaskLine, TaskLineGroup, WorkUnit
from caerp.models.task.task import Task
from caerp.services.tva import get_task_default_tva_and_product
from markupsafe import escape
from sqlalchemy import select

from ...kernel.money import BASIS_POINTS, round_half_up

UNITS_PER_CENT = 1_000
# What its author may still write in: begun, or sent back to be corrected.
EDITABLE = ("draft", "invalid")
USUAL_UNIT = "forfait"


def add(request: Any, company_id: int, business_id: int, label: str, net_cents: int) -> str | None:
    """Add a line to the newest draft of a deal, with the VAT and the product of its own lines."""
    draft = _draft(request.dbsession, company_id, business_id)
    if draft is None:
        return None
    vat, product = get_task_default_tva_and_product(request, draft)
    if vat is None:
        return None
    if not draft.line_groups:
        draft.line_groups.append(TaskLineGroup(order=0))
    line = TaskLine(
        # The host keeps descriptions as HTML.
        description=str(escape(label)),
        cost=_cost_units(net_cents, draft.mode, vat),
        quantity=1,
        unity=_unit(request.dbsession, draft),
        tva=vat,
        product=product or _product_beside(draft, vat),
        mode=draft.mode,
    )
    draft.line_groups[0].lines.append(line)
    request.dbsession.flush()  # the key of the line is its id
    taskline_on_before_commit(request, [line], "add")
    return f"line:{line.id}"


def _draft(session: Any, company_id: int, business_id: int) -> Invoice | None:
    """Return the newest draft that people fill in line by line, locked; others are made from elsewhere."""
    wanted = select(Task.id).where(
        Task.business_id == business_id,
        Task.company_id == company_id,
        Task.type_ == "invoice",
        Task.status.in_(EDITABLE),
    )
    for (key,) in session.execute(wanted.order_by(Task.id.desc())).all():
        locked = select(Invoice).where(Invoice.id == key).with_for_update()
        found = session.execute(locked.execution_options(populate_existing=True)).scalars().one()
        made_elsewhere = found.has_price_study() or found.has_progress_invoicing_plan()
        if found.status in EDITABLE and not made_elsewhere:
            return found
    return None


def _cost_units(net_cents: int, mode: str, vat: Any) -> int:
    """Return the price in the host's units; with VAT where the document is written so."""
    if mode != "ttc":
        return net_cents * UNITS_PER_CENT
    # Negative rates stand for different reasons of a rate of zero.
    rate_bp = max(0, int(vat.value))
    return round_half_up(Decimal(net_cents) * (BASIS_POINTS + rate_bp) / BASIS_POINTS) * UNITS_PER_CENT


def _unit(session: Any, draft: Invoice) -> str:
    """Return a unit of work the host knows: without one it validates no document."""
    used = [line.unity for line in draft.all_lines if line.unity]
    known = list(session.execute(select(WorkUnit.label)).scalars())
    usual = [unit for unit in known if unit.lower() == USUAL_UNIT]
    return str(next(iter([*usual, *used, *known]), ""))


def _product_beside(draft: Invoice, vat: Any) -> Any:
    """Return the product of the last line with the same VAT, when the host has several to choose from."""
    beside = [line.product for line in draft.all_lines if line.product and line.tva_id == vat.id]
    return beside[-1] if beside else None
