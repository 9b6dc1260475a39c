"""One exchange by the host's own documents, as its users make it: two enseignes, staff, the worker."""

import re
import time
from collections.abc import Callable
from typing import Any

from tests.browser.effort import Counter

SELLER, BUYER, STAFF = "Sous-traitant", "Donneur d’ordre", "Équipe d’appui"
PATIENCE_S = 60
DIALOG = "[role=dialog]"
# The host's words on the button that sends: they differ from one document to the next.
SENDS = re.compile("Demander la validation|Valider|Enregistrer")


class HostPath:
    """The pages of the three, each from their first page on; the shortest way we know of."""

    def __init__(self, counter: Counter, seller: Any, buyer: Any, staff: Any, url: str) -> None:
        self.counter, self.seller, self.buyer, self.staff, self.url = counter, seller, buyer, staff, url
        self.opened: set[str] = set()

    def walk(self, partner: str, subject: str, *, project: str = "") -> None:
        """Do it all, from the quotation to the payment; a known partner has a card and a project already."""
        with self.counter.step(SELLER, "devis" if project else "client interne, dossier et devis"):
            self.make_quotation(partner, subject, project)
        with self.counter.step(SELLER, "demande de validation du devis"):
            ask_validation(self.seller)
        with self.counter.step(STAFF, "validation du devis"):
            self.validate_from_home(f"{subject}")
        with self.counter.step(BUYER, "commande reçue : demande de validation"):
            self.open_purchase("Commandes fournisseurs", "/supplier_orders/")
            ask_validation(self.buyer)
        with self.counter.step(STAFF, "validation de la commande"):
            self.validate_from_home("Devis ")
        with self.counter.step(SELLER, "facture tirée du devis : demande de validation"):
            self.make_invoice(subject)
            ask_validation(self.seller)
        with self.counter.step(STAFF, "validation de la facture"):
            self.validate_from_home("Facture interne")
        with self.counter.step(BUYER, "facture reçue : demande de validation"):
            self.open_purchase("Factures fournisseurs", "/supplier_invoices/")
            ask_validation(self.buyer)
        with self.counter.step(STAFF, "validation de la facture reçue"):
            self.validate_purchase()
        with self.counter.step(STAFF, "encaissement"):
            self.record_payment()

    def make_quotation(self, partner: str, subject: str, project: str) -> None:
        page = self.seller
        self.home(page)
        page.get_by_role("link", name="Créer un devis").click()
        if project:
            choose(page, "customer_id", partner)
            choose(page, "project_id", project)
        else:
            self.make_customer(partner)
            self.make_project(subject)
        settle_down(page)
        page.locator("[name=name]").fill(subject)
        page.get_by_role("button", name="Valider").click()
        page.locator("[name=description]").first.fill(subject)
        self.add_line()
        page.locator("[name=payment_conditions]").fill("30 jours")
        page.locator("[name=payment_conditions]").blur()
        settle_down(page)

    def make_customer(self, partner: str) -> None:
        page = self.seller
        page.get_by_role("button", name="Ajouter un client").click()
        page.get_by_text("Client interne").click()
        choose(page, "source_company_id", partner)
        page.locator(DIALOG).get_by_role("button", name="Enregistrer").click()
        page.locator(f"{DIALOG}:visible").wait_for(state="detached")

    def make_project(self, name: str) -> None:
        page = self.seller
        page.get_by_role("button", name="Ajouter un dossier").click()
        page.locator(f"{DIALOG} [name=name]").fill(name)
        page.locator(DIALOG).get_by_role("button", name="Valider").click()
        page.locator(f"{DIALOG}:visible").wait_for(state="detached")

    def add_line(self) -> None:
        page = self.seller
        page.get_by_role("button", name="Ajouter un produit").click()
        page.frame_locator(f"{DIALOG} iframe").locator("body").press_sequentially("Plans d’exécution")
        page.locator("[name=cost]").fill("250")
        page.locator("[name=quantity]").fill("4")
        page.locator("[name=unity]").select_option("forfait")
        page.locator(f"{DIALOG} button:has-text('Valider')").click()
        page.locator(f"{DIALOG}:visible").wait_for(state="detached")
        settle_down(page)

    def make_invoice(self, subject: str) -> None:
        self.home(self.seller)
        self.seller.get_by_role("link", name=subject).first.click()
        self.seller.locator("button[title='Transformer ce devis en facture']").click()
        self.seller.wait_for_url("**/invoices/*")

    def open_purchase(self, menu: str, address: str) -> None:
        """Find in the menu of purchases what the worker has brought there."""
        page = self.buyer
        self.home(page)
        page.locator("button[title='Afficher le sous-menu Achats']").click()
        page.get_by_role("link", name=menu).click()
        settle_down(page)
        with self.counter.paused():
            brought = wait_for(lambda: self.new_address(address))
        page.locator(f"td a[href='{brought}']").first.click()

    def new_address(self, beginning: str) -> str | None:
        """Return the address of a document of the list that was not opened yet."""
        self.buyer.reload()
        settle_down(self.buyer)
        rows = self.buyer.locator(f"td a[href^='{beginning}']").all()
        new = {row.get_attribute("href") for row in rows} - self.opened
        self.opened |= new
        return max(new, default=None)

    def validate_from_home(self, name: str) -> None:
        self.home(self.staff)
        self.staff.locator("td a:visible").filter(has_text=name).first.click()
        validate(self.staff)

    def validate_purchase(self) -> None:
        # Before its validation this document has no name to click on the first page.
        self.home(self.staff)
        self.staff.locator("main a, .main_area a").get_by_text("Factures fournisseurs").click()
        self.staff.locator("td a[href*='/supplier_invoices/']").first.click()
        validate(self.staff)

    def record_payment(self) -> None:
        page = self.staff
        self.home(page)
        page.locator("button[title='Afficher le sous-menu Ventes CAE']").click()
        page.locator("a[href='/invoices']").first.click()
        page.locator("td a[href*='/invoices/']").first.click()
        page.locator("a[title^='Enregistrer un encaissement']").click()
        page.get_by_role("button", name="Enregistrer").click()
        page.get_by_text("Total encaissé").wait_for()

    def home(self, page: Any) -> None:
        page.goto(self.url)
        settle_down(page)


def choose(page: Any, name: str, label: str) -> None:
    """Choose in a list that a script of the host draws over the browser's own."""
    page.locator(f"select[name={name}] + .select2 .select2-selection").click()
    page.get_by_role("option", name=label).click()


def ask_validation(page: Any) -> None:
    settle_down(page)
    page.locator("button[title$='en demander la validation']").click()
    confirm(page)


def validate(page: Any) -> None:
    settle_down(page)
    page.locator("button[title^='Valider ce document']").click()
    confirm(page)


def confirm(page: Any) -> None:
    """Send what the host asks once more in a window of its own."""
    page.locator(f"{DIALOG} button").filter(has_not_text="Annuler").filter(has_text=SENDS).last.click()
    page.locator(f"{DIALOG}:visible").wait_for(state="detached")
    settle_down(page)


def settle_down(page: Any) -> None:
    """Wait for the scripts of a page: a person sees when it is ready, a script does not."""
    page.wait_for_load_state("networkidle")


def wait_for(look: Callable[[], str | None]) -> str:
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        if found := look():
            return found
        time.sleep(1)
    raise AssertionError("the worker brought nothing")
