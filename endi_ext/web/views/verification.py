"""Whether the book is sound: the last verification, a new one, a signed checkpoint to keep elsewhere."""

from types import SimpleNamespace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from ...ledger import service, verifications
from ...ledger.models import Book, Checkpoint
from ..errors import flash_error
from ..forms.base import act, done, page
from ..i18n import _
from ..messages import sentence
from ..permissions import ACCOUNT

# A page may take this long; a longer book is verified by the command, which has all the time it needs.
WITHIN_SECONDS = 10.0


@view_config(
    route_name="endi_ext.verification",
    request_method="GET",
    permission=ACCOUNT,
    renderer="endi_ext:web/templates/verification.mako",
)
def show(request: Any) -> dict[str, Any]:
    """Say where the book stands, what the last verification found and what a new one costs."""
    session = request.dbsession
    book, last = session.get(Book, 1), verifications.last(session)
    return page(
        request,
        _("Vérification du livre"),
        book=book,
        last=last,
        why=_why(last[0], request.endi_ext) if last else "",
        expected_seconds=last[0].seconds_for(book.last_sequence) if last else None,
        within_seconds=WITHIN_SECONDS,
        checkpoints=_latest_checkpoints(session),
    )


def _why(found: verifications.Verification, speech: Any) -> str:
    """Return the sentence of the first break."""
    shaped_as_refusal: Any = SimpleNamespace(code=found.break_code, facts=found.break_facts)
    return sentence(shaped_as_refusal, speech) if found.break_code else ""


def _latest_checkpoints(session: Any) -> list[Checkpoint]:
    return list(session.execute(select(Checkpoint).order_by(Checkpoint.id.desc()).limit(5)).scalars())


@view_config(route_name="endi_ext.verification", request_method="POST", permission=ACCOUNT, require_csrf=True)
def verify(request: Any) -> HTTPSeeOther:
    """Verify the book now, for as long as a page may take, and keep the result."""
    found = verifications.verify(request.dbsession, act(request), within_seconds=WITHIN_SECONDS)
    back = request.route_path("endi_ext.verification")
    if found.sound:
        return done(
            request, back, _("Le livre est intact : {entries} écritures relues."), entries=found.entries
        )
    if found.break_code:
        flash_error(request, _("Le livre a été altéré : lisez ci-dessous ce que la vérification a trouvé."))
    else:
        flash_error(
            request,
            _("Le livre est trop long pour être relu depuis cette page : utilisez la commande indiquée."),
        )
    return HTTPSeeOther(back)


@view_config(route_name="endi_ext.checkpoint", request_method="POST", permission=ACCOUNT, require_csrf=True)
def checkpoint(request: Any) -> Response:
    """Sign where the book stands and hand it out as a file; signed there already, it is the same file."""
    session = request.dbsession
    latest = _latest_checkpoints(session)
    if latest and latest[0].digest == session.get(Book, 1).last_digest:
        signed = latest[0]
    else:
        signed = service.sign_checkpoint(session, act(request))
    response = Response(signed.document.encode(), content_type="application/json", charset="utf-8")
    response.content_disposition = f'attachment; filename="point-de-controle-{signed.sequence}.json"'
    return response
