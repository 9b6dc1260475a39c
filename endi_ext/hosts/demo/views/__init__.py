"""Pages of the demo's own: login, first page, users, trading units, errors."""

from pyramid.config import Configurator

from ..passwords import Patience
from . import errors

ROUTES = (
    "/",
    "/login",
    "/logout",
    "/companies/{id}",
    "/admin/users",
    "/admin/users/{id}",
    "/admin/companies",
    "/admin/companies/new",
    "/admin/companies/{id}",
)


def includeme(config: Configurator) -> None:
    """Add the addresses; as in enDI, a route is named by its pattern."""
    for pattern in ROUTES:
        config.add_route(pattern, pattern.replace("{id}", r"{id:\d{1,9}}"))
    config.registry["demo.patience"] = Patience()
    config.scan(__name__)
    if config.get_settings()["demo.hide_failures"] == "true":
        config.add_exception_view(errors.failed, renderer=errors.FAILURE_TEMPLATE)
