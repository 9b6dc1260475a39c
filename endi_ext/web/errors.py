"""Business refusals turned into pages: the transaction is rolled back, the reader told why in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from markupsafe import escape
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPSeeOther

from ..kernel.errors import DomainError
from . import routes
from .i18n import _
from .messages import sentence


def includeme(config: Any) -> None:
    """Answer refusals that no form caught."""
    config.add_exception_view(refused, context=DomainError)
    for name in routes.NAMES:
        # By route: what other forms of the host answer is the host's affair.
        config.add_exception_view(
            expired,
            context=BadCSRFToken,
            route_name=name,
            renderer="endi_ext:web/templates/expired.mako",
        )


def refused(error: DomainError, request: Any) -> HTTPSeeOther:
    """Tell why, back on the page the action was taken from. The error aborts the transaction."""
    flash_error(request, sentence(error, request.endi_ext))
    return HTTPSeeOther(getattr(request.context, "url", "/"))


def expired(error: BadCSRFToken, request: Any) -> dict[str, Any]:
    """Tell that a form was kept open longer than the session, or came from elsewhere: nothing was saved."""
    request.response.status_code = 400
    return {"title": request.endi_ext.text(_("Formulaire expiré"))}


@contextmanager
def attempt(request: Any) -> Iterator[None]:
    """Do one service call: what it wrote before refusing is taken back, and the request commits nothing.

    The savepoint lets the same page be shown again from clean rows; a bare rollback would lose the host's.
    """
    try:
        with request.dbsession.begin_nested():
            yield
    except DomainError:
        request.tm.doom()
        raise


def flash(request: Any, text: str, **facts: Any) -> None:
    """Say that it is done, on the next page, once it is: a commit may fail, and a session outlives it."""
    # The host prints flashed messages as HTML.
    said = str(escape(request.endi_ext.text(text, **facts)))

    def say(committed: bool) -> None:
        if committed:
            request.session.flash(said)

    request.tm.get().addAfterCommitHook(say)


def flash_error(request: Any, text: str, **facts: Any) -> None:
    """Say what went wrong, on the next page."""
    request.session.flash(str(escape(request.endi_ext.text(text, **facts))), queue="error")
