"""Ask a host without the plugin for some pages: `python -m … INI`."""

import sys

from pyramid.paster import get_app
from webtest import TestApp

from endi_ext.hosts.demo.seeding import PASSWORD
from tests.hosts.endi.hosted import CHROME


def main(ini):
    browser = TestApp(get_app(ini), extra_environ={"HTTP_USER_AGENT": CHROME})
    browser.post(
        "/login", {"login": "marc", "password": PASSWORD, "submit": "submit", "nextpage": "/"}, status=302
    )
    for path in ("/manage", "/admin/main/groups", "/companies/1", "/exchanges"):
        print(path, browser.get(path, status="*").status_int)


if __name__ == "__main__":
    main(*sys.argv[1:])
