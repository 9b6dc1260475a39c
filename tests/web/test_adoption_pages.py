"""The demo's own internal documents, brought into the books by an accountant, then each night."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from endi_ext.exchanges import postings, service, validation
from endi_ext.exchanges.models import Exchange
from endi_ext.hosts.demo import internal_models, internal_story
from endi_ext.hosts.demo.internal_models import InternalPaper
from endi_ext.hosts.demo.internal_story import Clerk, Told
from endi_ext.kernel.history import Event
from endi_ext.kernel.parties import by_host_key
from endi_ext.ledger import drafts
from endi_ext.ledger import service as ledger
from endi_ext.ledger.draft_models import Draft
from endi_ext.ledger.models import Entry, Period
from endi_ext.reconciliation import adoption_runs
from endi_ext.reconciliation.pair_models import HostPair
from endi_ext.web import daily
from tests.stories.books import assert_sound

PAGE = "/exchanges/adoption"
QUOTED = Told("ECUME", "DIALLO", "Site d'une librairie", 900, 80, internal_story.PAID_WHOLE, quoted=True)
UNPAID = Told("TRAITJ", "MENLAC", "Plans d'un kiosque", 450, 20, internal_story.UNPAID)
PART_PAID = Told("MOTAIR", "ECUME", "Textes d'un site", 301, 70, internal_story.PART_PAID)
CREDITED = Told("MENLAC", "TRAITJ", "Maquette en bois", 250, 60, internal_story.CREDITED)
REDUCED = Told("DIALLO", "MOTAIR", "Relecture", 200, 55, internal_story.CREDITED_IN_PART)
WORKSHOP = Told("MOTAIR", "DIALLO", "Atelier", 75, 1, internal_story.UNPAID)
SOUND = (QUOTED, UNPAID, PART_PAID, CREDITED, REDUCED)
UNSOUND = (
    Told("ECUME", "MENLAC", "Logo", 120, 50, internal_story.DOUBLED),
    Told("ECUME", "MENLAC", "Affiche", 130, 49, internal_story.MIRROR_MISSING),
    Told("ECUME", "MENLAC", "Flyer", 140, 48, internal_story.FORCED),
)


@pytest.fixture
def clerk(books, an_act):
    """Who writes in the demo's own tables."""
    made = Clerk(books, an_act("odile").today - timedelta(days=1))
    books.rollback()
    return made


@pytest.fixture
def kept(books, clerk):
    """What the demo's platform kept before the module came."""
    for told in (*SOUND, *UNSOUND):
        clerk.invoice(told)
    books.commit()


def to_the_end(page):
    """Follow a reading as its page does by itself."""
    while any(form.action.endswith("/go-on") for form in page.forms.values()):
        page = next(one for one in page.forms.values() if one.action.endswith("/go-on")).submit().follow()
    return page


def adopt(browser):
    look = to_the_end(
        next(one for one in browser.get(PAGE).forms.values() if one.action.endswith("/look"))
        .submit()
        .follow()
    )
    form = next(one for one in look.forms.values() if one.action.endswith("/adopt"))
    return look, to_the_end(form.submit().follow())


def of_the_host(books):
    """All that the demo's own tables hold of internal documents."""
    models = (InternalPaper, internal_models.InternalStep, internal_models.InternalPayment)
    found = [books.execute(select(*model.__table__.columns)).all() for model in models]
    books.rollback()
    return found


def exchanges(books):
    """What the books hold, by label."""
    books.expire_all()
    rows = books.execute(select(Exchange).order_by(Exchange.id)).scalars()
    found = {row.label: (row.state, row.net_cents, row.settled_cents) for row in rows}
    assert_sound(books)
    books.rollback()
    return found


def exchange_of(books, told):
    return books.execute(select(Exchange).where(Exchange.label == told.label)).scalars().one()


def reasons(books):
    """Why the last reading left something out."""
    (run,) = adoption_runs.latest(books, size=1)
    found = [one.reason for one in adoption_runs.left_out(books, run, size=50)]
    books.rollback()
    return sorted(found)


