"""All that is offered, then what is done by hand: `python -m tests.hosts.endi.defects.mending INI CASES`.

Run with the ini of an enDI with the plugin, on the database of the cases; what a repair uncovers is looked
for and repaired too.
"""

import json
import sys
from datetime import date
from pathlib import Path

from pyramid.paster import get_app
from sqlalchemy import select

ACCOUNTANT = "odile"
FINDINGS = "/exchanges/findings"
MOST_ROUNDS = 4


def main(ini, cases):
    get_app(ini)
    from tests.hosts.endi.defects.world import World
    from tests.hosts.endi.hosted import Endi

    hosted = Endi.started(ini)
    by_tool(hosted)
    made = json.loads(Path(cases).read_text())["cases"]
    by_hand(World(hosted.app), {case["name"]: int(case["key"].partition(":")[2]) for case in made})


def by_tool(hosted):
    """Repair until nothing more is offered."""
    browser = hosted.browser(ACCOUNTANT)
    for _ in range(MOST_ROUNDS):
        look(browser)
        if not repair_all(hosted, browser):
            return
    raise AssertionError(f"still something to repair after {MOST_ROUNDS} rounds")


def by_hand(world, ids):
    """Do in the host's own pages what the sentences of the findings say."""
    for name in ("B22", "Exported alone, sale"):
        world.export("supplier_invoices", world.mirror_of(ids[name]))
    world.export("invoices", ids["Exported alone, purchase"])
    purchase_id = world.mirror_of(ids["Payment exported alone"])
    world.export("supplier_payments", world.mirror_payments_of(purchase_id)[0])
    world.edit_payment(world.payments_of(ids["Further fact 7"])[0], "200.00", date(2026, 1, 20))
    world.credited(ids["B9"])


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
