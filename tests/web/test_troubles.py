"""What the server meets while it saves is told in plain words, and what was typed is sent again, once."""

import sqlite3

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from webtest import Upload

from endi_ext.hosts.demo.identity import DemoSecurityPolicy
from endi_ext.subcontracts.models import Subcontract
from endi_ext.web import troubles, uploads
from tests.web.filling import FORM, a_filled_proposal, pages_of, words

MESSAGE = "Trois volées, « quart tournant » & limon <droit>"


@pytest.fixture
def full_disk(demo_app):
    """A database that may not grow until told otherwise: what each connection is told as it opens."""
    engine, room = demo_app.registry["engine"], []

    def limit(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {room[-1] if room else 1}")

    engine.dispose()
    event.listen(engine, "connect", limit)
    yield lambda: (room.append(1_000_000), engine.dispose())
    event.remove(engine, "connect", limit)


def test_a_full_disk_is_told_and_what_was_typed_is_sent_again_once(as_user, books, request):
    helene = as_user("helene")
    form = a_filled_proposal(helene, message=MESSAGE * 40, lines=[("🪵" * 500, "1", "h", "50")] * 3)
    make_room = request.getfixturevalue("full_disk")
    told = form.submit("submit", status=503)
    assert "Le disque du serveur est plein : rien n’a été enregistré." in words(told)
    assert told.form["message"].value == MESSAGE * 40
    assert books.execute(select(func.count()).select_from(Subcontract)).scalar_one() == 0
    books.commit()
    assert "est envoyée" not in words(helene.get(pages_of(1)))  # nothing claims what was not done

    assert told.form.submit(status=503).form["request_key"].value == form["request_key"].value
    make_room()
    done = told.form.submit(status=303).follow()
    assert "Votre proposition est envoyée à Atelier Trait Juste." in words(done)
    assert told.form.submit(status=303).location == done.request.url
    assert books.execute(select(Subcontract.title)).scalars().all() == [form["title"].value]


def test_files_are_to_be_chosen_again(as_user, an_act, monkeypatch):
    def no_room(*_said):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "keep", no_room)
    form = as_user("odile").get("/exchanges/import").forms[FORM]
    row = f"{an_act('odile').today:%d/%m/%Y};TRAITJ;MENLAC;120,00;Dépannage;W-1\n"
    form["file"] = Upload(
        "passe.csv", ("date;vendeur;acheteur;montant_ht;libelle;reference\n" + row).encode()
    )
    told = form.submit("submit", status=503)
    assert "Choisissez de nouveau vos fichiers avant d’envoyer." in words(told)
    assert not told.forms


def test_a_database_that_is_gone_before_anybody_is_known_is_told_on_our_pages_alone(as_user, monkeypatch):
    def gone(*_said):
        raise OperationalError("", {}, Exception(2002, "Can't connect"))

    odile = as_user("odile")
    monkeypatch.setattr(DemoSecurityPolicy, "authenticated_userid", gone)
    told = odile.get("/exchanges/journal?period=2026-11", status=503)
    assert "La base de données ne répond pas" in words(told)
    assert told.html.main.a["href"] == "/exchanges/journal?period=2026-11"
    with pytest.raises(OperationalError):
        odile.get("/")


@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        (OSError(28, "No space left on device"), "full"),
        (OSError(2, "No such file"), None),
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), "full"),
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), "busy"),
        (OperationalError("", {}, Exception(1114, "The table 'endi_ext_line' is full")), "full"),
        (OperationalError("", {}, Exception(1030, 'Got error 28 "No space left on device"')), "full"),
        (OperationalError("", {}, Exception(1213, "Deadlock found")), "busy"),
        (OperationalError("", {}, Exception(2013, "Lost connection to server during query")), "gone"),
        (OperationalError("", {}, Exception(1054, "Unknown column")), None),
        (NoConnectionLeft("QueuePool limit of size 5 overflow 10 reached"), "gone"),
    ],
)
def test_troubles_are_told_apart_and_mistakes_of_ours_stay_visible(problem, trouble):
    assert troubles.trouble_of(problem) == trouble
