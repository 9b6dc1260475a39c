"""Pages of the end of a tender: deposit, results, agreements, the money of a line, memory, all tenders."""

import pytest
from sqlalchemy import select
from webtest import Upload

from endi_ext.subcontracts import service as subcontracts
from endi_ext.tenders import agreements
from endi_ext.tenders.models import Tender
from tests.tenders.endings import a_bid
from tests.web.filling import FORM, words

TENDER = "/companies/{}/exchanges/tenders/{}"


@pytest.fixture
def bid(books, party, an_act):
    """The id of a tender that the companies 1, 2 and 3 answer, its price schedule shared."""
    a_bid(books, act=an_act("helene"), lead=party(1), members=[party(2), party(3)], deadline=None)
    tender_id = books.execute(select(Tender.id).order_by(Tender.id.desc())).scalars().first()
    books.commit()
    return tender_id


def deposit(browser, tender_id):
    form = browser.get(TENDER.format(1, tender_id) + "/outcome/submit").forms[FORM]
    form["submitted_time"], form["reference"] = "0h00", "AR-2026-77"
    form["proof"] = Upload("accusé de réception.pdf", b"%PDF-1.7 accuse")
    return form.submit("submit", status=303).follow()


def conclude(browser, page, lot, **values):
    link = page.html.find(string=lambda text: text and f": {lot}" in text).find_parent("a")
    form = browser.get(link["href"]).forms[FORM]
    for name, value in values.items():
        form.set(name, value, index=0)
    return form.submit("submit", status="*")


def test_a_bid_is_deposited_won_and_becomes_agreements_whose_money_is_followed(as_user, books, bid, an_act):
    helene, karim = as_user("helene"), as_user("karim")
    page = deposit(helene, bid)
    assert "AR-2026-77" in words(page)
    assert "L’offre est chez l’acheteur" in words(page)
    proof = helene.get(page.html.find("a", string="accusé de réception.pdf")["href"])
    assert proof.body == b"%PDF-1.7 accuse"
    refused = conclude(helene, page, "Peinture", outcome="won", winner="Bois et Cie")
    assert refused.status_int == 422
    assert "citez les autres offres" in words(refused)
    page = conclude(
        helene, page, "Peinture", outcome="lost", reason_kind="price", winner="Bois et Cie",
        winner_cents="7 000", name="Peintures SA", our_rank="2",
    ).follow()  # fmt: skip
    assert "attributaire" in words(page)
    page = conclude(helene, page, "Menuiseries", outcome="won").follow()
    assert "Gagnée" in words(page)
    sending = helene.get(TENDER.format(1, bid) + "/agreements/send")
    assert "Atelier Trait Juste" in words(sending)
    assert "Quand le client paie" in words(sending)
    nothing_yet = helene.get(TENDER.format(1, bid) + "/agreements/invoice")
    assert "Aucune facture n’est encore envoyée à un client" in words(nothing_yet)
    form = sending.forms[FORM]
    form["due_on"] = "2027-06-30"
    made = form.submit("submit", status=303).follow()
    assert "Les 2 accords sont envoyés" in words(made)
    tender = books.get(Tender, bid)
    mine = next(
        one for one in agreements.of_tender(books, tender) if one.member.party.name == "Atelier Trait Juste"
    )
    act = an_act("karim")
    job = subcontracts.accept(books, mine.subcontract, party=mine.member.party, version=1, act=act)
    doors = job.version.lines[0]
    delivery = subcontracts.declare_delivery(
        books, job, party=job.seller, quantities={doors.id: 6_000}, delivered_on=act.today, note="",
        request_key="claim-of-the-page", act=act,
    )  # fmt: skip
    helenes = an_act("helene")
    subcontracts.accept_delivery(books, delivery, party=job.buyer, accepted_on=act.today, act=helenes)
    books.commit()
    overview = helene.get(TENDER.format(1, bid) + "/trace")
    assert "2 493,00" in words(overview)
    chain = overview.click("Portes")
    assert "Écriture " in words(chain)
    assert "Livraison n° 1" in words(chain)
    assert "2 493,00 €" in words(karim.get(chain.request.path.replace("/companies/1/", "/companies/2/")))
    solenes = words(as_user("solene").get(chain.request.path.replace("/companies/1/", "/companies/3/")))
    assert "ne regarde que Atelier Trait Juste et Menuiserie du Lac" in solenes
    assert "Écriture" not in solenes


def test_what_ended_is_remembered_and_the_support_team_sees_every_tender(as_user, bid):
    helene = as_user("helene")
    page = deposit(helene, bid)
    page = conclude(
        helene,
        page,
        "Peinture",
        outcome="lost",
        winner="Bois et Cie",
        winner_cents="7000",
        reason="Trop chers",
    ).follow()
    conclude(helene, page, "Menuiseries", outcome="lost", reason_kind="technical")
    memory = helene.get("/companies/1/exchanges/tenders/memory?words=annecy")
    assert "Bois et Cie" in words(memory)
    assert "Trop chers" in words(memory)
    assert "Rien ne correspond" in words(helene.get("/companies/1/exchanges/tenders/memory?cpv=4544"))
    every = as_user("odile").get("/exchanges/tenders")
    assert "Menuiserie du Lac" in words(every)
    assert "Perdue" in words(every)
    table = as_user("odile").get("/exchanges/tenders?format=csv")
    assert "Réhabilitation de l’école" in table.text
    helene.get("/exchanges/tenders", status=403)


def test_the_offer_is_taken_back_corrected_and_given_up(as_user, bid):
    helene = as_user("helene")
    deposit(helene, bid)
    for action in ("take-back", "abandon"):
        form = helene.get(TENDER.format(1, bid) + f"/outcome/{action}").forms[FORM]
        form["reason"] = "Une erreur de prix"
        page = form.submit("submit", status=303).follow()
    assert "Abandonnée" in words(page)
    assert "repris le" in words(page)
    assert "Une erreur de prix" in words(helene.get(TENDER.format(1, bid)))


def test_who_does_not_lead_only_looks(as_user, bid):
    karim = as_user("karim")
    page = karim.get(TENDER.format(2, bid) + "/outcome")
    assert "Noter le dépôt" not in words(page)
    answer = karim.get(TENDER.format(2, bid) + "/outcome/submit")
    assert answer.status_int == 303
    assert "mène la réponse" in words(answer.follow())
