"""Importing by the page: checked, then confirmed; a bad file says its lines and leaves nothing."""

import os

import pytest
from webtest import Upload

from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import service as ledger
from endi_ext.web import uploads
from tests.web.conftest import csrf_token
from tests.web.dealings import entries
from tests.web.test_book_pages import rows_of

HEADER = "date;vendeur;acheteur;montant_ht;libelle;reference\n"
GOOD = (
    HEADER
    + "01/11/2026;TRAITJ;Menuiserie du Lac;1 234,50;Comptoir;I-1\n02/11/2026;ECUME;DIALLO;80;Site;I-2\n"
)
BAD = (
    HEADER
    + "31/02/2026;TRAITJ;MENLAC;10;Comptoir;I-1\n"
    + "01/11/2026;TRAITJ;Menuserie;10;Comptoir;I-2\n"
    + "01/11/2026;TRAITJ;TRAITJ;10;Comptoir;I-3\n"
    + "01/11/2026;TRAITJ;MENLAC;-10;Comptoir;I-4\n"
    + "01/11/2026;TRAITJ;MENLAC;10;=1+1;I-5\n"
    + "01/11/2026;TRAITJ;MENLAC;10;Bon;I-6\n"
)


def send(browser, content, name="échanges.csv"):
    form = browser.get("/exchanges/import").forms["endi_ext_form"]
    form["file"] = Upload(name, content if isinstance(content, bytes) else content.encode())
    return form.submit("submit", status="*")


def confirm(page):
    return next(form for form in page.forms.values() if form.action.endswith("/confirm")).submit(status="*")


@pytest.fixture(autouse=True)
def kept_files(tmp_path, monkeypatch):
    """Files kept between two pages are kept in a folder of the test's own."""
    monkeypatch.setattr(uploads.tempfile, "tempdir", str(tmp_path))
    return lambda: list((tmp_path / f"endi_ext-uploads-{os.getuid()}").iterdir())


def test_a_file_is_checked_first_and_imported_once_confirmed(as_user, books, kept_files):
    browser = as_user("odile")
    page = send(browser, GOOD)
    assert "Rien n’est encore enregistré." in page.text
    assert entries(books) == 0
    assert len(kept_files()) == 1
    done = confirm(page).follow()
    assert "Import terminé : 2 nouveaux échanges" in done.text
    assert entries(books) == 2
    assert kept_files() == []


def test_the_same_file_again_has_nothing_to_import(as_user, books):
    browser = as_user("odile")
    confirm(send(browser, GOOD))
    page = send(browser, GOOD)
    assert "il n’y a rien à importer" in page.text
    assert not [form for form in page.forms.values() if form.action.endswith("/confirm")]
    assert entries(books) == 2


def test_a_bad_file_says_each_line_and_column_and_leaves_nothing(as_user, books, kept_files):
    page = send(as_user("odile"), BAD)
    assert page.status_int == 422
    told = rows_of(page)
    assert [(line, column) for line, column, _why in told] == [
        ("2", "date"),
        ("3", "acheteur"),
        ("4", "acheteur"),
        ("5", "montant_ht"),
        ("6", "libelle"),
    ]
    assert all(len(why) > 20 for _line, _column, why in told)
    assert "vouliez-vous écrire « Menuiserie du Lac »" in told[1][2]
    assert entries(books) == 0
    books.rollback()
    assert books.query(Exchange).count() == 0
    books.rollback()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\x00\x01\x02 binaire", "ni un CSV ni un classeur"),
        (b"PK\x03\x04 pas un classeur", "classeur"),
        ("date;vendeur\n01/11/2026;TRAITJ\n", "acheteur"),
        (HEADER, "ligne"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(as_user, books, content, said):
    page = send(as_user("odile"), content)
    assert page.status_int == 422
    assert said in page.html.select_one(".endi-ext").get_text()
    assert entries(books) == 0


def test_ten_megabytes_are_refused_in_a_sentence_at_the_field(as_user, books, kept_files, demo_app):
    content = HEADER.encode() + b"01/11/2026;TRAITJ;MENLAC;1,00;x;y\n" * 330_000
    assert len(content) > int(demo_app.registry.endi_ext_settings["endi_ext.upload_limit_bytes"])
    page = send(as_user("odile"), content)
    assert page.status_int == 422
    assert "Ce fichier est trop gros" in page.html.select_one(".error-message").get_text()
    assert entries(books) == 0


def test_sending_no_file_says_to_choose_one(as_user):
    form = as_user("odile").get("/exchanges/import").forms["endi_ext_form"]
    page = form.submit("submit", status=422)
    assert "Choisissez un fichier." in page.html.select_one(".error-message").get_text()


def test_a_name_of_file_is_shown_as_text_and_leads_nowhere(as_user, books, kept_files):
    page = send(as_user("odile"), GOOD, name="../../<b>x</b>.csv")
    assert "<b>x</b>" not in page.text
    assert [path.name.isalnum() for path in kept_files()] == [True]


def test_a_kept_file_serves_its_sender_only(as_user, books, demo_app):
    first = send(as_user("odile"), GOOD)
    kept = next(form for form in first.forms.values() if form.action.endswith("/confirm"))["kept"].value
    assert uploads.reopen(kept, "user:6") is None
    assert uploads.reopen("../../etc/passwd", "user:5") is None
    with uploads.reopen(kept, "user:5") as stream:
        assert stream.read() == GOOD.encode()


def test_a_confirmation_of_a_file_that_is_gone_says_to_choose_it_again(as_user, books):
    browser = as_user("odile")
    token = csrf_token(browser.get("/exchanges/import"))
    answer = browser.post("/exchanges/import/confirm", {"csrf_token": token, "kept": "nothing"})
    assert "choisissez-le de nouveau" in answer.follow().text


def test_a_file_that_became_wrong_between_the_two_pages_is_refused_then(as_user, books, an_act):
    browser = as_user("odile")
    page = send(browser, GOOD)
    act = an_act("odile")
    ledger.close_period(books, ledger.period_of(books, act.today), act)
    books.commit()
    answer = confirm(page)
    assert answer.status_int == 422
    assert "clôturée" in answer.text
    assert entries(books) == 0


def test_files_older_than_a_day_are_forgotten(as_user, kept_files):
    browser = as_user("odile")
    send(browser, GOOD)
    old = kept_files()[0]
    os.utime(old, (0, 0))
    send(browser, GOOD)
    assert old not in kept_files()
    assert len(kept_files()) == 1
