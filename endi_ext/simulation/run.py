"""A year lived from its first day to its last, each step in a transaction of its own and proved."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..ledger import service as ledger
from ..subcontracts import duties as job_duties
from ..subcontracts.duties import Day, Duty
from ..tenders import duties as tender_duties
from . import bids, desk, jobs, payments
from .attempts import Attempts, Outcome
from .broken import Broken
from .checks import Proofs
from .faults import Crash
from .world import BEGINNING, Operation, Planner, World

# What people do in a cooperative, and how often beside each other.
HABITS: Sequence[tuple[Planner, int]] = (
    (jobs.propose, 20),
    (jobs.answer, 18),
    (jobs.declare, 26),
    (jobs.answer_delivery, 24),
    (jobs.speak_in_a_dispute, 4),
    (jobs.amend, 3),
    (jobs.answer_amendment, 4),
    (jobs.undo_a_delivery, 1),
    (jobs.close_a_job, 3),
    (jobs.act_for_others, 2),
    (payments.settle, 18),
    (payments.settle_too_much, 2),
    (payments.settle_in_a_closed_month, 2),
    (payments.undo_a_settlement, 1),
    (payments.credit, 2),
    (payments.undo_an_exchange, 1),
    (payments.import_some, 2),
    (payments.handle_a_retention, 4),
    (payments.client_pays, 6),
    (payments.leave_or_come_back, 1),
    (desk.choose_stage, 2),
    (desk.decide_drafts, 10),
    (desk.letter_by_hand, 2),
    (desk.undo_a_letter, 2),
    (bids.begin, 2),
    (bids.go_on, 14),
    (bids.answer_invitation, 8),
)
PLANNERS = [planner for planner, _weight in HABITS]
WEIGHTS = [weight for _planner, weight in HABITS]
MUST_BE_REFUSED = "must be refused: "
FAULTY, CLICKED_TWICE, JUMPED, ABSENT = 0.25, 0.12, 0.02, 0.05
WORKER_DIES, DONE_TWICE = 0.03, 0.04
WORKER_DAYS = (0, 2, 4)
TRIES = 4
STEPS_PER_PARTY_AND_MONTH = 4
ACTIVE_DAYS = 21


@dataclass
class Told:
    """What happened: how many steps of each kind, refused and done, what went wrong and was survived."""

    steps: int = 0
    entries: int = 0
    proofs: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    history: list[str] = field(default_factory=list)


class Failed(Exception):
    """A proof failed after a step; `told` is what led there."""

    def __init__(self, seed: int, step: int, broken: Broken | Exception, told: Told) -> None:
        super().__init__(f"{broken!r}")
        self.seed, self.step, self.broken, self.told = seed, step, broken, told


class Year:
    """One simulation. `only` keeps some steps by number: the others do not happen, days pass all the same."""

    def __init__(
        self,
        engine: Engine,
        *,
        seed: int,
        months: int,
        party_count: int,
        with_faults: bool = False,
        only: Collection[int] | None = None,
    ) -> None:
        self.engine, self.seed, self.months, self.only = engine, seed, months, only
        self.world, self.proofs, self.told = World(seed, party_count), Proofs(), Told()
        self.attempts, self.number = Attempts(engine, with_faults=with_faults), 0

    def live(self, progress: Callable[[int, int | None], None] = lambda _done, _total: None) -> Told:
        """Live the months. Raises Failed."""
        self._done_by_itself(Operation("people", self.world.people))
        end = _months_after(BEGINNING, self.months)
        per_day = self.world.party_count * STEPS_PER_PARTY_AND_MONTH / ACTIVE_DAYS
        owed = 0.0
        while self.world.today < end:
            progress((self.world.today - BEGINNING).days, (end - BEGINNING).days)
            if self.world.today.weekday() < 5:
                owed += per_day
                while owed >= 1:
                    owed, self.number = owed - 1, self.number + 1
                    if self.only is None or self.number in self.only:
                        self._step(self.number)
            self._evening()
        self._proved(full=True)
        self.told.entries = self.proofs.sequence
        self.told.faults.update(self.attempts.faults.met if self.attempts.faults else {})
        return self.told

    def _step(self, number: int) -> None:
        rng = Random(f"{self.seed}:{number}")
        planner = rng.choices(PLANNERS, WEIGHTS)[0]
        jumps, hours = self._unlucky(rng, JUMPED), rng.randint(-50, 50)
        self.world.jump = timedelta(hours=hours) if jumps else timedelta()
        self.told.faults["clock_jump"] += jumps
        with Session(self.engine, future=True) as session:
            operation = planner(self.world, session, rng)
        self.told.steps += 1
        if operation is None:
            self.told.refused["nothing to do"] += 1
            return
        self.told.history.append(f"{number} {self.world.today} {operation.name}")
        self._counted(operation, self._carried_out(operation, rng))

    def _carried_out(self, operation: Operation, rng: Random) -> Outcome:
        """Do it, again after each fault as people do, and perhaps once more as a double click does."""
        committed = False
        for attempt in range(TRIES):
            unlucky = attempt < TRIES - 1 and self._unlucky(rng, FAULTY)
            outcome = self._attempted(operation, rng if unlucky else None, again=committed)
            committed = committed or outcome.committed
            if not outcome.failed:
                break
        if rng.random() < CLICKED_TWICE and not outcome.refused:
            self._attempted(operation, None, again=True)
            self.told.done["(clicked twice)"] += 1
        # Refused because it was done: its answer had been lost.
        return Outcome(None, committed=True) if outcome.refused and committed else outcome

    def _attempted(self, operation: Operation, unlucky: Random | None, *, again: bool = False) -> Outcome:
        """Try it and prove what came of it. Raises Failed."""
        try:
            outcome = self.attempts.once(operation, unlucky=unlucky, again=again)
        except (Broken, SQLAlchemyError, Crash) as problem:
            raise Failed(self.seed, self.number, problem, self.told) from problem
        posted = self._proved()
        if posted and (again or not outcome.committed):
            facts = {"operation": operation.name, "posted": posted}
            raise Failed(self.seed, self.number, Broken("posted_again", facts), self.told)
        return outcome

    def _counted(self, operation: Operation, outcome: Outcome) -> None:
        if operation.name.startswith(MUST_BE_REFUSED) and not outcome.refused:
            facts = {"operation": operation.name}
            raise Failed(self.seed, self.number, Broken("not_refused", facts), self.told)
        if outcome.refused:
            self.told.refused[f"{operation.name}: {outcome.made.code}"] += 1
        else:
            self.told.done[operation.name] += 1

    def _evening(self) -> None:
        """Do the duties of the day unless the worker stopped, close the month when it is over.

        The worker comes three days a week: what falls due meanwhile is seen to later, and none the worse.
        """
        rng = Random(f"{self.seed}:{self.world.today}")
        self.world.jump = timedelta()
        absent = self._unlucky(rng, ABSENT)
        self.told.faults["worker_absent"] += absent
        if self.world.today.weekday() in WORKER_DAYS and not absent:
            self._duties(rng)
        yesterday, today = self.world.today, self.world.today + timedelta(days=1)
        self.world.next_day()
        if today.month != yesterday.month:
            self._month_end(yesterday, rng)

    def _duties(self, rng: Random) -> None:
        day = Day(self.world.act("daily"), self.world.clients)
        for duty in (*job_duties.DUTIES, *tender_duties.DUTIES):
            with Session(self.engine, future=True) as session:
                listed = [(type(row), row.id) for row in duty.due(session, day)]
            for model, key in listed:
                operation = Operation(f"daily: {duty.name}", partial(_seen_to, duty, model, key, day))
                unlucky, twice = self._unlucky(rng, WORKER_DIES), rng.random() < DONE_TWICE
                outcome = self._attempted(operation, rng if unlucky else None)
                if outcome.failed:  # it died over it: the rest waits for tomorrow
                    self.told.faults["worker_died"] += 1
                    return
                self._counted(operation, outcome)
                if twice and not outcome.refused:
                    self._attempted(operation, None, again=True)

    def _month_end(self, last_day: date, rng: Random) -> None:
        """Close the month before the one that ended, as accountants do, and prove everything."""
        closing = last_day.replace(day=1) - timedelta(days=1)
        if closing >= BEGINNING.replace(day=1):
            act = self.world.act("user:5")
            emptied = Operation("empty_the_stage", lambda s: desk.empty_the_stage(s, closing, act))
            closed = Operation(
                "close_a_month", lambda s: ledger.close_period(s, ledger.period_of(s, closing), act)
            )
            for operation in (emptied, closed):
                self._done_by_itself(operation, rng)
            self.world.closed_until = closing
        self._proved(full=True)

    def _done_by_itself(self, operation: Operation, rng: Random | None = None) -> None:
        """Do what no rule may refuse."""
        outcome = self._carried_out(operation, rng or Random(0))
        if outcome.refused:
            raise Failed(self.seed, self.number, outcome.made, self.told)
        self._counted(operation, outcome)

    def _proved(self, *, full: bool = False) -> int:
        """Prove what was posted since the last time, and return how much that is. Raises Failed."""
        with Session(self.engine, future=True) as session:
            try:
                posted = self.proofs.after_a_step(session)
                if full:
                    self.proofs.everything(session)
                    self.attempts.prove_all(session)
            except Broken as broken:
                raise Failed(self.seed, self.number, broken, self.told) from broken
        self.told.proofs += 1
        return posted

    def _unlucky(self, rng: Random, chance: float) -> bool:
        # Drawn in any case: with and without faults the same people do the same things.
        return rng.random() < chance and self.attempts.faults is not None


def _seen_to(duty: Duty, model: Any, key: int, day: Day, session: Session) -> bool:
    return duty.do(session, session.get(model, key), day)


def _months_after(day: date, months: int) -> date:
    later = day.year * 12 + day.month - 1 + months
    return date(later // 12, later % 12 + 1, 1)
