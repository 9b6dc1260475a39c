"""Pages of the demo's own: login, first page, users, trading units, errors."""

from pyramid.config import Configurator

from ..passwords import Patience
from ..resources import CompanyPages
from . import errors, invoices

ROUTES = (
    "/",
    "/login",
    "/logout",
    "/notifications",
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
        config.add_route(pattern, _with_numbers(pattern))
    for pattern in invoices.ROUTES:
        config.add_route(pattern, _with_numbers(pattern), factory=CompanyPages)
    config.registry["demo.patience"] = Patience()
    config.scan(__name__)
    if config.get_settings()["demo.hide_failures"] == "true":
        config.add_exception_view(errors.failed, renderer=errors.FAILURE_TEMPLATE)


def _with_numbers(pattern: str) -> str:
    """Let the ids of an address be numbers only."""
    return pattern.replace("id}", r"id:\d{1,9}}")
