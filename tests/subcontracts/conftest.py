"""Two people at once, each in a transaction of their own, for every module of this folder."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from endi_ext.kernel.errors import DomainError
from endi_ext.kernel.parties import Party


@pytest.fixture
def both(engine):
    """Run two actions at the same moment and return what each answered: a value or a refusal."""

    def run(*actions):
        barrier = Barrier(len(actions))

        def one(action):
            with Session(engine, future=True) as session, session.begin():
                if engine.dialect.name != "sqlite":
                    # As in the host: a first query opens the snapshot before anybody has acted. On SQLite the
                    # first query takes the turn to write, so there it comes after the barrier.
                    session.execute(select(Party)).all()
                barrier.wait()
                return action(session)

        with ThreadPoolExecutor(len(actions)) as pool:
            return [outcome(future) for future in [pool.submit(one, action) for action in actions]]

    return run


def outcome(future):
    try:
        return future.result(timeout=60)
    except DomainError as refusal:
        return type(refusal)


@pytest.fixture
def made(engine):
    """Make something in a transaction of its own and return its id."""

    def make(builder):
        with Session(engine, future=True) as session, session.begin():
            document = builder(session)
            session.flush()
            return document.id

    return make
