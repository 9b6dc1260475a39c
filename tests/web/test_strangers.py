"""What somebody may not see and what does not exist are one and the same to them: page, status and work done.

Solene (3) has nothing to do with what Menuiserie du Lac (1) and Atelier Trait Juste (2) did together.
"""

import itertools
import re

import pytest
from sqlalchemy import event

from endi_ext.web.routes import OF_A_PARTY, OF_ACCOUNTANTS, OF_ADMINS, OF_ARBITERS
from tests.web.conftest import csrf_token
from tests.web.dealings import an_exchange
from tests.web.walked_matching import a_matching

UNKNOWN = 999_999
PLACE = re.compile(r"\{(\w+):[^/]*\}")
METHODS = ("GET", "POST")

WITH_PARTY = [(name, pattern) for name, pattern, _find in OF_A_PARTY]
WITH_MORE = [(name, pattern) for name, pattern in WITH_PARTY if len(PLACE.findall(pattern)) > 1]
OF_BOOKS = [(name, pattern) for name, pattern, _find in (*OF_ACCOUNTANTS, *OF_ARBITERS, *OF_ADMINS)]


@pytest.fixture
def ids(dealings, books, an_act):
    """The id of each thing, by its name in addresses."""
    matching = a_matching(books, an_act)
    return {
        "id": 1,
        "subcontract_id": dealings.subcontract,
        "delivery_id": dealings.declared,
        "exchange_id": dealings.exchange,
        "settlement_id": dealings.settlement,
        "entry_id": dealings.entry,
        "period_id": dealings.period,
        "partner_id": dealings.partner,
        "task_id": dealings.document,
        "invoice_key": "invoice:1",
        "receipt_key": "receipt:1",
        "dispute_id": 1,
        "file_id": 1,
        "amendment_id": 1,
        "version_number": 1,
        "account_id": 1,
        "notice_id": 1,
        "tender_id": dealings.tender,
        "submission_id": 1,
        "line_id": 1,
        "lot_id": dealings.lot,
        "member_id": dealings.member,
        "item_key": "list-1",
        "step_key": "review",
        "question_id": 1,
        "draft_id": 1,
        "part_id": 1,
        "kind_id": 1,
        "finding_id": 1,
        "reason_id": 1,
        "document": "dc1",
        "format": "pdf",
        "campaign_id": matching["campaign"],
        "match_id": matching["match"],
        "matching_id": 1,
        "adoption_id": 1,
        "month": "2026-11",
        "check": "papers",
        "year": "2026",
        "group": "4-6-7",
    }


def address(pattern, ids, **others):
    return PLACE.sub(lambda place: str({**ids, **others}[place.group(1)]), pattern)


def ask(browser, method, url, token):
    if method == "GET":
        return browser.get(url, status="*")
    return browser.post(url, {"csrf_token": token}, status="*")


def told_apart(browser, pairs, statuses):
    """Return the addresses whose two answers differ, or have another status than asked, by either method."""
    token = csrf_token(browser.get("/companies/3/exchanges/subcontracts/new"))
    found = []
    for method, (known, unknown) in itertools.product(METHODS, pairs):
        answers = [ask(browser, method, url, token) for url in (known, unknown)]
        if len({(answer.status_int, answer.text) for answer in answers}) > 1 or (
            answers[0].status_int not in statuses
        ):
            found.append((method, known, unknown, [answer.status_int for answer in answers]))
    return found


def foreign_and_no_party(ids):
    return [(address(pattern, ids), address(pattern, ids, id=UNKNOWN)) for _name, pattern in WITH_PARTY]


def foreign_and_no_document(ids):
    """Under the reader's own party."""
    nothing = dict.fromkeys(ids, UNKNOWN)
    return [(address(pattern, ids, id=3), address(pattern, nothing, id=3)) for _name, pattern in WITH_MORE]


def known_and_unknown_of_the_books(ids):
    nothing = dict.fromkeys(ids, UNKNOWN)
    return [(address(pattern, ids), address(pattern, nothing)) for _name, pattern in OF_BOOKS]


def test_pages_of_another_party_are_not_found_as_those_of_no_party(as_user, ids):
    assert told_apart(as_user("solene"), foreign_and_no_party(ids), {404}) == []


def test_others_documents_are_not_found_under_ones_own_party_as_those_that_do_not_exist(as_user, ids):
    assert told_apart(as_user("solene"), foreign_and_no_document(ids), {404}) == []


