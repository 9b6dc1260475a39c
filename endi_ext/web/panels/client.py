"""The client behind a subcontract: all of it for the principal, what he is owed by it for the seller."""

from typing import Any

from ...subcontracts import client_lines, client_payments, terms, workflow
from ..i18n import _
from . import Button, Note, Panel

TEMPLATE = "endi_ext:web/templates/panels/client.mako"
NOT_NAMED = _("Rien n’est dû tant qu’aucune facture client n’est nommée.")
NOTHING_EXPECTED = _("La facture client a été annulée par un avoir : nommez celle qui la remplace.")


def panel(context: Any, request: Any) -> Panel | None:
    """Show what waits for the client's payment, and to the principal the deal and the margin."""
    subcontract = context.subcontract
    host = request.registry.endi_ext_host
    standing = subcontract.kind != terms.FRAME and subcontract.state in workflow.STANDING
    if not standing or host.receipts is None:
        return None
    job = client_payments.job_if_any(request.dbsession, subcontract)
    waits = subcontract.version.payment_kind == terms.CLIENT_PAYS
    named = list(job.invoices) if job else []
    mine = context.role == "buyer"
    if not mine and not (waits or named):
        return None
    lines = client_lines.lines_of(request.dbsession, job) if job and mine else []
    values = {
        "subcontract": subcontract,
        "job": job,
        "waits": waits,
        "named": named,
        "mine": mine,
        "early_cents": sum(claim.early_cents for claim in job.claims) if job else 0,
        "to_invoice": [line for line in lines if line.state == workflow.WAITING],
        "to_remove": [line for line in lines if line.state == workflow.TO_REMOVE],
    }
    return Panel(TEMPLATE, values, _buttons(context) if mine else (), _notes(mine, waits, job, named))


def _buttons(context: Any) -> tuple[Button, ...]:
    url = context.path("client", subcontract_id=context.subcontract.id)
    return (Button(url, _("Client et marge")),)


def _notes(mine: bool, waits: bool, job: Any, named: list[Any]) -> tuple[Note, ...]:
    if not mine or not waits or (job and job.lifted_at):
        return ()
    if not named:
        return (Note(NOT_NAMED),)
    return () if any(one.expected_cents for one in named) else (Note(NOTHING_EXPECTED),)
