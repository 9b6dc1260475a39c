"""Count in the browser what one internal exchange takes, and write it into docs/clicks.md.

    .venv-endi/bin/python tools/count_clicks.py http://127.0.0.1:6544

The address is that of a private enDI just made (`make endi`), with its worker: the same people do the same
exchange by the host's own documents, again with the same partner, then by our pages; then in the demo.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from endi_ext.hosts.demo.seeding import PASSWORD  # noqa: E402 - found once the root is on the path
from tests.browser.conftest import DESK, QUIET, chromium_path  # noqa: E402
from tests.browser.effort import Counter, Effort  # noqa: E402
from tests.browser.host_path import HostPath  # noqa: E402
from tests.browser.our_path import OurPath  # noqa: E402
from tests.browser.served import serve_demo  # noqa: E402

PAGE = ROOT / "docs" / "clicks.md"
SELLER, BUYER, STAFF = "karim", "helene", "odile"
SELLING, BUYING = "Atelier Trait Juste", "Menuiserie du Lac"
UNITS = ("forms", "clicks", "fields", "pages")

HEAD = """# What one exchange takes

Made by `tools/count_clicks.py`, which drives a real browser as three people: a seller, a buyer, someone of
the support team. The same work (four plans at 250 €) goes from the offer to the payment, by the host's own
documents (internal customer, project, quotation, order, invoice, purchase, payment, with the worker that
mirrors them) and by our pages. The browser itself counts. Nobody has special rights; the choices the host
makes alone when there is only one (VAT, product, expense type) are left to it.

*Forms*: what is sent on purpose; what a screen saves by itself while one types is not counted. *Clicks*: of
the mouse, choices in lists drawn by a script included. *Fields*: filled or chosen. *Pages*: loaded, each
person starting from their first page each time.

"""


def main(url):
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        first, again = by_the_host(browser, url)
        ours = by_our_pages(browser, url)
        demo = serve_demo(Path(folder))
        try:
            there = by_our_pages(browser, demo.url)
        finally:
            demo.stop()
        browser.close()
    PAGE.write_text(HEAD + page(first, again, ours, there))
    print(f"Écrit : {PAGE}")
    return 0


def by_the_host(browser, url):
    """Return the steps of a first exchange between two, then of the next one."""
    counter = Counter()
    path = HostPath(counter, *pages(browser, url, counter), url)
    path.walk(BUYING, "Escalier")
    first = list(counter.steps)
    counter.steps.clear()
    path.walk(BUYING, "Mezzanine", project="Escalier")
    return first, counter.steps


def by_our_pages(browser, url):
    counter = Counter()
    OurPath(counter, *pages(browser, url, counter), url).walk(SELLING, "Bibliothèque")
    return counter.steps


def pages(browser, url, counter):
    """Return the pages of the three, logged in and counted from then on."""
    found = []
    for login in (SELLER, BUYER, STAFF):
        context = browser.new_context(viewport=DESK, locale="fr-FR")
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(f"{url}/login")
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda address: "/login" not in address)
        counter.watch(page)
        found.append(page)
    return found


def page(first, again, ours, there):
    rows = {
        "host's own documents, first exchange with a partner": total(first),
        "host's own documents, the next one": total(again),
        "our pages in enDI, always": total(ours),
        "our pages in the demo": total(there),
    }
    share = {name: 100 * getattr(total(ours), name) // getattr(total(first), name) for name in UNITS}
    shares = " | ".join(f"{share[name]} %" for name in UNITS)
    summary = [row(name, "", effort) for name, effort in rows.items()]
    parts = [
        "| | | forms | clicks | fields | pages |\n|---|---|---|---|---|---|",
        *summary,
        f"| our pages, of the first | | {shares} |",
        "",
        steps("The host's own documents, first exchange", first),
        steps("Our pages in enDI", ours),
    ]
    return "\n".join(parts)


def steps(title, found):
    lines = [
        f"## {title}",
        "",
        "| who | what | forms | clicks | fields | pages |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(row(one.who, one.what, one.effort) for one in found), ""])


def row(who, what, effort):
    return f"| {who} | {what} | " + " | ".join(str(getattr(effort, name)) for name in UNITS) + " |"


def total(found):
    return sum((one.effort for one in found), Effort())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
