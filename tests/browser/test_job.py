"""A job of three months in a real browser: amendments, claims, a dispute, a retention, a client who pays."""

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.exchanges.paper_models import DONE, DocumentTask, HostDocument
from endi_ext.subcontracts.models import Subcontract
from tests.browser.books import euros
from tests.browser.clients import client_of
from tests.browser.lines import fill_line

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"
PATIENCE_S = 60
COOPERATIVE = "Coopérative Les Passerelles"
SUBJECT, PLANS, WATCH, VISIT = "Salle des fêtes", "Plans d’exécution", "Suivi de chantier", "Visite finale"


@pytest.fixture
def days(host):
    """Return what lets days pass; time goes back to now at the end."""
    yield host.turn_clock
    host.turn_clock(0)


def test_a_job_of_three_months(host, as_person, home_of, step, days, books):
    helene, karim, odile = as_person("helene"), as_person("karim"), as_person("odile")
    began, a_year_later = host.today(), host.today() + timedelta(days=365 + 90)
    client = client_of(host, as_person("helene"), home_of(BUYER))

    # She proposes 12 plans at 212,35 € and the follow-up of the site at 1 999,99 €, paid when the client
    # pays, 5 % held back for a year.
    helene.goto(f"{home_of(BUYER)}/subcontracts/new")
    helene.get_by_label("Objet du travail").fill(SUBJECT)
    helene.get_by_label("Partenaire à qui vous confiez le travail").fill(SELLER)
    helene.get_by_label("À terminer pour le").fill((began + timedelta(days=90)).isoformat())
    fill_line(helene, 1, PLANS, "12", "plan", "212,35")
    fill_line(helene, 2, WATCH, "1", "forfait", "1 999,99")
    helene.get_by_text("Conditions de paiement et autres choix").click()
    helene.get_by_label(re.compile("^Paiement")).select_option(label="Quand le client paie")
    helene.get_by_label("Retenue de garantie").fill("5")
    helene.get_by_label("Date de libération").fill(a_year_later.isoformat())
    step(helene, "conditions")
    helene.get_by_role("button", name="Envoyer la proposition").click()
    expect(helene.get_by_role("heading", level=1)).to_contain_text(SUBJECT)
    job = helene.url
    job_of_seller = job.replace(home_of(BUYER), home_of(SELLER))
    karim.goto(job_of_seller)
    step(karim, "proposed")
    karim.get_by_role("button", name="Accepter et signer").click()
    expect(karim.get_by_text("C’est accepté")).to_be_visible()

    # Ten days later he needs a visit more: first amendment, 150 €.
    days(10)
    karim.get_by_role("link", name="Proposer un avenant").click()
    fill_line(karim, 3, VISIT, "1", "forfait", "150")
    karim.get_by_label("Expliquez pourquoi").fill("Le maître d’ouvrage demande une visite.")
    step(karim, "amendment-form")
    karim.get_by_role("button", name="Envoyer l’avenant").click()
    helene.goto(home_of(BUYER))
    helene.get_by_role("link", name=re.compile(SUBJECT)).first.click()
    sign_amendment(helene, 1)
    step(helene, "first-amendment")

    # After a month a quarter of the plans and 30 % of the follow-up: 1 237,05 €.
    days(30)
    karim.goto(job_of_seller)
    karim.get_by_role("link", name="Déclarer une livraison").click()
    karim.get_by_role("link", name="En pourcentage d’avancement").click()
    claim(karim, {PLANS: "25", WATCH: "30"}, label="Avancement cumulé")
    step(karim, "first-claim")
    accept(helene, job, 1)
    first = the_books(accepted=123705, contributed=12371, retained=6185)
    step(helene, "first-claim-accepted", first)

    # The client is invoiced 6 000 € without VAT, and she names that invoice.
    invoice = client.invoice(SUBJECT, "6000")
    helene.goto(job)
    helene.get_by_role("link", name="Client et marge").click()
    helene.get_by_role("link", name="Nommer une facture client").click()
    helene.get_by_label("Facture envoyée au client").select_option(
        value=chosen(helene, "Facture envoyée au client", invoice)
    )
    helene.get_by_role("button", name="Suivre cette facture").click()
    step(helene, "client-named", first)

    # Two plans fewer: second amendment, by her.
    days(45)
    helene.goto(job)
    helene.get_by_role("link", name="Proposer un avenant").click()
    fill_line(helene, 1, PLANS, "10", "plan", "212,35")
    helene.get_by_label("Expliquez pourquoi").fill("Deux plans suffisent en un seul.")
    helene.get_by_role("button", name="Envoyer l’avenant").click()
    karim.goto(job_of_seller)
    sign_amendment(karim, 2)
    step(karim, "second-amendment", first)

    # He claims three plans; she contests, he corrects: four plans and 0,3 of the follow-up.
    days(60)
    karim.goto(job_of_seller)
    karim.get_by_role("link", name="Déclarer une livraison").click()
    claim(karim, {PLANS: "3", WATCH: "", VISIT: ""})
    open_claim(helene, job, 2)
    helene.get_by_role("link", name="Contester").click()
    helene.get_by_label("Ce qui ne va pas").fill("Les plans du bar manquent.")
    helene.get_by_role("button", name="Contester").click()
    step(helene, "contested", first)
    open_claim(karim, job_of_seller, 2)
    step(karim, "contested-seen-by-the-seller", first)
    karim.get_by_role("button", name="Retirer et corriger").click()
    claim(karim, {PLANS: "4", WATCH: "0,3", VISIT: ""})

    # She accepts three of the four plans, with a reason.
    open_claim(helene, job, 3)
    helene.get_by_role("link", name="Accepter en partie").click()
    helene.get_by_label(re.compile(f"Accepté.*{PLANS}")).fill("3")
    helene.get_by_label(re.compile(f"Motif.*{PLANS}")).fill("Le quatrième n’est pas coté.")
    step(helene, "in-part-form", first)
    helene.get_by_role("button", name="Accepter ce qui est indiqué").click()
    second = the_books(accepted=247409, contributed=24741, retained=12370)
    step(helene, "accepted-in-part", second)

    # The client pays half: half of what is accepted is due, and settled.
    client.pay(invoice, "3600")
    helene.goto(job)
    step(helene, "half-paid", second)
    settle_due(odile, host, SUBJECT, ["618,53", "618,52"])
    settled = 61853 + 61852
    step(odile, "settled-once", the_books(247409, 24741, 12370, settled))

    # The rest is delivered and accepted: everything is done.
    days(85)
    karim.goto(job_of_seller)
    karim.get_by_role("link", name="Déclarer une livraison").click()
    claim(karim, {PLANS: "4", WATCH: "0,4", VISIT: "1"})
    accept(helene, job, 4)
    contributed = 12371 + 12370 + 17994
    step(helene, "all-accepted", the_books(427349, contributed, 21367, settled))

    # The client pays the other half; all but the retention is settled.
    days(90)
    client.pay(invoice, "3600")
    settle_all_due(odile, host, SUBJECT)
    settled = 427349 - 21367
    helene.goto(job)
    step(helene, "all-but-the-retention", the_books(427349, contributed, 21367, settled))

    # A year later the daily duties let the retention go; it is settled.
    days(365 + 91)
    host.daily()
    helene.reload()
    step(helene, "released", the_books(427349, contributed, 0, settled))
    settle_all_due(odile, host, SUBJECT)
    done = the_books(427349, contributed, 0, 427349)
    step(odile, "all-settled", done)

    # He draws up the final account, she signs it: closed to the cent.
    karim.goto(job_of_seller)
    karim.get_by_role("link", name="Établir le décompte général").click()
    step(karim, "final-account-form", done)
    karim.get_by_role("button", name="Établir et signer").click()
    step(karim, "final-account", done)
    helene.goto(home_of(BUYER))
    helene.get_by_role("link", name=re.compile(SUBJECT)).first.click()
    helene.wait_for_load_state()
    if helene.get_by_role("link", name="Lire le décompte général").count():
        helene.get_by_role("link", name="Lire le décompte général").click()
    helene.get_by_role("button", name="Signer").click()
    expect(helene.get_by_text("ce travail est clos")).to_be_visible()
    step(helene, "closed", done)
    assert sums(host) == (427349, 427349, 427349)
    assert papers(host) == ({"invoice": 427349, "payment": 427349} if host.name == "endi" else {})


