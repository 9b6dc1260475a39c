from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound

from endi_ext.kernel.parties import COOPERATIVE, Party, PartyFacts, by_host_key, cooperative, keep_in_step
from tests.builders import a_cooperative, a_party

BOIS = PartyFacts("company:12", "Atelier Bois", "BOIS", "Menuiserie", "bois@example.com", 1000, "user:4")


def test_a_party_the_host_knows_is_created(either_session):
    assert keep_in_step(either_session, [BOIS]) == 1
    party = by_host_key(either_session, "company:12")
    assert {name: getattr(party, name) for name in vars(BOIS)} == vars(BOIS)
    assert party.host_id == 12


def test_nothing_changes_the_second_time(either_session):
    keep_in_step(either_session, [BOIS])
    assert keep_in_step(either_session, [BOIS]) == 0


def test_each_party_created_or_changed_is_counted(session):
    lac, rive = replace(BOIS, host_key="company:13"), replace(BOIS, host_key="company:14")
    assert keep_in_step(session, [BOIS, lac]) == 2
    renamed = [replace(one, name="Bois du Lac") for one in (BOIS, lac)]
    assert keep_in_step(session, [rive, *renamed]) == 3
    assert {party.name for party in session.execute(select(Party)).scalars()} == {"Bois du Lac", rive.name}


@pytest.mark.parametrize(
    "change",
    [{"name": "Bois du Lac"}, {"analytic_code": "LAC"}, {"active": False}, {"contribution_rate_bp": None}],
    ids=lambda change: next(iter(change)),
)
def test_what_the_host_changed_is_followed(session, change):
    keep_in_step(session, [BOIS])
    party = by_host_key(session, "company:12")
    assert keep_in_step(session, [replace(BOIS, **change)]) == 1
    assert {name: getattr(party, name) for name in change} == change
    assert session.execute(select(Party)).scalars().all() == [party]


def test_a_party_the_host_forgot_stays(session):
    keep_in_step(session, [BOIS])
    assert keep_in_step(session, []) == 0
    assert by_host_key(session, "company:12").active


def test_an_unknown_key_is_nobody(session):
    a_party(session)
    assert by_host_key(session, "company:0") is None


def test_the_cooperative_is_found_among_its_parties(session):
    with pytest.raises(NoResultFound):
        cooperative(session)
    a_party(session)
    found = a_cooperative(session)
    assert (cooperative(session), found.kind) == (found, COOPERATIVE)


def test_a_host_key_names_one_party(either_session):
    a_party(either_session, host_key="company:7")
    with pytest.raises(IntegrityError), either_session.begin_nested():
        a_party(either_session, host_key="company:7")
