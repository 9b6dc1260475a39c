"""What waits for an accountant: listed, validated and rejected, one by one or batch by batch."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.view import view_config

from ...exchanges import validation
from ...kernel.errors import DomainError
from ...ledger import drafts as ledger_drafts
from ...ledger.draft_models import WAITING
from ...subcontracts import drafts
from .. import after_acceptance, chart, draft_desk, filters, shown_lines
from ..draft_desk import Run
from ..errors import attempt, flash_error
from ..forms import drafts as forms
from ..forms.base import FORM_PAGE, act, done, page, submit
from ..i18n import _
from ..messages import sentence
from ..paging import cursor_of, size_of
from ..permissions import ACCOUNT, CONFIGURE
from .books import all_parties

VALIDATED, REJECTED = _("Écritures validées : {count}."), _("Écritures rejetées : {count}.")
NOTHING_TICKED = _("Cochez au moins une écriture, ou décidez de toutes celles du filtre.")
STAGE_INTRO = _(
    "Les écritures d’un journal en brouillard attendent que la comptabilité les valide : d’ici là elles "
    "ne comptent dans aucun solde, aucun relevé ni aucun export. Les annulations n’attendent jamais."
)
PROGRESS = "endi_ext:web/templates/drafts_run.mako"


@view_config(
    route_name="endi_ext.drafts",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/drafts.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """List what waits, newest first, with its lines on demand."""
    session = request.dbsession
    asked = filters.read(request, draft_desk.fields(all_parties(session)))
    where: dict[str, Any] = {"cursor": cursor_of(request), "size": size_of(request)}
    found = ledger_drafts.page(session, draft_desk.wanted(asked), **where)
    about = validation.concerns(session, [row.id for row in found.rows])
    return page(
        request,
        _("Brouillard et questions"),
        asked=asked,
        found=found,
        exchange_of={one.draft.id: one.exchange_id for one in about},
        journals=[draft_desk.JOURNALS.get(code, code) for code in ledger_drafts.journals_waiting(session)],
        first_open=ledger_drafts.first_open_day(session),
        lines_of=_lines_of(session, found.rows),
        titles=chart.titles(session),
    )


def _lines_of(session: Any, rows: Sequence[Any]) -> Any:
    """Return what tells the lines of each draft of a page."""
    shown = shown_lines.of_drafts(session, [ledger_drafts.as_entry(row) for row in rows])
    lines = {row.id: some for row, some in zip(rows, shown, strict=True)}
    return lambda draft: lines[draft.id]


@view_config(
    route_name="endi_ext.drafts.decide", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def decide(request: Any) -> Any:
    """Validate or reject the ticked entries, or the next of all that the filters show: a batch or nothing."""
    asked = filters.read_typed(request.POST, draft_desk.fields(all_parties(request.dbsession)))
    run = draft_desk.read_run(request, asked)
    back = _back(request, asked)
    if not run.ids and not run.done:
        flash_error(request, NOTHING_TICKED)
        return HTTPSeeOther(back)
    try:
        with attempt(request):
            count = run.done + _decide(request, run)
    except DomainError as error:
        return _refused(request, error, run, asked)
    if not run.goes_on:
        return done(request, back, REJECTED if run.rejects else VALIDATED, count=count)
    return _progress(request, run, asked, count=count, refusal="", named=())


def _decide(request: Any, run: Run) -> int:
    if run.rejects:
        return _reject(request, run.ids, run.reason)
    return drafts.validate(request.dbsession, run.ids, act(request))


def _refused(request: Any, error: DomainError, run: Run, asked: Any) -> Any:
    """Say why nothing of this batch was done, which entries are in the way, and offer the others."""
    named = () if run.rejects else draft_desk.in_closed_months(request.dbsession, run.ids)
    request.response.status_code = 422
    words = sentence(error, request.endi_ext)
    return _progress(request, run, asked, count=run.done, refusal=words, named=named)


def _progress(request: Any, run: Run, asked: Any, **shown: Any) -> Any:
    title = _("Rejet en cours") if run.rejects else _("Validation en cours")
    values = page(
        request,
        _("Rien de ce lot n’a été fait") if shown["refusal"] else title,
        run=run,
        asked=asked,
        back=_back(request, asked),
        **shown,
    )
    return render_to_response(PROGRESS, values, request=request, response=request.response)


def _back(request: Any, asked: Any) -> str:
    typed = {name: value for name, value in asked.typed.items() if value}
    return str(request.route_path("endi_ext.drafts", _query=typed))


@view_config(
    route_name="endi_ext.draft",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/draft.mako",
)
def show(context: Any, request: Any) -> Any:
    """Show an entry that waits, and validate it on its own day or on a later one."""
    session, draft = request.dbsession, context.draft
    first_open = ledger_drafts.first_open_day(session)
    on = max(draft.effective_on, first_open or draft.effective_on)

    def save(values: dict[str, Any]) -> Any:
        drafts.validate(session, [draft.id], act(request), on=values["on"])
        return done(request, context.url, _("L’écriture est validée : elle est au livre."))

    about = validation.concerns(session, [draft.id])[0]
    return submit(
        request,
        forms.validation_schema(on),
        save,
        title=_("Écriture en attente"),
        button=_("Valider à cette date"),
        cancel=context.url,
        draft=draft,
        waits=draft.state == WAITING,
        late=on != draft.effective_on,
        exchange_id=about.exchange_id,
        future=shown_lines.of_draft(session, ledger_drafts.as_entry(draft)) if draft.lines else None,
        titles=chart.titles(session),
    )


@view_config(route_name="endi_ext.draft.reject", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
def reject(context: Any, request: Any) -> Any:
    """Reject one entry that waits, with a reason."""
    draft = context.draft

    def save(values: dict[str, Any]) -> Any:
        _reject(request, [draft.id], values["reason"])
        return done(request, context.url, _("L’écriture est rejetée, les deux enseignes sont prévenues."))

    return submit(
        request,
        forms.rejection_schema(),
        save,
        title=_("Rejeter une écriture en attente"),
        button=_("Rejeter"),
        cancel=context.url,
        intro=draft.text,
    )


def _reject(request: Any, ids: list[int], reason: str) -> int:
    session = request.dbsession
    rejected = drafts.reject(session, ids, act(request), reason=reason)
    for subcontract in rejected.subcontracts:
        after_acceptance.follow(request, subcontract)
    return rejected.count


@view_config(route_name="endi_ext.admin.drafts", permission=CONFIGURE, require_csrf=True, renderer=FORM_PAGE)
def stage(request: Any) -> Any:
    """Choose which journals wait for an accountant."""
    session, back = request.dbsession, request.route_path("endi_ext.admin")

    def save(values: dict[str, Any]) -> Any:
        for code in draft_desk.JOURNALS:
            ledger_drafts.choose_stage(session, code, values[code] == forms.WAITS, act(request))
        return done(request, back, _("Votre choix vaut pour les écritures à venir."))

    now = {
        code: forms.WAITS if ledger_drafts.waits(session, code) else forms.AT_ONCE
        for code in draft_desk.JOURNALS
    }
    return submit(
        request,
        forms.stage_schema(request.endi_ext),
        save,
        title=_("Brouillard"),
        button=_("Enregistrer"),
        cancel=back,
        values=now,
        intro=request.endi_ext.text(STAGE_INTRO),
    )
