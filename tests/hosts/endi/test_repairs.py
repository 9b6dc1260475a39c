"""Defects made by the real enDI's own code, found, repaired from their page, gone from the host's own."""

from datetime import date

import pytest
from sqlalchemy import select, text

from endi_ext.reconciliation import finding_codes as codes
from endi_ext.reconciliation.finding_models import Finding
from tests.hosts.browsing import form_to

LOOK = "/exchanges/findings/look"
AJAX = {"X-Requested-With": "XMLHttpRequest"}
ON, PAID_ON = date(2026, 4, 7), date(2026, 4, 20)

# What the tool leaves to people, because it is exported, agreed on, or needs their choice.
BY_PEOPLE = {code for code, (_severity, repair) in codes.ABOUT.items() if repair is None}


@pytest.fixture(scope="module")
def world(hosted):
    # The host's models are complete only once it is started.
    from tests.hosts.endi.defects import setting
    from tests.hosts.endi.defects.world import World

    setting.configure()
    return World(hosted.app)


@pytest.fixture(scope="module")
def cases(hosted, world):
    """The host's defects, each made by its own code; then looked for from the page."""
    from tests.hosts.endi.defects import documents, money, setting
    from tests.hosts.endi.defects.cases import Cases

    made = Cases()
    money.build(world, made)
    documents.build(world, made)
    setting.put_back(made.old)
    look(hosted)
    return {one.name: one for one in made.made}


def look(hosted):
    odile = hosted.browser("odile")
    page = odile.get(LOOK)
    while LOOK in page.request.url:
        page = form_to(page, LOOK).submit(status=303).follow()
    return page


def found(hosted, key):
    """The codes found about a document, each with its state and how it was settled."""
    with hosted.session() as session:
        rows = session.execute(select(Finding).where(Finding.about == key)).scalars()
        return {row.code: (row.state, row.repaired_how) for row in rows}


def page_of(hosted, key, code, suffix="", login="odile"):
    with hosted.session() as session:
        wanted = select(Finding.id).where(Finding.about == key, Finding.code == code)
        finding_id = session.execute(wanted).scalar_one()
    return hosted.browser(login).get(f"/exchanges/findings/{finding_id}{suffix}")


def repair(hosted, key, code, login="odile"):
    """Confirm the repair of a finding; return what its page said would change."""
    page = page_of(hosted, key, code, "/repair", login)
    said = [one.text.strip() for one in page.html.select(".endi-ext-sentences li")]
    form = page.forms["endi_ext_form"]
    if "choice" in form.fields:
        form["choice"] = form["choice"].options[1][0]
    form.submit("submit", status=303)
    return said


def told_by_the_host(hosted, address):
    """What the host's own pages read of a document."""
    return hosted.browser("odile").get(f"/api/v1/{address}", headers=AJAX).json


def row(hosted, statement, **facts):
    with hosted.session() as session:
        return [tuple(one) for one in session.execute(text(statement), facts)]


def statuses(hosted, key):
    """Whether the two documents count as paid, and what of the purchase is validated and numbered."""
    return row(
        hosted,
        "SELECT i.paid_status, s.paid_status, s.status, s.official_number IS NOT NULL FROM invoice i "
        "JOIN internalinvoice n ON n.id = i.id JOIN supplier_invoice s ON s.id = n.supplier_invoice_id "
        "WHERE i.id = :id",
        id=key.rpartition(":")[2],
    )


def payments(hosted, key):
    """The payments of both sides: days and cents."""
    sale = (
        "SELECT DATE(p.date), p.amount DIV 1000 FROM base_task_payment p WHERE p.task_id = :id ORDER BY 1, 2"
    )
    purchase = (
        "SELECT DATE(p.date), p.amount FROM base_supplier_payment p JOIN internalinvoice n "
        "ON n.supplier_invoice_id = p.supplier_invoice_id WHERE n.id = :id ORDER BY 1, 2"
    )
    return [row(hosted, one, id=key.rpartition(":")[2]) for one in (sale, purchase)]


def test_each_defect_is_found_by_its_name_and_repaired_or_left_to_people(hosted, cases):
    with_orders = {codes.ORDER_MISSING}
    for name, case in cases.items():
        assert tuple(sorted(found(hosted, case.key))) == case.codes, name
        for code in case.codes:
            if code in with_orders:
                continue
            if code in BY_PEOPLE:
                assert "Ce que la réparation changera" not in page_of(hosted, case.key, code).text, name
            else:
                assert repair(hosted, case.key, code), name
                assert found(hosted, case.key)[code] == ("repaired", "tool"), name


