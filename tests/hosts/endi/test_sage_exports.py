"""The same exchanges exported by the host's own pages and by ours, compared field by field: docs/sage.md."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from endi_ext.exchanges import retention, sage_choices
from endi_ext.exchanges import sage as layout
from endi_ext.exchanges.models import Exchange
from endi_ext.kernel import preferences
from endi_ext.ledger import spans
from endi_ext.ledger.spans import last_day
from endi_ext.reconciliation import exported
from endi_ext.reconciliation.finding_models import Finding
from endi_ext.web import sage_files
from tests.hosts.endi import papers, sage

SELLER, BUYER = "Atelier Trait Juste", "Menuiserie du Lac"
LONG = "Éco-façades & Œuvres “du Léman” – très, très longue ; SCIC"
ALIKE, FRACTIONS, REFUNDED, HELD, UNDONE = (date(2026, month, 12) for month in (5, 6, 7, 8, 9))
TEMPLATES = {
    "internalbookentry_facturation_label_template": "{invoice.official_number:.3};{company.name}",
    "internalbookentry_supplier_invoice_label_template": "{supplier_invoice.official_number}",
    "internalbookentry_payment_label_template": "Rgt {payment.mode} {invoice.official_number} {company.name}",
    "internalbookentry_supplier_payment_label_template": "{company.name} None {supplier.label}",
}


@pytest.fixture(scope="module")
def told(hosted):
    """Two parties with accounts and rates of their own, and what happened between them and a third."""
    ids = {name: hosted.party_named(name).host_id for name in (SELLER, BUYER)}
    own = {"internalthird_party_customer_account": "CTRAIT", "internalgeneral_customer_account": "411907"}
    hosted.change_company(ids[SELLER], internalcontribution=5, **own)
    own = {"internalthird_party_supplier_account": "FMENLAC", "internalgeneral_supplier_account": "401907"}
    hosted.change_company(ids[BUYER], internalcontribution=3, **own)
    hosted.add_company(
        name=LONG, analytic_code="LONG", email="long@passerelles.example", internalcontribution=10
    )
    sage.enable_contribution()
    sage.configure(
        internalcompte_cg_banque="512INT",
        internalcae_third_party_customer_account="CINT",
        internalcae_third_party_supplier_account="FINT",
        accounting_label_maxlength="35",
        code_journal_frns="AC",
    )
    first = papers.record(hosted, "helene", "first", SELLER, BUYER, 100_000, on=ALIKE)
    papers.settle(hosted, first, 30_000, "part", on=ALIKE)
    papers.settle(hosted, first, 70_000, "rest", on=ALIKE)
    papers.record(hosted, "helene", "accents", LONG, SELLER, 1_250, on=ALIKE)
    papers.record(hosted, "helene", "long", BUYER, LONG, 200, on=ALIKE)
    for cents in (123_457, 250):
        papers.record(hosted, "helene", f"fraction {cents}", SELLER, BUYER, cents, on=FRACTIONS)
    papers.record(hosted, "helene", "refunded", SELLER, BUYER, 100_000, on=REFUNDED)
    held = papers.record(hosted, "helene", "held", SELLER, BUYER, 100_000, on=HELD)
    hold(hosted, held)
    cancelled = papers.record(hosted, "helene", "taken back", SELLER, BUYER, 40_000, on=UNDONE)
    sage.make_papers(hosted)
    papers.reverse(hosted, cancelled)
    sage.make_papers(hosted)
    return first


def hold(hosted, exchange_id):
    with hosted.request_of("odile") as request:
        exchange = request.dbsession.get(Exchange, exchange_id)
        retention.hold(
            request.dbsession, exchange, cents=5_000, release_on=None, act=hosted.host.act(request)
        )


@pytest.fixture
def follow_the_host(hosted):
    """Choose the host's general accounts rather than the books'."""
    choose(hosted, sage_choices.AS_THE_HOST)
    yield
    choose(hosted, sage_choices.AS_THE_BOOKS)


def choose(hosted, which):
    with hosted.request_of("marc") as request:
        preferences.choose(request.dbsession, sage_choices.ACCOUNTS, which, hosted.host.act(request))


def both(hosted, on):
    """Return the host's files and ours of the month of a day."""
    starts_on = on.replace(day=1)
    out = io.BytesIO()
    with hosted.session() as session:
        span = spans.span_of(session, f"{on:%Y-%m}")
        sage_files.write(session, hosted.host.accounting, span, out, lambda told: told)
    return sage.hosts_files(hosted, starts_on, last_day(starts_on)), sage.files_of(out.getvalue())


def differences(hosts, ours):
    """Return {(part, column): {(the host's cell, ours)}} of lines both sides have, and the other lines."""
    found, alone = {}, []
    for part in layout.JOURNAL_PARTS:
        columns = [label for label, _name in layout.COLUMNS[part]]
        theirs, mine = sage.rows_of(hosts.get(part, b"")), sage.rows_of(ours.get(part, b""))
        alone += [("host", part, row[3]) for row in theirs[len(mine) :]]
        alone += [("ours", part, row[3]) for row in mine[len(theirs) :]]
        for one, other in zip(theirs, mine, strict=False):
            for column, cell, our_cell in zip(columns, one, other, strict=True):
                if cell != our_cell:
                    found.setdefault((part, column), set()).add((cell, our_cell))
    return found, alone


