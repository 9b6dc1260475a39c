"""Our entries in the host's menus and configuration screens; the host's layout carries our pages as it is."""

from collections.abc import Callable
from typing import Any

from caerp.utils.menu import AppMenuDropDown
from caerp.views import TreeMixin
from caerp.views.admin import AdminIndexView
from caerp.views.admin.main.roles import ROLE_URL
from caerp.views.company.routes import COLLECTION_ROUTE as COMPANIES

from ...web.menus import ACCOUNTING, ADMIN, COMPANY, ENTRIES, MenuEntry, routes_below
from ...web.permissions import CONFIGURE, SUPERVISE

LABEL = "Échanges internes"
PARENT = "endi_ext"
EXPORTS = "/export/treasury/invoices"  # the host names no constant for it
# Before the host's "Documents" in the company menu, after its "Comptabilité" in the support team's.
COMPANY_ORDER, SUPPORT_TEAM_ORDER = 3, 4


class EndiShell:
    """Puts our entries in the host's menus."""

    def add_menus(self, config: Any) -> None:
        config.registry.company_menu.add(
            AppMenuDropDown(name=PARENT, label=LABEL, order=COMPANY_ORDER, permission=_sees_company)
        )
        config.registry.admin_menu.add(AppMenuDropDown(name=PARENT, label=LABEL, order=SUPPORT_TEAM_ORDER))
        for order, entry in enumerate(ENTRIES):
            _ADD[entry.menu](config, entry, order)
        if ConfigurationScreens not in AdminIndexView.children:
            AdminIndexView.add_child(ConfigurationScreens)

    def rights_address(self, request: Any) -> str | None:
        return _where(request, ROLE_URL, "global.config_cae")

    def parties_address(self, request: Any) -> str | None:
        return _where(request, COMPANIES, "global.company_view")

    def exports_address(self, request: Any) -> str | None:
        return _where(request, EXPORTS, "global.manage_accounting")


def _where(request: Any, route_name: str, permission: str) -> str | None:
    return str(request.route_path(route_name)) if request.has_permission(permission) else None


class ConfigurationScreens(TreeMixin):
    """Our screens on the host's configuration page; it would take a `route_name` for an address."""

    title = LABEL
    description = "Choisir le schéma comptable, les comptes, le taux de contribution et les droits."
    permission = CONFIGURE

    def __init__(self, request: Any) -> None:
        self.request = request

    @property
    def tree_url(self) -> str:
        return str(self.request.route_path("endi_ext.admin"))


def _add_to_company(config: Any, entry: MenuEntry, order: int) -> None:
    config.add_company_menu(
        parent=PARENT,
        label=entry.label,
        route_name=entry.route_name,
        route_id_key="company_id",
        routes_prefixes=routes_below(entry),
        order=order,
    )


def _add_to_support_team(config: Any, entry: MenuEntry, order: int) -> None:
    config.add_admin_menu(
        parent=PARENT,
        label=entry.label,
        route_name=entry.route_name,
        permission=entry.permission,
        routes_prefixes=routes_below(entry),
        order=order,
    )


_ADD: dict[str, Callable[[Any, MenuEntry, int], None]] = {
    COMPANY: _add_to_company,
    ACCOUNTING: _add_to_support_team,
    ADMIN: _add_to_support_team,
}


def _sees_company(_item: Any, kw: dict[str, Any]) -> bool:
    """The same three ways in as the pages have: one's own company, one that is followed, all of them."""
    user, company = kw["request"].identity, kw["company"]
    own = any(mine.id == company.id and mine.active for mine in user.companies)
    return own or company.follower_id == user.id or bool(kw["request"].has_permission(SUPERVISE))
