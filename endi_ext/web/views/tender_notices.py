"""Published notices: read from a file, shown before anything is kept, and those the cooperative knows."""

import hashlib
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from ...tenders import editing, notice_queries, notice_store, queries, rivals, service
from ...tenders.notices import reading
from .. import countdown, paging, tender_notices, uploads
from ..errors import flash_error
from ..forms import tenders as forms
from ..forms.base import act, done, new_key, page, submit
from ..i18n import _
from ..permissions import ACT, VIEW
from .tender_edit import BEGUN

IMPORT_PAGE = "endi_ext:web/templates/tender_import.mako"
GONE = _("Ce fichier n’est plus là : choisissez-le de nouveau.")
KEPT = {
    notice_store.NEW: _("L’avis est gardé : toute la coopérative peut le lire."),
    notice_store.SAME: _("Cet avis était déjà connu : rien n’a changé."),
    notice_store.CHANGED: _("L’avis rectificatif est gardé, et les réponses en cours sont à jour."),
    notice_store.OLDER: _("L’avis est gardé ; un plus récent est déjà en vigueur."),
}
UP_TO_DATE = _("Votre réponse est à jour : relisez ce que l’acheteur a changé.")
ATTACHED = _("Votre réponse suit maintenant cet avis : voyez ce qu’il dit autrement.")
NOT_YOURS = _("Choisissez une de vos réponses en cours.")
COUNTED = _("{new} nouveaux avis, {changed} mises à jour, {known} déjà connus.")


@view_config(
    route_name="endi_ext.tenders.notices",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_notices.mako",
)
def listing(context: Any, request: Any) -> dict[str, Any]:
    """List the notices the cooperative knows."""
    which = request.GET.get("which", "")
    which = which if which in tender_notices.LISTS else notice_queries.OPEN
    after, size = request.GET.get("after", ""), paging.size_of(request)
    text, now = request.GET.get("text", "").strip()[:200], countdown.now_of(request)
    place = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None
    found = notice_queries.known(request.dbsession, which, now=now, text=text, after=place, size=size + 1)
    rows = [tender_notices.row(one, now) for one in found[:size]]
    more = found[size - 1].id if len(found) > size else None
    return page(
        request, _("Avis connus"), rows=rows, more=more, which=which, words=text, lists=tender_notices.LISTS
    )


@view_config(
    route_name="endi_ext.tenders.notice",
    request_method="GET",
    permission=VIEW,
    renderer="endi_ext:web/templates/tender_notice.mako",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a notice, what it changed, and the tenders the reader's party sees that began from it."""
    notice, session = context.notice, request.dbsession
    begun = notice_queries.tenders_begun(session, notice, queries.seen_by(context.party))
    return page(
        request,
        "{subject}",
        subject=notice.title,
        notice=notice,
        shown=tender_notices.shown(service.facts_of(notice)),
        newer=notice_queries.newer(session, notice),
        changes=tender_notices.changed_by(notice, request.endi_ext),
        begun=begun,
        elsewhere=not begun and rivals.answered_already(session, notice),
        left=countdown.until(notice.deadline, countdown.now_of(request)) if notice.deadline else None,
        key=new_key(),
        typed=queries.without_notice(session, context.party) if notice.current and context.may_act else [],
    )


@view_config(
    route_name="endi_ext.tenders.notice.begin", request_method="POST", permission=ACT, require_csrf=True
)
def begin(context: Any, request: Any) -> HTTPSeeOther:
    """Begin a tender from a notice."""
    key = request.POST.get("request_key", "")[:64] or new_key()
    return _begun(context, request, context.notice, key)


@view_config(
    route_name="endi_ext.tenders.notice.attach", request_method="POST", permission=ACT, require_csrf=True
)
def attach(context: Any, request: Any) -> HTTPSeeOther:
    """Let a tender typed by hand follow a notice."""
    wanted, doer = request.POST.get("tender", ""), {"party": context.party, "act": act(request)}
    mine = queries.open_of_party(request.dbsession, context.party)
    chosen = next((tender for tender in mine if str(tender.id) == wanted), None)
    if chosen is None:
        flash_error(request, NOT_YOURS)
        return HTTPSeeOther(context.url)
    tender = editing.attach(request.dbsession, chosen, context.notice, **doer)
    return done(request, context.path("tender", tender_id=tender.id), ATTACHED)


@view_config(route_name="endi_ext.tenders.import", permission=ACT, require_csrf=True, renderer=IMPORT_PAGE)
def check(context: Any, request: Any) -> Any:
    """Take a file and show what was recognised in it; nothing is kept yet."""

    def save(values: dict[str, Any]) -> dict[str, Any]:
        upload = values["file"]
        content = upload.file.read(reading.MOST_BYTES + 1)
        found = reading.read_all(content)
        kept = uploads.keep(upload.file, act(request).actor_key)
        previews = tender_notices.previews(found.notices, context.party, request)
        return page(
            request, _("Ce qui a été reconnu"), form=None, kept=kept, previews=previews, found=found,
            refused=tender_notices.refusals(found.refused, request.endi_ext),
        )  # fmt: skip

    words = {"title": _("Importer un avis"), "button": _("Lire l’avis"), "cancel": context.path("tenders")}
    return submit(request, forms.upload_schema(), save, previews=None, **words)


@view_config(
    route_name="endi_ext.tenders.import.confirm", request_method="POST", permission=ACT, require_csrf=True
)
def confirm(context: Any, request: Any) -> HTTPSeeOther:
    """Keep the notices of the file that was shown: one of them, to answer it or not, or all."""
    kept, wanted = request.POST.get("kept", "")[:100], request.POST.get("place", "")
    stream = uploads.reopen(kept, act(request).actor_key)
    if stream is None:
        flash_error(request, GONE)
        return HTTPSeeOther(context.path("tenders.import"))
    with stream:
        notices = reading.read(stream.read(reading.MOST_BYTES + 1))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 and int(wanted) < len(notices):
        return _keep_one(context, request, notices[int(wanted)], f"{context.party.id}:{kept}:{wanted}")
    return _keep_all(context, request, notices)


def _keep_one(context: Any, request: Any, read: Any, place: str) -> HTTPSeeOther:
    kept = notice_store.keep(request.dbsession, read, act(request))
    if request.POST.get("begin"):
        # The same button twice begins once.
        return _begun(context, request, kept.notice, hashlib.sha256(place.encode()).hexdigest())
    mine = notice_queries.tenders_begun(request.dbsession, kept.notice, queries.seen_by(context.party))
    updated = [tender for tender in mine if tender.id in kept.updated]
    if len(updated) == 1:
        return done(request, context.path("tender", tender_id=updated[0].id), UP_TO_DATE)
    url = context.path("tenders.notice", notice_id=kept.notice.id)
    return done(request, url, KEPT[kept.outcome])


def _keep_all(context: Any, request: Any, notices: list[Any]) -> HTTPSeeOther:
    who = act(request)
    outcomes = [notice_store.keep(request.dbsession, read, who).outcome for read in notices]
    counts = {"new": outcomes.count(notice_store.NEW), "changed": outcomes.count(notice_store.CHANGED)}
    known = len(outcomes) - sum(counts.values())
    return done(request, context.path("tenders.notices"), COUNTED, known=known, **counts)


def _begun(context: Any, request: Any, notice: Any, key: str) -> HTTPSeeOther:
    tender = service.create(
        request.dbsession,
        lead=context.party,
        facts=service.facts_of(notice),
        request_key=key,
        act=act(request),
        notice=notice,
    )
    return done(request, context.path("tender", tender_id=tender.id), BEGUN)
