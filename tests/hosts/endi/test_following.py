"""Parties follow companies whoever writes them: the host's pages, its models, its configuration."""

import pytest
import transaction
from sqlalchemy import select

from endi_ext.kernel.parties import Party


def test_a_company_created_by_the_hosts_own_service_is_a_party(hosted):
    marc = hosted.browser("marc")
    facts = {"name": "Brasserie du Cirque", "goal": "Bière", "email": "biere@passerelles.example"}
    created = marc.post_json("/api/v1/companies", {**facts, "code_compta": "BIERE"})
    party = hosted.party(created.json["id"])
    assert (party.name, party.trade, party.email) == (facts["name"], facts["goal"], facts["email"])


def test_what_the_host_rolls_back_leaves_no_party(hosted):
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company

    transaction.begin()
    DBSESSION().add(Company(name="Jamais née"))
    DBSESSION().flush()
    transaction.abort()
    assert named(hosted, "Jamais née") == []


def test_a_deleted_company_leaves_an_inactive_party(hosted):
    from caerp.models.base import DBSESSION
    from caerp.models.company import Company

    company_id = hosted.add_company(name="Vite fermée")
    with transaction.manager:
        DBSESSION().delete(Company.get(company_id))
    (party,) = named(hosted, "Vite fermée")
    assert not party.active


@pytest.mark.parametrize(("percentage", "rate_bp"), [(5, 500), (4.35, 435), (0, 0), (None, None)])
def test_the_internal_contribution_of_a_company_is_its_rate(hosted, percentage, rate_bp):
    company_id = hosted.add_company(name=f"Taux {percentage}")
    hosted.change_company(company_id, internalcontribution=percentage, contribution=9)
    assert hosted.party(company_id).contribution_rate_bp == rate_bp


def test_a_party_follows_the_change_of_its_adviser(hosted):
    with hosted.request_of("marc") as request:
        marc = request.identity.id
    company_id = hosted.add_company(name="Suivie par Marc")
    hosted.change_company(company_id, follower_id=marc)
    assert hosted.party(company_id).follower_key == f"user:{marc}"
    hosted.change_company(company_id, follower_id=None)
    assert hosted.party(company_id).follower_key is None


def test_a_company_longer_than_our_columns_or_without_a_name_is_still_a_party(hosted):
    company_id = hosted.add_company(name="N" * 255, goal="O" * 255)
    party = hosted.party(company_id)
    assert (len(party.name), len(party.trade)) == (190, 190)


def test_the_cooperative_follows_the_hosts_configuration(hosted):
    from caerp.models.config import Config

    from endi_ext.hosts.demo.people import COOPERATIVE_CODE

    for code in ("SIEGE", COOPERATIVE_CODE):
        with transaction.manager:
            Config.set("internalnumero_analytique", code)
        with hosted.session() as session:
            found = session.execute(select(Party).where(Party.host_key == "cooperative:0")).scalars().one()
        assert found.analytic_code == code


def test_bulk_commands_that_silence_the_host_silence_us_and_the_next_reading_catches_up(hosted):
    from caerp.models.listeners import SQLAListeners

    SQLAListeners.stop_listening()
    company_id = hosted.add_company(name="Écrite en silence")
    SQLAListeners.start_listening()
    assert named(hosted, "Écrite en silence") == []
    with hosted.session() as session:
        assert hosted.host.directory.sync(session) == 1
        session.commit()
    assert hosted.party(company_id).name == "Écrite en silence"


def named(hosted, name):
    with hosted.session() as session:
        found = list(session.execute(select(Party).where(Party.name == name)).scalars())
        session.expunge_all()
        return found
