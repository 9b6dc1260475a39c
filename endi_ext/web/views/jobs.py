"""The overview of a principal's jobs: sold, entrusted, accepted, settled, held back, margin."""

from collections.abc import Iterator
from typing import Any

from pyramid.view import view_config

from ...subcontracts import jobs
from .. import csv_export
from ..forms.base import page
from ..i18n import _
from ..permissions import VIEW

COLUMNS = (
    _("Affaire"),
    _("Client"),
    _("Vendu"),
    _("Confié"),
    _("Accepté"),
    _("Réglé"),
    _("Dû"),
    _("Retenu"),
    _("En attente du client"),
    _("Marge"),
    _("Marge en %"),
)
SUMS = ("agreed_cents", "accepted_cents", "settled_cents", "due_cents", "retained_cents", "awaiting_cents")


@view_config(
    route_name="endi_ext.jobs",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/jobs.mako",
)
def overview(context: Any, request: Any) -> Any:
    """Show each job with what was sold and what was entrusted for it."""
    found = jobs.jobs(request.dbsession, _Deals(request), context.party)
    if request.GET.get("format") == "csv":
        name = f"affaires-{context.party.analytic_code or context.party.id}"
        return csv_export.answer(request, name, COLUMNS, _rows(found))
    totals = {name: sum(getattr(job, name) for job in found) for name in SUMS}
    known = [job for job in found if job.sold_cents is not None]
    sold = sum(job.sold_cents or 0 for job in known)
    margin = sum(job.margin_cents or 0 for job in known)
    return page(
        request,
        _("Mes affaires"),
        jobs=found,
        totals=totals,
        sold_cents=sold,
        margin_cents=margin,
        margin_bp=jobs.share_bp(margin, sold),
        partly_known=len(known) < len(found),
    )


class _Deals:
    """The deals of the host, or none where it knows of none."""

    def __init__(self, request: Any) -> None:
        self._receipts = request.registry.endi_ext_host.receipts

    def deals(self, session: Any, host_key: str) -> Any:
        return self._receipts.deals(session, host_key) if self._receipts else ()


def _rows(found: list[jobs.Job]) -> Iterator[list[Any]]:
    for job in found:
        sums = [csv_export.cents(getattr(job, name)) for name in SUMS]
        yield [
            job.label,
            job.client,
            _cents(job.sold_cents),
            *sums,
            _cents(job.margin_cents),
            _cents(job.margin_bp),
        ]


def _cents(value: int | None) -> str:
    return "" if value is None else csv_export.cents(value)
