"""Every address of the plugin.

`{id}` is the host's id of a trading unit, so that the host's menus work as they are. Each address has its
resource, found by lookups.py before its view runs: unknown ids and those not yours answer the same 404.
"""

from typing import Any

from . import agreements, final_accounts, lookups
from .desk_routes import OF_A_PARTY_ASKED, OF_ADMINS_OF_THE_DESK, OF_THE_DESK
from .tender_routes import OF_ALL, OF_LISTS, OF_SUPPORT, OF_TENDERS

# name, pattern, what is found there. The address of one thing is under the address of its party.
PARTY = "/companies/{id:\\d{1,12}}/exchanges"
SUBCONTRACT = PARTY + "/subcontracts/{subcontract_id:\\d{1,15}}"
AMENDMENT = SUBCONTRACT + "/amendments/{amendment_id:\\d{1,15}}"
DELIVERY = SUBCONTRACT + "/deliveries/{delivery_id:\\d{1,15}}"
DISPUTE = SUBCONTRACT + "/disputes/{dispute_id:\\d{1,15}}"
ARBITRATION = "/exchanges/disputes/{dispute_id:\\d{1,15}}"
FINAL_ACCOUNT = SUBCONTRACT + "/final-accounts/{account_id:\\d{1,15}}"
FILE = "/files/{file_id:\\d{1,15}}"
CLIENT = SUBCONTRACT + "/client"
RECEIPT = "{invoice_key:[a-z0-9:]{1,40}}/{receipt_key:[a-z0-9:]{1,40}}"
EXCHANGE = "/exchanges/{exchange_id:\\d{1,15}}"
ANY_DELIVERY = "/exchanges/deliveries/{delivery_id:\\d{1,15}}"
DOCUMENT = "/exchanges/documents/{task_id:\\d{1,15}}"
PERIOD = "/exchanges/periods/{period_id:\\d{1,15}}"

