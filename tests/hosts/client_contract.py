"""What every host must offer of its clients' invoices: read, followed at once, and drafts that take a line.

Each host writes them its own way: `ClientBooks` says how, for Menuiserie du Lac.
"""

import pytest
from sqlalchemy import select

from endi_ext.exchanges.models import Exchange
from endi_ext.subcontracts import client_invoices, service
from endi_ext.subcontracts.models import Delivery, Subcontract
from endi_ext.subcontracts.terms import Conditions
from tests.builders import numbers
from tests.subcontracts.builders import a_delivery, a_line, a_proposal, some_terms

BUYER, SELLER = "Menuiserie du Lac", "Atelier Trait Juste"


class ClientBooks:
    """How a host invoices clients; each host fills in the methods."""

    def invoice(self, *, draft=False):
        """Make an invoice of 1 000 € and 20 % of VAT of a deal of its own; return the keys of both."""
        raise NotImplementedError

    def pay(self, invoice_key, euros):
        """Record a payment, VAT included."""
        raise NotImplementedError

    def take_back_last(self, invoice_key):
        """Cancel the last payment of an invoice."""
        raise NotImplementedError

    def credit(self, invoice_key, euros):
        """Credit so much of an invoice, VAT included."""
        raise NotImplementedError


class TestsOfReceipts:
    """ports.ExternalReceipts, with `client_books` of the host."""

    def test_an_invoice_is_read_in_cents_with_what_was_paid_and_credited(self, hosted, client_books):
        key, _deal = client_books.invoice()
        client_books.pay(key, 500)
        client_books.pay(key, 240)
        client_books.credit(key, 300)
        found = invoice(hosted, key)
        assert (found.net_cents, found.total_cents, found.credited_cents) == (100_000, 120_000, 30_000)
        assert [receipt.amount_cents for receipt in found.receipts] == [50_000, 24_000]
        assert len({receipt.key for receipt in found.receipts}) == 2
        assert found.number
        assert found.client

    def test_invoices_are_listed_the_newest_first_and_drafts_are_not(self, hosted, client_books):
        first, _deal = client_books.invoice()
        second, _deal = client_books.invoice()
        draft, _deal = client_books.invoice(draft=True)
        with hosted.session() as session:
            listed = [one.key for one in hosted.host.receipts.invoices(session, host_key(hosted))]
        assert listed.index(second) < listed.index(first)
        assert draft not in listed
        assert invoice(hosted, draft) is None

    @pytest.mark.parametrize(
        "key", ["", "invoice:", "invoice:0", "invoice:999999", "invoice:x", "x:1", "invoice:²"]
    )
    def test_an_unknown_invoice_is_none(self, hosted, key):
        assert invoice(hosted, key) is None

    def test_what_is_anothers_is_answered_like_what_is_unknown(self, hosted, client_books):
        key, deal_key = client_books.invoice()
        stranger = hosted.party_named(SELLER).host_key
        with hosted.session() as session:
            assert hosted.host.receipts.invoice(session, stranger, key) is None
            assert hosted.host.receipts.deal(session, stranger, deal_key) is None
        with hosted.request_of("karim") as request:
            assert hosted.host.receipts.add_line(request, stranger, deal_key, "Ligne", 100) is None

    def test_a_deal_has_a_name_a_client_and_what_it_was_sold_for(self, hosted, client_books):
        _key, deal_key = client_books.invoice()
        mine = host_key(hosted)
        with hosted.session() as session:
            deal = hosted.host.receipts.deal(session, mine, deal_key)
            listed = hosted.host.receipts.deals(session, mine)
        assert deal in listed
        assert deal.label
        assert deal.client
        assert deal.sold_cents == 100_000

    def test_a_line_goes_to_a_draft_of_the_deal_and_never_to_a_validated_invoice(self, hosted, client_books):
        key, deal_key = client_books.invoice()
        with hosted.request_of("helene") as request:
            line = (host_key(hosted), deal_key, "Plans & relevés <b>", 12_345)
            assert hosted.host.receipts.add_line(request, *line) is None
        assert invoice(hosted, key).net_cents == 100_000
        _draft, deal_key = client_books.invoice(draft=True)
        with hosted.request_of("helene") as request:
            line = (host_key(hosted), deal_key, "Plans & relevés <b>", 12_345)
            assert hosted.host.receipts.add_line(request, *line)

    def test_a_payment_makes_its_part_due_at_once_and_one_taken_back_makes_it_wait(
        self, hosted, client_books
    ):
        work_id = a_waiting_work(hosted)
        key, _deal = client_books.invoice()
        name(hosted, work_id, key)
        assert standing(hosted, work_id) == (0, 60_000)
        client_books.pay(key, 600)
        assert standing(hosted, work_id) == (30_000, 30_000)
        client_books.pay(key, 300)
        assert standing(hosted, work_id) == (45_000, 15_000)
        client_books.take_back_last(key)
        assert standing(hosted, work_id) == (30_000, 30_000)
        client_books.credit(key, 600)
        assert standing(hosted, work_id) == (60_000, 0)


def host_key(hosted):
    return hosted.party_named(BUYER).host_key


def invoice(hosted, key):
    with hosted.session() as session:
        return hosted.host.receipts.invoice(session, host_key(hosted), key)


def a_waiting_work(hosted):
    """Work of 600 € paid when the client pays, done and accepted: its id."""
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        buyer, seller = (session.merge(hosted.party_named(one)) for one in (BUYER, SELLER))
        conditions = Conditions(payment_kind="client")
        terms = some_terms(a_line("Plans", 10_000, "h", 6_000), conditions=conditions, due_on=act.today)
        key = f"contract-{next(numbers)}-{act.at:%H%M%S%f}"
        facts = {"buyer": buyer, "seller": seller, "terms": terms, "act": act, "request_key": key}
        work = a_proposal(session, title="Escalier", **facts)
        service.accept(session, work, party=seller, version=1, act=act)
        done = a_delivery(session, work, delivered_on=act.today, act=act, request_key=f"{key}-d")
        service.accept_delivery(session, done, party=buyer, accepted_on=act.today, act=act)
        return work.id


def name(hosted, work_id, key):
    with hosted.request_of("helene") as request:
        session, act = request.dbsession, hosted.host.act(request)
        work = session.get(Subcontract, work_id)
        facts = {"party": work.buyer, "invoice_key": key, "act": act}
        client_invoices.name_invoice(session, hosted.host.receipts, work, **facts)


def standing(hosted, work_id):
    """What of the accepted work is due and waits for the client."""
    with hosted.session() as session:
        of_work = select(Exchange).join(Delivery, Delivery.exchange_id == Exchange.id)
        exchange = session.execute(of_work.where(Delivery.subcontract_id == work_id)).scalars().one()
        return exchange.due_cents, exchange.awaiting_cents
