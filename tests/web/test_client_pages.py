"""The client behind a work: the principal's page, what the seller sees, and what a payment changes."""

import pytest
from sqlalchemy import select

from endi_ext.exchanges.models import Exchange
from endi_ext.hosts.demo.invoice_models import Invoice, InvoiceLine
from endi_ext.subcontracts import service
from endi_ext.subcontracts.client_models import ClientLine
from endi_ext.subcontracts.terms import Conditions
from tests.subcontracts.builders import a_delivery, a_line, a_proposal, some_terms
from tests.web.filling import FORM, pages_of, press, words

INVOICES = "/companies/1/invoices"


@pytest.fixture
def work(books, party, an_act):
    """An agreement of 600 € paid when the client pays, half of it accepted: its id."""

    def made(mode="pro_rata"):
        helene, karim = an_act("helene"), an_act("karim")
        terms = some_terms(
            a_line("Plans", 10_000, "h", 6_000),
            conditions=Conditions(payment_kind="client", client_mode=mode),
            due_on=helene.today,
        )
        facts = {"buyer": party(1), "seller": party(2), "terms": terms, "act": helene}
        agreed = a_proposal(books, title="Escalier secret", **facts)
        service.accept(books, agreed, party=party(2), version=1, act=karim)
        delivery = a_delivery(books, agreed, 5_000, delivered_on=helene.today, act=karim)
        service.accept_delivery(books, delivery, party=party(1), accepted_on=helene.today, act=helene)
        found = agreed.id
        books.commit()
        return found

    return made


def of(company_id, work_id, path=""):
    return pages_of(company_id, f"/subcontracts/{work_id}{path}")


def an_invoice(browser, *, draft=False):
    form = browser.get(INVOICES).forms["invoice-form"]
    form["client"], form["label"], form["net"], form["sold"] = "Mairie", "Escalier", "1000", "2000"
    form["draft"] = draft
    return form.submit(status=303).follow()


def pays(browser, page, amount):
    form = browser.get(page.request.path).forms["receive-form"]
    form["amount"] = amount
    return form.submit(status=303).follow()


def name_invoice(browser, work_id):
    form = browser.get(of(1, work_id, "/client/invoice")).forms[FORM]
    form["invoice"] = form["invoice"].options[-1][0]
    return form.submit("submit", status=303).follow()


def choose_deal(browser, work_id):
    form = browser.get(of(1, work_id, "/client/deal")).forms[FORM]
    form["deal"] = form["deal"].options[-1][0]
    return form.submit("submit", status=303).follow()


def fix_margin(browser, work_id, kind="percent", **typed):
    form = browser.get(of(1, work_id, "/client/margin")).forms[FORM]
    form["kind"] = kind
    for name, value in (typed or {"rate_bp": "10"}).items():
        form[name] = value
    return form.submit("submit", status="*")


def parts(books):
    books.rollback()
    exchange = books.execute(select(Exchange)).scalars().one()
    found = exchange.due_cents, exchange.awaiting_cents
    books.rollback()
    return found