OF_A_PARTY = (
    ("endi_ext.home", PARTY, lookups.find_party),
    ("endi_ext.notifications", PARTY + "/notifications", lookups.find_party),
    ("endi_ext.subcontracts", PARTY + "/subcontracts", lookups.find_party),
    ("endi_ext.subcontract.new", PARTY + "/subcontracts/new", lookups.find_party),
    ("endi_ext.subcontract.offer", PARTY + "/subcontracts/offer", lookups.find_party),
    ("endi_ext.subcontract", SUBCONTRACT, lookups.find_subcontract),
    ("endi_ext.subcontract.paper", SUBCONTRACT + "/paper.pdf", lookups.find_subcontract),
    ("endi_ext.subcontract.comment", SUBCONTRACT + "/comment", lookups.find_subcontract),
    ("endi_ext.subcontract.call_off", SUBCONTRACT + "/call-off", lookups.find_subcontract),
    ("endi_ext.subcontract.end", SUBCONTRACT + "/end", lookups.find_subcontract),
    (
        "endi_ext.subcontract.version",
        SUBCONTRACT + "/versions/{version_number:\\d{1,6}}",
        agreements.find_version,
    ),
    ("endi_ext.amendment.new", SUBCONTRACT + "/amendments/new", lookups.find_subcontract),
    ("endi_ext.amendment", AMENDMENT, agreements.find_amendment),
    ("endi_ext.amendment.paper", AMENDMENT + "/paper.pdf", agreements.find_amendment),
    ("endi_ext.amendment.counter", AMENDMENT + "/counter", agreements.find_amendment),
    ("endi_ext.amendment.accept", AMENDMENT + "/accept", agreements.find_amendment),
    ("endi_ext.amendment.decline", AMENDMENT + "/decline", agreements.find_amendment),
    ("endi_ext.amendment.withdraw", AMENDMENT + "/withdraw", agreements.find_amendment),
    ("endi_ext.subcontract.counter", SUBCONTRACT + "/counter", lookups.find_subcontract),
    ("endi_ext.subcontract.accept", SUBCONTRACT + "/accept", lookups.find_subcontract),
    ("endi_ext.subcontract.decline", SUBCONTRACT + "/decline", lookups.find_subcontract),
    ("endi_ext.subcontract.withdraw", SUBCONTRACT + "/withdraw", lookups.find_subcontract),
    ("endi_ext.delivery.new", SUBCONTRACT + "/deliveries/new", lookups.find_subcontract),
    ("endi_ext.delivery", DELIVERY, lookups.find_delivery),
    ("endi_ext.delivery.paper", DELIVERY + "/paper.pdf", lookups.find_delivery),
    ("endi_ext.delivery.accept", DELIVERY + "/accept", lookups.find_delivery),
    ("endi_ext.delivery.accept_in_part", DELIVERY + "/accept-in-part", lookups.find_delivery),
    ("endi_ext.delivery.contest", DELIVERY + "/contest", lookups.find_delivery),
    ("endi_ext.delivery.withdraw", DELIVERY + "/withdraw", lookups.find_delivery),
    ("endi_ext.retention.release", DELIVERY + "/retention/release", lookups.find_delivery),
    ("endi_ext.retention.contest", DELIVERY + "/retention/contest", lookups.find_delivery),
    ("endi_ext.retention.lift", DELIVERY + "/retention/lift", lookups.find_delivery),
    ("endi_ext.subcontract.pronounce", SUBCONTRACT + "/pronounce", lookups.find_subcontract),
    ("endi_ext.final_account.new", SUBCONTRACT + "/final-accounts/new", lookups.find_subcontract),
    ("endi_ext.final_account", FINAL_ACCOUNT, final_accounts.find_final_account),
    ("endi_ext.final_account.paper", FINAL_ACCOUNT + "/paper.pdf", final_accounts.find_final_account),
    ("endi_ext.final_account.sign", FINAL_ACCOUNT + "/sign", final_accounts.find_final_account),
    ("endi_ext.final_account.refuse", FINAL_ACCOUNT + "/refuse", final_accounts.find_final_account),
    ("endi_ext.final_account.withdraw", FINAL_ACCOUNT + "/withdraw", final_accounts.find_final_account),
    ("endi_ext.dispute", DISPUTE, lookups.find_dispute),
    ("endi_ext.dispute.propose", DISPUTE + "/propose", lookups.find_dispute),
    ("endi_ext.dispute.agree", DISPUTE + "/agree", lookups.find_dispute),
    ("endi_ext.dispute.give_way", DISPUTE + "/give-way", lookups.find_dispute),
    ("endi_ext.dispute.arbitration", DISPUTE + "/arbitration", lookups.find_dispute),
    ("endi_ext.dispute.file", DISPUTE + FILE, lookups.find_dispute_file),
    ("endi_ext.client", CLIENT, lookups.find_client),
    ("endi_ext.client.deal", CLIENT + "/deal", lookups.find_client),
    ("endi_ext.client.invoice", CLIENT + "/invoice", lookups.find_client),
    ("endi_ext.client.forget", CLIENT + "/forget", lookups.find_client),
    ("endi_ext.client.lift", CLIENT + "/lift", lookups.find_client),
    ("endi_ext.client.margin", CLIENT + "/margin", lookups.find_client),
    ("endi_ext.client.divide", CLIENT + "/receipts/" + RECEIPT, lookups.find_client),
    ("endi_ext.client.lines", CLIENT + "/lines", lookups.find_client),
    ("endi_ext.client.line", CLIENT + "/line", lookups.find_client),
    ("endi_ext.timeline", SUBCONTRACT + "/timeline", lookups.find_subcontract),
    ("endi_ext.jobs", PARTY + "/jobs", lookups.find_party),
    ("endi_ext.due", PARTY + "/due", lookups.find_party),
    ("endi_ext.exchanges", PARTY + "/all", lookups.find_party),
    ("endi_ext.exchange", PARTY + "/all/{exchange_id:\\d{1,15}}", lookups.find_exchange),
    ("endi_ext.statement", PARTY + "/statement", lookups.find_party),
    ("endi_ext.statement.pair", PARTY + "/statement/{partner_id:\\d{1,15}}", lookups.find_pair),
    *OF_TENDERS,
    *OF_A_PARTY_ASKED,
)

OF_BOTH_SIDES = (("endi_ext.exchange.voucher", EXCHANGE + "/voucher.pdf", lookups.find_voucher),)

