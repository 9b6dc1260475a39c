"""Being included: everything of ours is there, nothing of the application is changed."""

import pytest
from pyramid.config import Configurator
from pyramid.interfaces import (
    IDefaultCSRFOptions,
    IDefaultPermission,
    IDefaultRootFactory,
    ILocaleNegotiator,
    IRootFactory,
    IRoutesMapper,
    ISecurityPolicy,
    ISessionFactory,
)

import endi_ext
from endi_ext.ports import Host

NOT_OURS = (
    IDefaultCSRFOptions,
    IDefaultPermission,
    IDefaultRootFactory,
    ILocaleNegotiator,
    IRootFactory,
    ISecurityPolicy,
    ISessionFactory,
)


class NoMenus:
    """A shell that counts how often it is asked for menus."""

    def __init__(self):
        self.asked = 0

    def add_menus(self, config):
        self.asked += 1


def a_configurator(name="demo"):
    config = Configurator()
    config.include("pyramid_mako")
    parts = dict.fromkeys(("directory", "clock", "documents", "mailer"))
    config.registry.endi_ext_host = Host(name=name, shell=NoMenus(), **parts)
    return config


def routes(config):
    config.commit()
    mapper = config.registry.queryUtility(IRoutesMapper)
    return [] if mapper is None else [route.name for route in mapper.get_routes()]


@pytest.mark.parametrize("interface", NOT_OURS, ids=lambda interface: interface.__name__)
def test_what_belongs_to_the_application_is_left_as_it_was(interface):
    config = a_configurator()
    config.commit()
    before = config.registry.queryUtility(interface)
    config.include(endi_ext)
    config.commit()
    assert config.registry.queryUtility(interface) is before


def test_included_twice_it_is_there_once():
    config = a_configurator()
    config.include(endi_ext)
    config.include(endi_ext)
    assert len(routes(config)) == len(set(routes(config)))
    assert config.registry.endi_ext_host.shell.asked == 1


def test_two_applications_in_one_process_have_the_same_pages():
    names = []
    for _application in range(2):
        config = a_configurator()
        config.include(endi_ext)
        names.append(routes(config))
    assert names[0] == names[1]
    assert "endi_ext.home" in names[0]


def test_where_the_host_serves_no_pages_there_are_none_of_ours():
    # enDI's Celery worker includes its plugins without `add_admin_view`.
    config = a_configurator("endi")
    config.include(endi_ext)
    assert not [name for name in routes(config) if name.startswith("endi_ext")]
    assert config.registry.endi_ext_host.shell.asked == 0
