"""The same exchange by our pages, in whichever host: two enseignes and an accountant."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.effort import Counter

SELLER, BUYER, STAFF = "Sous-traitant", "Donneur d’ordre", "Équipe d’appui"
WORK = "Plans d’exécution"


class OurPath:
    """The pages of the three, each from the first page they see after logging in."""

    def __init__(self, counter: Counter, seller: Any, buyer: Any, staff: Any, url: str) -> None:
        self.counter, self.seller, self.buyer, self.staff, self.url = counter, seller, buyer, staff, url

    def walk(self, partner: str, subject: str) -> None:
        """Do it all, from the proposal to the settlement."""
        with self.counter.step(BUYER, "proposition"):
            self.propose(partner, subject)
        with self.counter.step(SELLER, "accord"):
            self.agree(subject)
        with self.counter.step(SELLER, "livraison déclarée"):
            self.deliver(subject)
        with self.counter.step(BUYER, "livraison acceptée"):
            self.accept(subject)
        with self.counter.step(STAFF, "règlement"):
            self.settle(subject)

    def propose(self, partner: str, subject: str) -> None:
        page = self.buyer
        self.open(page, "À traiter")
        page.get_by_role("link", name="Proposer une sous-traitance").click()
        page.get_by_label("Objet du travail").fill(subject)
        page.get_by_label("Partenaire à qui vous confiez le travail").fill(partner)
        page.get_by_label("À terminer pour le").fill((date.today() + timedelta(days=30)).isoformat())
        values = {"Description": WORK, "Quantité": "4", "Unité": "plan", "Prix unitaire HT": "250"}
        for label, value in values.items():
            page.get_by_label(re.compile(f"^{label}, ligne 1$")).fill(value)
        page.get_by_role("button", name="Envoyer la proposition").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(subject)

    def agree(self, subject: str) -> None:
        page = self.seller
        self.open(page, "À traiter")
        page.get_by_role("link", name=re.compile(subject)).first.click()
        page.get_by_role("button", name="Accepter et signer").click()
        expect(page.get_by_text("C’est accepté")).to_be_visible()

    def deliver(self, subject: str) -> None:
        page = self.seller
        self.open(page, "Sous-traitance")
        page.get_by_role("link", name=re.compile(subject)).first.click()
        page.get_by_role("link", name="Déclarer une livraison").click()
        # The form proposes all that remains.
        expect(page.get_by_label(f"Livré cette fois : {WORK}")).to_have_value("4")
        page.get_by_role("button", name="Déclarer la livraison").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Livraison")

    def accept(self, subject: str) -> None:
        page = self.buyer
        self.open(page, "À traiter")
        page.get_by_role("link", name=re.compile(f"{subject}.*livraison")).first.click()
        page.get_by_role("button", name="Accepter la livraison").click()
        expect(page.get_by_text("acceptée").first).to_be_visible()

    def settle(self, subject: str) -> None:
        page = self.staff
        self.open(page, "À régler")
        page.get_by_role("checkbox", name=re.compile(subject)).click()
        page.get_by_role("button", name=re.compile("^Régler")).click()
        expect(page.get_by_role("checkbox", name=re.compile(subject))).to_have_count(0)

    def open(self, page: Any, entry: str) -> None:
        """Open one of our pages from the first page a person sees, by the menu of the host."""
        page.goto(self.url)
        page.wait_for_load_state("networkidle")
        group = page.locator("button[title='Afficher le sous-menu Échanges internes']")
        if group.count():
            group.first.click()
        page.get_by_role("link", name=entry, exact=True).first.click()
