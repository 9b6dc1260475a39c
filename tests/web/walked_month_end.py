"""The forms of the month end and of the year end."""

from endi_ext.ledger import service as ledger
from tests.web.walked import REASON, button, on


def closed_month(books, an_act):
    """The month of the dealings is closed, as all but the last of a year must be; commits."""
    odile = an_act("odile")
    ledger.close_period(books, ledger.period_of(books, odile.today), odile)
    books.commit()
    return {}


THIS_MONTH = "/exchanges/month-end/{month}"
PASS = on("endi_ext.month_end.pass", "odile", THIS_MONTH + "/pass/deliveries", REASON)
THIS_YEAR = "/exchanges/year-end/{year}"
ELIMINATE = on("endi_ext.year_end.eliminate", "odile", THIS_YEAR + "/eliminate/4-6-7", made=closed_month)
MONTH_END = (
    ELIMINATE,
    on(
        "endi_ext.year_end.undo",
        "odile",
        THIS_YEAR + "/undo/4-6-7",
        REASON,
        before=(ELIMINATE,),
        made=closed_month,
    ),
    PASS,
    button(
        "endi_ext.month_end.unpass",
        "odile",
        THIS_MONTH,
        THIS_MONTH + "/unpass/deliveries",
        before=(PASS,),
    ),
    on("endi_ext.month_end.close", "odile", THIS_MONTH + "/close", REASON),
)
