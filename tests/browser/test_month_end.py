"""The end of a month in a real browser: from what does not agree to a closed month and its certificate."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from endi_ext.kernel.parties import COOPERATIVE, Party
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import OPEN, Book, Journal, Period
from tests.browser.served import ROOT
from tests.builders import a_draft, an_act

WHY = "Vu avec les deux enseignes"
FORGOTTEN = "Une facture retrouvée"


def test_from_what_does_not_agree_to_a_closed_month_and_its_certificate(
    host, as_person, step, books, tmp_path
):
    odile = as_person("odile")
    something_of_a_month_that_is_over(host, odile, tmp_path)

    # She looks for what does not agree; the oldest of it is of the month she is about to close.
    odile.goto(f"{host.url}/exchanges/findings")
    with_button(odile, "Chercher les écarts maintenant").click()
    expect(odile.locator("body")).to_contain_text("Dernière recherche")
    odile.wait_for_load_state()
    rows = odile.locator("table.endi-ext-cards tbody tr", has=odile.locator("input[type=checkbox]"))
    oldest = rows.last
    day, month, year = re.search(r"(\d\d)/(\d\d)/(\d{4})", oldest.inner_text()).groups()
    name = f"{year}-{month}"
    close_what_precedes(host, name)
    before = books.table()

    # The desk says it in its first lines, and leads there.
    desk = f"{host.url}/exchanges/month-end/{name}"
    odile.goto(desk)
    expect(check(odile, "Écarts entre documents réglés")).to_contain_text("À faire")
    step(odile, "to-do", before)
    check(odile, "Écarts entre documents réglés").get_by_role("link", name="Voir les écarts").click()
    odile.wait_for_url(re.compile("/exchanges/findings"))
    while rows.count():
        settle_finding(odile, rows.first, step, before)
        odile.goto(f"{host.url}/exchanges/findings?month={name}")

    # The books are verified; what else is left she passes with a reason.
    odile.goto(desk)
    expect(odile.locator("details")).to_contain_text("Écarts entre documents réglés")
    check(odile, "Livre vérifié depuis la fin du mois").get_by_role("link", name="Vérifier").click()
    odile.get_by_role("button", name="Vérifier le livre").click()
    odile.goto(desk)
    while odile.get_by_role("link", name=re.compile("Passer outre")).count():
        odile.get_by_role("link", name=re.compile("Passer outre")).first.click()
        odile.get_by_label("Motif").fill(WHY)
        odile.locator("#endi_ext_form button[type=submit]:not([aria-hidden])").first.click()
        odile.wait_for_url(re.compile(r"/month-end/[0-9-]+$"))
    step(odile, "ready", before)
    odile.get_by_role("link", name="Clôturer le mois").click()
    odile.get_by_role("button", name="Clôturer").first.click()
    expect(odile.locator(".endi-ext-lead")).to_contain_text("Clôturé")
    step(odile, "closed", before)

    certificate, journal = tmp_path / "certificate.json", tmp_path / "journal.csv"
    download(odile, "Télécharger le certificat", certificate)
    download(odile, "Télécharger le journal du mois (CSV)", journal)
    verify(certificate, journal)
    refused_everywhere(host, odile, date(int(year), int(month), int(day)), tmp_path)

    # The last month that was closed opens again, with a reason that stays.
    odile.goto(desk)
    odile.get_by_role("link", name="Rouvrir le mois").click()
    odile.get_by_label("Motif").fill(FORGOTTEN)
    odile.locator("#endi_ext_form button[type=submit]:not([aria-hidden])").first.click()
    odile.goto(desk)
    expect(odile.locator(".endi-ext-history")).to_contain_text(FORGOTTEN)
    step(odile, "open-again", before)


def something_of_a_month_that_is_over(host, odile, folder):
    """Have an exchange and a finding of January; the demo's year has both already."""
    if host.name == "demo":
        return
    year = str(host.today().year)
    ini = os.environ["ENDI_EXT_ENDI_INI"]
    subprocess.run([sys.executable, "-m", "tests.browser.past_of_endi", ini, year], cwd=ROOT, check=True)
    assert "Nouveaux échanges" in imported(host, odile, folder, date(int(year), 1, 15), "janvier")
    odile.get_by_role("button", name=re.compile("Enregistrer|Importer|Confirmer")).first.click()


