"""Findings as accountants work through them: looked for, counted, decided, repaired, taken back."""

import pytest
from sqlalchemy import select, update

from endi_ext.hosts.demo.internal_models import InternalPaper, InternalPayment
from endi_ext.hosts.demo.models import Grant
from endi_ext.reconciliation import finding_looks
from endi_ext.reconciliation.finding_models import Finding, WaiverReason
from tests.web.internal_papers import a_purchase, a_sale, pay

PAGE = "/exchanges/findings"
REASONS = "/admin/exchanges/waiver-reasons"


@pytest.fixture
def defects(books):
    """One of each of the defects the demo's platform may leave, by name."""
    missing = a_sale(books, number="VI-1")
    doubled = a_sale(books, number="VI-2", seller=3)
    a_purchase(books, doubled)
    a_purchase(books, doubled, tied=False, status="draft", number="")
    forced = a_sale(books, number="VI-3", paid_status="resulted")
    for paper in (forced, a_purchase(books, forced, paid_status="paid")):
        pay(paper, 20_000)
    crossed = a_sale(books, number="VI-4", paid_status="paid")
    pay(crossed, 30_000, days=10)
    pay(a_purchase(books, crossed, paid_status="paid"), 30_000, days=20)
    untyped = a_sale(books, number="VI-5")
    a_purchase(books, untyped, expense_type=None)
    late = a_sale(books, number="VI-6", financial_year=2025)
    a_purchase(books, late)
    sales = {"missing": missing, "doubled": doubled, "forced": forced}
    sales |= {"crossed": crossed, "untyped": untyped, "late": late}
    keys = {name: f"invoice:{sale.id}" for name, sale in sales.items()}
    books.commit()
    return keys


def looked(odile):
    page = odile.get(PAGE)
    form = next(one for one in page.forms.values() if one.action.endswith("/look"))
    return form.submit(status=303).maybe_follow()


def one(books, key):
    return kept(books, select(Finding).where(Finding.about == key))


def kept(books, wanted):
    """Read one row and let go of the database: on SQLite the application could not write meanwhile."""
    books.rollback()
    found = books.execute(wanted).scalars().one()
    books.expunge_all()
    books.rollback()
    return found


def repaired(odile, finding, choice=None):
    form = odile.get(f"{PAGE}/{finding.id}/repair").forms["endi_ext_form"]
    if choice:
        form["choice"] = choice
    return form.submit("submit", status=303).follow()


def test_a_look_counts_what_it_found_by_code_and_lists_it(as_user, defects):
    odile = as_user("odile")
    assert "Personne n’a encore cherché" in odile.get(PAGE).text
    page = looked(odile)
    assert "Documents relus : 6. Écarts à traiter : 6." in page.text
    tables = page.html.select("table")
    assert "Rien en face chez l’acheteur" in tables[0].text
    assert len(tables[0].select("tbody tr")) == 6
    assert len(tables[1].select("tbody tr")) == 6
    by_code = odile.get(PAGE, {"code": "mirror_doubled"})
    assert [row.select("th")[0].text for row in by_code.html.select("form table tbody tr")] == [
        "Achat en double VI-2"
    ]
    assert len(by_code.html.select("table")[0].select("tbody tr")) == 6
    assert "Aucun écart ne correspond" in odile.get(PAGE, {"party": "Diallo Rédaction"}).text
    assert "VI-2" in odile.get(PAGE, {"party": "Studio Écume", "month": "2026-10"}).text
    assert "Aucun écart ne correspond" in odile.get(PAGE, {"whose": "me"}).text


def test_a_look_goes_on_batch_after_batch_and_says_how_far_it_is(as_user, defects, monkeypatch):
    monkeypatch.setattr(finding_looks, "PAIRS_PER_BATCH", 2)
    odile = as_user("odile")
    page, seen = looked(odile), []
    while "Continuer la recherche" in page.text:
        seen.append(page.html.select("progress")[0].attrs["value"])
        assert page.html.select("form[data-goes-on]")
        page = next(one for one in page.forms.values() if one.action.endswith("/look")).submit().follow()
    assert seen == ["2", "4", "6"]
    assert "Documents relus : 6. Écarts à traiter : 6." in page.text


