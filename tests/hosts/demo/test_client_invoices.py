"""The demo's own client invoices: what stands for a host's invoicing."""

import pytest
from sqlalchemy import func, select

from endi_ext.hosts.demo.invoice_models import CreditNote, Invoice, InvoiceReceipt
from endi_ext.hosts.demo.receipts import DemoReceipts

PAGE = "/companies/1/invoices"


def an_invoice(browser, **typed):
    """Make an invoice as people do; the page it leads to."""
    form = browser.get(PAGE).forms["invoice-form"]
    values = {"client": "Mairie de Talloires", "label": "Escalier", "net": "1 000", "sold": "2500", **typed}
    for name, value in values.items():
        form[name] = value
    return form.submit(status=303).follow()


def sent(page, form, **typed):
    fields = page.forms[form]
    for name, value in typed.items():
        fields[name] = value
    return fields.submit(status=303).follow()


def count(books, model):
    books.rollback()
    found = books.execute(select(func.count()).select_from(model)).scalar_one()
    books.rollback()
    return found


def test_an_invoice_is_made_paid_in_parts_and_credited(as_user, books):
    page = an_invoice(as_user("helene"))
    assert "1 200,00" in page.text.replace("\u202f", " ")
    page = sent(page, "receive-form", amount="700")
    page = sent(page, "credit-form", amount="100")
    (invoice,) = DemoReceipts().invoices(books, "company:1")
    assert (invoice.total_cents, invoice.credited_cents) == (120_000, 10_000)
    assert [receipt.amount_cents for receipt in invoice.receipts] == [70_000]
    assert "400,00" in page.text


def test_a_cancelled_receipt_stands_no_more(as_user, books):
    page = sent(an_invoice(as_user("helene")), "receive-form", amount="700")
    sent(page, next(name for name in page.forms if str(name).startswith("cancel-")))
    (invoice,) = DemoReceipts().invoices(books, "company:1")
    assert list(invoice.receipts) == []


def test_a_deal_keeps_what_it_was_sold_for(as_user, books):
    an_invoice(as_user("helene"), deal="Escalier de la mairie")
    an_invoice(as_user("helene"), deal="Escalier de la mairie", sold="9")
    (deal,) = DemoReceipts().deals(books, "company:1")
    assert (deal.label, deal.client, deal.sold_cents) == (
        "Escalier de la mairie",
        "Mairie de Talloires",
        250_000,
    )


def test_a_draft_is_told_to_nobody_until_it_is_issued(as_user, books):
    page = an_invoice(as_user("helene"), draft=True)
    assert list(DemoReceipts().invoices(books, "company:1")) == []
    books.rollback()
    sent(page, "issue-form")
    assert len(DemoReceipts().invoices(books, "company:1")) == 1


@pytest.mark.parametrize(("form", "model"), [("receive-form", InvoiceReceipt), ("credit-form", CreditNote)])
def test_a_form_sent_twice_counts_once(as_user, books, form, model):
    fields = an_invoice(as_user("helene")).forms[form]
    fields["amount"] = "700"  # more than half: twice would be too much
    assert "est enregistré" in fields.submit(status=303).follow().text
    assert "au plus ce que le client doit" not in fields.submit(status=303).follow().text
    assert count(books, model) == 1


@pytest.mark.parametrize("received_on", ["2027-02-29", "", "2090-01-01"])
def test_a_receipt_without_a_day_or_in_the_future_is_refused_and_says_so(as_user, books, received_on):
    page = sent(an_invoice(as_user("helene")), "receive-form", amount="100", received_on=received_on)
    assert "Indiquez le jour de l’encaissement" in page.text
    assert count(books, InvoiceReceipt) == 0


def test_an_invoice_sent_twice_is_made_once(as_user, books):
    form = as_user("helene").get(PAGE).forms["invoice-form"]
    form["client"], form["label"], form["net"] = "Mairie", "Escalier", "1000"
    form.submit(status=303)
    form.submit(status=303)
    assert count(books, Invoice) == 1


def test_more_than_the_client_owes_is_refused(as_user, books):
    page = sent(an_invoice(as_user("helene")), "receive-form", amount="1200,01")
    assert "au plus ce que le client doit" in page.text
    assert count(books, InvoiceReceipt) == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [("net", "dix"), ("vat_rate", "101"), ("client", ""), ("client", "\u202ea"), ("label", "a\x07")],
)
def test_a_mistake_is_said_at_its_field(as_user, books, field, typed):
    form = as_user("helene").get(PAGE).forms["invoice-form"]
    form["client"], form["label"], form["net"] = "Mairie", "Escalier", "1000"
    form[field] = typed
    assert form.submit(status=200).html.find(id=f"error_{field}") is not None
    assert count(books, Invoice) == 0


@pytest.mark.parametrize("login", ["karim", "solene"])
def test_strangers_find_nothing(as_user, login):
    page = an_invoice(as_user("helene"))
    as_user(login).get(PAGE, status=404)
    as_user(login).get(page.request.path, status=404)


def test_who_follows_a_company_reads_and_changes_nothing(as_user):
    sylvie = as_user("sylvie")
    page = sylvie.get("/companies/5/invoices")
    assert "invoice-form" not in page.forms


def test_nothing_is_written_without_a_token(as_user):
    as_user("helene").post(PAGE, {"client": "x"}, status=400)


def test_an_invoice_of_another_company_is_answered_like_an_unknown_one(as_user, books):
    an_invoice(as_user("helene"))
    (invoice,) = DemoReceipts().invoices(books, "company:1")
    assert DemoReceipts().invoice(books, "company:2", invoice.key) is None
    for unknown in ("invoice:999", "invoice:", "invoice:x", "x", "line:1", "invoice:²"):
        assert DemoReceipts().invoice(books, "company:1", unknown) is None
