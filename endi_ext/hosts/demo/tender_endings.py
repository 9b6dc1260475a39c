"""How the demo's tenders end: results, agreements signed and carried out, the client invoiced and paying.

Told by story.py among its other scenes.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from ...subcontracts import client_payments
from ...subcontracts import service as subcontracts
from ...subcontracts.models import Subcontract
from ...tenders import agreements, outcomes
from ...web.views.tender_agreements import described
from . import tender_market, tender_plots
from .invoice_models import ClientDeal, Invoice, InvoiceReceipt, an_invoice
from .profile_story import describe
from .receipts import DemoReceipts, key_of
from .story import Scene, Teller, part_of
from .tender_story import TeamPlayer, prepare_papers

RECEIPTS = DemoReceipts()
VAT_RATE_BP = 2_000


def scenes(teller: Teller) -> Iterator[Scene]:
    """Plan what the support team prepares for all, then each tender and its steps."""
    yield teller.scene(300, partial(prepare_papers, teller))
    yield from tender_market.scenes(teller)
    yield teller.scene(250, partial(describe, teller))
    for number, plot in enumerate(tender_plots.PLOTS, start=1):
        player, days_ago = TenderPlayer(teller, plot, number), plot.days_ago
        yield teller.scene(days_ago, player.begin)
        for step in plot.steps:
            days_ago -= step.days
            yield teller.scene(days_ago, partial(getattr(player, step.action), step.detail))


class TenderPlayer(TeamPlayer):
    """Plays one tender to its end."""

    invoice_sent: Invoice

    def lose(self, detail: tuple[int, str, str, int, int, tuple[tuple[str, int | None], ...]]) -> None:
        """Let the buyer give a lot to somebody else, named first."""
        lot, kind, reason, rank, count, rivals = detail
        found = [
            outcomes.Rival(name, None if price is None else price * 100, is_winner=not place)
            for place, (name, price) in enumerate(rivals)
        ]
        facts: dict[str, Any] = {"decided_on": self.teller.day, "our_rank": rank, "bidder_count": count}
        self.conclude(
            lot, outcomes.Result(outcomes.LOST, reason_kind=kind, reason=reason, rivals=found, **facts)
        )

    def win(self, detail: tuple[int, int, int]) -> None:
        """Let the buyer give a lot to the team."""
        lot, rank, count = detail
        facts: dict[str, Any] = {"decided_on": self.teller.day, "our_rank": rank, "bidder_count": count}
        self.conclude(lot, outcomes.Result(outcomes.WON, **facts))

    def conclude(self, lot: int, result: outcomes.Result) -> None:
        """Let the lead note a result."""
        outcomes.conclude(self.session, self.tender.lots[lot], party=self.lead, result=result, act=self.act())

    def send_agreements(self, _detail: None) -> None:
        """Let the lead open the client's deal and send the agreements."""
        doer: dict[str, Any] = {"party": self.lead, "act": self.act()}
        words = agreements.Words("forfait", described)
        due_on = self.teller.last_day + timedelta(days=60)
        agreements.send(self.session, self.tender, words=words, due_on=due_on, **doer)
        company_id = int(self.lead.host_key.partition(":")[2])
        won = outcomes.won_lots(self.tender)
        deposit = outcomes.submission_of(self.session, self.tender)
        sold_cents = sum(deposit.lot_cents[str(lot_id)] for lot_id in won) if deposit else 0
        self.deal = ClientDeal(
            company_id=company_id, label=self.plot.title, client=self.plot.buyer, sold_cents=sold_cents
        )
        self.session.add(self.deal)
        self.session.flush()  # the plugin names the deal by its id
        deal = RECEIPTS.deal(self.session, self.lead.host_key, f"deal:{self.deal.id}")
        agreements.link_deal(self.session, self.tender, deal=deal, **doer)

    def sign(self, _detail: None) -> None:
        """Let everybody sign their agreement."""
        for made in agreements.of_tender(self.session, self.tender):
            code = self.code_of(made.member)
            subcontracts.accept(self.session, made.subcontract, version=1, **self.doer(code))

    def deliver(self, detail: tuple[str, int]) -> None:
        """Let someone deliver a percentage of what remains."""
        code, percent = detail
        job = self.job(code)
        quantities = {line.id: part_of(line, percent) for line in job.version.lines}
        subcontracts.declare_delivery(
            self.session,
            job,
            quantities={key: quantity for key, quantity in quantities.items() if quantity},
            delivered_on=self.teller.day,
            note="",
            request_key=f"demo-tender-{self.number}-{code}-{job.delivery_count}",
            **self.doer(code),
        )

    def accept_delivery(self, code: str) -> None:
        """Let the lead accept the last delivery of someone."""
        delivery = max(self.job(code).deliveries, key=lambda one: one.number)
        doer: dict[str, Any] = {"party": self.lead, "act": self.act()}
        subcontracts.accept_delivery(self.session, delivery, accepted_on=self.teller.day, **doer)
        client_payments.follow(self.session, RECEIPTS, self.job(code), doer["act"])

    def invoice(self, percent: int) -> None:
        """Let the lead invoice the client a part of what was sold, and follow that invoice."""
        net_cents = self.deal.sold_cents * percent // 100
        self.invoice_sent = an_invoice(
            self.deal.company_id,
            self.deal,
            net_cents,
            issued_on=self.teller.day,
            key=f"demo-tender-invoice-{self.number}",
            vat_rate_bp=VAT_RATE_BP,
        )
        self.session.add(self.invoice_sent)
        self.session.flush()  # the plugin names the invoice by its id
        facts = {"party": self.lead, "invoice_key": key_of(self.invoice_sent), "act": self.act()}
        agreements.name_invoice(self.session, RECEIPTS, self.tender, **facts)

    def client_pays(self, percent: int) -> None:
        """Let the client pay a part of that invoice."""
        cents = self.invoice_sent.total_cents * percent // 100
        key = f"demo-tender-receipt-{self.number}-{len(self.invoice_sent.receipts)}"
        paid = InvoiceReceipt(request_key=key, received_on=self.teller.day, amount_cents=cents)
        self.invoice_sent.receipts.append(paid)
        self.session.flush()  # the plugin reads what was just written
        client_payments.follow_invoice(self.session, RECEIPTS, key_of(self.invoice_sent), self.act())

    def job(self, code: str) -> Subcontract:
        """Return the agreement of someone."""
        found = agreements.of_tender(self.session, self.tender)
        return next(one.subcontract for one in found if self.code_of(one.member) == code)
