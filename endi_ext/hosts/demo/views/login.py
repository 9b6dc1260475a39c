"""Log in and out."""

import time
from typing import Any
from urllib.parse import urlsplit

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.security import NO_PERMISSION_REQUIRED, forget, remember
from pyramid.view import view_config
from sqlalchemy import select

from .. import passwords, seeding
from ..models import User

TEMPLATE = "endi_ext.hosts.demo:templates/login.mako"
LONGEST_PASSWORD = 200
EXPIRED = (
    "Votre session est terminée : rien n'a été enregistré. Connectez-vous dans un autre onglet, puis revenez "
    "ici à la page précédente : votre saisie y est encore."
)


@view_config(route_name="/login", request_method="GET", renderer=TEMPLATE, permission=NO_PERMISSION_REQUIRED)
def show(request: Any) -> Any:
    """Show the form, or the page asked for when somebody is logged in already."""
    if request.identity is not None:
        return HTTPSeeOther(next_page(request))
    problem = EXPIRED if "expired" in request.GET else ""
    return _form(request, request.GET.get("login", "")[:60], problem)


@view_config(
    route_name="/login",
    request_method="POST",
    renderer=TEMPLATE,
    permission=NO_PERMISSION_REQUIRED,
    require_csrf=True,
)
def submit(request: Any) -> Any:
    """Open the session of who gives the right password."""
    login = request.POST.get("login", "").strip().lower()[:60]
    password = request.POST.get("password", "")[:LONGEST_PASSWORD]
    address, now = request.client_addr or "", time.monotonic()
    patience = request.registry["demo.patience"]
    seconds = patience.seconds_left(login, address, now)
    if seconds:
        return _refused(request, login, 429, f"Trop d'essais : réessayez dans {seconds} secondes.")
    user = request.dbsession.execute(select(User).where(User.login == login)).scalars().one_or_none()
    if not passwords.is_right(user, password):
        patience.failed(login, address, now)
        return _refused(request, login, 403, "Cet identifiant et ce mot de passe ne vont pas ensemble.")
    patience.succeeded(login, address)
    headers = remember(request, login)
    new_csrf_token(request)
    return HTTPSeeOther(next_page(request), headers=headers)


@view_config(
    route_name="/logout", request_method="POST", permission=NO_PERMISSION_REQUIRED, require_csrf=True
)
def logout(request: Any) -> Any:
    """Close the session."""
    headers = forget(request)
    return HTTPSeeOther(request.route_path("/login"), headers=headers)


def next_page(request: Any) -> str:
    """Return the page asked for before the login, if it is one of ours."""
    asked = request.params.get("nextpage", "")
    return asked if is_ours(asked) else request.route_path("/")


def is_ours(address: str) -> bool:
    r"""Say whether `address` is a plain path on this site: `//x` and `/\\x` lead elsewhere in a browser."""
    if not address.startswith("/") or address[1:2] in ("/", "\\"):
        return False
    if any(character <= " " or character == "\\" for character in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def _form(request: Any, login: str = "", problem: str = "") -> dict[str, Any]:
    return {
        "title": "Connexion",
        "login": login,
        "problem": problem,
        "nextpage": request.params.get("nextpage", ""),
        "to_try": seeding.TO_TRY if request.registry.settings["demo.show_logins"] == "true" else {},
        "demo_password": seeding.PASSWORD,
    }


def _refused(request: Any, login: str, status: int, problem: str) -> dict[str, Any]:
    request.response.status_int = status
    return _form(request, login, problem)