def untold(books):
    """What people did here and nobody was told of yet."""
    found = list(books.execute(select(Event.id).where(Event.untold)).scalars())
    books.rollback()
    return found


def paper_of(books, told, kind=internal_models.INVOICE):
    found = select(InternalPaper).where(InternalPaper.label == told.label, InternalPaper.kind == kind)
    return books.execute(found).scalars().one()


def test_an_accountant_looks_then_adopts_what_agrees(as_user, books, kept):
    odile, before = as_user("odile"), of_the_host(books)
    look, report = adopt(odile)
    assert "Un regard seulement" in look.text
    # What nobody gave out as a place in the list leads to its beginning.
    assert odile.get(look.request.path, {"after": "9" * 30}).status_int == 200
    assert "à reprendre" in look.text
    assert exchanges(books) == {
        QUOTED.label: ("settled", 90_000, 90_000),
        UNPAID.label: ("open", 45_000, 0),
        PART_PAID.label: ("partly_settled", 30_100, 15_050),
        CREDITED.label: ("cancelled", 25_000, 0),
        REDUCED.label: ("open", 16_000, 0),
    }
    assert reasons(books) == ["mirror_doubled", "mirror_missing", "paid_differs"]
    assert "transmises deux fois à l’acheteur" in report.text
    assert "Supprimez le document en trop" in report.text
    assert of_the_host(books) == before
    assert untold(books) == []
    assert "Reprise au livre" in odile.get(PAGE).text


def test_an_adopted_exchange_shows_the_papers_of_both_sides_and_its_quotation(as_user, books, kept):
    adopt(as_user("odile"))
    exchange_id, sale = exchange_of(books, QUOTED).id, paper_of(books, QUOTED)
    numbers = (sale.number, books.get(InternalPaper, sale.mirror_id).number)
    offer = books.get(InternalPaper, sale.of_id).number
    kept_pairs = dict(books.execute(select(HostPair.kind, HostPair.exchange_id)).all())
    books.rollback()
    page = as_user("odile").get(f"/exchanges/{exchange_id}")
    assert all(number in page.text for number in (*numbers, offer))
    assert kept_pairs["quotation"] is None


def test_each_night_brings_what_is_new_and_nothing_else(as_user, books, clerk, kept, request_of_a_command):
    assert nightly(request_of_a_command) == 0  # nobody began by hand
    adopt(as_user("odile"))
    assert nightly(request_of_a_command) == 0
    sale = paper_of(books, UNPAID)
    purchase = books.get(InternalPaper, sale.mirror_id)
    clerk.pay(sale, purchase, 45_000, clerk.last_day)
    sale.paid_status = purchase.paid_status = "resulted"
    clerk.credit(PART_PAID, paper_of(books, PART_PAID), 50, clerk.last_day)
    clerk.invoice(WORKSHOP)
    books.flush()
    refund = paper_of(books, PART_PAID, "cancelinvoice")
    just_now(
        books,
        clerk.at(clerk.last_day + timedelta(days=2)),
        *(sale.payments[0], refund, paper_of(books, WORKSHOP)),
    )
    assert nightly(request_of_a_command) == 3
    found = exchanges(books)
    assert found[UNPAID.label] == ("settled", 45_000, 45_000)
    assert found[PART_PAID.label] == ("partly_settled", 30_050, 15_050)
    assert found[WORKSHOP.label] == ("open", 7_500, 0)
    assert nightly(request_of_a_command) == 0
    form = next(one for one in as_user("odile").get(PAGE).forms.values() if one.action.endswith("/nightly"))
    assert "Plus rien n’est repris la nuit" in form.submit().follow().text
    clerk.invoice(Told("MOTAIR", "DIALLO", "Autre atelier", 75, 1, internal_story.UNPAID))
    books.commit()
    assert nightly(request_of_a_command) == 0


def just_now(books, an_instant, *rows):
    """Let what the clerk wrote be newer than the last reading."""
    for row in rows:
        name = "made_at" if isinstance(row, internal_models.InternalPayment) else "changed_at"
        setattr(row, name, an_instant)
    books.commit()


def nightly(request):
    (done,) = [one for one in daily.run(request) if one.name == "adoption"]
    assert done.troubles == []
    return done.count