class TestOfWaiting:
    def test_the_page_says_what_to_do_before_an_invoice_is_named(self, as_user, work):
        work_id = work()
        assert "Nommez la facture" in words(as_user("helene").get(of(1, work_id)))
        assert "n’a pas encore nommé la facture" in words(as_user("karim").get(of(2, work_id)))

    def test_each_payment_makes_its_part_due_at_once_and_a_cancelled_one_waits_again(
        self, as_user, books, work
    ):
        work_id, helene = work(), as_user("helene")
        invoice = an_invoice(helene)
        name_invoice(helene, work_id)
        assert parts(books) == (0, 30_000)
        page = pays(helene, invoice, "600")
        assert parts(books) == (15_000, 15_000)
        cancel = next(form for name, form in page.forms.items() if str(name).startswith("cancel"))
        cancel.submit(status=303)
        assert parts(books) == (0, 30_000)

    def test_a_credit_note_lessens_what_is_waited_for(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        invoice = an_invoice(helene)
        name_invoice(helene, work_id)
        page = pays(helene, invoice, "600")
        page.forms["credit-form"]["amount"] = "600"
        page.forms["credit-form"].submit(status=303)
        assert parts(books) == (30_000, 0)

    def test_an_invoice_named_no_longer_makes_nothing_due(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        pays(helene, an_invoice(helene), "1200")
        page = name_invoice(helene, work_id)
        assert parts(books) == (30_000, 0)
        press(page, "/client/forget")
        assert parts(books) == (0, 30_000)

    def test_the_wait_is_lifted_with_a_reason(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        form = helene.get(of(1, work_id, "/client/lift")).forms[FORM]
        form["reason"] = "Le client a fait faillite"
        form.submit("submit", status=303)
        assert parts(books) == (30_000, 0)
        assert "n’attend plus le client" in words(as_user("karim").get(of(2, work_id)))

    def test_a_receipt_is_divided_line_by_line_prefilled_pro_rata(self, as_user, books, work):
        work_id, helene = work("by_line"), as_user("helene")
        pays(helene, an_invoice(helene), "600")
        page = name_invoice(helene, work_id)
        assert parts(books) == (0, 30_000)
        form = page.click("Dire ce qu’il couvre").forms[FORM]
        (name,) = [name for name in form.fields if name and name.startswith("exchange_")]
        assert form[name].value == "150,00"
        form[name] = "600"
        assert "300,00" in form.submit("submit", status=422).text
        form[name] = "200"
        form.submit("submit", status=303)
        assert parts(books) == (20_000, 10_000)


class TestOfWhatTheSellerSees:
    def test_the_seller_sees_the_number_and_the_part_paid_and_no_amount_of_the_client(self, as_user, work):
        work_id, helene = work(), as_user("helene")
        invoice = an_invoice(helene)
        name_invoice(helene, work_id)
        pays(helene, invoice, "600")
        choose_deal(helene, work_id)
        fix_margin(helene, work_id)
        page = words(as_user("karim").get(of(2, work_id)))
        assert "50 % payés par le client" in page
        for secret in ("Mairie", "1 200", "1 000", "10 %", "Votre marge", "À facturer"):
            assert secret not in page.replace("\u202f", " ").replace("\xa0", " ")

    @pytest.mark.parametrize(
        "path", ["", "/deal", "/invoice", "/margin", "/lift", "/receipts/invoice:1/receipt:1"]
    )
    def test_the_seller_and_strangers_find_no_client_page(self, as_user, work, path):
        work_id = work()
        as_user("karim").get(of(2, work_id, f"/client{path}"), status=404)
        as_user("karim").get(of(1, work_id, f"/client{path}"), status=404)
        as_user("solene").get(of(3, work_id, f"/client{path}"), status=404)

    def test_an_invoice_of_somebody_else_is_refused_like_an_unknown_one(self, as_user, work):
        work_id, helene, solene = work(), as_user("helene"), as_user("solene")
        form = solene.get("/companies/3/invoices").forms["invoice-form"]
        form["client"], form["label"], form["net"] = "Musée", "Site", "500"
        form.submit(status=303)
        form = helene.get(of(1, work_id, "/client/invoice")).forms[FORM]
        answers = []
        for key in ("invoice:1", "invoice:999"):
            form["invoice"].force_value(key)
            answers.append(words(form.submit("submit", status=422)))
        assert answers[0] == answers[1]
        assert "Musée" not in answers[0]


class TestOfLinesToInvoice:
    def test_an_acceptance_puts_a_line_on_the_draft_of_the_deal_once(
        self, as_user, books, work, party, an_act
    ):
        work_id, helene = work(), as_user("helene")
        an_invoice(helene, draft=True)
        choose_deal(helene, work_id)
        page = fix_margin(helene, work_id).follow()
        assert "sur une facture en brouillon" in words(page)
        assert client_net(books) == [100_000, 33_000]
        assert states(books) == ["added"]

    def test_without_a_draft_the_line_waits_in_the_list_with_a_button(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        page = fix_margin(helene, work_id).follow()
        assert "à facturer" in words(page)
        page = press(page, "/client/lines")
        assert "pas de facture en brouillon" in words(page)
        an_invoice(helene, draft=True)
        choose_deal(helene, work_id)
        assert states(books) == ["added"]

    def test_the_button_pressed_twice_adds_it_once(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        an_invoice(helene)
        choose_deal(helene, work_id)
        page = fix_margin(helene, work_id).follow()
        an_invoice_of_the_same_deal(helene)
        button = next(form for form in page.forms.values() if form.action.endswith("/client/lines"))
        button.submit(status=303)
        button.submit(status=303)
        assert client_net(books).count(33_000) == 1

    def test_a_line_invoiced_by_hand_is_noted(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        page = fix_margin(helene, work_id).follow()
        press(page, "/client/line")
        assert states(books) == ["by_hand"]

    def test_a_reversed_acceptance_marks_its_line(self, as_user, books, work):
        work_id, helene = work(), as_user("helene")
        an_invoice(helene, draft=True)
        choose_deal(helene, work_id)
        fix_margin(helene, work_id)
        exchange_id = books.execute(select(Exchange.id)).scalar_one()
        books.rollback()
        form = as_user("odile").get(f"/exchanges/{exchange_id}/reverse").forms[FORM]
        form["reason"] = "Accepté par erreur"
        form.submit("submit", status=303)
        assert states(books) == ["to_remove"]
        page = press(helene.get(of(1, work_id, "/client")), "/client/line")
        assert "retirée" in words(page)

    def test_a_margin_needs_its_number(self, as_user, work):
        page = fix_margin(as_user("helene"), work(), "amount", margin_cents="")
        assert page.status_int == 422


class TestOfOverviews:
    def test_the_jobs_of_a_principal_with_totals_and_as_csv(self, as_user, work):
        work_id, helene = work(), as_user("helene")
        an_invoice(helene)
        choose_deal(helene, work_id)
        page = words(helene.get(pages_of(1, "/jobs"))).replace("\u202f", " ")
        assert "2 000,00" in page
        assert "1 400,00 70 %" in page.replace("\xa0", " ")
        csv = helene.get(pages_of(1, "/jobs"), {"format": "csv"})
        assert "Escalier;Mairie;2000,00;600,00;300,00;;;;300,00;1400,00;70,00" in csv.text
        assert "encore confié aucun travail" in words(as_user("karim").get(pages_of(2, "/jobs")))

    def test_the_calendar_of_both_sides_with_reasons_and_as_files(self, as_user, work):
        work_id, helene, karim = work(), as_user("helene"), as_user("karim")
        assert "attend qu’une facture client soit nommée" in words(karim.get(pages_of(2, "/due")))
        pays(helene, an_invoice(helene), "1200")
        name_invoice(helene, work_id)
        assert "le client a payé" in words(karim.get(pages_of(2, "/due")))
        assert "300,00" in karim.get(pages_of(2, "/due"), {"format": "csv"}).text
        ics = helene.get(pages_of(1, "/due"), {"format": "ics"})
        assert ics.content_type == "text/calendar"
        assert ics.text.count("BEGIN:VEVENT") == 1
        assert "SUMMARY:à régler : 300\\,00" in ics.text

    def test_the_timeline_says_who_when_and_how_much(self, as_user, work):
        work_id = work()
        for login, company_id in (("helene", 1), ("karim", 2)):
            page = words(as_user(login).get(of(company_id, work_id, "/timeline")))
            assert "Karim Benali a déclaré la livraison (livraison n° 1) – 300,00 €" in page
        as_user("solene").get(of(3, work_id, "/timeline"), status=404)


def an_invoice_of_the_same_deal(browser):
    form = browser.get(INVOICES).forms["invoice-form"]
    form["client"], form["label"], form["net"], form["deal"] = "Mairie", "Suite", "10", "Escalier"
    form["draft"] = True
    form.submit(status=303)


def client_net(books):
    books.rollback()
    found = (
        books.execute(select(InvoiceLine.net_cents).join(Invoice).order_by(InvoiceLine.id)).scalars().all()
    )
    books.rollback()
    return list(found)


def states(books):
    books.rollback()
    found = books.execute(select(ClientLine.state).order_by(ClientLine.id)).scalars().all()
    books.rollback()
    return list(found)
