"""The draft stage in the browser: switched on, a list to tick, batches, a closed month, both sides told."""

import pytest

from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import drafts
from endi_ext.ledger import service as ledger
from endi_ext.web import draft_desk
from tests.web.dealings import an_exchange
from tests.web.filling import FORM, words

DRAFTS = "/exchanges/drafts"


@pytest.fixture
def waiting(as_user, books, party, an_act, dealings):
    """Three exchanges that wait between helene (1) and karim (2), the stage switched on by its page."""
    form = as_user("marc").get("/admin/exchanges/drafts").forms[FORM]
    form["EXI"] = "waits"
    assert "votre choix vaut" in words(form.submit("submit", status=303).follow()).lower()
    sides, act = (party(2), party(1)), an_act("odile")
    made = [an_exchange(books, *sides, act, reference=f"W-{number}").id for number in range(3)]
    books.commit()
    return made


def state(books, exchange_id):
    books.rollback()
    found = books.get(Exchange, exchange_id).state
    books.rollback()
    return found


def bulk_form(page):
    return next(form for form in page.forms.values() if form.action.endswith("/drafts/decide"))


def test_what_waits_is_listed_with_its_lines_and_shown_so_to_both_sides(as_user, books, waiting):
    odile = as_user("odile")
    page = odile.get(DRAFTS)
    for shown in ("Travail W-0", "Attendent : Achats et ventes internes", "Voir les lignes", "604020"):
        assert shown in words(page)
    assert "Travail W-2" not in words(odile.get("/exchanges"))
    for user, company in (("helene", 1), ("karim", 2)):
        seen = words(as_user(user).get(f"/companies/{company}/exchanges/all/{waiting[0]}"))
        assert "En attente de comptabilisation" in seen
        assert "rien n’en est dû" in seen
    exchange = odile.get(f"/exchanges/{waiting[0]}")
    assert "Régler" not in words(exchange)
    assert exchange.click("Voir l’écriture en attente").request.path.startswith(DRAFTS)


def test_ticked_entries_are_validated_and_the_others_rejected_with_a_reason(as_user, books, waiting):
    odile = as_user("odile")
    form = bulk_form(odile.get(DRAFTS))
    form.set("draft", True, 0)
    assert "Écritures validées : 1." in form.submit(status=303).follow().text
    form = bulk_form(odile.get(DRAFTS))
    form["whole"] = "yes"
    assert form.submit(status=303) is not None
    assert [state(books, one) for one in waiting] == ["open"] * 3
    nothing = odile.get(DRAFTS)
    assert "Aucune écriture n’attend." in nothing.text


def test_a_rejection_wants_a_reason_and_cancels_the_exchange(as_user, books, waiting):
    odile = as_user("odile")
    form = bulk_form(odile.get(DRAFTS))
    form.set("draft", True, 0)
    assert "les deux enseignes le liront." in words(form.submit("decision", value="reject", status=422))
    form["reason"] = "En double"
    assert "Écritures rejetées : 1." in form.submit("decision", value="reject", status=303).follow().text
    assert sorted(state(books, one) for one in waiting) == ["cancelled", "waiting", "waiting"]
    cancelled = next(one for one in waiting if state(books, one) == "cancelled")
    assert "En double" in as_user("karim").get(f"/companies/2/exchanges/all/{cancelled}").text


def test_a_long_validation_goes_on_batch_by_batch(as_user, books, waiting, monkeypatch):
    monkeypatch.setattr(draft_desk, "BATCH", 2)
    form = bulk_form(as_user("odile").get(DRAFTS))
    form["whole"] = "yes"
    page = form.submit(status=200)
    assert "2 sur 3" in words(page)
    (again,) = [one for one in page.forms.values() if one.action.endswith("/decide")]
    assert "Écritures validées : 3." in again.submit(status=303).follow().text
    assert [state(books, one) for one in waiting] == ["open"] * 3


def test_an_entry_of_a_closed_month_is_named_and_dated_by_hand(as_user, books, an_act, waiting):
    day = books.get(Exchange, waiting[0]).accepted_on
    ledger.close_period(books, ledger.period_of(books, day), an_act("odile"))
    books.commit()
    odile = as_user("odile")
    page = odile.get(DRAFTS)
    assert "mois clôturé" in words(page)
    form = bulk_form(page)
    form["whole"] = "yes"
    refused = form.submit(status=422)
    assert "Rien de ce lot n’a été fait" in refused.text
    one = refused.click("Travail W-1").forms[FORM]
    assert "validée" in words(one.submit("submit", status=303).follow())
    assert state(books, waiting[1]) == "open"


def test_nothing_ticked_and_what_somebody_else_decided_are_said(as_user, books, waiting, an_act):
    odile = as_user("odile")
    page = odile.get(DRAFTS)
    assert "Cochez au moins une écriture" in bulk_form(page).submit(status=303).follow().text
    ids = drafts.ids(books, drafts.Wanted(), size=10)
    books.rollback()
    assert odile.get(f"{DRAFTS}/{ids[0]}").status_int == 200
    form = odile.get(f"{DRAFTS}/{ids[0]}/reject").forms[FORM]
    form["reason"] = "Erreur"
    form.submit("submit", status=303)
    late = bulk_form(page)
    for place in range(3):
        late.set("draft", True, place)
    assert "entre-temps" in words(late.submit(status=422))
    assert "Rejetée le" in words(odile.get(f"{DRAFTS}/{ids[0]}"))


def test_the_stage_is_not_switched_off_while_entries_wait(as_user, waiting):
    form = as_user("marc").get("/admin/exchanges/drafts").forms[FORM]
    form["EXI"] = "at_once"
    assert "attendent encore (3)" in words(form.submit("submit", status=422))


def test_what_the_buyer_accepts_and_what_is_settled_are_said_to_wait(as_user, books, waiting, dealings):
    marc = as_user("marc").get("/admin/exchanges/drafts").forms[FORM]
    marc["RGI"] = "waits"
    marc.submit("submit", status=303)
    delivery = f"/companies/1/exchanges/subcontracts/{dealings.subcontract}/deliveries/{dealings.declared}"
    form = as_user("helene").get(delivery).forms
    (accept,) = [one for one in form.values() if one.action.endswith("/accept")]
    assert "attend d’être validé" in words(accept.submit(status=303).follow())
    odile = as_user("odile")
    page = odile.get(f"/exchanges/{dealings.open_exchange}/settle").forms[FORM].submit("submit", status=303)
    assert "attend d’être validé" in words(page.follow())
    assert "Une écriture attend la comptabilité" in words(odile.get(f"/exchanges/{dealings.open_exchange}"))
    assert "rien d’autre ne s’y fait" in words(
        odile.get(f"/exchanges/{dealings.open_exchange}/settle").forms[FORM].submit("submit", status=422)
    )
    mine = bulk_form(odile.get(DRAFTS))
    mine["whole"] = "yes"
    mine["reason"] = "Compte faux"
    mine.submit("decision", value="reject", status=303)
    assert "À vérifier" not in words(odile.get(f"/exchanges/{dealings.open_exchange}"))
    assert "Acceptation annulée" in words(as_user("helene").get(delivery))
