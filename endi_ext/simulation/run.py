"""A year lived from its first day to its last, each step in a transaction of its own and proved."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from ..ledger import service as ledger
from ..subcontracts import duties as job_duties
from ..subcontracts.duties import Day, Duty
from ..tenders import duties as tender_duties
from . import bids, desk, faults, jobs, payments
from .checks import Broken, Proofs
from .faults import Crash, Faults
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
    (bids.answer_invitation, 4),
)
PLANNERS = [planner for planner, _weight in HABITS]
WEIGHTS = [weight for _planner, weight in HABITS]
MUST_BE_REFUSED = "must be refused: "
FAULTY, CLICKED_TWICE, JUMPED, ABSENT = 0.25, 0.06, 0.02, 0.05
TRIES = 4
STEPS_PER_PARTY_AND_MONTH = 4
ACTIVE_DAYS = 21


@dataclass
class Told:
    """What happened: how many steps of each kind, refused and done, what went wrong and was survived."""

    steps: int = 0
    entries: int = 0
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
        self.faults = Faults(engine) if with_faults else None

    def live(self, progress: Callable[[int, int | None], None] = lambda _done, _total: None) -> Told:
        """Live the months. Raises Failed."""
        self._alone(self.world.people)
        end = _months_after(BEGINNING, self.months)
        per_day = self.world.party_count * STEPS_PER_PARTY_AND_MONTH / ACTIVE_DAYS
        number, owed = 0, 0.0
        while self.world.today < end:
            progress((self.world.today - BEGINNING).days, (end - BEGINNING).days)
            if self.world.today.weekday() < 5:
                owed += per_day
                while owed >= 1:
                    owed, number = owed - 1, number + 1
                    if self.only is None or number in self.only:
                        self._step(number)
            self._evening()
        self._proved(number, full=True)
        self.told.faults.update(self.faults.met if self.faults else {})
        return self.told

    def _step(self, number: int) -> None:
        rng = Random(f"{self.seed}:{number}")
        planner = rng.choices(PLANNERS, WEIGHTS)[0]
        self.world.jump = timedelta(hours=rng.randint(-50, 50)) if self._unlucky(rng, JUMPED) else timedelta()
        operation = self._alone(lambda session: planner(self.world, session, rng))
        self.told.steps += 1
        if operation is None:
            self.told.refused["nothing to do"] += 1
            return
        self.told.history.append(f"{number} {self.world.today} {operation.name}")
        try:
            self._carried_out(number, operation, rng)
        except Broken as broken:
            raise Failed(self.seed, number, broken, self.told) from broken
        except (DomainError, SQLAlchemyError, Crash) as problem:  # pragma: no cover - told, never hidden
            raise Failed(self.seed, number, problem, self.told) from problem

    def _carried_out(self, number: int, operation: Operation, rng: Random) -> None:
        """Do it, again after each fault as people do, and perhaps once more as a double click does."""
        for attempt in range(TRIES):
            unlucky = attempt < TRIES - 1 and self._unlucky(rng, FAULTY)
            outcome = self._tried(operation, rng if unlucky else None)
            posted = self._proved(number)
            self.told.entries += posted
            if isinstance(outcome, faults.Crash | SQLAlchemyError):
                lost_answer = isinstance(outcome, Crash) and outcome.args == (faults.LOST_ANSWER,)
                if posted and not lost_answer:
                    raise Broken("half_done", {"operation": operation.name, "posted": posted})
                continue
            break
        self._counted(operation, outcome)
        if rng.random() < CLICKED_TWICE and not isinstance(outcome, DomainError):
            self._tried(operation, None)
            if self._proved(number):
                raise Broken("double_click_posted", {"operation": operation.name})

    def _counted(self, operation: Operation, outcome: Any) -> None:
        refused = isinstance(outcome, DomainError)
        if operation.name.startswith(MUST_BE_REFUSED) and not refused:
            raise Broken("not_refused", {"operation": operation.name})
        if refused:
            self.told.refused[f"{operation.name}: {outcome.code}"] += 1
        else:
            self.told.done[operation.name] += 1

    def _tried(self, operation: Operation, unlucky: Random | None) -> Any:
        """Return what it made, or the refusal or fault that stopped it."""
        armed = self.faults.armed(unlucky) if self.faults and unlucky else nullcontext()
        session = Session(self.engine, future=True)
        try:
            with armed:
                made = operation.do(session)
                session.commit()
                if self.faults:
                    self.faults.after_commit()
        except DomainError as refusal:
            session.rollback()
            session.close()
            return refusal
        except (Crash, SQLAlchemyError) as fault:
            if not (self.faults and unlucky):
                raise
            faults.drop(session)
            return fault
        session.close()
        return made

    def _evening(self) -> None:
        """Do the duties of the day unless the worker stopped, close the month when it is over."""
        rng = Random(f"{self.seed}:{self.world.today}")
        self.world.jump = timedelta()
        if not self._unlucky(rng, ABSENT):
            self._duties()
        yesterday, today = self.world.today, self.world.today + timedelta(days=1)
        self.world.next_day()
        if today.month != yesterday.month:
            self._month_end(yesterday)

    def _duties(self) -> None:
        day = Day(self.world.act("daily"), self.world.clients)
        for duty in (*job_duties.DUTIES, *tender_duties.DUTIES):
            listed = self._alone(partial(_listed, duty, day))
            for model, key in listed:
                self._seen_to(duty, model, key, day)
        self._proved(self.told.steps)

    def _seen_to(self, duty: Duty, model: Any, key: int, day: Day) -> None:
        operation = Operation(duty.name, lambda session: duty.do(session, session.get(model, key), day))
        outcome = self._tried(operation, None)
        if isinstance(outcome, DomainError):
            self.told.refused[f"{duty.name}: {outcome.code}"] += 1

    def _month_end(self, last_day: date) -> None:
        """Close the month before the one that ended, as accountants do, and prove everything."""
        closing = last_day.replace(day=1) - timedelta(days=1)
        if closing >= BEGINNING.replace(day=1):
            act = self.world.act("user:5")
            self._alone(lambda s: desk.empty_the_stage(s, closing, act))
            self._alone(lambda s: ledger.close_period(s, ledger.period_of(s, closing), act))
            self.world.closed_until = closing
        self._proved(self.told.steps, full=True)

    def _proved(self, number: int, *, full: bool = False) -> int:
        with Session(self.engine, future=True) as session:
            try:
                posted = self.proofs.after_a_step(session)
                if full:
                    self.proofs.everything(session)
            except Broken as broken:
                raise Failed(self.seed, number, broken, self.told) from broken
        return posted

    def _alone(self, do: Callable[[Session], Any]) -> Any:
        with Session(self.engine, future=True, expire_on_commit=False) as session, session.begin():
            return do(session)

    def _unlucky(self, rng: Random, chance: float) -> bool:
        # Drawn in any case: with and without faults the same people do the same things.
        return rng.random() < chance and self.faults is not None


def _listed(duty: Duty, day: Day, session: Session) -> list[tuple[type[Any], int]]:
    return [(type(row), row.id) for row in duty.due(session, day)]


def _months_after(day: date, months: int) -> date:
    later = day.year * 12 + day.month - 1 + months
    return date(later // 12, later % 12 + 1, 1)
