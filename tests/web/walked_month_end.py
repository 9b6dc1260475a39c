"""The forms of the month end."""

from tests.web.walked import REASON, button, on

THIS_MONTH = "/exchanges/month-end/{month}"
PASS = on("endi_ext.month_end.pass", "odile", THIS_MONTH + "/pass/deliveries", REASON)
MONTH_END = (
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