def test_payment_statuses_follow_what_is_paid_again(hosted, cases):
    waiting, partly, whole = "waiting", "paid", "resulted"
    expected = {
        "B1": (partly, partly),
        "B1, rest paid": (whole, whole),
        "B4": (partly, partly),
        "Further fact 1, reduced": (partly, partly),
        "Further fact 1, deleted": (waiting, waiting),
        "B2": (whole, whole),
        "B2, in part": (partly, partly),
    }
    assert {name: statuses(hosted, cases[name].key)[0][:2] for name in expected} == expected
    validated = [statuses(hosted, cases[name].key)[0][2:] for name in ("B2", "B2, in part", "B22")]
    assert validated == [("valid", 1)] * 3


def test_crossed_payments_are_those_of_the_seller(hosted, cases):
    for name in ("B3, date", "B3, amount", "B3, deleted"):
        ours, theirs = payments(hosted, cases[name].key)
        assert ours == theirs != [], name


def test_the_hosts_own_pages_show_what_was_repaired(hosted, cases):
    sale = told_by_the_host(hosted, f"invoices/{cases['B21'].key.rpartition(':')[2]}")
    assert sale["financial_year"] == 2027
    paid = hosted.browser("odile").get(f"/invoices/{cases['B3, date'].key.rpartition(':')[2]}/payment")
    assert "20/01/2026" in paid.text
    typed = row(
        hosted,
        "SELECT n.supplier_invoice_id, l.type_id IS NOT NULL FROM internalinvoice n "
        "JOIN supplier_invoice_line l ON l.supplier_invoice_id = n.supplier_invoice_id WHERE n.id = :id",
        id=cases["B13, no type"].key.rpartition(":")[2],
    )
    assert [known for _purchase_id, known in typed] == [1]
    assert hosted.browser("odile").get(f"/supplier_invoices/{typed[0][0]}").status_int == 200
    assert look(hosted).status_int == 200
    states = {name: found(hosted, cases[name].key) for name in ("B1", "B3, date", "B4", "B21")}
    assert {state for told in states.values() for state, _how in told.values()} == {"repaired"}


def test_the_page_of_a_finding_leads_to_both_documents_and_shows_what_is_paid_on_each(hosted, cases):
    case = cases["B3b"]
    page = page_of(hosted, case.key, case.codes[0])
    links = {one.attrs.get("href") for one in page.html.select("a")}
    assert f"/invoices/{case.key.rpartition(':')[2]}" in links
    assert any(str(one).startswith("/supplier_invoices/") for one in links)
    paid = page.text.replace("\xa0", " ")
    assert "450,00 € le 20/01/2026" in paid


def test_a_sale_is_passed_on_once_and_that_is_taken_back(hosted, world):
    from caerp.models.task import InternalInvoice

    from tests.hosts.endi.defects import at_work, setting
    from tests.hosts.endi.defects.setting import BUYER, SELLER

    sale_id = world.invoice(SELLER, BUYER, 12_300, ON, "Jamais transmise")
    world.validate(InternalInvoice, sale_id)
    setting.put_back([sale_id])
    at_work.a_minute_passes(sale_id)
    look(hosted)
    key = f"invoice:{sale_id}"
    page = page_of(hosted, key, codes.MIRROR_MISSING, "/repair")
    assert "Menuiserie du Lac reçoit un document d’achat de 123,00" in page.text.replace("\xa0", " ")
    form = page.forms["endi_ext_form"]
    form.submit("submit", status=303)
    assert form.submit("submit", status=422).status_int == 422
    assert found(hosted, key)[codes.MIRROR_MISSING] == ("repaired", "tool")
    assert at_work.mirrors_of(sale_id) == 1
    # Whoever keeps our books alone takes nothing back in the host's.
    give(world, "sylvie", "endi_ext_accountant")
    theirs = form_to(page_of(hosted, key, codes.MIRROR_MISSING, login="sylvie"), "/undo")
    assert "transmettre une facture interne" in theirs.submit().maybe_follow().text
    assert at_work.mirrors_of(sale_id) == 1
    undone = form_to(page_of(hosted, key, codes.MIRROR_MISSING), "/undo").submit(status=303).follow()
    assert "La réparation est annulée" in undone.text
    assert at_work.mirrors_of(sale_id) == 0
    assert found(hosted, key)[codes.MIRROR_MISSING] == ("open", None)
    repair(hosted, key, codes.MIRROR_MISSING)
    assert statuses(hosted, key)[0][2] == "draft"


