"""The client of a principal, outside the cooperative: an invoice and what the client pays, in either host."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.served import Served


class DemoClient:
    """The demo's own small pages of client invoices, used as its people do."""

    def __init__(self, host: Served, page: Any, company_id: int) -> None:
        self.page = page
        self.invoices = f"{host.url}/companies/{company_id}/invoices"

    def invoice(self, label: str, net: str) -> str:
        """Send an invoice of one line without VAT in euros, 20 % on top; return its number."""
        self.page.goto(self.invoices)
        self.page.get_by_label("Objet", exact=True).fill(label)
        self.page.get_by_label("Client", exact=True).fill("Commune de Talloires")
        self.page.get_by_label("Affaire", exact=True).fill(label)
        self.page.get_by_label("Montant HT de la facture").fill(net)
        self.page.get_by_label("Taux de TVA").fill("20")
        self.page.get_by_role("button", name="Créer la facture").click()
        return self.page.get_by_role("heading", level=1).inner_text().removeprefix("Facture ").strip()

    def pay(self, number: str, amount: str) -> None:
        """Record a receipt, VAT included, in euros."""
        self.page.goto(self.invoices)
        self.page.get_by_role("link", name=re.compile(number)).click()
        self.page.get_by_label("Montant TTC", exact=True).fill(amount)
        self.page.get_by_role("button", name="Enregistrer l’encaissement").click()
        expect(self.page.get_by_text("L’encaissement est enregistré.")).to_be_visible()


def client_of(host: Served, page: Any, home: str) -> Any:
    """Return the client of a principal whose pages are at `home`."""
    company_id = int(re.search(r"/companies/(\d+)/", home)[1])
    return DemoClient(host, page, company_id)
