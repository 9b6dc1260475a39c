"""The first page: everyone's own places."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ..models import Company
from ..shell import ACCOUNTING, ADMIN, COMPANY


@view_config(
    route_name="/",
    request_method="GET",
    permission="global.authenticated",
    renderer="endi_ext.hosts.demo:templates/home.mako",
)
def home(request: Any) -> Any:
    """Lead to the only place the reader has, or let them choose."""
    layout = request.layout_manager.layout
    places = {
        "companies": layout.companies(),
        "followed": followed_by(request),
        "tools": [(label, layout.menu(name)) for name, label in MENUS if layout.menu(name)],
    }
    if len(places["companies"]) == 1 and not places["followed"] and not places["tools"]:
        return HTTPSeeOther(layout.home_of(places["companies"][0]))
    return {"title": f"Bonjour {request.identity.name.split()[0]}", **places}


MENUS = ((ACCOUNTING, "Comptabilité"), (ADMIN, "Administration"))


def followed_by(request: Any) -> list[Company]:
    """Return the trading units the reader follows."""
    followed = select(Company).where(Company.follower_id == request.identity.id).order_by(Company.name)
    return list(request.dbsession.execute(followed).scalars())


@view_config(
    route_name="/companies/{id}",
    request_method="GET",
    permission="global.authenticated",
    renderer="endi_ext.hosts.demo:templates/company.mako",
)
def company(request: Any) -> Any:
    """Enter a trading unit by the first entry of its menu."""
    entered = request.dbsession.get(Company, int(request.matchdict["id"]))
    if entered is None or entered not in request.identity.active_companies + followed_by(request):
        raise HTTPNotFound
    layout = request.layout_manager.layout
    layout.company = entered
    items = layout.menu(COMPANY)
    if items:
        return HTTPSeeOther(layout.address(items[0]))
    return {"title": entered.name, "company": entered}
