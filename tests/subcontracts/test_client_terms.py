"""What a client's payments make due of an accepted claim, for any payments at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.ports import ClientInvoice, ClientReceipt
from endi_ext.subcontracts import client_terms
from endi_ext.subcontracts.client_terms import Claim, Step

ACCEPTED_ON = date(2026, 11, 16)
cents = st.integers(1, 10**9)


def an_invoice(*amounts, total_cents=120_000, net_cents=100_000, credited_cents=0, key="invoice:1"):
    """A client invoice of 1 000 € and 20 % of VAT, paid by so many receipts, a week apart."""
    receipts = tuple(
        ClientReceipt(f"{key}:{place}", ACCEPTED_ON + timedelta(weeks=place), amount)
        for place, amount in enumerate(amounts, start=1)
    )
    return ClientInvoice(
        key, "F-12", "Escalier", "Mairie", ACCEPTED_ON, net_cents, total_cents, credited_cents, receipts
    )


def a_claim(net_cents=60_000, settled_cents=0, **facts):
    return Claim(net_cents=net_cents, settled_cents=settled_cents, accepted_on=ACCEPTED_ON, **facts)


def after(claim, *invoices, days=0):
    return client_terms.position(claim, client_terms.steps_pro_rata(claim.net_cents, invoices), days=days)


@st.composite
def invoices(draw):
    """An invoice with any receipts, refunds among them, and any credit note."""
    total = draw(cents)
    amounts = draw(st.lists(st.integers(-total, total), max_size=6))
    return an_invoice(
        *amounts,
        total_cents=total,
        net_cents=draw(st.integers(1, total)),
        credited_cents=draw(st.integers(0, total)),
        key=f"invoice:{draw(st.integers(1, 10**6))}",
    )


@st.composite
def claims(draw):
    """A claim with something held back, part of that let go, and something settled."""
    net = draw(cents)
    held = draw(st.integers(0, net))
    freed = draw(st.integers(0, held))
    return a_claim(net, draw(st.integers(0, net - held + freed)), held_cents=held, freed_cents=freed)


class TestOfAClaimThatWaits:
    def test_nothing_is_due_before_the_client_pays(self):
        assert after(a_claim(), an_invoice()) == client_terms.Position(0, 60_000, None, 0)

    def test_nothing_is_due_before_an_invoice_is_named(self):
        assert after(a_claim()).awaiting_cents == 60_000

    def test_half_the_payment_makes_half_the_price_due_on_the_day_of_the_receipt(self):
        found = after(a_claim(), an_invoice(60_000))
        assert (found.due_cents, found.awaiting_cents) == (30_000, 30_000)
        assert found.due_on == ACCEPTED_ON + timedelta(weeks=1)

    def test_days_after_the_payment_are_added(self):
        assert after(a_claim(), an_invoice(60_000), days=30).due_on == ACCEPTED_ON + timedelta(days=37)

    def test_halves_of_a_cent_are_rounded_up_and_never_add_up(self):
        thirds = an_invoice(40_000, 40_000, 40_000)
        steps = client_terms.steps_pro_rata(100, [thirds])
        assert [step.released_cents for step in steps] == [33, 67, 100]

    def test_two_invoices_are_waited_for_together(self):
        found = after(a_claim(), an_invoice(120_000), an_invoice(key="invoice:2"))
        assert found.due_cents == 30_000

    def test_what_is_held_back_never_becomes_due_by_a_receipt(self):
        found = after(a_claim(held_cents=3_000), an_invoice(120_000))
        assert (found.due_cents, found.awaiting_cents) == (57_000, 0)

    def test_what_is_let_go_is_due_even_while_the_client_owes(self):
        found = after(a_claim(held_cents=3_000, freed_cents=3_000), an_invoice(60_000))
        assert (found.due_cents, found.awaiting_cents) == (33_000, 27_000)

    def test_a_receipt_before_the_acceptance_is_due_on_the_day_of_the_acceptance(self):
        early = replace(an_invoice(), receipts=[ClientReceipt("1", date(2026, 1, 5), 120_000)])
        assert after(a_claim(), early).due_on == ACCEPTED_ON


class TestOfCreditNotesAndCancelledReceipts:
    def test_a_credit_note_lessens_what_is_waited_for(self):
        assert after(a_claim(), an_invoice(60_000, credited_cents=60_000)).due_cents == 60_000

    def test_an_invoice_credited_as_a_whole_leaves_everything_waiting(self):
        found = after(a_claim(), an_invoice(credited_cents=120_000))
        assert (found.due_cents, found.awaiting_cents) == (0, 60_000)

    def test_a_cancelled_receipt_makes_its_part_wait_again(self):
        assert after(a_claim(), an_invoice(60_000, 30_000)).due_cents == 45_000
        assert after(a_claim(), an_invoice(60_000)).due_cents == 30_000

    def test_what_is_settled_stays_settled_and_is_shown_as_early(self):
        found = after(a_claim(settled_cents=45_000), an_invoice(60_000))
        assert (found.due_cents, found.awaiting_cents, found.early_cents) == (0, 15_000, 15_000)

    def test_a_refund_makes_what_it_takes_back_wait_again(self):
        assert after(a_claim(), an_invoice(120_000, -60_000)).due_cents == 30_000


class TestForAnyPayments:
    @given(claims(), st.lists(invoices(), max_size=3))
    def test_the_parts_make_the_price_and_none_is_negative(self, claim, named):
        found = after(claim, *named)
        retained = claim.held_cents - claim.freed_cents
        assert found.due_cents + found.awaiting_cents + claim.settled_cents + retained == claim.net_cents
        assert min(found.due_cents, found.awaiting_cents, found.early_cents) >= 0
        assert not (found.due_cents and found.early_cents)

    @given(claims(), cents, st.data())
    def test_all_is_due_once_the_client_has_paid_everything(self, claim, total, data):
        credited = data.draw(st.integers(0, total - 1))
        first = data.draw(st.integers(0, total - credited))
        paid = an_invoice(
            first, total - credited - first, total_cents=total, net_cents=total, credited_cents=credited
        )
        assert after(claim, paid).awaiting_cents == 0

    @given(claims(), invoices(), cents)
    def test_a_further_receipt_never_makes_less_due(self, claim, invoice, amount):
        more = ClientReceipt("more", ACCEPTED_ON + timedelta(days=400), amount)
        then = after(claim, replace(invoice, receipts=[*invoice.receipts, more]))
        assert then.due_cents >= after(claim, invoice).due_cents

    @given(claims(), st.lists(invoices(), max_size=3, unique_by=lambda one: one.key), st.data())
    def test_line_by_line_the_parts_make_the_price_too(self, claim, named, data):
        places = [(one.key, receipt.key) for one in named for receipt in one.receipts]
        said = {place: data.draw(st.integers(0, claim.net_cents)) for place in places}
        found = client_terms.position(claim, client_terms.steps_by_line(claim.net_cents, named, said))
        retained = claim.held_cents - claim.freed_cents
        assert found.due_cents + found.awaiting_cents + claim.settled_cents + retained == claim.net_cents
        assert min(found.due_cents, found.awaiting_cents) >= 0

    @given(cents, invoices())
    def test_the_proposed_shares_of_the_receipts_make_what_is_due_pro_rata(self, net_cents, invoice):
        positive = replace(invoice, receipts=[one for one in invoice.receipts if one.amount_cents > 0])
        keys = [(positive.key, receipt.key) for receipt in positive.receipts]
        shares = [client_terms.share_pro_rata(net_cents, [positive], key) for key in keys]
        steps = client_terms.steps_pro_rata(net_cents, [positive])
        assert sum(shares) == (steps[-1].released_cents if steps else 0)


class TestLineByLine:
    def test_a_receipt_of_which_nothing_was_said_makes_nothing_due(self):
        assert client_terms.steps_by_line(60_000, [an_invoice(60_000)], {})[-1].released_cents == 0

    def test_what_was_said_of_a_receipt_is_due(self):
        said = {("invoice:1", "invoice:1:1"): 12_000}
        assert client_terms.steps_by_line(60_000, [an_invoice(60_000)], said)[-1].released_cents == 12_000

    def test_all_is_due_once_the_client_has_paid_everything_whatever_was_said(self):
        said = {("invoice:1", "invoice:1:1"): 12_000}
        steps = client_terms.steps_by_line(60_000, [an_invoice(60_000, 60_000)], said)
        assert [step.released_cents for step in steps] == [12_000, 60_000]

    def test_what_was_said_of_a_cancelled_receipt_counts_no_more(self):
        said = {("invoice:1", "invoice:1:1"): 12_000, ("invoice:1", "gone"): 20_000}
        assert client_terms.steps_by_line(60_000, [an_invoice(60_000)], said)[-1].released_cents == 12_000


class TestOfMargins:
    @given(st.lists(cents, min_size=1, max_size=12), cents)
    def test_an_amount_spread_over_the_claims_is_whole_at_the_end_and_never_negative(
        self, costs, margin_cents
    ):
        agreed, accepted, given_cents = sum(costs), 0, 0
        for cost in costs:
            part = client_terms.line_margin_cents(
                "amount", rate_bp=0, margin_cents=margin_cents, cost_cents=cost, agreed_cents=agreed,
                before=(accepted, given_cents),
            )  # fmt: skip
            assert part >= 0
            accepted, given_cents = accepted + cost, given_cents + part
        assert given_cents == margin_cents

    def test_a_percentage_is_taken_of_each_claim(self):
        facts = {"margin_cents": 0, "agreed_cents": 100_000, "before": (0, 0)}
        assert client_terms.line_margin_cents("percent", rate_bp=1_250, cost_cents=333, **facts) == 42

    def test_a_greater_price_agreed_meanwhile_takes_nothing_back(self):
        facts = {"rate_bp": 0, "margin_cents": 10_000, "before": (50_000, 5_000)}
        part = client_terms.line_margin_cents("amount", cost_cents=10_000, agreed_cents=200_000, **facts)
        assert part == 0


def test_the_share_shown_is_whole_only_when_all_is_paid():
    assert client_terms.paid_bp([an_invoice(119_999)]) == 9_999
    assert client_terms.paid_bp([an_invoice(120_000)]) == 10_000
    assert client_terms.paid_bp([an_invoice(credited_cents=120_000)]) == 0


@pytest.mark.parametrize(("settled", "since"), [(0, 1), (20_000, 1), (30_000, 2), (44_999, 2)])
def test_what_is_due_is_due_since_the_first_receipt_not_yet_passed_on(settled, since):
    found = after(a_claim(settled_cents=settled), an_invoice(60_000, 30_000))
    assert found.due_on == ACCEPTED_ON + timedelta(weeks=since)


def test_a_claim_that_need_not_wait_is_all_due():
    assert client_terms.all_due(a_claim(held_cents=3_000), ACCEPTED_ON).due_cents == 57_000
    assert Step(ACCEPTED_ON, 5).released_cents == 5
