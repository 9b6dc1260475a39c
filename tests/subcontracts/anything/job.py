"""A job to which anything may happen, and a model of it that knows only quantities and payments.

The model never asks the services what something is worth. It adds up what was declared, accepted and paid,
and `prove` holds the rows, the position and the books of both sides against it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from math import ceil, floor

from hypothesis import event
from sqlalchemy import func, select

from endi_ext.exchanges import retention
from endi_ext.kernel import money
from endi_ext.kernel.errors import DomainError
from endi_ext.ledger.models import Account, Line
from endi_ext.subcontracts import client_payments, duties, positions, service, workflow
from tests.builders import TODAY, an_act, numbers

from ..builders import a_proposal, some_terms, two_parties
from ..clients import Client

# Scheme 4/6/7, what the cooperative of the tests has chosen.
PAYABLE, RECEIVABLE, HELD_PAYABLE, HELD_RECEIVABLE = "401900", "411900", "401700", "411700"
EXPENSE, REVENUE = "604020", "704900"
STANDING = ("declared", "contested", "accepted")


@dataclass
class Claim:
    """What was declared, by key of line; once accepted how much of it, and what was paid and let go."""

    delivery: object
    declared: dict
    state: str = "declared"
    accepted: dict = field(default_factory=dict)
    settlements: list = field(default_factory=list)
    held_cents: int = 0
    freed_cents: int = 0
    release_on: object = None
    opposed: bool = False
    credited_cents: int = 0
    waits: bool = False

    @property
    def taken(self):
        """What it takes off the lines now."""
        return self.accepted if self.state == "accepted" else self.declared

    @property
    def net_cents(self):
        return self.delivery.accepted_cents - self.credited_cents

    @property
    def settled_cents(self):
        return sum(one.amount_cents for one in self.settlements)

    @property
    def kept_cents(self):
        """What is still held back."""
        return self.held_cents - self.freed_cents

    @property
    def payable_cents(self):
        return self.net_cents - self.settled_cents - self.kept_cents

    def awaiting_cents(self, client, lifted):
        """What waits: all that may be paid, but for the part the client's payments make due, pro rata."""
        invoice = client.found["invoice:1"] if client.named else None
        expected = max(0, invoice.total_cents - invoice.credited_cents) if invoice else 0
        received = sum(receipt.amount_cents for receipt in invoice.receipts) if invoice else 0
        part = min(1, Fraction(max(0, received), expected)) if expected else 0
        reached = self.net_cents if lifted else int(self.net_cents * part + Fraction(1, 2))
        reached = min(reached, self.net_cents - self.held_cents) + self.freed_cents
        return max(0, self.net_cents - self.kept_cents - max(reached, self.settled_cents))


