"""What both sides and the accountants read of held back and waiting money, and what they do with it."""

from datetime import timedelta

import pytest

from endi_ext.exchanges import retention
from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.parties import by_host_key
from endi_ext.subcontracts import service
from endi_ext.subcontracts.models import Delivery
from endi_ext.subcontracts.terms import CLIENT_PAYS, Conditions
from tests.subcontracts.builders import a_delivery
from tests.subcontracts.money import FIVE_PERCENT, a_job
from tests.web.filling import FORM, pages_of, press, words
from tests.web.walked_money import a_drawn_up_job, a_finished_job, an_opposed_job


def page_of(browser, ids, company_id=1, path=""):
    return browser.get(pages_of(company_id, f"/subcontracts/{ids['job']}{path}"))


def buttons(page):
    return [button.get_text(" ", strip=True) for button in page.html.select(".main_actions .btn")]


def sums(page, table="table.endi-ext-sums"):
    """The rows of a table of amounts."""
    rows = page.html.select_one(table).select("tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


@pytest.mark.parametrize(("login", "company_id"), [("helene", 1), ("karim", 2)])
def test_both_sides_read_the_same_money(as_user, books, an_act, login, company_id):
    page = page_of(as_user(login), a_finished_job(books, an_act), company_id)
    assert sums(page) == [
        "Convenu 1 000,00 €",
        "Accepté 1 000,00 €",
        "Réglé 0,00 €",
        "Dû 950,00 €",
        "En retenue de garantie 50,00 €",
        "Reste à accepter 0,00 €",
    ]
    assert "à la réception" in words(page)


def test_only_the_one_who_holds_may_let_go_or_oppose(as_user, books, an_act):
    ids = a_finished_job(books, an_act)
    hers, his = page_of(as_user("helene"), ids), page_of(as_user("karim"), ids, 2)
    assert "Prononcer la réception" in buttons(hers)
    assert "Prononcer la réception" not in buttons(his)
    assert hers.html.select("#money a[href$='/retention/release']")
    assert not his.html.select("#money a[href*='/retention/']")


def test_part_of_it_is_let_go_and_the_rest_stays(as_user, books, an_act):
    browser, ids = as_user("helene"), a_finished_job(books, an_act)
    form = page_of(browser, ids, path=f"/deliveries/{ids['held']}/retention/release").forms[FORM]
    assert form["amount_cents"].value == "50,00"
    form["amount_cents"] = "20"
    page = form.submit("submit", status=303).follow()
    assert "20,00 € se règlent désormais à Atelier Trait Juste" in words(page)
    assert sums(page)[3:5] == ["Dû 970,00 €", "En retenue de garantie 30,00 €"]


def test_more_than_is_held_is_refused_at_its_field(as_user, books, an_act):
    browser, ids = as_user("helene"), a_finished_job(books, an_act)
    form = page_of(browser, ids, path=f"/deliveries/{ids['held']}/retention/release").forms[FORM]
    form["amount_cents"] = "50,01"
    page = form.submit("submit", status=422)
    assert "il reste 50,00 € en retenue de garantie" in words(page)


def test_an_opposition_is_read_by_both_and_lifted_by_the_one_who_made_it(as_user, books, an_act):
    ids = an_opposed_job(books, an_act)
    his = page_of(as_user("karim"), ids, 2)
    assert "Une porte frotte" in words(his)
    assert "Retenue contestée 50,00 €" in sums(his)
    page = press(page_of(as_user("helene"), ids), "/retention/lift")
    assert "Votre opposition est levée." in words(page)
    assert "En retenue de garantie 50,00 €" in sums(page)


def test_the_seller_is_told_that_it_is_not_for_him(as_user, books, an_act):
    ids = a_finished_job(books, an_act)
    answer = page_of(as_user("karim"), ids, 2, f"/deliveries/{ids['held']}/retention/release")
    assert "C’est à qui a confié le travail de libérer" in words(answer.follow())


def test_the_acceptance_of_the_whole_lets_go(as_user, books, an_act):
    browser, ids = as_user("helene"), a_finished_job(books, an_act)
    form = page_of(browser, ids, path="/pronounce").forms[FORM]
    page = form.submit("submit", status=303).follow()
    assert "La réception est prononcée" in words(page)
    assert "Dû 1 000,00 €" in sums(page)
    assert "Prononcer la réception" not in buttons(page)


def test_one_draws_up_the_account_and_the_other_signs(as_user, books, an_act):
    ids = a_finished_job(books, an_act)
    karim, helene = as_user("karim"), as_user("helene")
    form = page_of(karim, ids, 2, "/final-accounts/new").forms[FORM]
    form["message"] = "Merci pour ce chantier"
    drawn = form.submit("submit", status=303).follow()
    assert "Retirer ce décompte" in buttons(drawn)
    assert "Signer le décompte" not in buttons(drawn)
    hers = page_of(helene, ids)
    assert "Atelier Trait Juste a établi le décompte général : à vous de le signer." in words(hers)
    page = hers.click("Lire le décompte général")
    assert "Merci pour ce chantier" in words(page)
    assert sums(page) == [
        "Accord " + an_act("helene").today.strftime("%d/%m/%Y") + " 1 000,00 €",
        "Total convenu HT 1 000,00 €",
    ]
    signed = press(page, "/sign")
    assert "Signé" in words(signed)
    assert "Établir le décompte général" not in buttons(page_of(karim, ids, 2))


def test_a_refused_account_says_why_and_another_may_be_drawn_up(as_user, books, an_act):
    ids = a_drawn_up_job(books, an_act)
    form = page_of(as_user("helene"), ids, path=f"/final-accounts/{ids['account']}/refuse").forms[FORM]
    form["reason"] = "Il manque l'avoir de mars"
    form.submit("submit", status=303)
    karim = as_user("karim")
    page = page_of(karim, ids, 2, f"/final-accounts/{ids['account']}")
    assert "Il manque l'avoir de mars" in words(page)
    assert "Établir le décompte général" in buttons(page_of(karim, ids, 2))


def test_an_account_the_work_has_outgrown_cannot_be_signed(as_user, books, an_act):
    ids = a_drawn_up_job(books, an_act)
    odile = an_act("odile")
    delivery = books.get(Delivery, ids["held"])
    service.reverse_delivery(books, delivery, reason="Erreur", on=odile.today, act=odile)
    books.commit()
    page = page_of(as_user("helene"), ids, path=f"/final-accounts/{ids['account']}")
    assert "Le travail a changé depuis" in words(page)
    assert "Signer le décompte" not in buttons(page)


def test_the_account_of_another_job_is_not_found_through_this_one(as_user, books, an_act, dealings):
    ids = a_drawn_up_job(books, an_act)
    other = {"job": dealings.subcontract}
    browser = as_user("helene")
    browser.get(pages_of(1, f"/subcontracts/{other['job']}/final-accounts/{ids['account']}"), status=404)


def test_accountants_find_what_is_held_apart_and_settle_only_what_is_due(as_user, books, an_act):
    ids = a_finished_job(books, an_act)
    browser = as_user("odile")
    assert "950,00 sur 1 000,00 €" in words(browser.get("/exchanges"))
    held = words(browser.get("/exchanges?part=retained"))
    assert "Bibliothèque secrète" in held
    assert "50,00 à la réception" in held
    assert "Aucun échange n’attend" in words(browser.get("/exchanges?part=awaiting"))
    page = browser.get("/exchanges")
    form = next(form for form in page.forms.values() if form.action.endswith("/exchanges/settle"))
    next(box for box in form.fields["exchange"] if box._value == str(ids["held_exchange"])).checked = True
    form.submit(status=303)
    books.rollback()
    exchange = books.get(Exchange, ids["held_exchange"])
    assert (exchange.settled_cents, exchange.retained_cents) == (95_000, 5_000)
    books.rollback()
    assert "Tout est réglé" in words(browser.get("/exchanges"))
    settle = browser.get(f"/exchanges/{ids['held_exchange']}/settle")
    assert "Ce qui reste est en retenue de garantie" in words(settle)


def test_an_exchange_shows_its_retention_and_its_entries_to_accountants(as_user, books, an_act):
    ids = an_opposed_job(books, an_act)
    page = as_user("odile").get(f"/exchanges/{ids['held_exchange']}")
    assert "contestée : « Une porte frotte »" in words(page)
    assert "Retenue de garantie : Bibliothèque secrète" in words(page)
    form = page.click("Libérer la retenue").forms[FORM]
    form["reason"] = "Les deux enseignes le demandent"
    after = form.submit("submit", status=303).follow()
    assert "Libération de la retenue de garantie" in words(after)
    assert "Les deux enseignes le demandent" in words(after)


def test_cancelling_shows_beforehand_that_the_retention_is_undone_first(as_user, books, an_act):
    ids = a_finished_job(books, an_act)
    page = as_user("odile").get(f"/exchanges/{ids['held_exchange']}/reverse")
    captions = [caption.get_text() for caption in page.html.select("table caption")]
    assert len(captions) == 2
    assert "411700" in page.html.select("table")[0].get_text()
    form = page.forms[FORM]
    form["reason"] = "Erreur"
    form.submit("submit", status=303)
    books.rollback()
    assert books.get(Exchange, ids["held_exchange"]).retained_cents == 0
    books.rollback()


def test_what_waits_for_the_client_has_no_date_on_any_page(as_user, books, an_act):
    ids = a_waiting_job(books, an_act)
    hers = as_user("helene").get(pages_of(1, f"/all/{ids['exchange']}"))
    assert "1 000,00 € seront dus quand le client aura payé." in words(hers)
    assert "À régler quand le client aura payé" in words(hers)
    odile = as_user("odile")
    assert "Escalier attendu" in words(odile.get("/exchanges?part=awaiting"))
    assert "Escalier attendu" not in words(odile.get("/exchanges"))
    assert "À régler quand le client aura payé" in words(odile.get(f"/exchanges/{ids['exchange']}"))
    form = odile.get(f"/exchanges/{ids['exchange']}/settle").forms[FORM]
    assert form["amount_cents"].value == "1000,00"


def a_waiting_job(books, an_act):
    buyer, seller = by_host_key(books, "company:1"), by_host_key(books, "company:2")
    helene, karim = an_act("helene"), an_act("karim")
    conditions = Conditions(payment_kind=CLIENT_PAYS)
    job = a_job(
        books, conditions=conditions, buyer=buyer, seller=seller, title="Escalier attendu", act=helene
    )
    delivery = a_delivery(books, job, delivered_on=karim.today, act=karim)
    service.accept_delivery(books, delivery, party=buyer, accepted_on=helene.today, act=helene)
    ids = {"job": job.id, "exchange": delivery.exchange_id}
    books.commit()
    return ids


def test_the_eve_of_its_date_one_may_oppose_and_on_the_day_no_more(as_user, books, an_act):
    today = an_act("helene").today
    for days, offered in ((1, True), (0, False)):
        ids = a_job_held_until(books, an_act, today + timedelta(days=1))
        delivery = books.get(Delivery, ids["held"])
        kept = retention.of_exchange(books, delivery.exchange)
        kept.release_on = today + timedelta(days=days)
        books.commit()
        page = page_of(as_user("helene"), ids)
        assert bool(page.html.select("#money a[href$='/retention/contest']")) == offered


def a_job_held_until(books, an_act, until):
    buyer, seller = by_host_key(books, "company:1"), by_host_key(books, "company:2")
    helene, karim = an_act("helene"), an_act("karim")
    conditions = Conditions(retention_rate_bp=FIVE_PERCENT.retention_rate_bp, retention_release_on=until)
    job = a_job(books, conditions=conditions, buyer=buyer, seller=seller, act=helene)
    delivery = a_delivery(books, job, delivered_on=karim.today, act=karim)
    service.accept_delivery(books, delivery, party=buyer, accepted_on=helene.today, act=helene)
    ids = {"job": job.id, "held": delivery.id}
    books.commit()
    return ids