def imported(host, odile, folder, on, reference):
    """Return what the page says of a file with one exchange."""
    file = folder / f"{reference}.csv"
    file.write_text(
        "date;vendeur;acheteur;montant_ht;libelle;reference\n"
        f"{on:%d/%m/%Y};TRAITJ;MENLAC;120,00;Dépannage;{reference}\n"
    )
    odile.goto(f"{host.url}/exchanges/import")
    odile.locator("input[type=file]").set_input_files(str(file))
    odile.locator("#endi_ext_form button[type=submit]:not([aria-hidden])").first.click()
    odile.wait_for_load_state()
    return odile.locator(".endi-ext").inner_text()


def close_what_precedes(host, name):
    """Close the months before, which the story leaves open."""
    year, month = map(int, name.split("-"))
    with Session(host.engine, future=True) as session, session.begin():
        earlier = select(Period).where(Period.starts_on < date(year, month, 1), Period.state == OPEN)
        for period in session.execute(earlier.order_by(Period.starts_on)).scalars().all():
            ledger.close_period(session, period, an_act())


def check(page, title):
    return page.locator("table.endi-ext-checks tr", has_text=title)


def with_button(page, name):
    return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first


def settle_finding(page, row, step, table):
    """Repair a finding after reading what will change, or let it pass with a reason."""
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Les deux documents")).to_be_visible()
    step(page, "finding", table)
    if page.locator("a.btn-primary[href$='/repair']").count():
        page.locator("a.btn-primary[href$='/repair']").click()
        page.locator("#endi_ext_form button[type=submit]:not([aria-hidden])").first.click()
    else:
        page.get_by_role("link", name="Laisser passer").click()
        page.locator("#endi_ext_form select").first.select_option(index=1)
        page.locator("#endi_ext_form button[type=submit]:not([aria-hidden])").first.click()
    expect(page.locator(".endi-ext-lead")).to_contain_text(re.compile("Réparé|Laissé passer|Passé"))


def download(page, name, to):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    waiting.value.save_as(to)


def verify(certificate, journal):
    """The certificate is proved against the journal by the script that needs nothing of ours."""
    script = ROOT / "tools" / "verify_certificate.py"
    key = json.loads(certificate.read_text())["public_key"]
    command = [sys.executable, str(script), str(certificate), "--journal", str(journal), "--key", key]
    assert subprocess.run(command, check=False).returncode == 0
    journal.write_text(journal.read_text(encoding="utf-8-sig").replace(",00", ",01", 1), encoding="utf-8-sig")
    assert subprocess.run(command, check=False).returncode != 0


def refused_everywhere(host, odile, on, folder):
    """An entry dated in the closed month is refused by a form, an import, the service and the database."""
    said = imported(host, odile, folder, on, "trop-tard")
    assert "clôturé" in said
    odile.goto(f"{host.url}/exchanges")
    tick = odile.locator("input[type=checkbox][name=exchange]").first
    if tick.count():
        tick.check()
        odile.locator("input[name=settled_on]").fill(on.isoformat())
        odile.get_by_role("button", name=re.compile("Régler")).first.click()
        expect(odile.locator("body")).to_contain_text(re.compile("clôturé|avant|après"))
    with Session(host.engine, future=True) as session:
        parties = select(Party.id).where(Party.kind != COOPERATIVE).order_by(Party.id).limit(2)
        one, other = session.execute(parties).scalars()
        with pytest.raises(ledger.PeriodClosed):
            ledger.post(session, a_draft(one, other, effective_on=on), an_act())
        session.rollback()
        last = session.execute(select(Book.last_sequence)).scalar_one()
        journal_id = session.execute(select(Journal.id).limit(1)).scalar_one()
        with pytest.raises(DBAPIError, match="closed"):
            insert_by_hand(session.connection(), last + 1, journal_id, on + timedelta(days=1))
        session.rollback()


def insert_by_hand(connection, sequence, journal_id, on):
    sign = "?" if connection.dialect.name == "sqlite" else "%s"
    signs = ", ".join([sign] * 10)
    connection.exec_driver_sql(
        "INSERT INTO endi_ext_entry (id, journal_id, fiscal_year, number, effective_on, recorded_at, source,"
        f" text_digest, content_digest, total_cents) VALUES ({signs})",
        (sequence, journal_id, on.year, sequence, on.isoformat(), f"{on} 10:00:00.000000", "hand", "", "", 1),
    )