def test_a_finding_shows_both_documents_with_what_differs(as_user, books, defects):
    odile = as_user("odile")
    looked(odile)
    page = odile.get(f"{PAGE}/{one(books, defects['forced']).id}")
    rows = {
        row.select("th")[0].text.split()[0]: row for row in page.html.select("table.endi-ext-sides tbody tr")
    }
    assert "endi-ext-differs" in rows["Règlement"].attrs["class"]
    assert [cell.text for cell in rows["Règlement"].select("td")] == ["soldé", "réglé en partie"]
    assert "endi-ext-differs" not in rows["Montant"].attrs.get("class", [])
    assert "La vente VI-3 passe de « soldé » à « réglé en partie »." in page.text


def test_every_repair_ends_with_documents_that_agree(as_user, books, defects):
    odile = as_user("odile")
    looked(odile)
    for name, key in defects.items():
        page = repaired(odile, one(books, key), "Prestation interne" if name == "untyped" else None)
        assert "Réparé ici" in page.text, name
        assert one(books, key).repaired_how == "tool"
    assert "Écarts à traiter : 0." in looked(odile).text
    books.rollback()
    papers = {row.number: row for row in books.execute(select(InternalPaper)).scalars()}
    assert papers["VI-1"].mirror_id
    assert papers["VI-3"].paid_status == "paid"
    assert papers["VI-6"].financial_year == 2026
    days = books.execute(select(InternalPayment.paid_on).where(InternalPayment.amount_cents == 30_000))
    assert len(set(days.scalars())) == 1


@pytest.mark.parametrize("name", ["missing", "crossed", "untyped", "late"])
def test_what_can_be_taken_back_leaves_the_documents_as_they_were(as_user, books, defects, name):
    odile = as_user("odile")
    looked(odile)
    before = rows(books)
    finding = one(books, defects[name])
    page = repaired(odile, finding, "Prestation interne" if name == "untyped" else None)
    assert rows(books) != before
    form = next(form for form in page.forms.values() if form.action.endswith("/undo"))
    page = form.submit(status=303).follow()
    assert "La réparation est annulée" in page.text
    assert rows(books) == before
    assert one(books, defects[name]).state == "open"
    assert "a annulé la réparation" in page.text


def test_a_repair_is_taken_back_only_by_who_might_do_it_and_while_it_is_as_it_was_left(
    as_user, books, defects
):
    odile = as_user("odile")
    looked(odile)
    finding = one(books, defects["late"])
    page = repaired(odile, finding)
    form = next(form for form in page.forms.values() if form.action.endswith("/undo"))
    sale = books.execute(select(InternalPaper).where(InternalPaper.number == "VI-6")).scalars().one()
    sale.financial_year = 2027
    books.commit()
    assert "a été modifié ou exporté depuis" in form.submit().maybe_follow().text
    sale.financial_year = 2026
    books.execute(Grant.__table__.delete().where(Grant.user_id == 5))
    books.add(Grant(user_id=5, access_right="endi_ext_accountant"))
    books.commit()
    assert "n’a pas le droit" in form.submit().maybe_follow().text
    assert one(books, defects["late"]).state == "repaired"
    assert [row for row in rows(books)[0] if "VI-6" in row and "2026" in row]


def rows(books):
    """What documents and payments say, their ids and instants left out."""
    books.rollback()
    papers = select(
        InternalPaper.number, InternalPaper.status, InternalPaper.expense_type, InternalPaper.financial_year
    )
    payments = select(InternalPayment.paid_on, InternalPayment.amount_cents)
    found = [sorted(map(str, books.execute(wanted))) for wanted in (papers, payments)]
    books.rollback()
    return found


def test_documents_that_changed_since_the_preview_are_not_repaired(as_user, books, defects):
    odile = as_user("odile")
    looked(odile)
    finding = one(books, defects["crossed"])
    form = odile.get(f"{PAGE}/{finding.id}/repair").forms["endi_ext_form"]
    payment = books.execute(select(InternalPayment).order_by(InternalPayment.id.desc())).scalars().first()
    payment.amount_cents = 10_000
    books.commit()
    page = form.submit("submit", status=422)
    assert "Les documents ne sont plus comme sur cette page" in page.text
    assert one(books, defects["crossed"]).state == "open"


