"""Tenders begin with a lead, lots and a team."""

from sqlalchemy import select

from endi_ext.tenders import queries
from endi_ext.tenders.models import Tender
from tests.builders import a_party

from .builders import a_tender


def test_a_tender_is_seen_by_its_team_and_by_nobody_else(either_session):
    lead, friend, stranger = (a_party(either_session, name) for name in ("Lac", "Trait", "Autre"))
    tender = a_tender(either_session, lead, [friend])
    assert [lot.key for lot in tender.lots] == ["LOT-0001", "LOT-0002"]
    assert queries.of_party(either_session, lead) == queries.of_party(either_session, friend) == [tender]
    assert queries.of_party(either_session, stranger) == []
    assert either_session.execute(select(Tender)).scalars().one().cpv == []
