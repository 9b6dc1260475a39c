"""The price schedule read from the buyer's file, seen first, then taken; and handed out again."""

from types import SimpleNamespace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from ...exchanges.spreadsheets import FileRefused, Limits
from ...kernel.errors import DomainError
from ...tenders import price_imports, schedules, steps, workflow
from ...tenders.price_errors import FileChanged
from .. import csv_export, price_tables, uploads
from ..errors import attempt, flash_error
from ..forms import tender_prices as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..messages import sentence
from ..permissions import ACT, VIEW

IMPORT_PAGE = "endi_ext:web/templates/tender_price_import.mako"
TITLE = _("Importer un bordereau de prix")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPACKED_BYTES = 30 * 1024 * 1024
MOST_SHOWN = 200
ADD = "add"


@view_config(
    route_name="endi_ext.tender.prices.import", permission=ACT, require_csrf=True, renderer=IMPORT_PAGE
)
def check(context: Any, request: Any) -> Any:
    """Take a file and say what importing it would do; nothing is written."""
    steps.check(context.tender, "prepare", context.party)
    lots = [lot for lot in context.tender.lots if lot.answered] or list(context.tender.lots)

    def save(values: dict[str, Any]) -> Any:
        upload, mode = values["file"], values["mode"]
        lot_id = int(values.get("lot_id") or lots[0].id)
        kept = uploads.keep(upload.file, act(request).actor_key)
        return _shown(context, request, SimpleNamespace(kept=kept, mode=mode, lot_id=lot_id))

    return submit(
        request,
        forms.import_schema(lots, uploads.most_bytes(request)),
        save,
        title=TITLE,
        button=_("Vérifier le fichier"),
        cancel=context.url,
        plan=None,
    )


@view_config(
    route_name="endi_ext.tender.prices.import.confirm",
    request_method="POST",
    permission=ACT,
    require_csrf=True,
    renderer=IMPORT_PAGE,
)
def confirm(context: Any, request: Any) -> Any:
    """Take the lines of the file that was checked: all of them or none."""
    asked = _asked(request)
    stream = uploads.reopen(asked.kept, act(request).actor_key)
    if stream is None:
        flash_error(
            request, _("Ce fichier a déjà été importé, ou il n’est plus là : choisissez-le de nouveau.")
        )
        return HTTPSeeOther(context.url)
    with stream:
        schedule = _read(context, request, stream, asked.lot_id)
    try:
        with attempt(request):
            _carry_out(context, request, schedule, asked)
    except FileChanged as error:
        return _shown(context, request, asked, again=sentence(error, request.endi_ext))
    hook = {"kept": asked.kept, "owner_key": act(request).actor_key}
    request.tm.get().addAfterCommitHook(_forget_kept, kws=hook)
    return done(
        request, context.url, _("Le bordereau est importé : {count} lignes."), count=len(schedule.lines)
    )


@view_config(route_name="endi_ext.tender.prices.export", request_method="GET", permission=VIEW)
def export(context: Any, request: Any) -> Any:
    """Hand out the schedule as CSV, or as a workbook."""
    split, team = context.split(), context.team
    name = f"prix-{context.tender.id}"
    if request.GET.get("format") != "xlsx":
        rows = (
            [price_tables.as_text(cell) for cell in row]
            for row in price_tables.rows(context.tender, split, team)
        )
        return csv_export.answer(request, name, price_tables.heading(team), rows)
    response = Response(body=price_tables.workbook(context.tender, split, team), content_type=XLSX)
    response.content_disposition = f'attachment; filename="{name}.xlsx"'
    return response


def _shown(context: Any, request: Any, asked: SimpleNamespace, *, again: str = "") -> dict[str, Any]:
    """Show what a kept file would do, or why it is refused."""
    read = _checked(context, request, asked)
    if read.wrong or read.plan.refused:
        request.response.status_code = 422
    return page(
        request,
        TITLE,
        form=None,
        plan=read.plan,
        aside=read.aside,
        wrong=read.wrong,
        again=again,
        asked=asked,
        shown=MOST_SHOWN,
        steers=workflow.role_in(context.tender, context.party) == workflow.LEAD,
        refused=[
            SimpleNamespace(line=one.line, column=one.column, why=_why(one, request))
            for one in read.plan.refused[:MOST_SHOWN]
        ],
    )


def _checked(context: Any, request: Any, asked: SimpleNamespace) -> SimpleNamespace:
    """Return what a kept file would do and what it leaves aside, or what is wrong with all of it."""
    with uploads.reopen(asked.kept, act(request).actor_key) as stream:
        try:
            schedule = _read(context, request, stream, asked.lot_id)
        except FileRefused as error:
            wrong = _at_line(error, request) if error.line else _why(error, request)
            return SimpleNamespace(plan=price_imports.Plan(), aside=(), wrong=wrong)
    others = asked.mode == ADD
    plan = price_imports.compare(request.dbsession, context.tender, schedule, keep_others=others)
    return SimpleNamespace(plan=plan, aside=schedule.aside, wrong="")


def _carry_out(context: Any, request: Any, schedule: schedules.Schedule, asked: SimpleNamespace) -> None:
    price_imports.carry_out(
        request.dbsession,
        context.tender,
        schedule,
        keep_others=asked.mode == ADD,
        digest=asked.digest,
        party=context.party,
        act=act(request),
    )


def _read(context: Any, request: Any, stream: Any, lot_id: int) -> schedules.Schedule:
    known = {lot.id for lot in context.tender.lots}
    return schedules.read(
        stream,
        lots=price_imports.lots_of(context.tender),
        lot_id=lot_id if lot_id in known else min(known),
        team=price_imports.team_of(context.tender),
        limits=Limits(file_bytes=uploads.most_bytes(request), unpacked_bytes=UNPACKED_BYTES),
    )


def _asked(request: Any) -> SimpleNamespace:
    """Return what the page of the check sends back."""
    sent = {name: str(request.POST.get(name, ""))[:100] for name in ("kept", "mode", "lot_id", "digest")}
    lot_id = int(sent["lot_id"]) if sent["lot_id"].isascii() and sent["lot_id"].isdigit() else 0
    return SimpleNamespace(**{**sent, "lot_id": lot_id})


def _why(refusal: Any, request: Any) -> str:
    error: Any = SimpleNamespace(code=refusal.code, facts=dict(refusal.facts))
    if isinstance(refusal, FileRefused):
        error.facts |= {"line": refusal.line, "column": refusal.column}
    return sentence(error, request.endi_ext)


def _at_line(error: DomainError, request: Any) -> str:
    place = request.endi_ext.text(_("Ligne {line} :"), line=getattr(error, "line", 0))
    return f"{place} {_why(error, request)}"


def _forget_kept(committed: bool, kept: str, owner_key: str) -> None:
    if committed:
        uploads.forget(kept, owner_key)
