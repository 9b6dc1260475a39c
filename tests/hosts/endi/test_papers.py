"""The real enDI and its real worker make the papers of our exchanges: once, whole, and on both sides."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import transaction
from sqlalchemy import text

from tests.hosts import story
from tests.hosts.browsing import fill, form_to, links
from tests.hosts.endi import commands, papers
from tests.hosts.endi.papers import UNITS_PER_CENT
from tests.hosts.endi.test_worker import letters

PATIENCE_S = 120
SELLER, BUYER = "Atelier Trait Juste", "Menuiserie du Lac"
NOBODY = "Enseigne où personne n'entre"
CALLBACK = "async_internalinvoice_valid_callback"


@dataclass
class Worker:
    """A worker that runs, and what it said."""

    process: subprocess.Popen
    folder: Path

    def log(self):
        return (self.folder / "celery.log").read_text()[-8000:]

    def finishes(self, hosted):
        """Wait until nothing is left to make."""
        limit = time.monotonic() + PATIENCE_S
        while papers.unfinished(hosted):
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < limit, self.log()
            time.sleep(0.2)

    def passes_on(self, times):
        """Wait until the host's callback has run so many times: each tells the buyer, mirror or not."""
        limit = time.monotonic() + PATIENCE_S
        while sum(one["Subject"] == papers.PASSED_ON for one in letters(self.folder)) < times:
            assert time.monotonic() < limit, self.log()
            time.sleep(0.2)


@pytest.fixture(scope="module")
def asked(hosted):
    """Exchanges accepted, settled and cancelled while no worker runs: by name, their ids."""
    hosted.add_company(name=NOBODY, analytic_code="SANSLOGIN", email="personne@passerelles.example")
    found = {
        "plain": papers.record(hosted, "helene", "plain", SELLER, BUYER, 123_457),
        "pages": accepted_in_the_pages(hosted),
        "sold by nobody": papers.record(hosted, "helene", "sold by nobody", NOBODY, BUYER, 20_000),
        "bought by nobody": papers.record(hosted, "karim", "bought by nobody", SELLER, NOBODY, 1),
        "cancelled early": papers.record(hosted, "helene", "cancelled early", SELLER, BUYER, 5_000),
        "instalments": papers.record(hosted, "helene", "instalments", SELLER, BUYER, 90_000),
        "cancelled": papers.record(hosted, "helene", "cancelled", SELLER, BUYER, 70_000),
        "credited": papers.record(hosted, "helene", "credited", SELLER, BUYER, 100_000),
        "forced": papers.record(hosted, "helene", "forced", SELLER, BUYER, 50_000),
    }
    papers.record(hosted, "helene", "plain", SELLER, BUYER, 123_457)
    papers.reverse(hosted, found["cancelled early"])
    for key in ("first", "second"):
        papers.settle(hosted, found["instalments"], 30_000, f"instalment-{key}")
    return found


def accepted_in_the_pages(hosted):
    """Agree on a job and accept its delivery as entrepreneurs do; the form that accepts is sent twice."""
    helene, karim = hosted.browser("helene"), hosted.browser("karim")
    form = helene.get(f"{hosted.home_of(BUYER)}/subcontracts/new").forms["endi_ext_form"]
    fill(form, title="Rampe d'escalier", seller=SELLER, due_on=story.DUE)
    fill(form, description="Dessin", quantity_thousandths="3", unit="plan", unit_price_cents="33,33")
    hers = story.path_of(form.submit("submit", status=303))
    his = hers.replace(hosted.home_of(BUYER), hosted.home_of(SELLER))
    form_to(karim.get(his), f"{his}/accept").submit(status=303)
    delivery = story.theirs(hosted, story.deliver(karim, his, ["3"]))
    form = form_to(helene.get(delivery), f"{delivery}/accept")
    for _ in range(2):
        form.submit(status="*")
    return hosted.last_exchange()


