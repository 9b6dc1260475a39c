"""Trading units, for the admin; what changes here is told to the plugin at once."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from ..models import Company, User
from ..rights import MANAGE_PEOPLE

FORM = "endi_ext.hosts.demo:templates/admin_company.mako"
CODE = re.compile(r"[A-Za-z0-9_-]{0,40}")
LONGEST = 190
LONGEST_POSTCODE = 20


@view_config(
    route_name="/admin/companies",
    request_method="GET",
    permission=MANAGE_PEOPLE,
    renderer="endi_ext.hosts.demo:templates/admin_companies.mako",
)
def companies(request: Any) -> Any:
    """List the trading units."""
    known = request.dbsession.execute(select(Company).order_by(Company.name)).scalars()
    return {"title": "Enseignes", "companies": list(known)}


@view_config(route_name="/admin/companies/new", request_method="GET", permission=MANAGE_PEOPLE, renderer=FORM)
def show_new(request: Any) -> Any:
    """Ask for a new one."""
    return _page(request, "Ajouter une enseigne", {"active": True}, {})


@view_config(
    route_name="/admin/companies/new",
    request_method="POST",
    permission=MANAGE_PEOPLE,
    renderer=FORM,
    require_csrf=True,
)
def add(request: Any) -> Any:
    """Create one."""
    return _save(request, Company(), "Ajouter une enseigne")


@view_config(
    route_name="/admin/companies/{id}", request_method="GET", permission=MANAGE_PEOPLE, renderer=FORM
)
def show(request: Any) -> Any:
    """Show one as it is."""
    company = _asked(request)
    return _page(request, company.name, _values_of(company), {})


@view_config(
    route_name="/admin/companies/{id}",
    request_method="POST",
    permission=MANAGE_PEOPLE,
    renderer=FORM,
    require_csrf=True,
)
def save(request: Any) -> Any:
    """Change one: its name, its code, whether it still trades."""
    company = _asked(request)
    return _save(request, company, company.name)


def _asked(request: Any) -> Company:
    company = request.dbsession.get(Company, int(request.matchdict["id"]))
    if company is None:
        raise HTTPNotFound
    return company


def _save(request: Any, company: Company, title: str) -> Any:
    values = {name: value.strip() for name, value in request.POST.items()}
    errors = _mistakes(request, company, values)
    if errors:
        return _page(request, title, values, errors)
    _write(company, values)
    session = request.dbsession
    session.add(company)
    session.flush()  # a new one gets the id its party is known by
    request.registry.endi_ext_host.directory.sync(session)
    request.session.flash(f"« {company.name} » est enregistrée.")
    return HTTPSeeOther(request.route_path("/admin/companies"))


def _mistakes(request: Any, company: Company, values: dict[str, str]) -> dict[str, str]:
    errors = {
        name: "C'est trop long : 190 caractères au plus." for name in values if len(values[name]) > LONGEST
    }
    if len(values.get("postcode", "")) > LONGEST_POSTCODE:
        errors["postcode"] = "C'est trop long : 20 caractères au plus."
    if not values.get("name"):
        errors["name"] = "Donnez un nom à l'enseigne."
    code = values.get("analytic_code", "")
    if not CODE.fullmatch(code):
        errors["analytic_code"] = "Lettres, chiffres, tirets, sans espace ni accent, 40 au plus."
    elif code and _taken(request, company, code):
        errors["analytic_code"] = "Une autre enseigne porte déjà ce code."
    if not _is_rate(values.get("contribution_rate", "")):
        errors["contribution_rate"] = "Un taux entre 0 et 100, avec deux décimales au plus : 12,5."
    follower = values.get("follower", "")
    if follower and not (follower.isdecimal() and request.dbsession.get(User, int(follower))):
        errors["follower"] = "Cette personne n'existe pas."
    return errors


def _taken(request: Any, company: Company, code: str) -> bool:
    others = select(Company.id, Company.analytic_code).where(Company.analytic_code != "")
    return any(
        other.id != company.id and other.analytic_code.lower() == code.lower()
        for other in request.dbsession.execute(others)
    )


def _is_rate(text: str) -> bool:
    try:
        _rate_bp(text)
    except ValueError:
        return False
    return True


def _rate_bp(text: str) -> int | None:
    """Return basis points, or None for an empty field; ValueError for what is no rate."""
    if not text:
        return None
    try:
        points = Decimal(text.replace(",", ".").removesuffix("%").strip()) * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if not points.is_finite() or points != points.to_integral_value() or not 0 <= points <= 10_000:
        raise ValueError(text)
    return int(points)


def _write(company: Company, values: dict[str, str]) -> None:
    company.name = values["name"]
    company.trade = values.get("trade", "")
    company.analytic_code = values.get("analytic_code", "")
    company.email = values.get("email", "")
    company.postcode, company.city = values.get("postcode", ""), values.get("city", "")
    company.contribution_rate_bp = _rate_bp(values.get("contribution_rate", ""))
    company.follower_id = int(values["follower"]) if values.get("follower") else None
    company.active = values.get("active") == "1"


def _values_of(company: Company) -> dict[str, Any]:
    rate = company.contribution_rate_bp
    return {
        "name": company.name,
        "trade": company.trade,
        "analytic_code": company.analytic_code,
        "email": company.email,
        "postcode": company.postcode,
        "city": company.city,
        "contribution_rate": "" if rate is None else f"{Decimal(rate) / 100:f}".replace(".", ","),
        "follower": str(company.follower_id or ""),
        "active": company.active,
    }


def _page(request: Any, title: str, values: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    users = list(request.dbsession.execute(select(User).where(User.active).order_by(User.name)).scalars())
    return {"title": title, "values": values, "errors": errors, "users": users}
