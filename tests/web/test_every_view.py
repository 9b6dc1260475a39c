"""Every view of the plugin names its permission, and is protected against forged requests when it writes."""

from pyramid.config import Configurator

from endi_ext.web import permissions

OURS = {
    permissions.VIEW,
    permissions.ACT,
    permissions.ACCOUNT,
    permissions.CONFIGURE,
    permissions.SUPERVISE,
    permissions.ARBITRATE,
}
READING = {"GET", "HEAD", "OPTIONS"}

# Open to all, and knowing nothing of anybody.
STATIC_FILES = "__endi_ext-static/"


def wrongs_of(registry, module):
    """Return what is wrong with the views of `module`: (route, why)."""
    wrongs = []
    for view, related in views_of(registry, module):
        named = {one["value"] for one in related if one.category_name == "permissions"}
        methods = view["request_methods"] or ("POST",)
        writes = bool({methods} - READING if isinstance(methods, str) else set(methods) - READING)
        if view["route_name"] is None:
            wrongs.append((str(view["callable"]), "no route"))
        if not named or named - OURS:
            wrongs.append((view["route_name"], f"permission {named or None}"))
        if writes and view["require_csrf"] is not True:
            wrongs.append((view["route_name"], "writes without require_csrf=True"))
    return wrongs


def views_of(registry, module):
    for one in registry.introspector.get_category("views"):
        view = one["introspectable"]
        # An exception view runs after another view, whose permission was asked.
        if not view["exception_only"] and getattr(view["callable"], "__module__", "").startswith(module):
            yield view, one["related"]


def test_every_view_names_a_permission_of_ours_and_asks_for_the_token_when_it_writes(demo_app):
    assert wrongs_of(demo_app.registry, "endi_ext.web") == []


def test_the_walk_meets_the_views_of_every_route(demo_app):
    met = {view["route_name"] for view, _related in views_of(demo_app.registry, "endi_ext.web")}
    routes = {one["introspectable"]["name"] for one in demo_app.registry.introspector.get_category("routes")}
    ours = {name for name in routes if name.startswith("endi_ext.")}
    assert len(ours) > 40
    assert met == ours


def test_the_only_other_view_of_ours_is_the_one_of_static_files(demo_app):
    others = {
        one["introspectable"]["route_name"]
        for one in demo_app.registry.introspector.get_category("views")
        if "endi_ext" in str(one["introspectable"]["route_name"])
    } - {view["route_name"] for view, _related in views_of(demo_app.registry, "endi_ext.web")}
    assert others == {STATIC_FILES}


def careless(request):
    """A view for the bad examples."""


def test_the_walk_finds_careless_views():
    config = Configurator()
    config.set_default_permission("global.authenticated")
    for name, options in {
        "nothing": {},
        "unknown": {"permission": "global.access_ea", "request_method": "GET"},
        "no_token": {"permission": permissions.ACT, "request_method": "POST"},
        "both_methods": {"permission": permissions.ACT, "request_method": ("GET", "POST")},
        "any_method": {"permission": permissions.ACCOUNT},
        "fine": {"permission": permissions.VIEW, "request_method": "GET"},
        "fine_too": {"permission": permissions.ACT, "require_csrf": True},
    }.items():
        config.add_route(name, f"/{name}")
        config.add_view(careless, route_name=name, **options)
    config.commit()
    found = {}
    for name, why in wrongs_of(config.registry, __name__):
        found.setdefault(name, []).append(why)
    assert found == {
        "nothing": ["permission None", "writes without require_csrf=True"],
        "unknown": ["permission {'global.access_ea'}"],
        "no_token": ["writes without require_csrf=True"],
        "both_methods": ["writes without require_csrf=True"],
        "any_method": ["writes without require_csrf=True"],
    }
