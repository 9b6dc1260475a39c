"""What enDI's own code made before anybody adopted it is read from both sides and brought into the books.

The documents are made and paid as defects/world.py does, in this process; nothing of the host is changed by
reading them, and none is made again.
"""

import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from endi_ext.exchanges.models import Exchange
from endi_ext.exchanges.paper_models import DocumentTask, HostDocument
from endi_ext.hosts.endi.reading import EndiReading
from endi_ext.reconciliation import adoption_runs
from tests.hosts.browsing import form_to
from tests.hosts.endi import commands, papers

SELLER, BUYER = "Atelier Trait Juste", "Menuiserie du Lac"
OTHER = "Studio Écume"
ON = date(2026, 2, 3)
LATER = ON + timedelta(days=20)
# Of the seller alone: the module of the whole cooperative says 10 %.
OWN_RATE = "3.33"


@pytest.fixture(scope="module")
def world(hosted):
    """The host, its worker's functions called here, and its accounting set up for contributions."""
    import caerp

    from tests.hosts.endi.defects.setting import configure
    from tests.hosts.endi.defects.world import World

    found = World(hosted.app)
    configure()
    charge(hosted, enabled=1, rate=OWN_RATE)
    yield found
    charge(hosted, enabled=0, rate=None)
    caerp._called_from_test = False


def charge(hosted, *, enabled, rate):
    """Let the host charge contributions, the seller at a rate of its own, or as before."""
    module = text(
        "UPDATE custom_invoice_book_entry_module SET enabled = :enabled, percentage = 10 "
        "WHERE doctype = 'internalinvoice' AND name = 'contribution'"
    )
    own = text(
        "UPDATE company SET internalcontribution = :rate WHERE id IN (SELECT id FROM node WHERE name = :name)"
    )
    with hosted.session() as session:
        session.execute(module, {"enabled": enabled})
        session.execute(own, {"rate": rate, "name": SELLER})
        session.commit()


@pytest.fixture(scope="module")
def past(hosted, world):
    """By name, the ids of the host's documents: all sound but the last ones."""
    from caerp.models.supply import InternalSupplierInvoice
    from caerp.models.task import InternalInvoice

    quotation, _order = world.accepted(SELLER, BUYER, 100_000, ON, "Escalier repris", deposit=30)
    deposit = world.invoice_of_deadline(quotation, 0)
    world.validate(InternalInvoice, deposit)
    world.validate(InternalSupplierInvoice, world.transmit(deposit))
    world.pay(deposit, world.cents_of(deposit), LATER)
    found = {"quotation": quotation, "deposit": deposit}
    for name, cents in (("unpaid", 12_347), ("instalments", 90_000), ("credited", 70_000)):
        found[name], _ = world.bought(OTHER, BUYER, cents, ON, f"Travail repris {name}")
    world.pay(found["instalments"], 30_000, LATER)
    world.pay(found["instalments"], 30_000, LATER + timedelta(days=10))
    world.credited(found["credited"])
    found["received"], _ = world.sold(OTHER, BUYER, 5_000, ON, "Travail reçu")
    return found


@pytest.fixture(scope="module")
def ours(hosted, past):
    """An exchange of ours, whose papers the host made."""
    from endi_ext.hosts.endi import outbox

    exchange_id = papers.record(hosted, "helene", "fait ici", SELLER, BUYER, 20_000)
    while outbox.make_next(hosted.registry) is not None:
        pass
    assert papers.states(hosted, exchange_id)["invoice"] == ("done", "")
    return exchange_id


def host_tables(hosted):
    """The checksum of every table of the host's."""
    with hosted.session() as session:
        listed = text(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
            "AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'endi_ext%'"
        )
        names = ", ".join(f"`{name}`" for (name,) in session.execute(listed))
        return dict(session.execute(text(f"CHECKSUM TABLE {names}")).all())


@pytest.fixture(scope="module")
def adopted(hosted, ini, past, ours, tmp_path_factory):
    """Look, adopt and adopt again by the command; return what the host's tables were before."""
    folder, before = tmp_path_factory.mktemp("adopted"), host_tables(hosted)
    for options in (("--dry-run",), (), ()):
        commands.run("endi-ext", "-c", ini, "adopt", *options, folder=folder)
    return before


def exchange_of(hosted, sale_id):
    with hosted.session() as session:
        found = session.execute(select(Exchange).where(Exchange.source == f"endi:invoice:{sale_id}"))
        return found.scalars().one_or_none()


def runs(hosted):
    """What each reading counted of invoices, and what it left out, the oldest first."""
    with hosted.session() as session:
        found = reversed(adoption_runs.latest(session, size=3))
        return [
            (
                run.counts["invoice"],
                {one.key: one.reason for one in adoption_runs.left_out(session, run, size=9)},
            )
            for run in found
        ]


def test_reading_and_adopting_change_no_row_of_the_host(hosted, adopted):
    assert host_tables(hosted) == adopted


