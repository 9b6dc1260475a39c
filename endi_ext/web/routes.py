"""Every address of the plugin.

`{id}` is the host's id of a trading unit, so that the host's menus work as they are. Each address has its resource
(resources.py), found before its view runs: an id that does not exist and an id that is not yours both answer 404.
"""

from typing import Any

from . import resources

# name, pattern, what is found there. The address of one thing is under the address of its party.
PARTY = "/companies/{id:\\d{1,12}}/exchanges"
SUBCONTRACT = PARTY + "/subcontracts/{subcontract_id:\\d{1,15}}"
DELIVERY = SUBCONTRACT + "/deliveries/{delivery_id:\\d{1,15}}"
EXCHANGE = "/exchanges/{exchange_id:\\d{1,15}}"
PERIOD = "/exchanges/periods/{period_id:\\d{1,15}}"

OF_A_PARTY = (
    ("endi_ext.home", PARTY, resources.find_party),
    ("endi_ext.subcontracts", PARTY + "/subcontracts", resources.find_party),
    ("endi_ext.subcontract.new", PARTY + "/subcontracts/new", resources.find_party),
    ("endi_ext.subcontract", SUBCONTRACT, resources.find_subcontract),
    ("endi_ext.subcontract.counter", SUBCONTRACT + "/counter", resources.find_subcontract),
    ("endi_ext.subcontract.accept", SUBCONTRACT + "/accept", resources.find_subcontract),
    ("endi_ext.subcontract.decline", SUBCONTRACT + "/decline", resources.find_subcontract),
    ("endi_ext.subcontract.withdraw", SUBCONTRACT + "/withdraw", resources.find_subcontract),
    ("endi_ext.delivery.new", SUBCONTRACT + "/deliveries/new", resources.find_subcontract),
    ("endi_ext.delivery", DELIVERY, resources.find_delivery),
    ("endi_ext.delivery.accept", DELIVERY + "/accept", resources.find_delivery),
    ("endi_ext.delivery.contest", DELIVERY + "/contest", resources.find_delivery),
    ("endi_ext.delivery.withdraw", DELIVERY + "/withdraw", resources.find_delivery),
    ("endi_ext.exchanges", PARTY + "/all", resources.find_party),
    ("endi_ext.exchange", PARTY + "/all/{exchange_id:\\d{1,15}}", resources.find_exchange),
    ("endi_ext.statement", PARTY + "/statement", resources.find_party),
    ("endi_ext.statement.pair", PARTY + "/statement/{partner_id:\\d{1,15}}", resources.find_pair),
)

OF_BOTH_SIDES = (("endi_ext.exchange.voucher", EXCHANGE + "/voucher.pdf", resources.find_voucher),)

OF_ACCOUNTANTS = (
    ("endi_ext.accounting", "/exchanges", resources.find_books),
    ("endi_ext.journal", "/exchanges/journal", resources.find_books),
    ("endi_ext.entry", "/exchanges/entries/{entry_id:\\d{1,15}}", resources.find_entry),
    ("endi_ext.trial_balance", "/exchanges/trial-balance", resources.find_books),
    ("endi_ext.statement_any", "/exchanges/statement", resources.find_books),
    ("endi_ext.exchange_any", EXCHANGE, resources.find_any_exchange),
    ("endi_ext.settlement", EXCHANGE + "/settle", resources.find_any_exchange),
    ("endi_ext.exchange_any.reverse", EXCHANGE + "/reverse", resources.find_any_exchange),
    (
        "endi_ext.settlement.reverse",
        EXCHANGE + "/settlements/{settlement_id:\\d{1,15}}/reverse",
        resources.find_settlement,
    ),
    ("endi_ext.settle_many", "/exchanges/settle", resources.find_books),
    ("endi_ext.import", "/exchanges/import", resources.find_books),
    ("endi_ext.import.confirm", "/exchanges/import/confirm", resources.find_books),
    ("endi_ext.verification", "/exchanges/verification", resources.find_books),
    ("endi_ext.checkpoint", "/exchanges/verification/checkpoint", resources.find_books),
    ("endi_ext.periods", "/exchanges/periods", resources.find_books),
    ("endi_ext.period.close", PERIOD + "/close", resources.find_period),
    ("endi_ext.period.reopen", PERIOD + "/reopen", resources.find_period),
    ("endi_ext.period.certificate", PERIOD + "/certificate", resources.find_period),
)

OF_ADMINS = (
    ("endi_ext.admin", "/admin/exchanges", resources.find_books),
    ("endi_ext.admin.scheme", "/admin/exchanges/scheme", resources.find_books),
    ("endi_ext.admin.accounts", "/admin/exchanges/accounts", resources.find_books),
    ("endi_ext.admin.rates", "/admin/exchanges/rates", resources.find_books),
    ("endi_ext.admin.rights", "/admin/exchanges/rights", resources.find_books),
    ("endi_ext.admin.changes", "/admin/exchanges/changes", resources.find_books),
)


def includeme(config: Any) -> None:
    """Add every route with its resource."""
    for name, pattern, find in (*OF_A_PARTY, *OF_BOTH_SIDES, *OF_ACCOUNTANTS, *OF_ADMINS):
        config.add_route(name, pattern, factory=resources.gate(find), traverse="/found")
