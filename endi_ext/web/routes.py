"""Every address of the plugin.

`{id}` is the host's id of a trading unit, so that the host's menus work as they are. Each address has its
resource, found by lookups.py before its view runs: unknown ids and those not yours answer the same 404.
"""

from typing import Any

from . import lookups

# name, pattern, what is found there. The address of one thing is under the address of its party.
PARTY = "/companies/{id:\\d{1,12}}/exchanges"
SUBCONTRACT = PARTY + "/subcontracts/{subcontract_id:\\d{1,15}}"
DELIVERY = SUBCONTRACT + "/deliveries/{delivery_id:\\d{1,15}}"
EXCHANGE = "/exchanges/{exchange_id:\\d{1,15}}"
ANY_DELIVERY = "/exchanges/deliveries/{delivery_id:\\d{1,15}}"
PERIOD = "/exchanges/periods/{period_id:\\d{1,15}}"

OF_A_PARTY = (
    ("endi_ext.home", PARTY, lookups.find_party),
    ("endi_ext.notifications", PARTY + "/notifications", lookups.find_party),
    ("endi_ext.subcontracts", PARTY + "/subcontracts", lookups.find_party),
    ("endi_ext.subcontract.new", PARTY + "/subcontracts/new", lookups.find_party),
    ("endi_ext.subcontract", SUBCONTRACT, lookups.find_subcontract),
    ("endi_ext.subcontract.counter", SUBCONTRACT + "/counter", lookups.find_subcontract),
    ("endi_ext.subcontract.accept", SUBCONTRACT + "/accept", lookups.find_subcontract),
    ("endi_ext.subcontract.decline", SUBCONTRACT + "/decline", lookups.find_subcontract),
    ("endi_ext.subcontract.withdraw", SUBCONTRACT + "/withdraw", lookups.find_subcontract),
    ("endi_ext.delivery.new", SUBCONTRACT + "/deliveries/new", lookups.find_subcontract),
    ("endi_ext.delivery", DELIVERY, lookups.find_delivery),
    ("endi_ext.delivery.accept", DELIVERY + "/accept", lookups.find_delivery),
    ("endi_ext.delivery.accept_in_part", DELIVERY + "/accept-in-part", lookups.find_delivery),
    ("endi_ext.delivery.contest", DELIVERY + "/contest", lookups.find_delivery),
    ("endi_ext.delivery.withdraw", DELIVERY + "/withdraw", lookups.find_delivery),
    ("endi_ext.exchanges", PARTY + "/all", lookups.find_party),
    ("endi_ext.exchange", PARTY + "/all/{exchange_id:\\d{1,15}}", lookups.find_exchange),
    ("endi_ext.statement", PARTY + "/statement", lookups.find_party),
    ("endi_ext.statement.pair", PARTY + "/statement/{partner_id:\\d{1,15}}", lookups.find_pair),
)

OF_BOTH_SIDES = (("endi_ext.exchange.voucher", EXCHANGE + "/voucher.pdf", lookups.find_voucher),)

OF_ACCOUNTANTS = (
    ("endi_ext.accounting", "/exchanges", lookups.find_books),
    ("endi_ext.journal", "/exchanges/journal", lookups.find_books),
    ("endi_ext.entry", "/exchanges/entries/{entry_id:\\d{1,15}}", lookups.find_entry),
    ("endi_ext.trial_balance", "/exchanges/trial-balance", lookups.find_books),
    ("endi_ext.statement_any", "/exchanges/statement", lookups.find_books),
    ("endi_ext.exchange_any", EXCHANGE, lookups.find_any_exchange),
    ("endi_ext.settlement", EXCHANGE + "/settle", lookups.find_any_exchange),
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
    ("endi_ext.import", "/exchanges/import", lookups.find_books),
    ("endi_ext.import.confirm", "/exchanges/import/confirm", lookups.find_books),
    ("endi_ext.verification", "/exchanges/verification", lookups.find_books),
    ("endi_ext.checkpoint", "/exchanges/verification/checkpoint", lookups.find_books),
    ("endi_ext.periods", "/exchanges/periods", lookups.find_books),
    ("endi_ext.period.close", PERIOD + "/close", lookups.find_period),
    ("endi_ext.period.reopen", PERIOD + "/reopen", lookups.find_period),
    ("endi_ext.period.certificate", PERIOD + "/certificate", lookups.find_period),
)

OF_ADMINS = (
    ("endi_ext.admin", "/admin/exchanges", lookups.find_books),
    ("endi_ext.admin.scheme", "/admin/exchanges/scheme", lookups.find_books),
    ("endi_ext.admin.accounts", "/admin/exchanges/accounts", lookups.find_books),
    ("endi_ext.admin.rates", "/admin/exchanges/rates", lookups.find_books),
    ("endi_ext.admin.rights", "/admin/exchanges/rights", lookups.find_books),
    ("endi_ext.admin.changes", "/admin/exchanges/changes", lookups.find_books),
)


ALL = (*OF_A_PARTY, *OF_BOTH_SIDES, *OF_ACCOUNTANTS, *OF_ADMINS)
NAMES = tuple(name for name, _pattern, _find in ALL)


def includeme(config: Any) -> None:
    """Add every route with its resource."""
    for name, pattern, find in ALL:
        config.add_route(name, pattern, factory=lookups.gate(find), traverse="/found")
