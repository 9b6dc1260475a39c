"""Migrations 0006 to 0011 down and up again, with a document of every kind in every state present."""

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.exchanges import invariants
from endi_ext.exchanges.models import Exchange
from endi_ext.kernel.parties import Party
from endi_ext.ledger import audit
from endi_ext.subcontracts import positions
from endi_ext.subcontracts.models import Subcontract

from .builders import two_parties
from .every_state import World

KINDS = (
    "subcontracts", "frames", "amendments", "deliveries", "exchanges", "retentions", "final_accounts",
    "disputes",
)  # fmt: skip
STEPS = ("0010", "0009", "0008", "0007", "0006")


@pytest.fixture
def filled(engine):
    """A database with all of it."""
    with Session(engine, future=True) as session, session.begin():
        world = World(session, *two_parties(session))
        for kind in KINDS:
            getattr(world, kind)()
    return engine


def counts(engine):
    """How many rows each table holds."""
    with engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name.startswith("endi_ext_")]
        return {
            name: connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one() for name in tables
        }


# What a newer table took the place of comes back with its rows.
COMES_BACK = "endi_ext_document_finding"
KEPT = {"endi_ext_subcontract", "endi_ext_amendment", "endi_ext_delivery", "endi_ext_entry"}


def test_each_step_down_keeps_what_it_does_not_take_and_up_again_all_money_is_what_it_was(filled):
    before = counts(filled)
    with Session(filled, future=True) as session:
        money = amounts(session)
    for revision in STEPS:
        migrations.downgrade(filled, revision)
        left = counts(filled)
        left.pop("endi_ext_alembic_version", None)
        left.pop(COMES_BACK, None)
        assert {name: before[name] for name in left} == left
        with Session(filled, future=True) as session:
            assert audit.verify(session).sound
    assert [name for name in left if name.startswith("endi_ext_dispute")] == []
    # Agreements that older tables cannot say are not thrown away.
    with pytest.raises(RuntimeError):
        migrations.downgrade(filled, "0005")
    migrations.upgrade(filled)
    after = counts(filled)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    with Session(filled, future=True) as session:
        assert amounts(session) == money
        assert invariants.check(session) == []
        assert session.execute(select(Party)).scalars().first() is not None


def amounts(session):
    """Where the money of each job stands, and of each exchange."""
    jobs = session.execute(select(Subcontract).where(Subcontract.kind == "contract")).scalars().all()
    standing = session.execute(select(Exchange.id, Exchange.settled_cents, Exchange.retained_cents))
    found = positions.of_many(session, jobs)
    return {key: (one.accepted_cents, one.unpaid_cents) for key, one in found.items()}, standing.all()
