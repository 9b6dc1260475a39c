"""The accountants' page of documents: what failed and why, what differs, and what can be done about it."""

from sqlalchemy import select

from endi_ext.exchanges import papers
from endi_ext.exchanges.paper_models import DocumentTask

PAGE = "/exchanges/documents"
ADMIN = "/admin/exchanges/documents"


def state_of(books, dealings):
    books.rollback()
    found = books.execute(select(DocumentTask.state).where(DocumentTask.id == dealings.document)).scalar_one()
    books.rollback()
    return found


def host_makes_papers(books, an_act):
    papers.offer(books, an_act("odile"))
    books.commit()


def test_a_host_without_documents_says_so(as_user):
    page = as_user("odile").get(PAGE)
    assert "ne fait pas de documents" in page.text
    assert "Tous les documents demandés sont faits." in page.text
    assert "Aucun écart" in page.text


def test_a_failure_says_what_is_missing_and_where_to_set_it(as_user, books, dealings, an_act):
    host_makes_papers(books, an_act)
    page = as_user("odile").get(PAGE)
    assert "faites, numérotées et validées une seule fois" in page.text
    assert "Le produit interne « Prestation » est sur une TVA à 20 %" in page.text
    assert "La facture INT-7 est plus payée dans enDI qu’au livre" in page.text
    assert "123,45" in page.text


def test_a_paper_is_asked_for_again_by_its_button(as_user, books, dealings):
    form = next(one for one in as_user("odile").get(PAGE).forms.values() if one.action.endswith("/retry"))
    page = form.submit().follow()
    assert "de nouveau demandé" in page.text
    assert state_of(books, dealings) == "pending"


def test_a_paper_is_given_up_with_its_reason(as_user, books, dealings):
    odile = as_user("odile")
    form = odile.get(f"{PAGE}/{dealings.document}/give-up").forms["endi_ext_form"]
    form["reason"] = "Faite à la main"
    form.submit("submit").follow()
    assert state_of(books, dealings) == "given_up"
    history = odile.get(f"/exchanges/{dealings.open_exchange}").text
    assert "a renoncé à un document" in history
    assert "Faite à la main" in history


def test_a_paper_made_meanwhile_is_not_made_again(as_user, books, dealings):
    odile = as_user("odile")
    form = next(one for one in odile.get(PAGE).forms.values() if one.action.endswith("/retry"))
    books.get(DocumentTask, dealings.document).state = "done"
    books.commit()
    assert "Ce document est déjà fait" in form.submit().maybe_follow().text
    assert state_of(books, dealings) == "done"


def test_both_sides_read_that_a_document_is_on_its_way(as_user, dealings):
    page = as_user("helene").get(f"/companies/1/exchanges/all/{dealings.open_exchange}")
    assert "Un document est en préparation" in page.text
    other = as_user("helene").get(f"/companies/1/exchanges/all/{dealings.exchange}")
    assert "en préparation" not in other.text


def test_an_admin_keeps_to_the_ledger_and_comes_back(as_user, books, an_act):
    host_makes_papers(books, an_act)
    marc = as_user("marc")
    for choice, said in (
        ("ledger_only", "Livre seul : les nouveaux échanges"),
        ("everything", "Chaque échange accepté a sa facture interne"),
    ):
        form = marc.get(ADMIN).forms["endi_ext_form"]
        form["host_documents"] = choice
        assert said in form.submit("submit").follow().text
        books.rollback()
        assert papers.wanted(books) is (choice == "everything")
        books.rollback()
    assert "Documents des échanges" in marc.get("/admin/exchanges/changes").text


def test_only_accountants_open_the_page(as_user, dealings):
    for login in ("helene", "sylvie"):
        assert as_user(login).get(PAGE, status="*").status_int in (403, 404)
        assert as_user(login).post(f"{PAGE}/{dealings.document}/retry", status="*").status_int in (403, 404)