def test_of_two_mirrors_the_one_that_counts_is_kept(hosted, world):
    from caerp.models.task import InternalInvoice

    from tests.hosts.endi.defects import at_work
    from tests.hosts.endi.defects.setting import BUYER, SELLER

    twice, _ = world.bought(SELLER, BUYER, 22_000, ON, "Transmise deux fois")
    passed_on_again(world, twice)
    paid_first = world.invoice(SELLER, BUYER, 33_000, ON, "Payée d'abord")
    world.validate(InternalInvoice, paid_first)
    world.transmit(paid_first)
    world.pay(paid_first, 33_000, PAID_ON)
    passed_on_again(world, paid_first)
    look(hosted)
    for sale_id in (twice, paid_first):
        key = f"invoice:{sale_id}"
        assert at_work.mirrors_of(sale_id) == 2
        give(world, "odile", "global_validate_supplier_invoice")
        repair(hosted, key, codes.MIRROR_DOUBLED)
        assert at_work.mirrors_of(sale_id) == 1
        assert statuses(hosted, key)[0][2] == "valid"
    assert statuses(hosted, f"invoice:{paid_first}")[0][:2] == ("resulted", "resulted")


def test_a_credit_note_the_worker_refused_is_passed_on_and_deducted(hosted, world):
    from tests.hosts.endi.defects import at_work, setting
    from tests.hosts.endi.defects.setting import BUYER, SELLER

    sale_id, _ = world.bought(SELLER, BUYER, 44_000, ON, "Avoir non transmis")
    refund_id = world.credit_note(sale_id, 4_000)
    world.post_status("cancelinvoices", refund_id)
    setting.put_back([refund_id])
    at_work.a_minute_passes(refund_id)
    look(hosted)
    said = repair(hosted, f"cancelinvoice:{refund_id}", codes.MIRROR_MISSING)
    assert "validé" in said[0]
    assert found(hosted, f"cancelinvoice:{refund_id}")[codes.MIRROR_MISSING] == ("repaired", "tool")
    assert statuses(hosted, f"invoice:{sale_id}")[0][:2] == ("paid", "paid")


def test_who_lacks_the_hosts_right_reads_which_one_and_changes_nothing(hosted, world):
    """Sylvie may keep our books and has none of the host's rights over documents."""
    from tests.hosts.endi.defects import at_work, setting
    from tests.hosts.endi.defects.setting import BUYER, SELLER

    quotation_id, order_id = world.offered(SELLER, BUYER, 35_000, ON, "Commande supprimée")
    world.delete_order(order_id, "helene")
    setting.put_back([quotation_id])
    # The host lets nobody transmit what was validated less than a minute ago.
    at_work.a_minute_passes(quotation_id)
    look(hosted)
    give(world, "sylvie", "endi_ext_accountant")
    key = f"estimation:{quotation_id}"
    page = page_of(hosted, key, codes.ORDER_MISSING, login="sylvie")
    assert "transmettre un devis interne" in page.text
    assert not [one for one in page.html.select("a") if one.attrs.get("href", "").endswith("/repair")]
    refused = page_of(hosted, key, codes.ORDER_MISSING, "/repair", "sylvie")
    assert "transmettre un devis interne" in refused.text
    assert "endi_ext_form" not in refused.forms
    give(world, "odile", "global_validate_estimation")
    repair(hosted, key, codes.ORDER_MISSING)
    assert found(hosted, key)[codes.ORDER_MISSING] == ("repaired", "tool")


def passed_on_again(world, sale_id):
    """Transmit a sale once more, as the host's own service does without the plugin."""
    from caerp.models.task import InternalInvoice
    from caerp.models.task.services import InternalInvoiceProcessService

    from endi_ext.hosts.endi.paper_request import ready_to_draw

    with world.acting("odile") as request:
        sale = InternalInvoice.get(sale_id)
        ready_to_draw(request, sale)
        InternalInvoiceProcessService.sync_with_customer(sale, request)


def give(world, login, right):
    """Give a right of the host's, once."""
    from caerp.models.base import DBSESSION
    from caerp.models.user import Login

    from tests.hosts.endi.defects import setting

    with world.acting("marc"):
        groups = DBSESSION().query(Login).filter_by(login=login).one()._groups
        given = {one.name for group in groups for one in group.access_rights}
    if right not in given:
        setting.give(login, right)
