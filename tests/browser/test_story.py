"""From a proposal to a reversal in a real browser, by three people, with the books after each step."""

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.lines import fill_line

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"


def test_a_subcontract_from_proposal_to_reversal(host, as_person, home_of, step, books):
    helene, karim, odile = as_person("helene"), as_person("karim"), as_person("odile")
    subject = "Escalier tournant de la mairie"
    ordered, plans, visit = date.today() + timedelta(days=30), "Plans d’exécution", "Visite du chantier"

    # She proposes 4 plans at 200 € and a visit at 150 €.
    helene.goto(f"{home_of(BUYER)}/subcontracts/new")
    helene.get_by_label("Objet du travail").fill(subject)
    helene.get_by_label("Partenaire à qui vous confiez le travail").fill(SELLER)
    helene.get_by_label("À terminer pour le").fill(ordered.isoformat())
    fill_line(helene, 1, plans, "4", "plan", "200,00")
    fill_line(helene, 2, visit, "1", "forfait", "150")
    step(helene, "proposal-form", "")
    helene.get_by_role("button", name="Envoyer la proposition").click()
    expect(helene.get_by_role("heading", level=1)).to_contain_text(subject)
    step(helene, "proposed", "")

    # He finds it among what waits for him, and asks for 250 € a plan.
    karim.goto(home_of(SELLER))
    step(karim, "what-waits", "")
    karim.get_by_role("link", name=re.compile(subject)).first.click()
    karim.get_by_role("link", name="Répondre avec des changements").click()
    fill_line(karim, 1, plans, "4", "plan", "212,50")
    karim.get_by_label("Expliquez vos changements").fill("Il faut aussi des coupes.")
    karim.get_by_role("button", name="Envoyer mes changements").click()
    step(karim, "changed", "")

    # She reads what changed and accepts.
    helene.reload()
    expect(helene.get_by_text("avant : 200,00")).to_be_visible()
    step(helene, "difference", "")
    helene.get_by_role("button", name="Accepter et signer").click()
    expect(helene.get_by_text("C’est accepté")).to_be_visible()
    step(helene, "agreed", "")

    # He delivers half of the plans; she contests.
    karim.reload()
    karim.get_by_role("link", name="Déclarer une livraison").click()
    deliver(karim, {plans: "2", visit: ""})
    step(karim, "delivered", "")
    helene.goto(home_of(BUYER))
    step(helene, "to-verify", "")
    helene.get_by_role("link", name=f"{subject}, livraison n° 1").first.click()
    helene.get_by_role("link", name="Contester").click()
    helene.get_by_label("Ce qui ne va pas").fill("Les coupes manquent.")
    helene.get_by_role("button", name="Contester").click()
    expect(helene.get_by_text("Les coupes manquent.").first).to_be_visible()
    step(helene, "contested", "")

    # He withdraws it to correct it, and delivers everything; she accepts 1 000 €.
    karim.goto(home_of(SELLER))
    karim.get_by_role("link", name=re.compile(subject)).first.click()
    karim.get_by_role("button", name="Retirer et corriger").click()
    expect(karim.get_by_label(f"Livré cette fois : {plans}")).to_have_value("2")
    deliver(karim, {plans: "4", visit: "1"})
    helene.goto(home_of(BUYER))
    helene.get_by_role("link", name=f"{subject}, livraison n° 2").first.click()
    helene.get_by_role("button", name="Accepter la livraison").click()
    accepted = settled_by(0)
    step(helene, "accepted", accepted)

    # Both read the same debt.
    karim.goto(f"{home_of(SELLER)}/statement")
    step(karim, "statement-of-the-seller", accepted)
    helene.goto(f"{home_of(BUYER)}/statement")
    step(helene, "statement-of-the-buyer", accepted)

    # The accountant settles 400 €, then the rest.
    odile.goto(f"{host.url}/exchanges")
    odile.get_by_label("Enseigne", exact=True).fill(SELLER)
    odile.get_by_role("button", name="Filtrer").click()
    step(odile, "to-settle", accepted)
    odile.get_by_role("link", name=re.compile(subject)).first.click()
    settle(odile, "400,00")
    step(odile, "partly-settled", settled_by(400))
    settle(odile, None)
    step(odile, "settled", settled_by(1000))

    # It was a mistake: she undoes all of it, and nothing is left but the trace.
    odile.get_by_role("link", name="Annuler l’échange").click()
    odile.get_by_label("Motif").fill("Saisi deux fois.")
    step(odile, "reversal-form", settled_by(1000))
    odile.get_by_role("button", name="Confirmer l’annulation").click()
    expect(odile.get_by_text("L’échange est annulé").first).to_be_visible()
    step(odile, "reversed", "")
    assert books.entries() == 6
    odile.goto(f"{host.url}/exchanges/journal")
    step(odile, "journal", "")
    helene.reload()
    step(helene, "statement-after", "")

    # The work may be delivered again, since its acceptance is undone.
    karim.goto(home_of(SELLER))
    expect(karim.get_by_role("link", name=f"{subject}, livraison n° 2")).to_be_visible()
    step(karim, "to-deliver-again", "")


def deliver(page, quantities):
    """Declare a delivery of some quantities, by description."""
    for description, quantity in quantities.items():
        page.get_by_label(f"Livré cette fois : {description}").fill(quantity)
    page.get_by_role("button", name="Déclarer la livraison").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Livraison")


def settle(page, amount):
    """Settle an amount of the exchange shown, or all that the form proposes."""
    page.get_by_role("link", name="Régler", exact=True).click()
    if amount:
        page.get_by_label("Montant").fill(amount)
    page.get_by_role("button", name="Enregistrer le règlement").click()
    expect(page.get_by_text(re.compile("Le règlement de .* est enregistré")).first).to_be_visible()


def settled_by(euros):
    """Return the books once the delivery of 1 000 € is accepted and settled by some euros."""
    owed = 1000 - euros
    rows = (
        ("401900", BUYER, -owed),
        ("411900", SELLER, owed),
        ("604020", BUYER, 1000),
        ("6223", SELLER, 100),
        ("704900", SELLER, -1000),
        ("7083", "Coopérative Les Passerelles", -100),
    )
    return "\n".join(f"{number:<8}{name:<28}{f'{cents},00':>10}" for number, name, cents in rows if cents)
