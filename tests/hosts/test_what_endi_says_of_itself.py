"""What the configuration of enDI says of the cooperative, read without enDI."""

import pytest
from sqlalchemy import create_engine, text

from endi_ext.hosts.endi import directory


@pytest.fixture
def connection():
    """A database with the host's table of choices."""
    engine = create_engine("sqlite://", future=True)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE config (name TEXT, value TEXT)"))
        yield connection
    engine.dispose()


def choose(connection, **values):
    for name, value in values.items():
        connection.execute(text("INSERT INTO config VALUES (:name, :value)"), {"name": name, "value": value})


def test_the_identity_of_the_cooperative_is_that_of_its_page(connection):
    choose(
        connection,
        cae_business_name="CAE Démo",
        cae_legal_status="SARL SCOP",
        cae_address="12 rue Haute\nBâtiment B",
        cae_zipcode="74000",
        cae_city=" Annecy ",
        cae_business_identification="732 829 320 00074",
        cae_tel="",
        cae_cgv="Nos conditions",
    )
    assert directory.identity_of(connection) == {
        "name": "CAE Démo",
        "legal_form": "SARL SCOP",
        "address": "12 rue Haute\nBâtiment B",
        "postcode": "74000",
        "city": "Annecy",
        "siret": "73282932000074",
    }


def test_a_host_that_was_told_nothing_knows_nothing(connection):
    assert directory.identity_of(connection) == {}
