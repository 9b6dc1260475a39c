"""Users and their rights, for the admin."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config, view_defaults
from sqlalchemy import select

from ..models import Company, Grant, User
from ..rights import LABELS, MANAGE_PEOPLE

LAST_ADMINISTRATOR = (
    "Quelqu'un doit garder la gestion des comptes : donnez ce droit à une autre personne d'abord."
)


@view_config(
    route_name="/admin/users",
    request_method="GET",
    permission=MANAGE_PEOPLE,
    renderer="endi_ext.hosts.demo:templates/admin_users.mako",
)
def users(request: Any) -> Any:
    """List who logs in."""
    known = request.dbsession.execute(select(User).order_by(User.name)).scalars()
    return {"title": "Utilisateurs et droits", "users": list(known), "labels": LABELS}


@view_defaults(
    route_name="/admin/users/{id}",
    permission=MANAGE_PEOPLE,
    renderer="endi_ext.hosts.demo:templates/admin_user.mako",
)
class UserPage:
    """One user: may they log in, where do they work, what may they do."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.user = request.dbsession.get(User, int(request.matchdict["id"]))
        if self.user is None:
            raise HTTPNotFound

    @view_config(request_method="GET")
    def show(self) -> Any:
        values = {
            "active": self.user.active,
            "companies": {company.id for company in self.user.companies},
            "rights": self.user.access_rights,
        }
        return self._page(values)

    @view_config(request_method="POST", require_csrf=True)
    def save(self) -> Any:
        values = self._submitted()
        if self._leaves_nobody_in_charge(values):
            return self._page(values, LAST_ADMINISTRATOR)
        self.user.active = values["active"]
        self.user.companies = [one for one in self._companies() if one.id in values["companies"]]
        self.user.granted = [
            next((grant for grant in self.user.granted if grant.access_right == right), None)
            or Grant(access_right=right)
            for right in sorted(values["rights"])
        ]
        self.request.session.flash(f"Les droits de {self.user.name} sont enregistrés.")
        return HTTPSeeOther(self.request.route_path("/admin/users"))

    def _submitted(self) -> dict[str, Any]:
        form = self.request.POST
        return {
            "active": form.get("active") == "1",
            "companies": {int(value) for value in form.getall("company") if value.isdecimal()},
            "rights": set(form.getall("right")) & set(LABELS),
        }

    def _leaves_nobody_in_charge(self, values: dict[str, Any]) -> bool:
        if values["active"] and "demo_administrator" in values["rights"]:
            return False
        others = (
            select(User.id)
            .join(User.granted)
            .where(Grant.access_right == "demo_administrator", User.active, User.id != self.user.id)
        )
        return self.request.dbsession.execute(others.limit(1)).first() is None

    def _companies(self) -> list[Company]:
        return list(self.request.dbsession.execute(select(Company).order_by(Company.name)).scalars())

    def _page(self, values: dict[str, Any], problem: str = "") -> dict[str, Any]:
        return {
            "title": self.user.name,
            "title_detail": self.user.login,
            "user": self.user,
            "values": values,
            "companies": self._companies(),
            "labels": LABELS,
            "problem": problem,
        }
