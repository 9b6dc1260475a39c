"""What no browser sends is refused at the door: an address that is not UTF-8, a file in place of words."""

from typing import Any

from pyramid.events import BeforeTraversal
from pyramid.httpexceptions import HTTPException
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

from . import routes

# What fields that take a file are called, one file or several: nothing else is ever a file.
FILE_FIELDS = frozenset({"file", "proof", "upload", "sales", "purchases"})
# Said without the host's frame, which reads the address as well.
PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demande illisible</title></head>
<body><h1>Demande illisible</h1>
<p>L’adresse ou le formulaire reçu n’est pas lisible : rien n’a été enregistré.
Revenez à la page précédente, ou à <a href="/">l’accueil</a>.</p></body></html>"""


class Unreadable(HTTPException):
    """What was sent cannot be read."""

    code = 400


def includeme(config: Any) -> None:
    """Look at what is sent to our addresses before anything of it is used."""
    config.add_tween("endi_ext.web.readable.tween", under=EXCVIEW)
    config.add_subscriber(_check_form, BeforeTraversal)


def tween(handler: Any, _registry: Any) -> Any:
    """Return `handler`, answering 400 where an address or a form is what cannot be read."""

    def read(request: Any) -> Any:
        try:
            return handler(request)
        except Unreadable:
            return Response(PAGE, status=400)
        except UnicodeDecodeError:
            if _is_readable(request):
                raise
            return Response(PAGE, status=400)

    return read


def _is_readable(request: Any) -> bool:
    try:
        return bool(request.path) and request.params is not None and request.params.items() is not None
    except UnicodeDecodeError:
        return False


def _check_form(event: Any) -> None:
    """Raises Unreadable."""
    request = event.request
    route = getattr(request, "matched_route", None)
    if request.method != "POST" or route is None or route.name not in OURS:
        return
    try:
        sent = list(request.POST.items())
    except ValueError as error:
        raise Unreadable from error
    if any(not isinstance(value, str) and name not in FILE_FIELDS for name, value in sent):
        raise Unreadable


OURS = frozenset(routes.NAMES)