def test_what_people_changed_since_is_left_to_a_person(as_user, books, an_act, kept):
    adopt(as_user("odile"))
    for paper in (paper_of(books, QUOTED), books.get(InternalPaper, paper_of(books, QUOTED).mirror_id)):
        paper.payments[0].amount_cents, paper.paid_status = 80_000, "paid"
    act = an_act("odile")
    service.reverse(books, exchange_of(books, UNPAID), reason="Travail refait.", on=act.today, act=act)
    paper_of(books, UNPAID).exported = True
    books.commit()
    still_to_tell = untold(books)
    _look, report = adopt(as_user("odile"))
    assert untold(books) == still_to_tell != []
    assert exchanges(books)[QUOTED.label] == ("settled", 90_000, 90_000)
    assert {"changed_since", "cancelled_here"} < set(reasons(books))
    assert f"/exchanges/{exchange_of(books, QUOTED).id}" in report.text
    books.rollback()


def test_a_closed_month_and_a_party_nobody_knows_are_left_out(as_user, books, an_act, kept):
    act, on = an_act("odile"), paper_of(books, QUOTED).issued_on
    adopted_by_hand = service.ExchangeFacts(
        "before", by_host_key(books, "company:1").id, by_host_key(books, "company:2").id, 100, on, "Avant"
    )
    service.record(books, adopted_by_hand, act)
    month = select(Period).where(Period.starts_on <= on, Period.ends_on >= on)
    ledger.close_period(books, books.execute(month).scalars().one(), act)
    by_host_key(books, "company:5").host_key = "company:55"
    books.commit()
    adopt(as_user("odile"))
    left = reasons(books)
    assert "closed_month" in left
    assert left.count("unknown_party") == 3
    assert QUOTED.label not in exchanges(books)


@pytest.mark.parametrize("journal", [postings.EXCHANGES, postings.SETTLEMENTS])
def test_what_waits_for_an_accountant_is_completed_once_it_is_validated(
    as_user, books, an_act, kept, journal
):
    act, waited = an_act("odile"), {postings.EXCHANGES: len(SOUND), postings.SETTLEMENTS: 2}
    drafts.choose_stage(books, journal, True, act)
    books.commit()
    adopt(as_user("odile"))
    assert reasons(books).count("entry_waits") == waited[journal]
    assert {settled for _state, _net, settled in exchanges(books).values()} == {0}
    waiting = books.execute(select(Draft.id).where(Draft.state == "waiting")).scalars().all()
    validation.validate(books, waiting, act)
    drafts.choose_stage(books, journal, False, act)
    books.commit()
    adopt(as_user("odile"))
    found = exchanges(books)
    assert found[QUOTED.label] == ("settled", 90_000, 90_000)
    assert found[PART_PAID.label] == ("partly_settled", 30_100, 15_050)
    assert found[CREDITED.label][0] == "cancelled"
    assert "entry_waits" not in reasons(books)
    adopt(as_user("odile"))
    assert exchanges(books) == found


def test_a_reading_that_is_stopped_keeps_its_place_and_adopts_no_more(as_user, books, kept):
    odile = as_user("odile")
    next(one for one in odile.get(PAGE).forms.values() if one.action.endswith("/look")).submit()
    page = odile.get(PAGE)
    assert "pas encore au bout : si elle n’avance plus, arrêtez-la" in page.text
    stop = next(one for one in page.forms.values() if one.action.endswith("/stop"))
    stopped = stop.submit().follow()
    assert "La lecture est arrêtée" in stopped.text
    assert not any(form.action.endswith("/adopt") for form in stopped.forms.values())
    assert books.execute(select(func.count()).select_from(Entry)).scalar_one() == 0


def test_documents_not_exported_yet_are_counted_with_their_amount(demo_app, books, clerk, kept):
    documents = demo_app.registry.endi_ext_host.documents
    month = (clerk.day(UNPAID), clerk.day(UNPAID))
    assert documents.unexported(books, *month) == (2, 90_000)
    paper_of(books, UNPAID).exported = True
    assert documents.unexported(books, *month) == (1, 45_000)
