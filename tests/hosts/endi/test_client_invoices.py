"""The real client invoices of enDI: what the client pays there is due at once, lines go to real drafts."""

from sqlalchemy import text

from ..client_contract import standing
from . import clients


def money_of(hosted, invoice_id):
    with hosted.session() as session:
        found = hosted.host.receipts.invoice(session, buyer_key(hosted), f"invoice:{invoice_id}")
    received = sum(receipt.amount_cents for receipt in found.receipts)
    return found.net_cents, found.total_cents, found.credited_cents, received


def buyer_key(hosted):
    return hosted.party_named(clients.BUYER).host_key


def draft_lines(hosted, invoice_id):
    rows = text(
        "SELECT l.description, l.cost, l.unity, l.mode, t.value, l.product_id IS NOT NULL FROM task_line l "
        "JOIN task_line_group g ON g.id = l.group_id JOIN tva t ON t.id = l.tva_id "
        "WHERE g.task_id = :id ORDER BY l.id"
    )
    with hosted.session() as session:
        return [tuple(row) for row in session.execute(rows, {"id": invoice_id})]


def totals(hosted, invoice_id):
    with hosted.session() as session:
        rows = text("SELECT ht, ttc FROM task WHERE id = :id")
        return tuple(session.execute(rows, {"id": invoice_id}).one())


def test_a_real_invoice_is_read_in_cents_with_its_payments_and_credit_notes(hosted):
    invoice_id, business_id = clients.an_invoice(hosted)
    assert money_of(hosted, invoice_id) == (100_000, 120_000, 0, 0)
    clients.pay(hosted, invoice_id, 500)
    clients.pay(hosted, invoice_id, 200)
    clients.credit(hosted, invoice_id, 250)
    assert money_of(hosted, invoice_id) == (100_000, 120_000, 30_000, 70_000)
    with hosted.session() as session:
        deal = hosted.host.receipts.deal(session, buyer_key(hosted), f"business:{business_id}")
        listed = hosted.host.receipts.deals(session, buyer_key(hosted))
    assert (deal.client, deal.sold_cents) == ("Mairie de Talloires", 75_000)
    assert deal in listed


def test_two_partial_payments_make_their_parts_due_right_after_their_commit(hosted):
    work_id = clients.a_work(hosted)
    clients.accept(hosted, work_id)
    invoice_id, _business_id = clients.an_invoice(hosted)
    clients.name_invoice(hosted, work_id, invoice_id)
    assert standing(hosted, work_id) == (0, 60_000)
    clients.pay(hosted, invoice_id, 600)
    assert standing(hosted, work_id) == (30_000, 30_000)
    clients.pay(hosted, invoice_id, 600)
    assert standing(hosted, work_id) == (60_000, 0)


def test_a_deleted_payment_makes_its_part_wait_again(hosted):
    work_id = clients.a_work(hosted)
    clients.accept(hosted, work_id)
    invoice_id, _business_id = clients.an_invoice(hosted)
    clients.name_invoice(hosted, work_id, invoice_id)
    (first,) = clients.pay(hosted, invoice_id, 300)
    clients.pay(hosted, invoice_id, 300)
    assert standing(hosted, work_id) == (30_000, 30_000)
    clients.take_back(hosted, first)
    assert standing(hosted, work_id) == (15_000, 45_000)


def test_a_payment_before_the_acceptance_makes_its_part_due_at_the_acceptance(hosted):
    work_id = clients.a_work(hosted)
    invoice_id, _business_id = clients.an_invoice(hosted)
    clients.pay(hosted, invoice_id, 1_200)
    clients.name_invoice(hosted, work_id, invoice_id)
    clients.accept(hosted, work_id)
    assert standing(hosted, work_id) == (60_000, 0)


