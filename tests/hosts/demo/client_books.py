"""Client invoices of the demo, written through its own pages."""

from tests.builders import numbers
from tests.hosts.client_contract import BUYER, ClientBooks


class DemoClientBooks(ClientBooks):
    """The demo's pages, as helene uses them."""

    def __init__(self, hosted):
        self.helene = hosted.browser("helene")
        self.home = f"/companies/{hosted.party_named(BUYER).host_id}/invoices"

    def invoice(self, *, draft=False):
        form = self.helene.get(self.home).forms["invoice-form"]
        form["client"], form["label"], form["net"] = "Mairie", f"Escalier {next(numbers)}", "1000"
        form["draft"] = draft
        page = form.submit(status=303).follow()
        number = page.request.path.rsplit("/", 1)[1]
        deals = self.helene.get(self.home).html.select("#deals option")
        return f"invoice:{number}", f"deal:{len(deals)}"

    def pay(self, invoice_key, euros):
        self._send(invoice_key, "receive-form", amount=str(euros))

    def take_back_last(self, invoice_key):
        page = self._page(invoice_key)
        last = max(
            (one for one in page.forms if str(one).startswith("cancel-")), key=lambda one: int(one[7:])
        )
        page.forms[last].submit(status=303)

    def credit(self, invoice_key, euros):
        self._send(invoice_key, "credit-form", amount=str(euros))

    def _send(self, invoice_key, form, **typed):
        found = self._page(invoice_key).forms[form]
        for name, value in typed.items():
            found[name] = value
        found.submit(status=303)

    def _page(self, invoice_key):
        return self.helene.get(f"{self.home}/{invoice_key.partition(':')[2]}")
