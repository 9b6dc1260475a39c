"""The forms of the exports, filled in."""

from endi_ext.exchanges import papers
from endi_ext.kernel import preferences
from tests.web.walked import button, on

PAGE = "/exchanges/journal/exports"

COMPARE = PAGE + "/compare"


def host_makes_papers(books, an_act):
    """Let the host be one that makes documents, and so exports them."""
    preferences.note(books, papers.MADE_BY_HOST, papers.YES, an_act("odile"))
    books.commit()
    return {}


EXPORTS = (
    button("endi_ext.journal.exports", "odile", PAGE, PAGE),
    button("endi_ext.journal.exports.compare", "odile", PAGE, COMPARE, changes=False, made=host_makes_papers),
    on(
        "endi_ext.admin.sage", "marc", "/admin/exchanges/sage", {"sage_accounts": "host", "sage_due": "books"}
    ),
)
