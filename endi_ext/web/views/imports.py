"""Exchanges imported from a spreadsheet: checked first, imported once confirmed."""

from types import SimpleNamespace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...exchanges import imports
from ...exchanges.rows import OPTIONAL, REQUIRED
from .. import uploads
from ..errors import flash_error
from ..forms import accounting as forms
from ..forms.base import act, done, page, submit
from ..i18n import _
from ..messages import sentence
from ..permissions import ACCOUNT

IMPORT_PAGE = "endi_ext:web/templates/import.mako"

# A file where everything is wrong says it enough in as many lines.
MOST_REFUSALS_SHOWN = 500


@view_config(route_name="endi_ext.import", permission=ACCOUNT, require_csrf=True, renderer=IMPORT_PAGE)
def check(request: Any) -> Any:
    """Take a file and say what importing it would do; nothing is written."""

    def save(values: dict[str, Any]) -> Any:
        upload, who = values["file"], act(request)
        report = imports.import_file(
            request.dbsession, upload.file, upload.filename, who, dry_run=True, limits=_limits(request)
        )
        kept = uploads.keep(upload.file, who.actor_key) if report.sound else ""
        return _shown(request, report, filename=upload.filename[-190:], kept=kept)

    return submit(
        request,
        forms.upload_schema(uploads.most_bytes(request)),
        save,
        title=_("Importer des échanges"),
        button=_("Vérifier le fichier"),
        cancel=request.route_path("endi_ext.accounting"),
        report=None,
        columns=_columns(),
    )


@view_config(
    route_name="endi_ext.import.confirm",
    request_method="POST",
    permission=ACCOUNT,
    require_csrf=True,
    renderer=IMPORT_PAGE,
)
def confirm(request: Any) -> Any:
    """Import the file that was checked: all of it or nothing."""
    who, kept = act(request), request.POST.get("kept", "")[:100]
    filename = request.POST.get("filename", "")[:190]
    stream = uploads.reopen(kept, who.actor_key)
    if stream is None:
        flash_error(
            request, _("Ce fichier a déjà été importé, ou il n’est plus là : choisissez-le de nouveau.")
        )
        return HTTPSeeOther(request.route_path("endi_ext.import"))
    with stream:
        report = imports.import_file(request.dbsession, stream, filename, who, limits=_limits(request))
    if not report.sound:
        return _shown(request, report, filename=filename, kept="")
    # Forgotten only once the import is committed: after a failure the same page can be sent again.
    request.tm.get().addAfterCommitHook(_forget_kept, args=(kept, who.actor_key))
    return done(
        request,
        request.route_path("endi_ext.accounting"),
        _("Import terminé : {accepted} nouveaux échanges, {existing} déjà connus, {settled} règlements."),
        accepted=report.accepted,
        existing=report.existing,
        settled=report.settled,
    )


def _forget_kept(committed: bool, kept: str, owner_key: str) -> None:
    if committed:
        uploads.forget(kept, owner_key)


def _shown(request: Any, report: imports.Report, *, filename: str, kept: str) -> dict[str, Any]:
    if not report.sound:
        request.response.status_code = 422
    refused = [
        SimpleNamespace(line=one.line, column=one.column, why=sentence(_error(one), request.endi_ext))
        for one in report.refused[:MOST_REFUSALS_SHOWN]
    ]
    return page(
        request,
        _("Importer des échanges"),
        report=report,
        refused=refused,
        filename=filename,
        kept=kept,
        form=None,
        columns=_columns(),
    )


def _error(refusal: imports.Refusal) -> Any:
    """Return a refusal of a cell in the shape of a DomainError, which messages.sentence reads."""
    return SimpleNamespace(code=refusal.code, facts=dict(refusal.facts))


def _columns() -> dict[str, Any]:
    return {"required": REQUIRED, "optional": OPTIONAL}


def _limits(request: Any) -> imports.Limits:
    return imports.Limits(file_bytes=uploads.most_bytes(request))
