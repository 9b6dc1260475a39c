"""From a published notice to the money of one line, by a team, a firm outside and accountants."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import expect

from tests.browser.team import (
    BUYER,
    DECLINES,
    FIRM,
    SUBJECT,
    TEAM,
    a_notice,
    a_schedule,
    deposit,
    fill_the_list,
    missing_papers,
    note_result,
    provide_all,
    provide_common,
    send_agreements,
    share_by_line,
    take_position,
)

# 10 m² of his 60 % of 25 €, less a tenth for the lead: 135 €, of which 5 % are held back.
ACCEPTED = """
    401700  Menuiserie du Lac                -6,75
    401900  Menuiserie du Lac              -128,25
    411700  Atelier Trait Juste               6,75
    411900  Atelier Trait Juste             128,25
    604020  Menuiserie du Lac               135,00
    6223    Atelier Trait Juste              13,50
    704900  Atelier Trait Juste            -135,00
    7083    Coopérative Les Passerelles     -13,50
"""


def test_a_tender_from_its_notice_to_the_money_of_a_line(host, as_person, home_of, step, tmp_path):
    helene = as_person("helene")
    due = date.today() + timedelta(days=60)

    # She imports the notice and begins; five are invited, and a firm outside.
    helene.goto(f"{home_of(BUYER)}/tenders/import")
    helene.set_input_files("input[type=file]", a_notice(tmp_path, due))
    helene.get_by_role("button", name="Lire l’avis").click()
    step(helene, "recognised", "")
    helene.get_by_role("button", name="Commencer une réponse").click()
    expect(helene.get_by_role("heading", level=1)).to_contain_text(SUBJECT)
    tender = helene.url
    step(helene, "begun", "")
    for name in (*TEAM.values(), DECLINES):
        helene.goto(f"{tender}/team/candidates")
        helene.get_by_role("link", name=f"Inviter {name}").click()
        helene.get_by_label("Mission").fill("Une part des travaux")
        helene.get_by_role("button", name="Envoyer l’invitation").click()
    helene.get_by_role("link", name="Inviter une entreprise extérieure").click()
    helene.get_by_label("Nom", exact=True).fill(FIRM)
    helene.get_by_label("SIRET", exact=True).fill("73282932000074")
    helene.get_by_role("button", name="Noter l’invitation").click()
    step(helene, "team", "")

    # Four accept and say yes, one declines; the firm's answer is noted by her.
    people = {login: as_person(login) for login in TEAM}
    number = re.search(r"/tenders/(\d+)", tender).group(1)
    theirs = {login: f"{home_of(name)}/tenders/{number}" for login, name in TEAM.items()}
    for login, page in people.items():
        page.goto(home_of(TEAM[login]))
        expect(page.get_by_text("On vous invite à répondre ensemble").first).to_be_visible()
        page.goto(theirs[login])
        page.get_by_role("button", name="Rejoindre l’équipe").click()
        take_position(page, "Pour", "C’est notre métier.")
    step(people["karim"], "position", "")
    rosa = as_person("rosa")
    rosa.goto(f"{home_of(DECLINES)}/tenders/{number}")
    step(rosa, "invited", "")
    rosa.get_by_role("link", name="Décliner").click()
    rosa.locator("textarea").fill("Mon atelier est plein jusqu’en mars.")
    rosa.get_by_role("button", name="Décliner").click()
    expect(rosa.get_by_text("L’invitation est déclinée.")).to_be_visible()
    assert rosa.goto(f"{home_of(DECLINES)}/tenders/{number}").status == 404
    helene.goto(f"{tender}/team")
    helene.get_by_role("button", name="Noter son accord").click()
    helene.goto(tender)
    take_position(helene, "Pour", "Nous sommes prêts.")
    helene.goto(f"{tender}/decision")
    helene.get_by_role("link", name="Conclure : nous répondons").click()
    helene.locator("textarea").fill("Nous répondons ensemble aux deux lots.")
    helene.get_by_role("button", name="Nous répondons").click()
    step(helene, "decided", "")

    # Forty lines from a spreadsheet: lot 1 to one person, lot 2 shared line by line.
    helene.goto(f"{tender}/prices/import")
    helene.set_input_files("input[type=file]", a_schedule(tmp_path))
    helene.get_by_role("button", name="Vérifier le fichier").click()
    expect(helene.get_by_text("105 000,00 €").first).to_be_visible()
    step(helene, "schedule-read", "")
    helene.get_by_role("button", name="Importer maintenant").click()
    share_by_line(helene, tender, lot=0, parts={TEAM["karim"]: "60 %", TEAM["lucie"]: "40 %"})
    share_by_line(helene, tender, lot=1, parts={BUYER: "1 part", TEAM["solene"]: "1 part", FIRM: "1 part"})
    helene.goto(f"{tender}/prices")
    expect(helene.get_by_text("Toutes les lignes ont un prix et sont réparties")).to_be_visible()
    step(helene, "shared", "")
    helene.goto(f"{tender}/shares/terms")
    helene.get_by_label("Rémunération du mandataire").fill("10")
    helene.get_by_label("Retenue de garantie").fill("5")
    helene.get_by_role("button", name="Enregistrer").click()
    step(helene, "what-each-nets", "")
    helene.goto(f"{tender}/exposure")
    step(helene, "exposure", "")

    # Papers of the cooperative, of each member and of the firm.
    fill_the_list(as_person, host)
    until = due + timedelta(days=200)
    provide_common(as_person("odile"), host, until)
    helene.goto(f"{tender}/checklist")
    step(helene, "papers-missing", "")
    provide_all(helene, f"{tender}/checklist", until)
    for login, page in people.items():
        provide_all(page, f"{theirs[login]}/checklist", until)
    helene.goto(f"{tender}/checklist")
    step(helene, "papers-gathered", "")
    assert missing_papers(helene) == 0
    helene.goto(f"{tender}/dossier")
    step(helene, "dossier", "")
    files = ZipFile(BytesIO(helene.request.get(f"{tender}/dossier/zip", timeout=60_000).body()))
    assert files.testzip() is None
    assert {"pdf", "odt", "txt"} <= {name.rpartition(".")[2] for name in files.namelist()}

    # Deposited; lot 1 won, lot 2 lost; the agreement of lot 1 is prepared, sent and signed.
    deposit(helene, tender)
    note_result(helene, tender, lot=0, outcome="Gagné")
    note_result(helene, tender, lot=1, outcome="Perdu")
    step(helene, "outcome", "")
    helene.goto(f"{tender}/agreements")
    step(helene, "agreements-prepared", "")
    send_agreements(helene, due)
    step(helene, "agreements-sent", "")
    karim = people["karim"]
    karim.goto(home_of(TEAM["karim"]))
    karim.get_by_role("link", name=re.compile(SUBJECT)).first.click()
    karim.get_by_role("button", name="Accepter et signer").click()
    step(karim, "agreement-signed", "")

    # His first claim is accepted: the money of one line reads from the notice to the entry.
    karim.get_by_role("link", name="Déclarer une livraison").click()
    karim.wait_for_load_state()
    for field in karim.get_by_label("Livré cette fois").all()[1:]:
        field.fill("")
    karim.get_by_role("button", name="Déclarer").click()
    step(karim, "claimed", "")
    helene.goto(home_of(BUYER))
    helene.get_by_role("link", name=re.compile(f"{SUBJECT}, livraison n° 1")).first.click()
    helene.get_by_role("button", name="Accepter la livraison").click()
    step(helene, "claim-accepted", ACCEPTED)
    helene.goto(f"{tender}/trace")
    helene.get_by_role("link", name="1.01 – Zone 1-1", exact=True).click()
    step(helene, "trace", ACCEPTED)
