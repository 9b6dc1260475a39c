"""Client invoices of enDI, written by its own services."""

from tests.hosts.client_contract import ClientBooks

from . import clients


class EndiClientBooks(ClientBooks):
    """The host's models and controllers, in the name of its accountant."""

    def __init__(self, hosted):
        self.hosted = hosted
        self.paid = {}

    def invoice(self, *, draft=False):
        invoice_id, business_id = clients.an_invoice(self.hosted, valid=not draft)
        return f"invoice:{invoice_id}", f"business:{business_id}"

    def pay(self, invoice_key, euros):
        self.paid.setdefault(invoice_key, []).extend(clients.pay(self.hosted, self._id(invoice_key), euros))

    def take_back_last(self, invoice_key):
        clients.take_back(self.hosted, self.paid[invoice_key].pop())

    def credit(self, invoice_key, euros):
        clients.credit(self.hosted, self._id(invoice_key), euros * 100 // 120)

    def _id(self, invoice_key):
        return int(invoice_key.partition(":")[2])
