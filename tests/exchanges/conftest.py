"""A cooperative with two parties that trade, and the books as a small table."""

import pytest
from sqlalchemy.orm import Session

from endi_ext.exchanges import invariants
from tests.builders import a_cooperative, a_party


class World:
    """A session with a cooperative and two parties: `seller` works for `buyer`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.cooperative = a_cooperative(session)
        self.seller = a_party(session, "Menuiserie du Lac", analytic_code="LAC")
        self.buyer = a_party(session, "Atelier Duval", analytic_code="DUV")

    def broken(self) -> list:
        return invariants.check(self.session)


@pytest.fixture
def world(session):
    return World(session)


@pytest.fixture
def either_world(either_session):
    return World(either_session)