OF_ACCOUNTANTS = (
    ("endi_ext.accounting", "/exchanges", lookups.find_books),
    ("endi_ext.journal", "/exchanges/journal", lookups.find_books),
    ("endi_ext.journal.file", "/exchanges/journal/file", lookups.find_books),
    ("endi_ext.entry", "/exchanges/entries/{entry_id:\\d{1,15}}", lookups.find_entry),
    ("endi_ext.trial_balance", "/exchanges/trial-balance", lookups.find_books),
    ("endi_ext.statement_any", "/exchanges/statement", lookups.find_books),
    ("endi_ext.exchange_any", EXCHANGE, lookups.find_any_exchange),
    ("endi_ext.settlement", EXCHANGE + "/settle", lookups.find_any_exchange),
    ("endi_ext.retention.release_any", EXCHANGE + "/retention/release", lookups.find_any_exchange),
    ("endi_ext.exchange_any.reverse", EXCHANGE + "/reverse", lookups.find_any_exchange),
    (
        "endi_ext.settlement.reverse",
        EXCHANGE + "/settlements/{settlement_id:\\d{1,15}}/reverse",
        lookups.find_settlement,
    ),
    ("endi_ext.deliveries_any", "/exchanges/deliveries", lookups.find_books),
    ("endi_ext.delivery_any", ANY_DELIVERY, lookups.find_any_delivery),
    ("endi_ext.delivery_any.accept", ANY_DELIVERY + "/accept", lookups.find_any_delivery),
    ("endi_ext.delivery_any.withdraw", ANY_DELIVERY + "/withdraw", lookups.find_any_delivery),
    ("endi_ext.settle_many", "/exchanges/settle", lookups.find_books),
    ("endi_ext.documents", "/exchanges/documents", lookups.find_books),
    ("endi_ext.documents.compare", "/exchanges/documents/compare", lookups.find_books),
    ("endi_ext.documents.align", EXCHANGE + "/documents/align", lookups.find_any_exchange),
    ("endi_ext.document.retry", DOCUMENT + "/retry", lookups.find_document),
    ("endi_ext.document.give_up", DOCUMENT + "/give-up", lookups.find_document),
    ("endi_ext.import", "/exchanges/import", lookups.find_books),
    ("endi_ext.import.confirm", "/exchanges/import/confirm", lookups.find_books),
    ("endi_ext.verification", "/exchanges/verification", lookups.find_books),
    ("endi_ext.checkpoint", "/exchanges/verification/checkpoint", lookups.find_books),
    ("endi_ext.periods", "/exchanges/periods", lookups.find_books),
    ("endi_ext.period.close", PERIOD + "/close", lookups.find_period),
    ("endi_ext.period.reopen", PERIOD + "/reopen", lookups.find_period),
    ("endi_ext.period.certificate", PERIOD + "/certificate", lookups.find_period),
    *OF_SUPPORT,
    *OF_ALL,
    *OF_THE_DESK,
)

OF_ARBITERS = (
    ("endi_ext.arbitrations", "/exchanges/disputes", lookups.find_books),
    ("endi_ext.arbitration", ARBITRATION, lookups.find_arbitration),
    ("endi_ext.arbitration.take", ARBITRATION + "/take", lookups.find_arbitration),
    ("endi_ext.arbitration.decide", ARBITRATION + "/decide", lookups.find_arbitration),
    ("endi_ext.arbitration.file", ARBITRATION + FILE, lookups.find_arbitration_file),
)

OF_ADMINS = (
    ("endi_ext.admin", "/admin/exchanges", lookups.find_books),
    ("endi_ext.admin.scheme", "/admin/exchanges/scheme", lookups.find_books),
    ("endi_ext.admin.accounts", "/admin/exchanges/accounts", lookups.find_books),
    ("endi_ext.admin.rates", "/admin/exchanges/rates", lookups.find_books),
    ("endi_ext.admin.documents", "/admin/exchanges/documents", lookups.find_books),
    ("endi_ext.admin.rights", "/admin/exchanges/rights", lookups.find_books),
    ("endi_ext.admin.changes", "/admin/exchanges/changes", lookups.find_books),
    ("endi_ext.admin.identity", "/admin/exchanges/identity", lookups.find_books),
    *OF_LISTS,
    *OF_ADMINS_OF_THE_DESK,
)


ALL = (*OF_A_PARTY, *OF_BOTH_SIDES, *OF_ACCOUNTANTS, *OF_ARBITERS, *OF_ADMINS)
NAMES = tuple(name for name, _pattern, _find in ALL)


def includeme(config: Any) -> None:
    """Add every route with its resource."""
    for name, pattern, find in ALL:
        config.add_route(name, pattern, factory=lookups.gate(find), traverse="/found")