def test_accountants_and_admins_pages_are_forbidden_to_an_entrepreneur_whatever_the_id(as_user, ids):
    # A page that takes no POST answers 404 to it, whoever asks.
    assert told_apart(as_user("solene"), known_and_unknown_of_the_books(ids), {403, 404}) == []


def test_accountants_and_admins_pages_answer_the_hosts_usual_forbidden(as_user, ids):
    browser = as_user("solene")
    urls = (
        "/exchanges",
        "/exchanges/journal",
        address("/exchanges/{exchange_id:x}", ids),
        "/admin/exchanges",
    )
    usual = browser.get("/admin/users", status=403).text
    assert [browser.get(url, status=403).text == usual for url in urls] == [True] * len(urls)


def test_an_accountant_does_not_configure_and_an_admin_does_not_keep_the_books(as_user, ids):
    as_user("odile").get("/admin/exchanges", status=403)
    as_user("marc").get("/exchanges", status=403)
    as_user("marc").get(address("/exchanges/{exchange_id:x}/settle", ids), status=403)


def test_the_walk_tells_apart_what_differs(as_user, ids):
    found = told_apart(as_user("solene"), [("/companies/3/exchanges", "/companies/999999/exchanges")], {404})
    assert len(found) == 2
    found = told_apart(as_user("solene"), [("/companies/3/exchanges", "/companies/3/exchanges")], {404})
    assert [method for method, *_rest in found] == ["GET"]


def test_the_same_queries_run_whether_something_is_foreign_or_does_not_exist(demo_app, as_user, ids):
    browser = as_user("solene")
    pairs = foreign_and_no_party(ids) + foreign_and_no_document(ids) + known_and_unknown_of_the_books(ids)
    assert len(pairs) > 50
    different = [
        known
        for known, unknown in pairs
        if queries_of(demo_app, browser, known) != queries_of(demo_app, browser, unknown)
    ]
    assert different == []


def queries_of(app, browser, url):
    """Return the SQL a page runs, without its parameters."""
    seen = []

    def note(connection, cursor, statement, parameters, context, executemany):
        seen.append(statement)

    event.listen(app.registry["engine"], "before_cursor_execute", note)
    browser.get(url, status="*")
    event.remove(app.registry["engine"], "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("path", ["", "/all", "/statement", "/subcontracts"])
def test_ones_own_pages_say_nothing_of_what_others_did(as_user, dealings, path):
    page = as_user("solene").get(f"/companies/3/exchanges{path}")
    assert "secret" not in page.text.lower()
    assert "Travail BE-1" not in page.text


def test_the_partner_picker_offers_names_and_nothing_of_what_partners_did(as_user, dealings):
    page = as_user("solene").get("/companies/3/exchanges/subcontracts/new")
    offered = {option.attrs["value"] for option in page.html.select("datalist option")}
    assert offered == {"Menuiserie du Lac", "Atelier Trait Juste", "Diallo Rédaction", "Les Mots à l'Air"}
    assert "secret" not in page.text.lower()


def test_a_follower_reads_the_party_followed_and_acts_for_nobody(as_user, books, party, an_act):
    exchange = an_exchange(books, party(5), party(1), an_act("odile"), reference="suivi")
    books.commit()
    browser = as_user("sylvie")
    page = browser.get("/companies/5/exchanges")
    assert "Proposer une sous-traitance" not in page.text
    assert "Travail suivi" in browser.get("/companies/5/exchanges/all").text
    browser.get(f"/companies/5/exchanges/all/{exchange.id}")
    browser.get("/companies/5/exchanges/subcontracts/new", status=403)
    browser.get("/companies/1/exchanges", status=404)
    browser.get("/exchanges", status=403)


def test_an_accountant_reads_every_party_and_acts_for_none(as_user, dealings):
    browser = as_user("odile")
    page = browser.get(f"/companies/1/exchanges/subcontracts/{dealings.proposal}")
    assert "Mezzanine secrète" in page.text
    browser.get("/companies/1/exchanges/subcontracts/new", status=403)
    assert not page.html.select("form[action$='/accept']")


def test_who_is_not_logged_in_is_asked_to_for_every_id(anonymous, dealings):
    for url in (
        "/companies/1/exchanges",
        f"/companies/{UNKNOWN}/exchanges",
        f"/exchanges/{dealings.exchange}",
    ):
        assert "/login" in anonymous.get(url, status=303).location
