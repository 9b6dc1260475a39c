"""Forms about the papers a host makes of exchanges."""

from tests.web.walked import REASON, button, on

PAGE = "/exchanges/documents"
ALIGN = "/exchanges/{open_exchange}/documents/align"

DOCUMENTS = (
    button("endi_ext.document.retry", "odile", PAGE, PAGE + "/{document}/retry"),
    on("endi_ext.document.give_up", "odile", PAGE + "/{document}/give-up", REASON),
    # In a host that makes no documents there is nothing to compare and nothing to follow.
    button("endi_ext.documents.compare", "odile", PAGE, PAGE + "/compare", changes=False),
    button("endi_ext.documents.align", "odile", PAGE, ALIGN, changes=False),
    on("endi_ext.admin.documents", "marc", "/admin/exchanges/documents", {"host_documents": "ledger_only"}),
)
