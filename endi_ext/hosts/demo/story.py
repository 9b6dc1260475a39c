"""A year in the demo cooperative, told through the services day by day; the same day tells the same story."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...exchanges import service as exchanges
from ...exchanges.models import OPEN, PARTLY_SETTLED, Exchange
from ...kernel.history import Act
from ...kernel.parties import Party
from ...subcontracts import dispute_queries, disputes
from ...subcontracts import service as subcontracts
from ...subcontracts.models import Delivery, Subcontract
from ...subcontracts.terms import ProposedLine, Terms
from ...subcontracts.workflow import CONTESTED
from . import plots
from .habits import HABITS, Habit
from .people import ACCOUNTANT, COMPANIES, PEOPLE

__all__ = ["COMPANIES", "PEOPLE", "tell"]

DAYS = 365
SETTLING_DAYS = (10, 25)
PAIR_SETTLED_TO_THE_LAST = ("MENLAC", "TRAITJ")
KEPT_OPEN = "Plans de la bibliothèque de Talloires"

Scene = tuple[date, int, Callable[[], Any]]


def tell(session: Session, today: date, *plans: "Callable[[Teller], Iterator[Scene]]") -> None:
    """Make a year of exchanges and subcontracts that ends on the eve of `today`; the parties exist.

    `plans` add scenes of their own.
    """
    teller = Teller(session, today)
    scenes = [*teller.habits(), *teller.subcontracts(), *teller.settling_days()]
    scenes += [scene for plan in plans for scene in plan(teller)]
    for on, _rank, scene in sorted(scenes, key=lambda scene: scene[:2]):
        teller.turn_to(on)
        scene()
    session.flush()  # whoever asks for the story reads it next


class Teller:
    """Plays the scenes of the year, each on its day and by the person whose part it is."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.last_day = today - timedelta(days=1)
        self.first_day = today - timedelta(days=DAYS)
        self.random = random.Random("passerelles")  # noqa: S311 - it draws amounts, not secrets
        found = session.execute(select(Party)).scalars()
        self.parties = {party.analytic_code: party for party in found}
        self.person_of_login = {person.login: person for person in PEOPLE}
        self.login_of_code = {company.analytic_code: company.people[0] for company in COMPANIES}
        self.accountant = next(person for person in PEOPLE if person.role == ACCOUNTANT)
        self.ranks = 0
        self.turn_to(self.first_day)

    def turn_to(self, on: date) -> None:
        """Let the day be `on`; minutes pass from nine o'clock with each act."""
        if getattr(self, "day", None) != on:
            self.day, self.minutes = on, 0

    def habits(self) -> Iterator[Scene]:
        """Plan the work done without a written agreement, spread over the year."""
        for habit in HABITS:
            for turn in range(habit.times):
                share = (turn + self.random.random()) / habit.times
                days_ago = int(DAYS - 20 - share * (DAYS - 32))
                cents = self.random.randrange(habit.low * 100, habit.high * 100, 500)
                yield self.scene(days_ago, partial(self.record, habit, cents))

    def subcontracts(self) -> Iterator[Scene]:
        """Plan each subcontract and its steps."""
        for plot in (*plots.ENDED, *plots.OPEN):
            player = Player(self, plot)
            days_ago = plot.days_ago
            yield self.scene(days_ago, player.propose)
            for step in plot.steps:
                days_ago -= step.days
                yield self.scene(days_ago, partial(getattr(player, step.action), step.detail))

    def settling_days(self) -> Iterator[Scene]:
        """Plan the days on which the accountant settles, and the last one."""
        for days_ago in range(DAYS - 15, 1, -1):
            if (self.last_day - timedelta(days=days_ago - 1)).day in SETTLING_DAYS:
                yield self.scene(days_ago, self.settle_what_is_due)
        yield self.scene(1, self.settle_the_pair)

    def scene(self, days_ago: int, play: Callable[[], Any]) -> Scene:
        """Return the scene on a working day: Sunday waits for Monday, Saturday comes the day before."""
        on = self.last_day - timedelta(days=max(days_ago - 1, 0))
        sunday = on.weekday() == 6 and on < self.last_day
        on += timedelta(days=1 if sunday else -max(on.weekday() - 4, 0))
        self.ranks += 1
        return on, self.ranks, play

    def act_of(self, code: str) -> Act:
        """Return the act of the entrepreneur of an activity, now."""
        return self.act(self.person_of_login[self.login_of_code[code]])

    def act(self, person: Any, *, minutes: int = 13) -> Act:
        """Return the act of a person, some minutes after the last one."""
        self.minutes += minutes
        at = datetime.combine(self.day, time(8), UTC) + timedelta(minutes=self.minutes)
        return Act(f"user:{person.id}", person.name, at, self.day)

    def record(self, habit: Habit, cents: int) -> None:
        """Record work done without a written agreement."""
        number = self.next_number()
        facts = exchanges.ExchangeFacts(
            source=f"demo:{number}",
            seller_id=self.parties[habit.seller].id,
            buyer_id=self.parties[habit.buyer].id,
            net_cents=cents,
            accepted_on=self.day,
            label=habit.label,
            reference=f"BE-{self.day.year}-{number:03}",
        )
        exchanges.record(self.session, facts, self.act_of(habit.buyer))

    def next_number(self) -> int:
        """Return the number of the next voucher."""
        self.number = getattr(self, "number", 0) + 1
        return self.number

    def settle_what_is_due(self) -> None:
        """Settle what has come due: most of it whole, some in two parts, some late, a little not at all."""
        for exchange in self.unsettled(Exchange.due_on <= self.day):
            luck = random.Random(exchange.source).random()  # noqa: S311 - as above
            overdue = self.day - exchange.due_on
            if luck < 0.03 or (luck < 0.13 and overdue < timedelta(days=45)):
                continue
            if exchange.state == PARTLY_SETTLED and overdue < timedelta(days=30):
                continue
            if not exchange.due_cents:
                continue  # what remains is held back
            half = luck > 0.9 and exchange.state == OPEN
            self.settle(exchange, exchange.due_cents // 2 if half else exchange.due_cents)

    def settle_the_pair(self) -> None:
        """Settle all that one partner owes another but the last, so that one sentence says it all."""
        buyer, seller = (self.parties[code].id for code in PAIR_SETTLED_TO_THE_LAST)
        between = (Exchange.buyer_id == buyer, Exchange.seller_id == seller, Exchange.label != KEPT_OPEN)
        for exchange in self.unsettled(*between):
            self.settle(exchange, exchange.remaining_cents)

    def unsettled(self, *conditions: Any) -> list[Exchange]:
        """Return the exchanges not settled yet, the oldest first."""
        states = Exchange.state.in_((OPEN, PARTLY_SETTLED))
        statement = select(Exchange).where(states, *conditions).order_by(Exchange.due_on, Exchange.id)
        return list(self.session.execute(statement).scalars())

    def settle(self, exchange: Exchange, amount_cents: int) -> None:
        """Settle an exchange today, as the accountant."""
        exchanges.settle(
            self.session,
            exchange,
            amount_cents=amount_cents,
            settled_on=self.day,
            request_key=f"demo-{exchange.id}-{exchange.settled_cents}",
            act=self.act(self.accountant, minutes=2),
        )


class Player:
    """Plays one subcontract: both sides, and the accountant when an acceptance is reversed."""

    subcontract: Subcontract
    delivery: Delivery

    def __init__(self, teller: Teller, plot: plots.Plot) -> None:
        self.teller, self.session, self.plot = teller, teller.session, plot
        self.buyer, self.seller = teller.parties[plot.buyer], teller.parties[plot.seller]

    def propose(self) -> None:
        """Let the buyer propose."""
        self.subcontract = subcontracts.propose(
            self.session,
            buyer=self.buyer,
            seller=self.seller,
            title=self.plot.title,
            terms=self.terms(self.plot.lines),
            request_key=self.key("proposal"),
            act=self.teller.act_of(self.plot.buyer),
        )

    def counter(self, lines: tuple[plots.Line, ...]) -> None:
        """Let whose turn it is answer with other lines."""
        self.answer(subcontracts.counter, terms=self.terms(lines), version=self.subcontract.version_number)

    def accept(self, _detail: None) -> None:
        """Let whose turn it is accept."""
        self.answer(subcontracts.accept, version=self.subcontract.version_number)

    def decline(self, reason: str) -> None:
        """Let whose turn it is decline."""
        self.answer(subcontracts.decline, reason=reason)

    def withdraw(self, reason: str) -> None:
        """Let the author of the version on the table take it back."""
        author = self.subcontract.proposed_by
        act = self.teller.act_of(author.analytic_code)
        subcontracts.withdraw(self.session, self.subcontract, party=author, reason=reason, act=act)

    def deliver(self, percents: int | tuple[int, ...] | None) -> None:
        """Let the seller deliver all that remains, or a part of what was agreed.

        What is contested is withdrawn first, to be corrected.
        """
        if self.subcontract.delivery_count and self.delivery.state == CONTESTED:
            act = self.teller.act_of(self.plot.seller)
            subcontracts.withdraw_delivery(self.session, self.delivery, party=self.seller, act=act)
        lines = self.subcontract.version.lines
        shares = percents if isinstance(percents, tuple) else [percents or plots.ALL] * len(lines)
        self.delivery = subcontracts.declare_delivery(
            self.session,
            self.subcontract,
            party=self.seller,
            quantities={line.id: part_of(line, share) for line, share in zip(lines, shares, strict=True)},
            delivered_on=self.teller.day,
            note="",
            request_key=self.key(f"delivery-{self.subcontract.delivery_count}"),
            act=self.teller.act_of(self.plot.seller),
        )

    def accept_delivery(self, _detail: None) -> None:
        """Let the buyer accept the last delivery."""
        act = self.teller.act_of(self.plot.buyer)
        on = self.teller.day
        subcontracts.accept_delivery(self.session, self.delivery, party=self.buyer, accepted_on=on, act=act)

    def accept_in_part(self, detail: tuple[int, str]) -> None:
        """Let the buyer accept a part of the first line of the last delivery, and the other lines whole."""
        percent, reason = detail
        part = self.delivery.lines[0]
        subcontracts.accept_in_part(
            self.session,
            self.delivery,
            party=self.buyer,
            accepted={part.id: int(part.quantity_thousandths) * percent // 100},
            refusals={part.id: reason},
            accepted_on=self.teller.day,
            act=self.teller.act_of(self.plot.buyer),
        )

    def contest(self, reason: str) -> None:
        """Let the buyer contest the last delivery."""
        act = self.teller.act_of(self.plot.buyer)
        subcontracts.contest_delivery(self.session, self.delivery, party=self.buyer, reason=reason, act=act)

    def write_about(self, text: str) -> None:
        """Let the seller answer the contestation, with a proof."""
        notes = disputes.Proof("relevé du chantier.txt", f"Relevé du chantier\n\n{text}\n".encode())
        self.dispute(disputes.write, disputes.Said(text, self.key("answer"), (notes,)))

    def ask_arbitration(self, text: str) -> None:
        """Let the seller ask the support team to decide."""
        self.dispute(disputes.ask_arbitration, disputes.Said(text, self.key("arbitration")))

    def dispute(self, service: Callable[..., Any], said: disputes.Said) -> None:
        """Let the seller say something in the dispute of the last delivery."""
        found = dispute_queries.of_delivery(self.session, self.delivery)
        act = self.teller.act_of(self.plot.seller)
        service(self.session, found, party=self.seller, said=said, act=act)

    def reverse(self, reason: str) -> None:
        """Let the accountant undo the last acceptance."""
        act = self.teller.act(self.teller.accountant)
        subcontracts.reverse_delivery(self.session, self.delivery, reason=reason, on=self.teller.day, act=act)

    def answer(self, service: Callable[..., Any], **facts: Any) -> None:
        """Let the side that did not write the version on the table answer it."""
        party = self.seller if self.subcontract.proposed_by_id == self.buyer.id else self.buyer
        act = self.teller.act_of(party.analytic_code)
        service(self.session, self.subcontract, party=party, act=act, **facts)

    def terms(self, lines: tuple[plots.Line, ...]) -> Terms:
        """Return what is proposed, due in six weeks."""
        proposed = [
            ProposedLine(line.description, line.quantity * 1000, line.unit, line.price * 100)
            for line in lines
        ]
        return Terms(self.teller.day + timedelta(weeks=6), proposed)

    def key(self, name: str) -> str:
        """Return the request key of a form of this subcontract."""
        return f"demo-{self.plot.days_ago}-{self.plot.buyer}-{name}"


def part_of(line: Any, share: int) -> int:
    """Return `share` percent of what was agreed, at most what remains."""
    return min(int(line.quantity_thousandths) * share // 100, int(line.remaining_thousandths))