@pytest.fixture(scope="module")
def worker(asked, worker_ini, tmp_path_factory):
    """A worker of two processes, started once the exchanges above were accepted."""
    folder = tmp_path_factory.mktemp("worker")
    options = ("--ini", worker_ini, "--concurrency", "2", "-l", "INFO")
    process = commands.start("celery", "-A", "pyramid_celery.celery_app", "worker", *options, folder=folder)
    try:
        yield Worker(process, folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def made(hosted, asked, worker):
    """The same exchanges, when nothing waits any more."""
    worker.finishes(hosted)
    return asked


@pytest.mark.parametrize("name", ["plain", "pages", "sold by nobody", "bought by nobody"])
def test_an_acceptance_makes_one_invoice_and_one_purchase_equal_to_the_books(hosted, made, worker, name):
    net_cents, found = papers.exchange(hosted, made[name]).net_cents, papers.sides(hosted, made[name])
    assert papers.states(hosted, made[name]) == {"invoice": ("done", "")}, worker.log()
    ((_, units, sale_status, number),) = found.sales
    ((_, cents, purchase_status, purchase_number, type_id),) = found.purchases
    assert (units, cents) == (net_cents * UNITS_PER_CENT, net_cents)
    assert (sale_status, purchase_status) == ("valid", "valid")
    assert all((number, purchase_number, type_id))
    assert papers.findings(hosted, made[name]) == {}


def test_the_invoice_says_that_it_is_internal(hosted, made):
    ((sale_id, *_),) = papers.sides(hosted, made["plain"]).sales
    with hosted.session() as session:
        notes = session.execute(text("SELECT notes FROM task WHERE id = :id"), {"id": sale_id}).scalar_one()
    assert notes == "Document interne – ne vaut pas facture"


@pytest.mark.parametrize(
    ("closing", "on", "year"),
    [("9", date(2026, 9, 30), 2026), ("9", date(2026, 10, 1), 2027), ("12", date(2026, 12, 31), 2026)],
)
def test_an_invoice_belongs_to_the_financial_year_its_date_falls_in(hosted, closing, on, year):
    from caerp.models.config import Config

    from endi_ext.hosts.endi.paper_request import financial_year

    with hosted.request_of("odile"):
        Config.set("accounting_closure_month", closing)
        Config.set("accounting_closure_day", "30" if closing == "9" else "31")
        assert financial_year(on) == year
        transaction.abort()
        transaction.begin()


def test_what_was_cancelled_before_its_paper_was_made_gets_none(hosted, made):
    found = papers.sides(hosted, made["cancelled early"])
    assert (found.sales, found.purchases) == ([], [])
    states = papers.states(hosted, made["cancelled early"])
    assert states == {"invoice": ("not_needed", ""), "credit_note": ("not_needed", "")}


def test_no_sale_bears_another_number_twice(hosted, made):
    with hosted.session() as session:
        numbers = [
            number
            for family in ("sale_number", "purchase_number")
            for (number,) in session.execute(
                text(f"SELECT {family} FROM endi_ext_host_document WHERE family = 'invoice'")
            )
        ]
    half = len(numbers) // 2
    assert len(set(numbers[:half])) == half == len(set(numbers[half:]))


def test_the_button_and_the_hosts_own_callback_make_no_second_mirror(hosted, made, worker):
    (pair,) = papers.pairs(hosted, made["plain"])
    papers.show_the_button(hosted)
    papers.host_task(hosted, CALLBACK, pair.sale_id)
    button = f"/invoices/{pair.sale_id}/gen_supplier_invoice"
    for login in ("odile", "marc"):
        hosted.browser(login).post(button, status="*")
    worker.passes_on(1)
    assert len(papers.sides(hosted, made["plain"]).purchases) == 1


def test_the_hosts_own_invoice_has_one_mirror_though_button_and_worker_race(hosted, made, worker):
    sale_id = papers.native_invoice(hosted, SELLER, BUYER, "Fait à la main dans enDI")
    button = f"/invoices/{sale_id}/gen_supplier_invoice"
    papers.show_the_button(hosted)
    browsers = [hosted.browser(login) for login in ("odile", "marc")]
    papers.host_task(hosted, CALLBACK, sale_id)
    papers.host_task(hosted, CALLBACK, sale_id)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda browser: browser.post(button, status="*"), browsers))
    worker.passes_on(4)
    assert papers.mirrors_of_label(hosted, "Fait à la main dans enDI") == 1


def test_equal_instalments_edited_and_deleted_in_the_host_keep_to_their_own_mirror(hosted, made):
    exchange_id = made["instalments"]
    first, second = papers.pairs(hosted, exchange_id, "payment")
    assert papers.findings(hosted, exchange_id) == {}
    papers.edit_payment(hosted, second.sale_id, "310.00", "2026-11-05")
    found = papers.sides(hosted, exchange_id)
    assert papers.by_id(found.sale_payments)[second.sale_id] == 31_000 * UNITS_PER_CENT
    assert papers.by_id(found.purchase_payments) == {first.purchase_id: 30_000, second.purchase_id: 31_000}
    assert papers.findings(hosted, exchange_id) == {"document_payment_unknown": 1_000}
    papers.edit_payment(hosted, second.sale_id, "300.00", "2026-11-05")
    assert papers.findings(hosted, exchange_id) == {}
    papers.delete_payment(hosted, second.sale_id)
    found = papers.sides(hosted, exchange_id)
    assert papers.by_id(found.purchase_payments) == {first.purchase_id: 30_000}
    assert found.statuses == ("paid", "paid")
    assert papers.findings(hosted, exchange_id) == {"document_payment_missing": 30_000}
    papers.align(hosted, exchange_id)
    assert papers.findings(hosted, exchange_id) == {}
    assert papers.exchange(hosted, exchange_id).settled_cents == 30_000