def test_several_are_taken_assigned_handed_back_and_let_pass_at_once(as_user, books, defects):
    odile = as_user("odile")
    looked(odile)

    def decide(decision, ticked=("missing", "late"), **more):
        form = odile.get(PAGE).forms
        form = next(one for one in form.values() if one.action.endswith("/decide"))
        for box in form.fields["finding"]:
            box.checked = int(box._value) in {one(books, defects[name]).id for name in ticked}
        for field, value in more.items():
            form[field] = value
        return form.submit("decision", value=decision).maybe_follow()

    # Enter in a field presses the first button, which does nothing; no more does what no button sent.
    assert odile.get(PAGE).html.select_one("form[action$='/decide'] button").has_attr("disabled")
    decide("")
    assert one(books, defects["late"]).state == "open"
    assert "Écarts qui vous sont attribués : 2." in decide("take").text
    assert one(books, defects["late"]).assigned_name == "Odile Berthier"
    assert len(odile.get(PAGE, {"whose": "me"}).html.select("form table tbody tr")) == 2
    assert "Écarts remis à tous : 2." in decide("hand_back").text
    assert "Cochez au moins un écart" in decide("take", ticked=()).text
    assert "Choisissez un motif dans la liste" in decide("waive").text
    # The browser asks for it before it sends anything, so that a comment is not lost; the others do not ask.
    assert odile.get(PAGE).html.select_one("#reason").has_attr("required")
    assert len(odile.get(PAGE).html.select("button[formnovalidate]")) == 3
    reason = kept(books, select(WaiverReason).where(WaiverReason.label == "Hors période"))
    page = decide("waive", reason=str(reason.id), comment="Vu en réunion")
    assert "Écarts laissés passer : 2." in page.text
    shown = odile.get(f"{PAGE}/{one(books, defects['late']).id}").text
    assert "Hors période : Vu en réunion" in shown
    assert "Écarts à traiter : 4." in looked(odile).text


def test_an_accountant_without_the_hosts_right_reads_which_one_it_is(as_user, books, defects):
    looked(as_user("odile"))
    books.execute(Grant.__table__.delete().where(Grant.user_id == 5))
    books.add(Grant(user_id=5, access_right="endi_ext_accountant"))
    books.commit()
    odile = as_user("odile")
    finding = one(books, defects["missing"])
    page = odile.get(f"{PAGE}/{finding.id}")
    assert "n’a pas le droit de faire ceci dans l’application : modifier les documents internes" in page.text
    assert "endi_ext_form" not in odile.get(f"{PAGE}/{finding.id}/repair").forms


def test_the_reasons_are_the_cooperatives_own(as_user, books, an_act, defects):
    odile, marc = as_user("odile"), as_user("marc")
    looked(odile)
    form = marc.get(f"{REASONS}/new").forms["endi_ext_form"]
    form["label"] = "Arrondi"
    assert "est déjà dans la liste" in form.submit("submit", status=422).text
    form["label"] = "Seuil de 1 €"
    assert "Seuil de 1 €" in form.submit("submit").follow().text
    reason = kept(books, select(WaiverReason).where(WaiverReason.label == "Seuil de 1 €"))
    waive = odile.get(f"{PAGE}/{one(books, defects['late']).id}/waive").forms["endi_ext_form"]
    waive["reason"] = str(reason.id)
    waive.submit("submit").follow()

    def press(suffix):
        page = marc.get(REASONS)
        form = next(one for one in page.forms.values() if one.action.endswith(f"/{reason.id}/{suffix}"))
        return form.submit().follow().text

    assert "Le motif n’est plus proposé" in press("withdraw")
    assert "Seuil de 1 €" not in odile.get(f"{PAGE}/{one(books, defects['missing']).id}/waive").text
    assert "de nouveau proposé" in press("restore")
    other = marc.get(REASONS).forms
    unused = next(
        one for one in other.values() if "/withdraw" in one.action and f"/{reason.id}/" not in one.action
    )
    assert "Le motif est supprimé." in unused.submit().follow().text
    change = marc.get(f"{REASONS}/{reason.id}").forms["endi_ext_form"]
    change["label"] = "Sous le seuil"
    change.submit("submit").follow()
    assert "Sous le seuil" in odile.get(f"{PAGE}/{one(books, defects['late']).id}").text
    books.execute(update(WaiverReason).values(retired_at=an_act("marc").at))
    books.commit()
    for address in (PAGE, f"{PAGE}/{one(books, defects['missing']).id}/waive"):
        assert "La liste des motifs est vide" in odile.get(address).text


def test_only_those_who_keep_the_books_read_findings(as_user, defects):
    for login in ("helene", "sylvie", "marc"):
        as_user(login).get(PAGE, status=403)
