"""What one exchange takes by our pages is what docs/clicks.md says, and no more."""

import re

from tests.browser.effort import Counter, Effort
from tests.browser.our_path import OurPath
from tests.browser.served import ROOT

NAMES = {"demo": "our pages in the demo", "endi": "our pages in enDI, always"}


def test_an_exchange_takes_no_more_than_the_documentation_says(host, as_person):
    counter = Counter()
    pages = [as_person(login) for login in ("karim", "helene", "odile")]
    for page in pages:
        counter.watch(page)
    OurPath(counter, *pages, host.url).walk("Atelier Trait Juste", "Travail compté")
    assert counter.total() == said(NAMES[host.name])


def test_an_exchange_takes_about_a_third_of_the_forms_of_the_host_and_half_of_the_clicks():
    ours, theirs = said(NAMES["endi"]), said("host's own documents, first exchange with a partner")
    assert 5 * ours.forms <= 2 * theirs.forms
    assert 2 * ours.clicks <= theirs.clicks


def said(name):
    """What the page of the documentation says of one path."""
    text = (ROOT / "docs" / "clicks.md").read_text()
    (numbers,) = re.findall(rf"(?m)^\| {re.escape(name)} \|  \| (.*) \|$", text)
    return Effort(*(int(number) for number in numbers.split(" | ")))
