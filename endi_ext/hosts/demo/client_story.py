"""Two jobs of the demo's year with the clients behind them: invoices, payments, a margin, a retention.

Told by story.py among its other scenes, through the same services.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from ...subcontracts import client_invoices, client_lines, client_payments
from ...subcontracts.terms import CLIENT_PAYS, ON_ACCEPTANCE, Conditions, Terms
from . import plots, story
from .invoice_models import ClientDeal, Invoice, InvoiceReceipt, an_invoice
from .receipts import DemoReceipts, key_of

VAT_RATE_BP = 2_000
RECEIPTS = DemoReceipts()


@dataclass(frozen=True)
class ClientPlot:
    """A job for a client, in euros without VAT, and the work entrusted for it; days count back from today.

    `payments` are (days ago, percent of the invoice); `draft` says whether the next invoice is begun.
    """

    plot: plots.Plot
    client: str
    deal: str
    sold: int
    invoiced: int
    invoiced_days_ago: int
    payments: tuple[tuple[int, int], ...]
    margin_bp: int
    draft: bool = False


CLIENT_PLOTS = (
    ClientPlot(
        plots.Plot(
            "MENLAC",
            "ROSA",
            "Assises de la médiathèque",
            58,
            (plots.Line("Assise sur mesure", 28, "pièces", 48), plots.Line("Pose", 1, "forfait", 320)),
            (
                plots.Step(2, "accept"),
                plots.Step(10, "deliver", 50),
                plots.Step(3, "accept_delivery"),
                plots.Step(14, "deliver"),
                plots.Step(4, "accept_delivery"),
            ),
        ),
        "Ville d'Annecy",
        "Agencement de la médiathèque",
        8_400,
        4_200,
        47,
        ((33, 30), (12, 25)),
        1_500,
        draft=True,
    ),
    ClientPlot(
        plots.Plot(
            "ECUME",
            "SCHMIT",
            "Charte graphique d'un musée de la mer",
            49,
            (plots.Line("Charte et gabarits", 1, "forfait", 1_650),),
            (plots.Step(3, "accept"), plots.Step(17, "deliver"), plots.Step(2, "accept_delivery")),
        ),
        "Musée de la mer de Douarnenez",
        "Site du musée de la mer",
        5_900,
        2_950,
        26,
        ((9, 100),),
        1_000,
    ),
)


def scenes(teller: story.Teller) -> Iterator[story.Scene]:
    """Plan each job: the work, the invoice behind it, and the client's payments."""
    for one in CLIENT_PLOTS:
        player, days_ago = ClientPlayer(teller, one), one.plot.days_ago
        yield teller.scene(days_ago, player.propose)
        for step in one.plot.steps:
            days_ago -= step.days
            yield teller.scene(days_ago, partial(getattr(player, step.action), step.detail))
            if step.action == "accept":
                yield teller.scene(days_ago, player.fix_margin)
        yield teller.scene(one.invoiced_days_ago, player.invoice_client)
        for paid_days_ago, percent in one.payments:
            yield teller.scene(paid_days_ago, partial(player.client_pays, percent))


class ClientPlayer(story.Player):
    """Plays one work paid when the client pays, and the principal's side of the client."""

    invoice: Invoice

    def __init__(self, teller: story.Teller, told: ClientPlot) -> None:
        super().__init__(teller, told.plot)
        self.told = told

    def terms(self, lines: tuple[plots.Line, ...]) -> Terms:
        """Return what is proposed: paid when the client pays, five percent held back."""
        conditions = Conditions(
            payment_kind=CLIENT_PAYS, retention_rate_bp=500, retention_release=ON_ACCEPTANCE
        )
        return replace(super().terms(lines), conditions=conditions)

    def fix_margin(self) -> None:
        """Let the principal say for which job it is and fix the margin; the next invoice may be begun."""
        company_id = int(self.buyer.host_key.partition(":")[2])
        self.deal = ClientDeal(
            company_id=company_id,
            label=self.told.deal,
            client=self.told.client,
            sold_cents=self.told.sold * 100,
        )
        self.session.add(self.deal)
        self.session.flush()  # the plugin names the deal by its id
        doer: dict[str, Any] = {"party": self.buyer, "act": self.teller.act_of(self.plot.buyer)}
        label, client = self.told.deal, self.told.client
        facts: dict[str, Any] = {"deal_key": f"deal:{self.deal.id}", "deal_label": label, "client": client}
        client_lines.name_deal(self.session, self.subcontract, **facts, **doer)
        margin_bp = self.told.margin_bp
        client_lines.fix_margin(self.session, self.subcontract, kind="percent", rate_bp=margin_bp, **doer)
        if self.told.draft:
            self._an_invoice(self.told.sold - self.told.invoiced, "draft", issued=False)

    def accept_delivery(self, detail: None) -> None:
        """Let the principal accept, which prepares the line to invoice on."""
        super().accept_delivery(detail)
        act = self.teller.act_of(self.plot.buyer)
        client_payments.follow(self.session, RECEIPTS, self.subcontract, act)
        client_lines.keep_lines(self.session, self.subcontract, act)
        request = SimpleNamespace(dbsession=self.session)
        for line in client_lines.waiting_lines(self.session, self.subcontract):
            facts = (self.buyer.host_key, f"deal:{self.deal.id}", line.label, line.net_cents)
            key = RECEIPTS.add_line(request, *facts)
            if key is not None:
                client_lines.settle_line(self.session, line, action="add", line_key=key)

    def invoice_client(self) -> None:
        """Let the principal invoice the client and name that invoice."""
        self.invoice = self._an_invoice(self.told.invoiced, "issued", issued=True)
        client_invoices.name_invoice(
            self.session,
            RECEIPTS,
            self.subcontract,
            party=self.buyer,
            invoice_key=key_of(self.invoice),
            act=self.teller.act_of(self.plot.buyer),
        )

    def client_pays(self, percent: int) -> None:
        """Let the client pay so much of the invoice."""
        cents = self.invoice.total_cents * percent // 100
        key = self.key(f"receipt-{len(self.invoice.receipts)}")
        paid = InvoiceReceipt(request_key=key, received_on=self.teller.day, amount_cents=cents)
        self.invoice.receipts.append(paid)
        self.session.flush()  # the plugin reads what was just written
        act = self.teller.act_of(self.plot.buyer)
        client_payments.follow_invoice(self.session, RECEIPTS, key_of(self.invoice), act)

    def _an_invoice(self, net: int, name: str, *, issued: bool) -> Invoice:
        made = an_invoice(
            self.deal.company_id,
            self.deal,
            net * 100,
            issued_on=self.teller.day if issued else None,
            key=self.key(f"invoice-{name}"),
            vat_rate_bp=VAT_RATE_BP,
        )
        self.session.add(made)
        self.session.flush()  # the plugin names the invoice by its id
        return made
