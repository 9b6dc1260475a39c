"""Filling in the forms of subcontracts, as people do."""

BASE = "/companies/{}/exchanges"
FORM = "endi_ext_form"


def pages_of(company_id, path=""):
    """The address of one of a party's pages."""
    return BASE.format(company_id) + path


def fill_lines(form, *lines):
    """Fill in rows: (description, quantity, unit, unit price)."""
    for place, line in enumerate(lines):
        names = ("description", "quantity_thousandths", "unit", "unit_price_cents")
        for name, value in zip(names, line, strict=True):
            form.set(name, value, index=place)
    return form


def a_filled_proposal(browser, company_id=1, *, partner="Atelier Trait Juste", lines=(), **values):
    """The form of a new subcontract, filled in and not sent."""
    form = browser.get(pages_of(company_id, "/subcontracts/new")).forms[FORM]
    facts = {"title": "Plans de l'escalier", "due_on": "2027-01-31", "message": "", **values}
    for name, value in facts.items():
        form[name] = value
    form["seller"] = partner
    return fill_lines(form, *(lines or (("Plans", "10", "heure", "50"),)))


def propose(browser, **values):
    """Send a proposal; return the page it leads to."""
    return a_filled_proposal(browser, **values).submit("submit", status=303).follow()


def id_in(page):
    """The id of the document a page shows, from its address."""
    return int(page.request.path.rsplit("/", 1)[1])


def press(page, action):
    """Press the button of a page whose form leads to `action`; return the page after."""
    (form,) = [form for form in page.forms.values() if form.action.endswith(action)]
    return form.submit(status=303).follow()


def words(page):
    """The text of a page in one line, with ordinary spaces only."""
    return " ".join(page.html.get_text(" ").split())
