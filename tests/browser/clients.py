"""The client of a principal, outside the cooperative: an invoice and what the client pays, in either host."""

import os
import re
from typing import Any

from playwright.sync_api import expect

from tests.browser import clock
from tests.browser.served import CLOCK, Served


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
        heading = self.page.get_by_role("heading", level=1, name=re.compile("^Facture "))
        return str(heading.inner_text()).removeprefix("Facture ").strip()

    def pay(self, number: str, amount: str) -> None:
        """Record a receipt, VAT included, in euros."""
        self.page.goto(self.invoices)
        self.page.get_by_role("link", name=re.compile(number)).click()
        self.page.get_by_label("Montant TTC", exact=True).fill(amount)
        self.page.get_by_role("button", name="Enregistrer l’encaissement").click()
        expect(self.page.get_by_text("L’encaissement est enregistré.")).to_be_visible()


class EndiClient:
    """A client of enDI: real invoices and payments, by the host's own services as its staff records them."""

    def __init__(self, host: Served) -> None:
        from tests.hosts.endi.hosted import Endi

        os.environ[clock.FILE] = str(host.ini.parent / CLOCK)
        self.hosted = Endi.started(str(host.ini))
        self.ids: dict[str, int] = {}

    def invoice(self, label: str, net: str) -> str:
        """Send an invoice of one line without VAT in euros, 20 % on top; return its number."""
        from sqlalchemy import text

        from tests.hosts.endi import clients

        invoice_id, _business_id = clients.an_invoice(self.hosted, euros=int(net))
        with self.hosted.session() as session:
            query = text("SELECT official_number FROM task WHERE id = :id")
            number = str(session.execute(query, {"id": invoice_id}).scalar_one())
        self.ids[number] = invoice_id
        return number

    def pay(self, number: str, amount: str) -> None:
        """Record a payment, VAT included, in euros."""
        from tests.hosts.endi import clients

        clients.pay(self.hosted, self.ids[number], int(amount))


def client_of(host: Served, page: Any, home: str) -> DemoClient | EndiClient:
    """Return the client of a principal whose pages are at `home`."""
    if host.name == "endi":
        return EndiClient(host)
    company_id = int(re.search(r"/companies/(\d+)/", home)[1])
    return DemoClient(host, page, company_id)