class Job:
    """An agreement between two parties, everything that happens to it, and what must be true of it."""

    def __init__(self, session, lines, conditions):
        self.session, self.today = session, TODAY
        self.buyer, self.seller = two_parties(session, contribution_rate_bp=1000)
        self.claims, self.lifted = [], False
        self.client = Client(self.buyer.host_key, total_cents=36_000, net_cents=30_000)
        self.client.named = False
        self.subcontract = a_proposal(
            session,
            buyer=self.buyer,
            seller=self.seller,
            terms=some_terms(*lines, conditions=conditions),
            act=self.act(),
        )

    def act(self, actor="user:1"):
        return an_act(actor, at=datetime.combine(self.today, time(11), UTC), today=self.today)

    def key(self):
        return f"any-{next(numbers)}"

    def tried(self, step, *arguments, **facts):
        """Do a step that may be refused; return what it made, or the refusal after which nothing is left."""
        try:
            with self.session.begin_nested():
                made = step(self.session, *arguments, **facts)
                self.session.flush()
        except DomainError as refusal:
            event(f"{step.__name__} refused: {refusal.code}")
            return refusal
        event(f"{step.__name__} done")
        return made

    def done(self, step, *arguments, **facts):
        """Do a step that nothing may refuse."""
        made = self.tried(step, *arguments, **facts)
        assert not isinstance(made, DomainError), f"{step.__name__} refused: {made!r} {made.facts}"
        return made

    @property
    def lines(self):
        return self.subcontract.version.lines

    @property
    def answerer(self):
        """Who answers the version on the table."""
        return self.seller if self.subcontract.proposed_by is self.buyer else self.buyer

    @property
    def may_declare(self):
        """Whether something remains to be declared."""
        left = any(line.remaining_thousandths for line in self.lines)
        return left and self.subcontract.state == "agreed"

    @property
    def amendment(self):
        """The amendment on the table, if there is one."""
        return next((one for one in self.subcontract.amendments if one.state == "proposed"), None)

    def party(self, side):
        return self.buyer if side == "buyer" else self.seller

    def of_state(self, *states):
        return [claim for claim in self.claims if claim.state in states]

    def taken(self, *states):
        """What claims in these states take off each line, by key."""
        found = Counter()
        for claim in self.of_state(*states):
            found.update(claim.taken)
        return found

    def declare(self, wanted):
        """Declare by line id; what the model says may be declared is, and nothing else."""
        taken = self.taken(*STANDING)
        fits = all(
            taken[line.key] + wanted.get(line.id, 0) <= line.quantity_thousandths for line in self.lines
        )
        made = self.tried(
            service.declare_delivery,
            self.subcontract,
            party=self.seller,
            quantities=wanted,
            delivered_on=self.today,
            note="",
            request_key=self.key(),
            act=self.act("user:2"),
        )
        if isinstance(made, DomainError):
            assert not fits or isinstance(made, service.TooSmall), made
            return
        assert fits
        self.claims.append(Claim(made, {part.line.key: part.quantity_thousandths for part in made.lines}))

    def note_accepted(self, claim, shares=None):
        """Note that a claim is accepted: whole, or so much of each part by its id."""
        claim.state = "accepted"
        claim.accepted = {
            part.line.key: (shares or {}).get(part.id, part.quantity_thousandths)
            for part in claim.delivery.lines
        }
        exchange, version = claim.delivery.exchange, self.subcontract.version
        claim.waits = version.payment_kind == "client"
        # Accepted by silence and let go by its date on the same day, nothing is held of it any more.
        held = retention.of_exchange(self.session, exchange)
        claim.held_cents = held.held_cents if held else 0
        exact = Fraction(exchange.net_cents * version.retention_rate_bp, 10_000)
        until = version.retention_release_on
        if until is not None and until <= exchange.accepted_on:
            exact = Fraction(0)
        assert floor(exact) <= claim.held_cents <= ceil(exact)
        claim.release_on = until if claim.held_cents else None

    def pass_days(self, days):
        """Let time pass, with its daily duties."""
        self.today += timedelta(days=days)
        day = duties.Day(self.act("system"), self.client)
        for duty in duties.DUTIES:
            for row in duty.due(self.session, day):
                self.done(lambda _session, one=row, duty=duty: duty.do(self.session, one, day))
        self.note_what_the_day_did()

    def note_what_the_day_did(self):
        """Note acceptances by silence, where both signed so, and releases by date."""
        for claim in self.of_state("declared"):
            if claim.delivery.state == "accepted":
                version = claim.delivery.lines[0].line.version
                waited = (self.today - claim.delivery.created_at.date()).days
                assert version.silence_accepts
                assert waited > version.silence_days
                self.note_accepted(claim)
        for claim in self.of_state("accepted"):
            if claim.release_on is not None and claim.release_on <= self.today and not claim.opposed:
                claim.freed_cents = claim.held_cents

    def follow(self):
        """Let what waits follow what the client paid."""
        if self.subcontract.state in workflow.STANDING:
            self.done(client_payments.follow, self.client, self.subcontract, self.act("system"))

    def prove(self):
        """Hold everything against the model."""
        self.follow()
        self.session.flush()
        self.session.expire_all()
        self.prove_quantities()
        self.prove_money()
        self.prove_books()

    def prove_quantities(self):
        if self.subcontract.state not in ("agreed", "completed", "closed"):
            return
        taken, accepted = self.taken(*STANDING), self.taken("accepted")
        assert set(+taken) <= {line.key for line in self.lines}
        for line in self.lines:
            assert line.delivered_thousandths == taken[line.key]
            assert line.accepted_thousandths == accepted[line.key]
            # Accepted in full a line is worth its total to the cent, and never before.
            whole = line.accepted_thousandths == line.quantity_thousandths
            assert (line.accepted_cents == line.total_cents) == whole
            self.prove_worth(line)
        everything = all(line.accepted_thousandths == line.quantity_thousandths for line in self.lines)
        assert (self.subcontract.state != "agreed") == everything
        assert [claim.delivery.state for claim in self.claims] == [claim.state for claim in self.claims]

    def prove_worth(self, line):
        """What is accepted of a line is worth its price, but for the cents of the places it was cut at."""
        cuts = 1 + 2 * sum(line.key in claim.declared for claim in self.claims)
        exact = money.line_total(line.accepted_thousandths, line.unit_price_cents)
        assert abs(line.accepted_cents - exact) <= cuts

    def prove_money(self):
        standing = self.of_state("accepted")
        accepted = sum(claim.delivery.accepted_cents for claim in standing)
        said = positions.position(self.session, self.subcontract)
        assert self.subcontract.accepted_cents == accepted == said.accepted_cents
        assert accepted <= self.subcontract.version.total_cents
        assert said.adds_up
        assert said.settled_cents == sum(claim.settled_cents for claim in standing)
        assert said.credited_cents == sum(claim.credited_cents for claim in standing)
        held = {True: 0, False: 0}
        for claim in standing:
            held[claim.opposed] += claim.kept_cents
        assert (said.retained_cents, said.disputed_cents) == (held[False], held[True])
        assert min(said.due_cents, said.awaiting_cents) >= 0
        for claim in standing:
            exchange = claim.delivery.exchange
            assert exchange.payable_cents == claim.payable_cents
            waits = claim.awaiting_cents(self.client, self.lifted) if claim.waits else 0
            assert exchange.awaiting_cents == waits

    def prove_books(self):
        """The accounts of both sides say what was accepted, paid and held back, and nothing else."""
        standing = self.of_state("accepted")
        held = sum(claim.kept_cents for claim in standing)
        net = sum(claim.net_cents for claim in standing)
        owed = net - held - sum(claim.settled_cents for claim in standing)
        expected = Counter(
            {
                (PAYABLE, self.buyer.id): -owed,
                (RECEIVABLE, self.seller.id): owed,
                (HELD_PAYABLE, self.buyer.id): -held,
                (HELD_RECEIVABLE, self.seller.id): held,
                (EXPENSE, self.buyer.id): net,
                (REVENUE, self.seller.id): -net,
            }
        )
        rows = (
            select(Account.number, Account.party_id, func.sum(Line.debit_cents - Line.credit_cents))
            .join(Line, Line.account_id == Account.id)
            .where(Account.number.in_({number for number, _party in expected}))
            .group_by(Account.number, Account.party_id)
        )
        books = {(number, party): int(cents) for number, party, cents in self.session.execute(rows) if cents}
        assert books == {key: cents for key, cents in expected.items() if cents}
