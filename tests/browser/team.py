"""Who answers a tender together, and what they do on its pages."""

import re
from pathlib import Path

import openpyxl

from tests.browser.served import ROOT

BUYER = "Menuiserie du Lac"
SUBJECT = "Service d'entretien de remise en état et de nettoyage des espaces verts"
TEAM = {
    "karim": "Atelier Trait Juste",
    "solene": "Studio Écume",
    "thomas": "Keller Enduits et Chaux",
    "lucie": "Herbes Folles",
}
DECLINES = "Coutures de Rosa"
FIRM = "Pépinières du Jura"
NOTICE = ROOT / "tests" / "data" / "notices" / "eforms" / "cn_24_FRA_comments.xml"


def a_notice(folder, due):
    """Return the file of a published notice of two lots whose deadline is on `due`."""
    path = Path(folder) / "avis.xml"
    path.write_text(NOTICE.read_text("utf-8").replace("2019-06-24Z", f"{due:%Y-%m-%d}Z"), "utf-8")
    return path


def a_schedule(folder):
    """Return a spreadsheet of forty lines, twenty a lot: 52 500 € each."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Lot", "N°", "Désignation", "Unité", "Quantité", "Prix unitaire HT"])
    for lot in (1, 2):
        for line in range(1, 21):
            sheet.append([f"LOT-000{lot}", f"{lot}.{line:02}", f"Zone {lot}-{line}", "m²", line * 10, 25])
    path = Path(folder) / "bordereau.xlsx"
    book.save(path)
    return path


def take_position(page, stance, reason):
    """Say what one thinks of answering, and why."""
    page.get_by_role("link", name="Prendre position").first.click()
    page.get_by_label("Faut-il répondre").select_option(stance)
    page.get_by_label("Pourquoi").fill(reason)
    page.get_by_role("button", name="Enregistrer").click()


def share_by_line(page, tender, *, lot, parts):
    """Share each line of a lot as `parts` says: by amount, percentage or parts."""
    page.goto(f"{tender}/prices")
    page.get_by_role("link", name="Répartir ce lot, ligne par ligne").nth(lot).click()
    page.wait_for_load_state()
    for name, part in parts.items():
        for field in page.get_by_label(re.compile(f"^{re.escape(name)} : ")).all():
            field.fill(part)
    page.get_by_role("button", name="Enregistrer").click()


def fill_the_list(as_person, host):
    """Let the admin begin with the usual list of papers, where there is none yet."""
    marc = as_person("marc")
    marc.goto(f"{host.url}/admin/exchanges/papers")
    usual = marc.get_by_role("button", name="Commencer par la liste usuelle")
    if usual.count():
        usual.click()


def provide_common(page, host, until):
    """Provide what the cooperative provides once for all its tenders."""
    page.goto(f"{host.url}/exchanges/papers")
    while page.get_by_role("link", name="Déposer").count():
        page.get_by_role("link", name="Déposer").first.click()
        provide(page, until)
        page.goto(f"{host.url}/exchanges/papers")


def provide_all(page, checklist, until):
    """Provide every paper that is asked of the reader."""
    page.goto(checklist)
    while page.get_by_role("link", name="Déposer").count():
        page.get_by_role("link", name="Déposer").first.click()
        provide(page, until)
        page.goto(checklist)


def provide(page, until):
    """Provide the paper whose form is open, with its last day where one is asked for."""
    paper = {"name": "piece.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 essai"}
    page.set_input_files("input[type=file]", paper)
    page.wait_for_load_state()
    for day in page.locator("input[type=date]").all():
        day.fill(f"{until:%Y-%m-%d}")
    page.locator("#endi_ext_submit").click()


def missing_papers(page):
    """Return how many papers the checklist still waits for."""
    return page.get_by_text("À fournir", exact=True).count()


def deposit(page, tender):
    """Note that the bid is deposited, with its receipt."""
    page.goto(f"{tender}/outcome/submit")
    page.get_by_label("À (heure de Paris)").fill("00:01")
    page.get_by_label("Numéro de l’accusé de réception").fill("AR-2026-0042")
    receipt = {"name": "accuse.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 essai"}
    page.set_input_files("input[type=file]", receipt)
    page.get_by_role("button", name="Noter le dépôt").click()


def note_result(page, tender, *, lot, outcome):
    """Note what became of a lot."""
    page.goto(f"{tender}/outcome")
    page.get_by_role("link", name=re.compile("Noter le résultat|Compléter")).nth(lot).click()
    page.get_by_label("Résultat").select_option(outcome)
    page.get_by_role("button", name="Enregistrer").click()


def send_agreements(page, due):
    """Send all agreements for signature, the work to be done by `due`."""
    page.get_by_role("link", name=re.compile("Envoyer|Préparer")).first.click()
    page.get_by_label("Travail à terminer avant le").fill(f"{due:%Y-%m-%d}")
    page.get_by_role("button", name="Signer et envoyer tous les accords").click()
