"""Not found, not allowed, not logged in, broken."""

import logging
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import forbidden_view_config, notfound_view_config

log = logging.getLogger(__name__)

FAILURE_TEMPLATE = "endi_ext.hosts.demo:templates/failure.mako"
TEMPLATE = "endi_ext.hosts.demo:templates/error.mako"


@notfound_view_config(renderer=TEMPLATE)
def not_found(request: Any) -> Any:
    """Say that there is nothing here."""
    request.response.status_int = 404
    return {
        "title": "Page introuvable",
        "explanation": "Cette page n'existe pas, ou elle ne vous est pas ouverte.",
    }


@forbidden_view_config(renderer=TEMPLATE)
def forbidden(request: Any) -> Any:
    """Ask who is there, or say that it is not for them."""
    if request.identity is None:
        # What was typed cannot be kept for somebody who may be anybody; the browser still has it.
        asked = {"nextpage": request.path_qs} if request.method == "GET" else {"expired": "yes"}
        return HTTPSeeOther(request.route_path("/login", _query=asked))
    request.response.status_int = 403
    return {
        "title": "Accès refusé",
        "explanation": "Vos droits ne permettent pas d'ouvrir cette page.",
    }


def failed(error: Exception, request: Any) -> Any:
    """Say that something broke here; nothing was kept, and the log knows what it was."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    request.response.status_int = 500
    return {}
