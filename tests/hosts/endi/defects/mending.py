"""Every repair that is offered, done by an accountant: `python -m tests.hosts.endi.defects.mending INI`.

Run with the ini of an enDI with the plugin, on the database of the cases; what a repair uncovers is looked
for and repaired too.
"""

import sys

from pyramid.paster import get_app
from sqlalchemy import select

ACCOUNTANT = "odile"
FINDINGS = "/exchanges/findings"
MOST_ROUNDS = 4


def main(ini):
    get_app(ini)
    from tests.hosts.endi.hosted import Endi

    hosted = Endi.started(ini)
    browser = hosted.browser(ACCOUNTANT)
    for _ in range(MOST_ROUNDS):
        look(browser)
        if not repair_all(hosted, browser):
            return
    raise AssertionError(f"still something to repair after {MOST_ROUNDS} rounds")


def look(browser):
    """Look at all documents, as the page goes on by itself."""
    page = browser.get(FINDINGS)
    while True:
        form = next(form for form in page.forms.values() if form.action.endswith("/look"))
        page = form.submit(status=303).follow()
        if not page.request.path.endswith("/look"):
            return


def repair_all(hosted, browser):
    """Do what is offered about each finding; return how many repairs that was."""
    done = 0
    for finding_id in offered(hosted):
        form = browser.get(f"{FINDINGS}/{finding_id}/repair").forms.get("endi_ext_form")
        if form is None:
            continue  # put right together with another, or refused with what to do instead
        if "choice" in form.fields:
            form["choice"] = form["choice"].options[-1][0]
        form.submit("submit", status=303)
        done += 1
    return done


def offered(hosted):
    from endi_ext.reconciliation.finding_models import Finding

    with hosted.session() as session:
        wanted = select(Finding.id).where(Finding.standing, Finding.repair.is_not(None))
        return session.execute(wanted.order_by(Finding.id)).scalars().all()


if __name__ == "__main__":
    main(*sys.argv[1:])
