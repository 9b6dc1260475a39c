"""The first page: everyone's own places."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from ..models import Company
from ..shell import ACCOUNTING, ADMIN, COMPANY, LAST_COMPANY


@view_config(
    route_name="/",
    request_method="GET",
    permission="global.authenticated",
    renderer="endi_ext.hosts.demo:templates/home.mako",
)
def home(request: Any) -> Any:
    """Lead to the only place the reader has, or let them choose."""
    layout = request.layout_manager.layout
    companies, tools = layout.companies(), layout.menu(ACCOUNTING) + layout.menu(ADMIN)
    if len(companies) == 1 and not tools:
        return HTTPSeeOther(layout.home_of(companies[0]))
    return {"title": f"Bonjour {request.identity.name.split()[0]}", "companies": companies, "tools": tools}


@view_config(
    route_name="/companies/{id}",
    request_method="GET",
    permission="global.authenticated",
    renderer="endi_ext.hosts.demo:templates/company.mako",
)
def company(request: Any) -> Any:
    """Enter a trading unit by the first entry of its menu."""
    entered = request.dbsession.get(Company, int(request.matchdict["id"]))
    if entered is None or entered not in request.identity.active_companies:
        raise HTTPNotFound
    request.session[LAST_COMPANY] = entered.id
    layout = request.layout_manager.layout
    items = layout.menu(COMPANY)
    if items:
        return HTTPSeeOther(layout.address(items[0]))
    return {"title": entered.name, "company": entered}
