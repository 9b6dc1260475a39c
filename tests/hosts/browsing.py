"""Pages read and forms filled without a browser."""

import html
import re


def fill(form, **values):
    """Fill the first empty field of each name."""
    for name, value in values.items():
        field = next(field for field in form.fields[name] if not field.value)
        field.value = value


def refill(form, position, **values):
    """Fill the fields of the row at `position`, whatever they hold."""
    for name, value in values.items():
        form.fields[name][position].value = value


def form_to(page, action):
    """Return the form of a page that is sent to `action`."""
    return next(form for form in page.forms.values() if form.action.endswith(action))


def links(page):
    """Return the paths that a page links to."""
    return {
        html.unescape(href).partition("?")[0].replace("http://localhost", "")
        for href in _HREF.findall(page.text)
    }


def csrf_token(page):
    """Return the token of the first form of a page."""
    return re.search(r'name="csrf_token"\s+value="([^"]+)"', page.text).group(1)


_HREF = re.compile(r'<a\b[^>]*?\bhref=["\']([^"\']+)["\']')
