"""The forms of the exports, filled in."""

from tests.web.walked import button

PAGE = "/exchanges/journal/exports"

EXPORTS = (button("endi_ext.journal.exports", "odile", PAGE, PAGE),)