def the_books(accepted, contributed, retained, settled=0):
    """Return the books of the job in cents: what each account holds."""
    owed = accepted - retained - settled
    rows = (
        ("401700", BUYER, -retained),
        ("401900", BUYER, -owed),
        ("411700", SELLER, retained),
        ("411900", SELLER, owed),
        ("604020", BUYER, accepted),
        ("6223", SELLER, contributed),
        ("704900", SELLER, -accepted),
        ("7083", COOPERATIVE, -contributed),
    )
    return "\n".join(f"{number:<8}{name:<28}{euros(cents):>10}" for number, name, cents in rows if cents)


def sums(host):
    """Return what was agreed, accepted and settled in cents."""
    with Session(host.engine, future=True) as session:
        job = session.execute(select(Subcontract).where(Subcontract.title == SUBJECT)).scalars().one()
        settled = select(func.sum(Exchange.settled_cents)).where(Exchange.label == SUBJECT)
        return job.version.total_cents, job.accepted_cents, int(session.execute(settled).scalar_one())


def papers(host):
    """Return what the documents the host's worker made of the job are worth in cents, by family."""
    of_job = select(Exchange.id).where(Exchange.label == SUBJECT)
    unfinished = select(func.count()).where(DocumentTask.exchange_id.in_(of_job), DocumentTask.state != DONE)
    made = (
        select(HostDocument.family, func.sum(HostDocument.amount_cents))
        .where(HostDocument.exchange_id.in_(of_job), HostDocument.purchase_id.is_not(None))
        .group_by(HostDocument.family)
    )
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        with Session(host.engine, future=True) as session:
            if not session.execute(unfinished).scalar_one():
                return {family: int(cents) for family, cents in session.execute(made)}
        time.sleep(0.5)
    raise AssertionError("the worker did not make every document")


