"""A client whose invoices and payments a test writes as it likes: ports.ExternalReceipts by hand."""

from dataclasses import replace
from datetime import date

from endi_ext.exchanges import service as exchanges
from endi_ext.ports import ClientInvoice, ClientReceipt, Deal
from endi_ext.subcontracts import client_invoices
from endi_ext.subcontracts.terms import CLIENT_PAYS, Conditions
from tests.builders import TODAY, an_act, numbers

from .builders import a_delivery, a_line, accepted, an_agreement, some_terms


class Client:
    """One client with one invoice of 1 000 € and 20 % of VAT, sent by the party `host_key`."""

    def __init__(self, host_key, *, total_cents=120_000, net_cents=100_000, key="invoice:1"):
        self.host_key = host_key
        self.found = {
            key: ClientInvoice(key, "F-12", "Escalier", "Mairie", TODAY, net_cents, total_cents, 0, ())
        }
        self.jobs = [Deal("deal:1", "Escalier de la mairie", "Mairie", 100_000)]

    def invoice(self, session, host_key, key):
        return self.found.get(key) if host_key == self.host_key else None

    def deals(self, session, host_key):
        return self.jobs if host_key == self.host_key else []

    def pays(self, amount_cents, *, on: date = TODAY, key="invoice:1"):
        """Add a receipt and return its key."""
        receipt = ClientReceipt(f"receipt:{next(numbers)}", on, amount_cents)
        self.change(key, receipts=(*self.found[key].receipts, receipt))
        return receipt.key

    def takes_back(self, receipt_key, *, key="invoice:1"):
        kept = tuple(one for one in self.found[key].receipts if one.key != receipt_key)
        self.change(key, receipts=kept)

    def is_credited(self, amount_cents, *, key="invoice:1"):
        self.change(key, credited_cents=self.found[key].credited_cents + amount_cents)

    def change(self, key, **facts):
        self.found[key] = replace(self.found[key], **facts)


def when_the_client_pays(**facts):
    return Conditions(payment_kind=CLIENT_PAYS, **facts)


def a_waiting_claim(session, *quantities_thousandths, conditions=None, line=None):
    """An agreement paid when the client pays, with one accepted delivery: (subcontract, exchange, client)."""
    line = line or a_line(quantity_thousandths=10_000, unit_price_cents=6_000)
    terms = some_terms(line, conditions=conditions or when_the_client_pays())
    subcontract = an_agreement(session, terms=terms)
    delivery = accepted(session, a_delivery(session, subcontract, *quantities_thousandths))
    session.flush()
    return subcontract, delivery.exchange, Client(subcontract.buyer.host_key)


def named(session, subcontract, client, *, key="invoice:1", delivery_number=0):
    facts = {"party": subcontract.buyer, "act": an_act(), "delivery_number": delivery_number}
    return client_invoices.name_invoice(session, client, subcontract, invoice_key=key, **facts)


def settled(session, exchange, amount_cents):
    key = f"settlement-{next(numbers)}"
    act = an_act("user:5")
    return exchanges.settle(
        session, exchange, amount_cents=amount_cents, settled_on=TODAY, request_key=key, act=act
    )


def standing(exchange):
    """What of an exchange is due, waits for the client, is held back and is settled."""
    return exchange.due_cents, exchange.awaiting_cents, exchange.retained_cents, exchange.settled_cents
