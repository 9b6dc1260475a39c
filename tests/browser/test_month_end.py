"""The end of a month in a real browser: from what is left, findings first, to a certificate; and back."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.served import ROOT

SCRIPT = ROOT / "tools" / "verify_certificate.py"


def test_from_the_list_of_what_is_left_to_a_certificate(host, as_person, step, tmp_path):
    odile = as_person("odile")
    odile.goto(f"{host.url}/exchanges/month-end")
    month = odile.url.rpartition("/")[2]
    step(odile, "what-is-left", "")

    # Findings are looked at where the list leads, on this month.
    findings = odile.get_by_role("link", name="Voir les écarts")
    if findings.count():
        findings.click()
        expect(odile).to_have_url(re.compile(f"/exchanges/findings.*{month}"))
        step(odile, "findings", "")
        odile.go_back()

    # The book is verified; what else is left may wait, with a reason.
    odile.get_by_role("link", name="Vérifier le livre").click()
    odile.get_by_role("button", name="Vérifier le livre").click()
    odile.goto(f"{host.url}/exchanges/month-end/{month}")
    expect(odile.get_by_role("link", name="Vérifier le livre")).to_have_count(0)
    odile.get_by_role("link", name="Clôturer le mois").click()
    reason = odile.get_by_label("Motif pour passer outre ce qui reste")
    if reason.count():
        reason.fill("Vu avec les enseignes, promis pour le 5")
    step(odile, "closing", "")
    odile.get_by_role("button", name="Clôturer").click()
    expect(odile.get_by_text("son certificat est prêt")).to_be_visible()
    step(odile, "closed", "")

    with odile.expect_download() as download:
        odile.get_by_role("link", name="Télécharger le certificat").click()
    certificate = tmp_path / "certificate.json"
    download.value.save_as(certificate)
    with odile.expect_download() as download:
        odile.get_by_role("link", name="Télécharger le journal du mois (CSV)").click()
    journal = tmp_path / "journal.csv"
    download.value.save_as(journal)
    proof = [sys.executable, str(SCRIPT), str(certificate), "--journal", str(journal)]
    assert subprocess.run(proof, check=False).returncode == 0

    # Whatever comes after needs the month open.
    odile.get_by_role("link", name="Rouvrir le mois").click()
    odile.get_by_label("Motif de la réouverture").fill("Une facture manquait")
    odile.get_by_role("button", name="Rouvrir").click()
    odile.goto(f"{host.url}/exchanges/month-end/{month}")
    expect(odile.get_by_text("a rouvert le mois")).to_be_visible()
