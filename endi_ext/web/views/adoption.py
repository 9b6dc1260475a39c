"""The host's internal documents brought into the books (reprise): looked at first, adopted batch by batch."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ...kernel import preferences
from ...kernel.parties import Party
from ...reconciliation import adoption_runs as runs
from ...reconciliation.pair_models import DONE, RUNNING, STOPPED
from .. import adoption_words as words
from ..forms.base import act, done, new_key, page
from ..i18n import _
from ..permissions import ACCOUNT
from ..states import CAUTION, NEUTRAL, VALID, Badge

TEMPLATES = "endi_ext:web/templates/"
RUNS_SHOWN, ROWS_SHOWN = 20, 100
BADGES = {
    RUNNING: Badge(_("En cours"), CAUTION),
    DONE: Badge(_("Terminée"), VALID),
    STOPPED: Badge(_("Arrêtée"), NEUTRAL),
}


@view_config(
    route_name="endi_ext.adoption",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "adoption.mako",
)
def listing(request: Any) -> dict[str, Any]:
    """Say what adopting means, and list the readings, newest first."""
    session = request.dbsession
    return page(
        request,
        _("Reprise des documents internes"),
        runs=runs.latest(session, size=RUNS_SHOWN),
        badges=BADGES,
        nightly=runs.is_nightly(session),
        began=runs.last_adopted(session) is not None,
        request_key=new_key(),
        left_of=_left_of,
    )


@view_config(
    route_name="endi_ext.adoption.look", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def look(request: Any) -> HTTPSeeOther:
    """Begin a look at what could be adopted; nothing goes into the books."""
    return _begin(request, request.POST.get("request_key", "")[:64] or new_key(), dry_run=True)


@view_config(
    route_name="endi_ext.adoption.adopt", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def adopt(context: Any, request: Any) -> HTTPSeeOther:
    """Adopt what a look found; twice from the same look is once."""
    return _begin(request, f"after look {context.run.id}", dry_run=False)


@view_config(
    route_name="endi_ext.adoption.run",
    request_method="GET",
    permission=ACCOUNT,
    renderer=TEMPLATES + "adoption_run.mako",
)
def shown(context: Any, request: Any) -> dict[str, Any]:
    """Show how far a reading is, what became of the documents, and those left out with their reason."""
    run, session = context.run, request.dbsession
    reason = request.GET.get("reason") if request.GET.get("reason") in words.REASONS else None
    after = request.GET.get("after", "")
    known = after.isascii() and after.isdigit() and len(after) < 16
    rows = runs.left_out(session, run, reason=reason, after=int(after) if known else 0, size=ROWS_SHOWN + 1)
    return page(
        request,
        _("Ce qui peut être repris") if run.dry_run else _("Reprise des documents internes"),
        run=run,
        badge=BADGES[run.state],
        lines=_lines(run),
        rows=rows[:ROWS_SHOWN],
        more=rows[ROWS_SHOWN - 1].id if len(rows) > ROWS_SHOWN else None,
        reason=reason,
        reasons=words.REASONS,
        advice=words.ADVICE,
        names=_names(session, rows),
    )


@view_config(
    route_name="endi_ext.adoption.go_on", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def go_on(context: Any, request: Any) -> HTTPSeeOther:
    """Read the next documents; the page comes back by itself until there are none."""
    reading = request.registry.endi_ext_host.documents
    runs.go_on(request.dbsession, context.run, reading, act(request))
    return HTTPSeeOther(context.url)


@view_config(
    route_name="endi_ext.adoption.stop", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def stop(context: Any, request: Any) -> HTTPSeeOther:
    """Stop a reading where it is."""
    runs.stop(request.dbsession, context.run, act(request))
    return done(request, context.url, _("La lecture est arrêtée. Ce qui est repris le reste."))


@view_config(
    route_name="endi_ext.adoption.nightly", request_method="POST", permission=ACCOUNT, require_csrf=True
)
def nightly(request: Any) -> HTTPSeeOther:
    """Choose whether each night brings what is new."""
    chosen = runs.YES if request.POST.get("nightly") == runs.YES else runs.NO
    preferences.choose(request.dbsession, runs.NIGHTLY, chosen, act(request))
    text = (
        _("Chaque nuit, ce qui est nouveau sera repris.")
        if chosen == runs.YES
        else _("Plus rien n’est repris la nuit : relancez la reprise ici quand vous voulez.")
    )
    return done(request, request.route_path("endi_ext.adoption"), text)


def _begin(request: Any, key: str, *, dry_run: bool) -> HTTPSeeOther:
    reading = request.registry.endi_ext_host.documents
    run = runs.begin(request.dbsession, reading, dry_run=dry_run, request_key=key, act=act(request))
    request.dbsession.flush()  # its address holds its id
    return HTTPSeeOther(request.route_path("endi_ext.adoption.run", adoption_id=run.id))


def _lines(run: Any) -> list[tuple[str, str, int, str | None]]:
    """Return (kind, what became of it, how many, the reason if it was left out), what was adopted first."""
    listed = [
        (words.KINDS[kind], words.word_of(became, dry_run=run.dry_run), count, became)
        for kind in words.KINDS
        for became, count in sorted(run.counts.get(kind, {}).items())
    ]
    ordered = sorted(listed, key=lambda line: line[3] in words.REASONS)
    return [
        (kind, word, count, became if became in words.REASONS else None)
        for kind, word, count, became in ordered
    ]


def _left_of(run: Any) -> int:
    return sum(n for of_it in run.counts.values() for became, n in of_it.items() if became in words.REASONS)


def _names(session: Any, rows: Any) -> dict[str, str]:
    keys = {key for row in rows for key in (row.seller_key, row.buyer_key)}
    found = session.execute(select(Party.host_key, Party.name).where(Party.host_key.in_(keys)))
    return {key: name for key, name in found}
