"""A finding repaired by one click, after a page that says what will change; and taken back."""

import hashlib
import json
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...reconciliation import finding_repairs
from ...reconciliation.finding_errors import NotRepairable
from ...reconciliation.finding_rows import plain
from .. import finding_page, repair_words
from ..forms import findings as forms
from ..forms.base import act, done, submit
from ..i18n import _
from ..permissions import ACCOUNT

LEFT = _("La réparation est faite, mais quelque chose ne concorde pas encore : relisez cette page.")


@view_config(
    route_name="endi_ext.finding.repair",
    permission=ACCOUNT,
    require_csrf=True,
    renderer="endi_ext:web/templates/finding_repair.mako",
)
def repair(context: Any, request: Any) -> Any:
    """Show what a repair would change; on confirmation do exactly that, then look at the documents again."""
    finding, repairs = context.finding, request.registry.endi_ext_host.documents.repairs
    preview = repairs.preview(request, finding) if finding.standing else None

    def save(values: dict[str, Any]) -> Any:
        if preview is None or preview.refused or values["read"] != _digest(preview):
            raise NotRepairable
        return _repaired(context, request, preview, values.get("choice"))

    return submit(
        request,
        forms.repair_schema(preview.choices if preview else ()),
        save,
        title=_title(finding),
        button=_("Réparer"),
        cancel=context.url,
        values={"read": _digest(preview) if preview else ""},
        finding=finding,
        preview=preview,
        changes=finding_page.changes(preview, request.endi_ext) if preview else [],
        refused=finding_page.refused(preview, request.endi_ext) if preview and preview.refused else "",
        explanation=finding_page.sentence(finding, request.endi_ext),
    )


def _repaired(context: Any, request: Any, preview: Any, choice: str | None) -> HTTPSeeOther:
    session, finding, who = request.dbsession, context.finding, act(request)
    repairs = request.registry.endi_ext_host.documents.repairs
    noted = finding_repairs.begin(session, finding, preview.changes, who)
    undo = repairs.do(request, finding, choice)
    repairs.look_again(request, finding, who)
    whole = finding_repairs.finish(session, finding, noted, undo, who)
    return done(request, context.url, repair_words.REPAIRS[finding.repair][1] if whole else LEFT)


@view_config(route_name="endi_ext.finding.undo", request_method="POST", permission=ACCOUNT, require_csrf=True)
def undo(context: Any, request: Any) -> HTTPSeeOther:
    """Take back what the last repair of a finding did."""
    repairs = request.registry.endi_ext_host.documents.repairs
    facts = finding_repairs.undone(request.dbsession, context.finding, act(request))
    repairs.undo(request, facts)
    repairs.look_again(request, context.finding, act(request))
    return done(request, context.url, _("La réparation est annulée : l’écart est de nouveau à traiter."))


def _title(finding: Any) -> str:
    words = repair_words.REPAIRS.get(finding.repair)
    return words[0] if words else _("Réparer un écart")


def _digest(preview: Any) -> str:
    """Return what tells one preview from another: what changed meanwhile is not repaired blindly."""
    said = [[one.code, {name: plain(value) for name, value in one.facts.items()}] for one in preview.changes]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