def test_a_payment_recorded_in_the_host_and_then_here_is_one_payment(hosted, made, worker):
    exchange_id = made["plain"]
    (pair,) = papers.pairs(hosted, exchange_id)
    papers.pay_in_the_host(hosted, pair.sale_id, "200.00", resulted=False)
    assert papers.findings(hosted, exchange_id) == {"document_payment_unknown": 20_000}
    papers.settle(hosted, exchange_id, 20_000, "plain-1")
    worker.finishes(hosted)
    found = papers.sides(hosted, exchange_id)
    assert [row[1] for row in found.sale_payments] == [20_000 * UNITS_PER_CENT]
    assert [row[1] for row in found.purchase_payments] == [20_000]
    assert papers.findings(hosted, exchange_id) == {}


def test_a_settled_exchange_cancelled_is_taken_back_on_both_sides(hosted, made, worker):
    exchange_id = made["cancelled"]
    settlement_id = papers.settle(hosted, exchange_id, 70_000, "cancelled-1")
    worker.finishes(hosted)
    found = papers.sides(hosted, exchange_id)
    assert found.statuses == ("resulted", "resulted")
    assert [row[1] for row in found.purchase_payments] == [70_000]
    assert papers.left_to_pay(hosted, exchange_id) == 0
    papers.reverse(hosted, exchange_id)
    worker.finishes(hosted)
    found = papers.sides(hosted, exchange_id)
    assert [row[1] for row in found.sales] == [70_000 * UNITS_PER_CENT, -70_000 * UNITS_PER_CENT]
    assert [row[1] for row in found.purchases] == [70_000, -70_000]
    assert (found.sale_payments, found.purchase_payments) == ([], [])
    assert all(row[2] == "valid" and row[3] for row in (*found.sales, *found.purchases))
    assert papers.findings(hosted, exchange_id) == {}, settlement_id


def test_a_partial_credit_note_of_the_host_leaves_both_sides_and_the_books_equal(hosted, made, worker):
    exchange_id = made["credited"]
    (pair,) = papers.pairs(hosted, exchange_id)
    papers.credit_in_the_host(hosted, pair.sale_id, 10_000)
    assert papers.findings(hosted, exchange_id) == {"document_credit_unknown": 10_000}
    worker.finishes(hosted)
    worker.passes_on(5)
    found = papers.sides(hosted, exchange_id)
    assert [row[1] for row in found.sales] == [100_000 * UNITS_PER_CENT, -10_000 * UNITS_PER_CENT]
    assert [row[1] for row in found.purchases] == [100_000, -10_000]
    papers.align(hosted, exchange_id)
    assert papers.findings(hosted, exchange_id) == {}
    assert papers.exchange(hosted, exchange_id).net_cents == 90_000
    papers.settle(hosted, exchange_id, 90_000, "credited-1")
    worker.finishes(hosted)
    assert papers.sides(hosted, exchange_id).statuses == ("resulted", "resulted")
    assert papers.findings(hosted, exchange_id) == {}
    papers.prove(hosted)


def test_an_invoice_settled_by_force_in_the_host_is_told_at_once(hosted, made):
    exchange_id = made["forced"]
    (pair,) = papers.pairs(hosted, exchange_id)
    papers.pay_in_the_host(hosted, pair.sale_id, "100.00", resulted=True)
    noted = papers.findings(hosted, exchange_id)
    assert noted == {"document_settled_by_force": 40_000, "document_payment_unknown": 10_000}
    papers.align(hosted, exchange_id)
    assert papers.exchange(hosted, exchange_id).settled_cents == 10_000
    assert papers.findings(hosted, exchange_id) == {"document_settled_by_force": 40_000}


def test_what_was_changed_behind_the_hosts_back_is_found_by_the_daily_look(hosted, made):
    exchange_id = made["bought by nobody"]
    (pair,) = papers.pairs(hosted, exchange_id)
    with hosted.session() as session:
        changed = "UPDATE supplier_invoice_line SET ht = 2 WHERE supplier_invoice_id = :id"
        session.execute(text(changed), {"id": pair.purchase_id})
        session.commit()
    with hosted.request_of("odile") as request:
        hosted.host.look_after_documents(request)
    assert papers.findings(hosted, exchange_id) == {"document_totals_differ": 1}
    assert "n’ont pas le même montant" in hosted.browser("odile").get("/exchanges/documents").text


def test_the_pages_of_both_sides_lead_to_the_documents_they_may_open(hosted, made):
    (pair,) = papers.pairs(hosted, made["plain"])
    sale, purchase = f"/invoices/{pair.sale_id}", f"/supplier_invoices/{pair.purchase_id}"
    for login, party, own, other in (
        ("karim", SELLER, sale, purchase),
        ("helene", BUYER, purchase, sale),
    ):
        page = hosted.browser(login).get(f"{hosted.home_of(party)}/all/{made['plain']}")
        assert own in links(page)
        assert other not in links(page)
        assert pair.sale_number in page.text
