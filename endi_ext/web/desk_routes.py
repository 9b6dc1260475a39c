"""The addresses of the accountant's desk, section by section; routes.py adds them to its own."""

from typing import Any

from . import lookups, month_places

MONTH = "/exchanges/month-end/{month:[0-9-]{1,10}}"
CHECK = "{check:[a-z0-9_]{1,40}}"

# name, pattern, what is found there: a section for each thing an accountant does.
ADOPTION: tuple[tuple[str, str, Any], ...] = ()
FINDINGS: tuple[tuple[str, str, Any], ...] = ()
MATCHING: tuple[tuple[str, str, Any], ...] = ()
LETTERING: tuple[tuple[str, str, Any], ...] = ()
MONTH_END: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.month_end", "/exchanges/month-end", lookups.find_books),
    ("endi_ext.month_end.of", MONTH, month_places.find_month),
    ("endi_ext.month_end.close", MONTH + "/close", month_places.find_month),
    ("endi_ext.month_end.pass", MONTH + "/pass/" + CHECK, month_places.find_month),
    ("endi_ext.month_end.unpass", MONTH + "/unpass/" + CHECK, month_places.find_month),
    ("endi_ext.month_end.open_ends", MONTH + "/open-ends", month_places.find_month),
)
FILES: tuple[tuple[str, str, Any], ...] = ()
DRAFTS: tuple[tuple[str, str, Any], ...] = ()
QUESTIONS: tuple[tuple[str, str, Any], ...] = ()

OF_THE_DESK = (*ADOPTION, *FINDINGS, *MATCHING, *LETTERING, *MONTH_END, *FILES, *DRAFTS, *QUESTIONS)

# What an entrepreneur reads and answers, and what an admin edits.
OF_A_PARTY_ASKED: tuple[tuple[str, str, Any], ...] = ()
OF_ADMINS_OF_THE_DESK: tuple[tuple[str, str, Any], ...] = ()