def claim(page, quantities, label="Livré cette fois"):
    """Declare a delivery, by description."""
    for description, quantity in quantities.items():
        page.get_by_label(re.compile(f"{label}.*{description}")).fill(quantity)
    page.get_by_role("button", name="Déclarer la livraison").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Livraison")


def open_claim(page, job, number):
    page.goto(job)
    page.get_by_role("link", name=f"Livraison n° {number}", exact=True).click()


def accept(page, job, number):
    open_claim(page, job, number)
    page.get_by_role("button", name="Accepter la livraison").click()
    expect(page.get_by_text("La livraison est acceptée").first).to_be_visible()


def sign_amendment(page, number):
    link = page.get_by_role("link", name=re.compile(f"[Aa]venant n° {number}"))
    page.wait_for_load_state()
    if link.count():
        link.first.click()
    page.get_by_role("button", name=re.compile("Accepter|Signer")).first.click()
    expect(page.get_by_text("il est en vigueur")).to_be_visible()


def chosen(page, label, words):
    """Return the value of the choice whose words contain some."""
    page.wait_for_load_state()
    options = page.get_by_label(label).locator("option").all()
    return next(one.get_attribute("value") for one in options if words in one.inner_text())


def open_exchanges(page, host):
    page.goto(f"{host.url}/exchanges")
    page.get_by_label("Enseigne", exact=True).fill(SELLER)
    page.get_by_role("button", name="Filtrer").click()
    # A click returns once the next page begins: its links are read when it is there whole.
    page.wait_for_load_state()


def addresses_of(page, subject):
    """Return where the exchanges of the job that are listed lead to."""
    links = page.get_by_role("link", name=re.compile(subject))
    return list(dict.fromkeys(link.get_attribute("href") for link in links.all()))


def settle_due(page, host, subject, amounts):
    """Settle what is due of each exchange of the job, as the form proposes it."""
    open_exchanges(page, host)
    addresses = addresses_of(page, subject)
    assert len(addresses) == len(amounts)
    for address, amount in zip(addresses, amounts, strict=True):
        page.goto(f"{host.url}{address}")
        page.get_by_role("link", name="Régler", exact=True).click()
        expect(page.get_by_label("Montant")).to_have_value(amount)
        page.get_by_role("button", name="Enregistrer le règlement").click()
        expect(page.get_by_text(re.compile("Le règlement de .* est enregistré")).first).to_be_visible()


def settle_all_due(page, host, subject):
    """Settle what is due of each exchange of the job."""
    open_exchanges(page, host)
    for address in addresses_of(page, subject):
        page.goto(f"{host.url}{address}")
        page.get_by_role("link", name="Régler", exact=True).click()
        page.get_by_role("button", name="Enregistrer le règlement").click()
        expect(page.get_by_text(re.compile("Le règlement de .* est enregistré")).first).to_be_visible()
