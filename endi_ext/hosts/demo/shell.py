"""The frame around the pages: layout, menus, icons, and what templates may call."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.interfaces import IRoutesMapper
from sqlalchemy import select

from ...kernel.paris import PARIS
from ...web.menus import ENTRIES, home_of
from . import notifier
from .models import Company
from .rights import MANAGE_PEOPLE

COMPANY, ACCOUNTING, ADMIN = "company", "accounting", "admin"
LAST_COMPANY = "last_company_id"

STATIC = Path(__file__).parent / "static"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True)
class MenuItem:
    """One entry of a menu; those of the company menu take the company's id in their address."""

    menu: str
    label: str
    route_name: str
    icon: str
    permission: str | None = None


OWN_ITEMS = (
    MenuItem(ADMIN, "Utilisateurs et droits", "/admin/users", "users", MANAGE_PEOPLE),
    MenuItem(ADMIN, "Enseignes", "/admin/companies", "building", MANAGE_PEOPLE),
)

# After the plugin's: the first entry is where one enters a trading unit.
OWN_LAST_ITEMS = (MenuItem(COMPANY, "Factures clients", "/companies/{id}/invoices", "file-alt"),)


class DemoShell:
    """Puts the plugin's entries in the demo's menus."""

    def add_menus(self, config: Configurator) -> None:
        for entry in ENTRIES:
            config.registry["demo.menu"].append(MenuItem(**vars(entry)))
        config.registry["demo.menu"].extend(OWN_LAST_ITEMS)

    def rights_address(self, request: Any) -> str | None:
        return _where("/admin/users", request)

    def parties_address(self, request: Any) -> str | None:
        return _where("/admin/companies", request)

    def exports_address(self, request: Any) -> str | None:
        return None


def _where(route_name: str, request: Any) -> str | None:
    return str(request.route_path(route_name)) if request.has_permission(MANAGE_PEOPLE) else None


class Layout:
    """What the layout asks: whose page this is, which menus, who is here."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request
        self.cooperative_name = request.registry.endi_ext_host.directory.cooperative.name
        self.user = request.identity
        self.company = None if self.user is None else self._company()
        self.current = self._current()
        self._unread: int | None = None

    def static(self, name: str) -> str:
        """Return the address of one of our static files; it changes when the file does."""
        version = self.request.registry["demo.static_digest"]
        return str(self.request.static_path(f"endi_ext.hosts.demo:static/{name}", _query={"v": version}))

    def menu(self, name: str) -> list[MenuItem]:
        """Return the entries of a menu that the reader may use."""
        if self.user is None or (name == COMPANY and self.company is None):
            return []
        return [
            item for item in self.request.registry["demo.menu"] if item.menu == name and self._usable(item)
        ]

    def address(self, item: MenuItem) -> str:
        """Return where an entry leads."""
        ids = {"id": self.company.id} if self.company and item.menu == COMPANY else {}
        return str(self.request.route_path(item.route_name, **ids))

    def companies(self) -> list[Company]:
        """Return the trading units of the reader."""
        return [] if self.user is None else self.user.active_companies

    def unread(self) -> int:
        """Return how many notifications the reader has not read."""
        if self._unread is None:
            self._unread = notifier.unread(self.request.dbsession, self.user)
        return self._unread

    def home_of(self, company: Company) -> str:
        """Return the first page of a trading unit."""
        return str(self.request.route_path("/companies/{id}", id=company.id))

    def _current(self) -> MenuItem | None:
        """The entry of the page shown: the one whose address is the longest beginning of this one."""
        path = f"{home_of(self.request.path)}/"
        items = [item for name in (COMPANY, ACCOUNTING, ADMIN) for item in self.menu(name)]
        fitting = [item for item in items if path.startswith(f"{self.address(item)}/")]
        return max(fitting, key=lambda item: len(self.address(item)), default=None)

    def _usable(self, item: MenuItem) -> bool:
        routes = self.request.registry.getUtility(IRoutesMapper)
        known = routes.get_route(item.route_name) is not None
        if item in OWN_LAST_ITEMS and self.company not in self.companies() + self._followed():
            return False  # accountants read the plugin's pages of any activity, not its client invoices
        return known and (item.permission is None or bool(self.request.has_permission(item.permission)))

    def _followed(self) -> list[Company]:
        followed = select(Company).where(Company.follower_id == self.user.id)
        return list(self.request.dbsession.execute(followed).scalars())

    def _company(self) -> Company | None:
        """The one of the page, else the last one used, else the first of the reader's own."""
        asked = _company_id_of(self.context, self.request)
        if asked is not None:
            if self.request.session.get(LAST_COMPANY) != asked:
                self.request.session[LAST_COMPANY] = asked
            return self.request.dbsession.get(Company, asked)
        own = self.user.active_companies
        last = self.request.session.get(LAST_COMPANY)
        return next((company for company in own if company.id == last), own[0] if own else None)


def _company_id_of(context: Any, request: Any) -> int | None:
    """As enDI finds the company of a page: `context.company_id`, else `context.get_company_id()`."""
    known = getattr(context, "company_id", None)
    if known is None and hasattr(context, "get_company_id"):
        known = context.get_company_id()
    return known


class RenderApi:
    """`api` in templates: the few of enDI's helpers that pages of a plugin may use."""

    def __init__(self, request: Any) -> None:
        self.request = request

    def icon(self, name: str, css_classes: str = "") -> Markup:
        """Return the drawing called `name`."""
        sheet = self.request.layout_manager.layout.static("icons.svg")
        return Markup(
            '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        ).format(css_classes, sheet, name)

    def format_amount(self, value: int, precision: int = 2, **_: Any) -> str:
        """Return an amount of 10^-precision euros the French way: 1 234,56."""
        euros = Decimal(value).scaleb(-precision).quantize(Decimal("0.01"))
        return f"{euros:,.2f}".replace(",", NARROW_SPACE).replace(".", ",")

    def format_date(self, value: date | datetime | None, **_: Any) -> str:
        """Return a date the French way: 22/11/2026."""
        if isinstance(value, datetime):
            value = value.astimezone(PARIS)
        return "" if value is None else f"{value:%d/%m/%Y}"

    def has_permission(self, permission: str, context: Any = None) -> bool:
        """Say whether the reader has `permission` on `context`, or on the page's."""
        return bool(self.request.has_permission(permission, context))

    def clean_html(self, text: str) -> Markup:
        """Return `text` to be shown as text: the demo trusts no markup in a message."""
        return escape(text)


def _add_api(event: BeforeRender) -> None:
    request = event.get("request")
    if request is not None:
        event["api"] = RenderApi(request)


def _static_digest() -> str:
    contents = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    return hashlib.sha256(contents).hexdigest()[:12]


def flashes(request: Any) -> Iterator[tuple[str, str]]:
    """Yield (kind, message) of what is to be said once, as enDI's two queues say it."""
    for message in request.session.pop_flash(queue=""):
        yield "success", message
    for message in request.session.pop_flash(queue="error"):
        yield "danger", message


def includeme(config: Configurator) -> None:
    """Register the layout, the menus and the stylesheet."""
    config.registry["demo.menu"] = list(OWN_ITEMS)
    config.registry["demo.static_digest"] = _static_digest()
    config.add_layout(Layout, "endi_ext.hosts.demo:templates/layout.mako")
    config.add_subscriber(_add_api, BeforeRender)
    config.add_request_method(flashes, "flashes")
    config.add_static_view("demo-static", "endi_ext.hosts.demo:static", cache_max_age=3600)
