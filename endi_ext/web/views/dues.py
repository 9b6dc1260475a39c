"""The calendar of what falls due to a party and from it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from ...subcontracts import dues
from ...subcontracts.dues import Due
from .. import csv_export, ics
from ..forms.base import page
from ..i18n import _
from ..permissions import VIEW

PERIODS = {
    dues.OVERDUE: _("En retard"),
    dues.THIS_WEEK: _("Cette semaine"),
    dues.NEXT_WEEK: _("La semaine prochaine"),
    dues.UNDATED: _("Sans date pour l’instant"),
}
REASONS = {
    dues.ACCEPTED: _("travail accepté"),
    dues.CLIENT_PAID: _("le client a payé"),
    dues.CLIENT_OWES: _("attend le paiement du client"),
    dues.NO_INVOICE: _("attend qu’une facture client soit nommée"),
    dues.ON_DATE: _("retenue de garantie libérée ce jour"),
    dues.ON_ACCEPTANCE: _("retenue de garantie, libérée à la réception"),
    dues.CONTESTED: _("retenue de garantie, libération contestée"),
}
COLUMNS = (_("Date"), _("Sens"), _("Partenaire"), _("Objet"), _("Montant HT"), _("Motif"))
TO_ME, FROM_ME = _("à recevoir"), _("à régler")


@view_config(
    route_name="endi_ext.due",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/due.mako",
)
def calendar(context: Any, request: Any) -> Any:
    """Show what falls due, what is late first, what has no day yet last."""
    found = dues.dues(request.dbsession, context.party)
    answer = {"csv": _csv, "ics": _ics}.get(request.GET.get("format", ""))
    if answer is not None:
        return answer(context, request, found)
    today = request.registry.endi_ext_host.clock.today()
    return page(
        request,
        _("Échéances"),
        periods=[(_title(request, *key), list(some)) for key, some in _grouped(found, today)],
        to_me_cents=sum(due.cents for due in found if due.to_me and due.on is not None),
        from_me_cents=sum(due.cents for due in found if not due.to_me and due.on is not None),
        waiting_cents=sum(due.cents for due in found if due.on is None),
        reasons=REASONS,
        today=today,
    )


def _grouped(found: Sequence[Due], today: date) -> Iterator[tuple[tuple[str, date | None], Iterator[Due]]]:
    return groupby(found, key=lambda due: dues.period_of(due.on, today))


def _title(request: Any, period: str, month: date | None) -> str:
    speech = request.endi_ext
    return str(speech.month(month)).capitalize() if month else str(speech.text(PERIODS[period]))


def _csv(context: Any, request: Any, found: Sequence[Due]) -> Response:
    speech = request.endi_ext
    rows = (
        [
            due.on.isoformat() if due.on else "",
            speech.text(TO_ME if due.to_me else FROM_ME),
            due.partner.name,
            due.exchange.label,
            csv_export.cents(due.cents),
            speech.text(REASONS[due.reason]),
        ]
        for due in found
    )
    return csv_export.answer(request, f"echeances-{_name(context)}", COLUMNS, rows)


def _ics(context: Any, request: Any, found: Sequence[Due]) -> Response:
    speech = request.endi_ext
    events = [
        ics.DayEvent(
            uid=f"{due.kind}-{due.exchange.id}-{context.party.id}@endi_ext",
            on=due.on,
            summary=_summary(speech, due),
            description=f"{due.exchange.label} ({speech.text(REASONS[due.reason])})",
        )
        for due in found
        if due.on is not None
    ]
    name = f"{speech.text(_('Échéances'))} – {context.party.name}"
    body = ics.calendar(name, events, request.registry.endi_ext_host.clock.now())
    response = Response(body=body, content_type="text/calendar", charset="utf-8")
    response.content_disposition = f'attachment; filename="echeances-{_name(context)}.ics"'
    return response


def _summary(speech: Any, due: Due) -> str:
    way = speech.text(TO_ME if due.to_me else FROM_ME)
    return f"{way} : {speech.money(due.cents)} – {due.partner.name}"


def _name(context: Any) -> str:
    return str(context.party.analytic_code or context.party.id)