def test_a_credit_note_lessens_what_is_waited_for_and_a_whole_one_leaves_it_waiting(hosted):
    work_id = clients.a_work(hosted)
    clients.accept(hosted, work_id)
    invoice_id, _business_id = clients.an_invoice(hosted)
    clients.name_invoice(hosted, work_id, invoice_id)
    clients.pay(hosted, invoice_id, 600)
    clients.credit(hosted, invoice_id, 250)
    assert standing(hosted, work_id) == (40_000, 20_000)
    clients.credit(hosted, invoice_id, 250)
    assert standing(hosted, work_id) == (60_000, 0)
    other_work = clients.a_work(hosted)
    clients.accept(hosted, other_work)
    credited, _business_id = clients.an_invoice(hosted)
    clients.name_invoice(hosted, other_work, credited)
    clients.credit(hosted, credited, 1_000)
    assert standing(hosted, other_work) == (0, 60_000)


def test_an_acceptance_puts_a_line_on_the_draft_of_the_deal_and_the_host_counts_it(hosted):
    work_id = clients.a_work(hosted)
    draft_id, business_id = clients.an_invoice(hosted, valid=False)
    clients.choose_deal(hosted, work_id, business_id)
    clients.accept(hosted, work_id)
    ((state, net_cents, line_key),) = clients.lines(hosted, work_id)
    assert (state, net_cents, line_key.partition(":")[0]) == ("added", 66_000, "line")
    _first, line = draft_lines(hosted, draft_id)
    assert line[1:] == (66_000_000, "forfait", "ht", 2_000, 1)
    assert "Escalier" in line[0]
    assert totals(hosted, draft_id) == (166_000_000, 199_200_000)


def test_a_draft_written_with_vat_gets_its_line_with_vat(hosted):
    work_id = clients.a_work(hosted)
    draft_id, business_id = clients.an_invoice(hosted, valid=False, mode="ttc", euros=1_200)
    clients.choose_deal(hosted, work_id, business_id)
    clients.accept(hosted, work_id)
    assert totals(hosted, draft_id) == (166_000_000, 199_200_000)


def test_a_validated_invoice_never_gets_a_line(hosted):
    work_id = clients.a_work(hosted)
    invoice_id, business_id = clients.an_invoice(hosted)
    clients.choose_deal(hosted, work_id, business_id)
    clients.accept(hosted, work_id)
    assert clients.lines(hosted, work_id) == [("waiting", 66_000, "")]
    assert len(draft_lines(hosted, invoice_id)) == 1


def test_the_page_names_a_real_invoice_and_the_seller_sees_its_number_only(hosted):
    work_id = clients.a_work(hosted)
    clients.accept(hosted, work_id)
    invoice_id, _business_id = clients.an_invoice(hosted)
    helene, karim = hosted.browser("helene"), hosted.browser("karim")
    form = helene.get(f"{hosted.home_of(clients.BUYER)}/subcontracts/{work_id}/client/invoice")
    form = form.forms["endi_ext_form"]
    form["invoice"] = f"invoice:{invoice_id}"
    page = form.submit("submit", status=303).follow()
    assert "Mairie de Talloires" in page.text
    clients.pay(hosted, invoice_id, 300)
    seen = karim.get(f"{hosted.home_of(clients.SELLER)}/subcontracts/{work_id}").text
    assert "25" in seen
    assert "Mairie" not in seen
    karim.get(f"{hosted.home_of(clients.SELLER)}/subcontracts/{work_id}/client", status=404)


def test_what_the_host_rolls_back_is_not_followed(hosted):
    import transaction
    from caerp.models.base import DBSESSION
    from caerp.models.task import Payment

    work_id = clients.a_work(hosted)
    clients.accept(hosted, work_id)
    invoice_id, _business_id = clients.an_invoice(hosted)
    clients.name_invoice(hosted, work_id, invoice_id)
    transaction.begin()
    DBSESSION().add(Payment(task_id=invoice_id, amount=60_000_000, mode="VIREMENT"))
    DBSESSION().flush()
    transaction.abort()
    assert standing(hosted, work_id) == (0, 60_000)
