"""One thing somebody does, in a transaction of its own, and what became of it in the database."""

from contextlib import nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..kernel.errors import DomainError
from . import faults
from .broken import Broken
from .faults import Crash, Faults
from .witness import Witness
from .world import Operation


@dataclass(frozen=True)
class Outcome:
    """What it made, or the refusal or the fault that stopped it."""

    made: Any
    committed: bool

    @property
    def refused(self) -> bool:
        """Whether a rule said no."""
        return isinstance(self.made, DomainError)

    @property
    def failed(self) -> bool:
        """Whether whoever asked got no answer."""
        return isinstance(self.made, Crash | SQLAlchemyError)


class Attempts:
    """Tries operations with or without a fault, and holds each against what the database shows afterwards."""

    def __init__(self, engine: Engine, *, with_faults: bool) -> None:
        self.engine = engine
        self.witness = Witness(engine)
        self.faults = Faults(engine) if with_faults else None
        # Documents whose making was acknowledged, by their model: they are there for ever.
        self.acknowledged: set[tuple[Any, Any]] = set()
        with Session(engine, future=True) as session:
            self.witness.look(session)

    def once(self, operation: Operation, *, unlucky: Random | None = None, again: bool = False) -> Outcome:
        """Try it. What fails leaves nothing, what is acknowledged is there; `again` it changes nothing.

        Raises Broken.
        """
        self.witness.begin()
        outcome = self._tried(operation, unlucky)
        with Session(self.engine, future=True) as session:
            if not outcome.committed or again:
                changed = self.witness.changed(session)
                if changed:
                    code = "done_twice" if outcome.committed else "half_done"
                    raise Broken(code, {"operation": operation.name, "tables": changed})
                return outcome
            lacking = self.witness.acknowledge(session)
            if lacking:
                raise Broken("rows_not_there", {"operation": operation.name, "tables": lacking})
            self._forget_deleted(session)
        return outcome

    def prove_all(self, session: Session) -> None:
        """Prove that nothing changed beside what was acknowledged, nor is gone. Raises Broken."""
        changed = self.witness.all_changed(session)
        if changed:
            raise Broken("changed_beside", {"tables": changed})
        for model, key in self.acknowledged:
            if session.get(model, key) is None:
                raise Broken("document_lost", {"model": model.__name__, "id": key})

    def _forget_deleted(self, session: Session) -> None:
        """What an acknowledged operation took away need not be there: a credit rejected while it waited."""
        for model, key in list(self.acknowledged):
            if model.__tablename__ in self.witness.deleted and session.get(model, key) is None:
                self.acknowledged.remove((model, key))

    def _tried(self, operation: Operation, unlucky: Random | None) -> Outcome:
        armed = self.faults.armed(unlucky) if self.faults and unlucky else nullcontext()
        session = Session(self.engine, future=True)
        committed = False
        try:
            with armed:
                made = operation.do(session)
                session.flush()
                named = _identity(made)
                session.commit()
                committed = True
                if self.faults:
                    self.faults.after_commit()
        except DomainError as refusal:
            session.rollback()
            session.close()
            return Outcome(refusal, committed=False)
        except (Crash, SQLAlchemyError) as fault:
            if not (self.faults and unlucky):
                raise
            faults.drop(session)
            return Outcome(fault, committed=committed)
        session.close()
        if named is not None:
            self.acknowledged.add(named)
        return Outcome(made, committed=True)


def _identity(made: Any) -> tuple[Any, Any] | None:
    state = inspect(made, raiseerr=False)
    if state is None or not getattr(state, "identity", None):
        return None
    return type(made), state.identity[0]
