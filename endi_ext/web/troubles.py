"""What a server meets while it saves, told in plain words: a full disk, a database gone, two at once.

The page offers to send the same form again: it holds all that was typed, and the key by which a form that was
saved after all is not saved twice.
"""

import errno
import logging
from typing import Any

from markupsafe import Markup
from pyramid.interfaces import IRoutesMapper
from pyramid.response import Response
from pyramid.tweens import MAIN
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from . import routes
from .i18n import _, language_of
from .speech import Speech

log = logging.getLogger(__name__)

FULL, GONE, BUSY = "full", "gone", "busy"
# Numbers of MariaDB; SQLite says it in words.
NUMBERS = {
    **dict.fromkeys((1021, 1114, 3), FULL),
    **dict.fromkeys((1040, 1053, 1927, 2002, 2003, 2006, 2013), GONE),
    **dict.fromkeys((1020, 1205, 1213), BUSY),
}
# A database that undid all by itself knows no savepoint any more, and SQLAlchemy 1.4 says no more than that:
# SQLite does so when it is full, MariaDB to the victim of a deadlock.
WORDS = (
    (FULL, ("disk is full", "No space left", "errno: 28", "error 28", "no such savepoint")),
    (GONE, ("disk I/O error", "unable to open database file")),
    (BUSY, ("database is locked", "SAVEPOINT sa_savepoint")),
)
TITLES = {
    FULL: _("Ce n’est pas enregistré"),
    GONE: _("La base de données ne répond pas"),
    BUSY: _("Ce n’est pas enregistré"),
}
SENTENCES = {
    FULL: _(
        "Le disque du serveur est plein : rien n’a été enregistré. Prévenez la personne qui s’occupe du "
        "serveur ; une fois de la place faite, vous pourrez recommencer."
    ),
    GONE: _(
        "Attendez une minute, puis recommencez. Si votre demande était déjà enregistrée, l’envoyer de "
        "nouveau ne la répète pas."
    ),
    BUSY: _("Quelqu’un d’autre enregistrait au même moment : rien de votre demande n’a été enregistré."),
}
KEPT = _("Ce que vous avez saisi est gardé sur cette page : ne la fermez pas.")
WITH_FILES = _(
    "Revenez à la page précédente de votre navigateur : votre saisie y est encore. Choisissez de nouveau "
    "vos fichiers avant d’envoyer."
)
AGAIN, READ_AGAIN = _("Envoyer de nouveau"), _("Réessayer")
# Said without the host's frame, which reads the database as well, and without files of its own.
STYLE = Markup(
    "body {font: 1rem/1.5 system-ui, sans-serif; color: #222; margin: 2rem 1rem}"
    " main {max-width: 36rem; margin: 0 auto} h1 {font-size: 1.5rem; line-height: 1.2}"
    " button {font: inherit; padding: .6rem 1.2rem; cursor: pointer}"
)
PAGE = Markup("""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1>
<p role="alert">{sentence}</p>
{more}</main></body></html>""")
FORM = Markup("""<p>{kept}</p>
<form method="post" action="{address}">{fields}<button type="submit">{again}</button></form>
""")
FIELD = Markup('<input type="hidden" name="{}" value="{}">')
LINK = Markup('<p><a href="{address}">{again}</a></p>\n')


def includeme(config: Any) -> None:
    """Stand around the transaction: a disk may be found full at its commit."""
    config.add_tween("endi_ext.web.troubles.tween", over=("pyramid_tm.tm_tween_factory", MAIN))


def tween(handler: Any, _registry: Any) -> Any:
    """Return `handler`, answering 503 with a page where one of our addresses met such a trouble."""

    def told(request: Any) -> Any:
        try:
            return handler(request)
        except (DBAPIError, NoConnectionLeft, OSError) as error:
            trouble = trouble_of(error)
            if trouble is None or not _is_ours(request):
                raise
            log.exception("nothing is saved: %s", trouble)
            return Response(page(request, trouble), status=503, cache_control="no-store")

    return told


def _is_ours(request: Any) -> bool:
    """Say whether the address is one of ours: who asks is read in the database before that is looked up."""
    known = request.registry.getUtility(IRoutesMapper)
    route = getattr(request, "matched_route", None) or known(request)["route"]
    return route is not None and route.name in OURS


def trouble_of(error: BaseException) -> str | None:
    """Return which trouble an error is; none: a mistake of ours, to be seen as such."""
    if isinstance(error, DBAPIError):
        first = (*getattr(error.orig, "args", ()), None)[0]
        if error.connection_invalidated or first in NUMBERS:
            return NUMBERS.get(first, GONE)
        return next((name for name, said in WORDS if any(one in str(error.orig) for one in said)), None)
    if isinstance(error, NoConnectionLeft):
        return GONE
    return FULL if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) else None


def page(request: Any, trouble: str) -> str:
    """Return the page that says it, with the form that was sent."""
    language = language_of(request)
    speech = Speech(language)
    return str(
        PAGE.format(
            language=language,
            style=STYLE,
            title=speech.text(TITLES[trouble]),
            sentence=speech.text(SENTENCES[trouble]),
            more=_what_to_do(request, speech),
        )
    )


def _what_to_do(request: Any, speech: Speech) -> Markup:
    if request.method != "POST":
        return LINK.format(address=request.path_qs, again=speech.text(READ_AGAIN))
    sent = list(request.POST.items())
    if any(getattr(value, "filename", None) for _name, value in sent):
        return Markup("<p>{}</p>\n").format(speech.text(WITH_FILES))
    fields = Markup("").join(FIELD.format(name, value) for name, value in sent if isinstance(value, str))
    said = {"kept": speech.text(KEPT), "again": speech.text(AGAIN)}
    return FORM.format(address=request.path_qs, fields=fields, **said)


OURS = frozenset(routes.NAMES)
