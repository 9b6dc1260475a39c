"""Migration 0003 up, down and up again, with rows present."""

from sqlalchemy import func, inspect, select, text
from sqlalchemy.orm import Session

from endi_ext import migrations
from endi_ext.kernel.parties import INTERNAL, Party
from endi_ext.ledger import audit
from endi_ext.subcontracts.models import Subcontract

from .builders import a_delivery, accepted, an_agreement

TABLES = {
    "endi_ext_subcontract",
    "endi_ext_subcontract_version",
    "endi_ext_subcontract_line",
    "endi_ext_signature",
    "endi_ext_delivery",
    "endi_ext_delivery_line",
}


def test_going_down_takes_the_subcontracts_and_leaves_the_books_and_going_up_makes_them_anew(engine):
    with Session(engine, future=True) as session, session.begin():
        agreement = an_agreement(session)
        accepted(session, a_delivery(session, agreement))
        buyer_id = agreement.buyer_id
    migrations.downgrade(engine, "0002")
    assert not TABLES & set(inspect(engine).get_table_names())
    with Session(engine, future=True) as session:
        assert session.execute(text("SELECT COUNT(*) FROM endi_ext_exchange")).scalar_one() == 1
        assert audit.verify(session).sound
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        buyer, seller = session.execute(
            select(Party).where(Party.kind == INTERNAL).order_by(Party.id)
        ).scalars()
        assert buyer.id == buyer_id
        assert an_agreement(session, buyer=buyer, seller=seller).state == "agreed"
        assert session.execute(select(func.count()).select_from(Subcontract)).scalar_one() == 1