def test_what_agrees_becomes_exchanges_with_what_followed(hosted, adopted, past):
    became = {
        name: (found.state, found.net_cents, found.settled_cents, found.accepted_on)
        for name, sale_id in past.items()
        if (found := exchange_of(hosted, sale_id))
    }
    assert became == {
        "deposit": ("settled", 30_000, 30_000, ON),
        "unpaid": ("open", 12_347, 0, ON),
        "instalments": ("partly_settled", 90_000, 60_000, ON),
        "credited": ("cancelled", 70_000, 0, ON),
    }
    papers.prove(hosted)


def test_the_look_says_what_adopting_then_does_and_doing_it_again_does_nothing(hosted, adopted, past, ours):
    look, first, again = runs(hosted)
    (made,) = papers.pairs(hosted, ours)
    left_out = {f"invoice:{past['received']}": "mirror_not_valid", f"invoice:{made.sale_id}": "already_ours"}
    assert look == first
    assert left_out.items() <= first[1].items()
    assert first[0]["adopted"] == again[0]["unchanged"] == 4
    assert "adopted" not in again[0]
    with hosted.session() as session:
        asked = select(func.count()).select_from(DocumentTask).where(DocumentTask.exchange_id != ours)
        adopted_ones = select(HostDocument.exchange_id).join(Exchange).where(Exchange.source.like("endi:%"))
        assert session.execute(asked.where(DocumentTask.exchange_id.in_(adopted_ones))).scalar_one() == 0


def test_a_contribution_is_what_the_hosts_own_export_books(hosted, adopted, past):
    from caerp.interfaces import ITreasuryProducer
    from caerp.models.task import InternalInvoice

    with hosted.request_of("odile") as request:
        for name in ("deposit", "unpaid", "instalments"):
            sale = InternalInvoice.get(past[name])
            entries = request.find_service(ITreasuryProducer, context=sale).get_item_book_entries(sale)
            booked = [one["credit"] for one in entries if one.get("credit") and one["type_"] == "G"]
            expected = round(booked[-1] / 1_000)
            assert exchange_of(hosted, past[name]).contribution_cents == expected > 0, json.dumps(booked)
    assert exchange_of(hosted, past["deposit"]).contribution_cents == 999


def test_the_page_of_an_exchange_leads_to_the_papers_of_both_sides(hosted, adopted, past):
    exchange_id = exchange_of(hosted, past["deposit"]).id
    page = hosted.browser("odile").get(f"/exchanges/{exchange_id}").text
    with hosted.session() as session:
        (pair,) = (one for one in EndiReading().pairs(session) if one.key == f"invoice:{past['deposit']}")
    for address, number in (
        (f"/invoices/{pair.sale.id}", pair.sale.number),
        (f"/supplier_invoices/{pair.purchase.id}", pair.purchase.number),
        (f"/estimations/{past['quotation']}", ""),
    ):
        assert f"{address}" in page
        assert number in page
    assert pair.exchange_id == exchange_id
    assert pair.adopted
    assert len(pair.payment_pairs) == 1


def test_what_is_paid_in_the_host_afterwards_is_settled_once_and_made_no_second_time(
    hosted, ini, world, adopted, past, tmp_path
):
    time.sleep(3.1)  # the host's clock has whole seconds, and a reading looks two of them back
    began = datetime.now(UTC)
    world.pay(past["unpaid"], 12_347, LATER)
    with hosted.session() as session:
        changed = [pair.key for pair in EndiReading().pairs(session, since=began)]
        assert EndiReading().how_many(session, since=began) == 1
    assert changed == [f"invoice:{past['unpaid']}"]
    payments = world.payments_of(past["unpaid"])
    for _twice in range(2):
        said = commands.run("endi-ext", "-c", ini, "adopt", "--since", "2026-01-01", folder=tmp_path)
        assert "lu(s)" in said
    found = exchange_of(hosted, past["unpaid"])
    assert (found.state, found.settled_cents) == ("settled", 12_347)
    assert payments == world.payments_of(past["unpaid"])
    assert papers.findings(hosted, found.id) == {}
    papers.prove(hosted)


def test_an_accountant_does_the_same_in_the_pages(hosted, world, adopted, past):
    sale_id, _purchase = world.bought(OTHER, BUYER, 8_800, ON, "Travail repris dans les pages")
    odile = hosted.browser("odile")
    page = form_to(odile.get("/exchanges/adoption"), "/exchanges/adoption/look").submit(status=303).follow()
    page = to_the_end(page)
    assert "à reprendre" in page.text
    adopting = next(one for one in page.forms.values() if one.action.endswith("/adopt"))
    page = to_the_end(adopting.submit(status=303).follow())
    assert "reprises au livre" in page.text
    assert exchange_of(hosted, sale_id).net_cents == 8_800
    papers.prove(hosted)


def to_the_end(page):
    """Follow a reading as its page does by itself."""
    while any(form.action.endswith("/go-on") for form in page.forms.values()):
        step = next(one for one in page.forms.values() if one.action.endswith("/go-on"))
        page = step.submit(status=303).follow()
    return page


def test_what_is_not_exported_yet_is_counted_on_both_sides(hosted, world, adopted, past):
    reading = EndiReading()
    with hosted.session() as session:
        count, cents = reading.unexported(session, ON, ON)
    world.export("invoices", past["unpaid"])
    with hosted.session() as session:
        assert reading.unexported(session, ON, ON) == (count - 1, cents - 12_347)