def test_the_four_files_are_the_hosts_byte_for_byte(hosted, told, follow_the_host):
    hosts, ours = both(hosted, ALIKE)
    assert {part: content.decode("iso-8859-15") for part, content in ours.items()} == {
        part: content.decode("iso-8859-15") for part, content in hosts.items()
    }
    assert {row[5] for row in sage.rows_of(ours[layout.SALES])} > {"CTRAIT", "CINT"}


def test_they_still_are_when_settings_change(hosted, told, follow_the_host):
    sage.configure(accounting_label_maxlength="17", bookentry_sales_group_customer_entries="1", **TEMPLATES)
    hosts, ours = both(hosted, ALIKE)
    assert ours == hosts
    assert all(len(row[7]) <= 17 for row in sage.rows_of(ours[layout.SALES])[1:])


def test_the_books_own_accounts_differ_in_the_account_alone(hosted, told):
    found, alone = differences(*both(hosted, ALIKE))
    assert alone == []
    assert {column for _part, column in found} == {"N° compte général"}
    assert {pair for pairs in found.values() for pair in pairs} == {
        ("411907", "411900"),
        ("401907", "401900"),
    }


def test_half_a_cent_of_contribution_is_rounded_down_by_the_host_and_up_by_the_books(
    hosted, told, follow_the_host
):
    found, alone = differences(*both(hosted, FRACTIONS))
    assert alone == []
    # Five per cent of 2,50; those of 1 234,57 are 61,73 for both.
    assert found == {
        (layout.SALES, "Montant débit"): {("0,12", "0,13")},
        (layout.SALES, "Montant crédit"): {("0,12", "0,13")},
    }


def test_a_credit_note_is_the_reversal_under_its_own_number(hosted, told, follow_the_host):
    today = hosted.host.clock.today()
    found, alone = differences(*both(hosted, UNDONE))
    assert (found, alone) == ({}, [])
    # Other exchanges of today are settled too: no payment is undone here.
    hosts, ours = both(hosted, today)
    for part in (layout.SALES, layout.PURCHASES):
        assert pieces_of("400,00", ours[part]) == pieces_of("400,00", hosts[part]) != []


def pieces_of(amount, content):
    """Return the rows of the pieces that bear an amount."""
    told = sage.by_piece(sage.rows_of(content)[1:])
    return [rows for _piece, rows in sorted(told.items()) if any(amount in row[8:10] for row in rows)]


def test_what_is_held_back_is_in_the_books_alone(hosted, told, follow_the_host):
    found, alone = differences(*both(hosted, HELD))
    assert found == {}
    assert sorted(set(alone)) == [
        ("ours", layout.PURCHASES, "401700"),
        ("ours", layout.PURCHASES, "401907"),
        ("ours", layout.SALES, "411700"),
        ("ours", layout.SALES, "411907"),
    ]


def test_what_the_host_gives_back_to_the_buyer_is_in_the_host_alone(hosted, told, follow_the_host):
    sage.refund_contribution_on_purchases(True)
    hosts, ours = both(hosted, REFUNDED)
    sage.refund_contribution_on_purchases(False)
    found, alone = differences(hosts, ours)
    assert found == {}
    assert alone == [
        ("host", layout.PURCHASES, account) for account in ("6223", "512INT", "512INT", "7083") for _ in "GA"
    ]
    # Three per cent, the buyer's own rate; the seller pays five.
    assert {row[8] or row[9] for row in sage.rows_of(hosts[layout.PURCHASES])[5:]} == {"30,00"}


def compared(hosted, on):
    """Compare what the host exported with the books, from the page; return what is found, by code."""
    odile = hosted.browser("odile")
    form = odile.get("/exchanges/journal/exports").forms["journal-compare"]
    form["period"] = f"{on:%Y-%m}"
    form.submit(status=303)
    with hosted.session() as session:
        noted = select(Finding).where(Finding.source == exported.SOURCE, Finding.standing)
        return {one.code: (one.amount_cents, one.facts) for one in session.execute(noted).scalars()}


def test_what_the_host_exported_is_compared_with_the_books_line_by_line(hosted, told, follow_the_host):
    sage.hosts_files(hosted, REFUNDED.replace(day=1), last_day(REFUNDED))
    assert compared(hosted, ALIKE) == {}
    sage.refund_contribution_on_purchases(True)
    cents, facts = compared(hosted, REFUNDED)["export_line_unknown"]
    sage.refund_contribution_on_purchases(False)
    assert (cents, facts["accounts"]) == (6_000, "512INT, 6223, 7083")
    assert compared(hosted, REFUNDED) == {}
    choose(hosted, sage_choices.AS_THE_BOOKS)
    _cents, facts = compared(hosted, REFUNDED)["export_account_differs"]
    assert {facts["account"], facts["host_account"]} in ({"411900", "411907"}, {"401900", "401907"})
    choose(hosted, sage_choices.AS_THE_HOST)
    hosted.change_company(hosted.party_named(SELLER).host_id, internalcontribution=6)
    cents, facts = compared(hosted, REFUNDED)["export_amount_differs"]
    hosted.change_company(hosted.party_named(SELLER).host_id, internalcontribution=5)
    assert (cents, abs(facts["host_cents"]), abs(facts["books_cents"])) == (1_000, 6_000, 5_000)
    page = hosted.browser("odile").get("/exchanges/findings")
    assert "Montant exporté différent" in page.text
    papers.prove(hosted)
