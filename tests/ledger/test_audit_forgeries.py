"""What verify finds of certificates put in each other's place, and of rows that hang on nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from endi_ext.ledger import audit, seals
from endi_ext.ledger import service as ledger
from endi_ext.ledger.models import Account, Period
from tests.builders import an_act
from tests.ledger.books import a_book
from tests.ledger.raw import insert_entry, run


@pytest.fixture
def closed(session, tmp_path):
    """Two closed months, September before a checkpoint and October after it; the checkpoint's document."""
    seals.keep_key_at(tmp_path / "key.pem")
    a_book(session, 12, since=75)
    ledger.close_period(session, ledger.period_of(session, date(2026, 9, 1)), an_act())
    document = ledger.sign_checkpoint(session, an_act()).document
    a_book(session, 3)
    ledger.close_period(session, ledger.period_of(session, date(2026, 10, 1)), an_act())
    assert audit.verify(session, checkpoint=document, only_since=True).sound
    yield document
    seals.keep_key_at(None)


def breaks(session, document=None):
    """The code of the first break, of the whole book or of what follows a checkpoint."""
    session.flush()
    return audit.verify(session, checkpoint=document, only_since=document is not None).breaks[0][0]


def periods(session):
    found = session.execute(select(Period).where(Period.state == "closed").order_by(Period.starts_on))
    return found.scalars().all()


def test_a_certificate_changed_to_precede_a_checkpoint_is_found_from_there(session, closed):
    october = periods(session)[1]
    october.certificate = october.certificate.replace('"sequence":15', '"sequence":0')
    assert breaks(session, closed) == "certificate_not_genuine"


def test_certificates_of_two_months_put_in_each_others_place_are_found(session, closed):
    september, october = periods(session)
    september.certificate, october.certificate = october.certificate, september.certificate
    assert breaks(session, closed) == breaks(session) == "certificate_differs"


def test_a_closed_month_without_its_certificate_is_found(session, closed):
    periods(session)[1].certificate = None
    assert breaks(session, closed) == breaks(session) == "certificate_not_genuine"


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("snapshot", "2, 0, 5", "snapshot_differs"),
        ("day_total", "'2026-10-10', 0, 5", "account_total_differs"),
        ("account_total", "0, 5", "account_total_differs"),
    ],
)
@pytest.mark.parametrize("account", [0, 901, 999], ids=["before", "between", "after"])
def test_totals_of_an_account_that_is_not_there_are_found(session, account, table, values, code):
    parties = a_book(session, 2)
    for key in (900, 902):
        session.add(Account(id=key, number=str(key), party_id=parties[0].id, label=""))
    session.flush()
    run(session.connection(), "PRAGMA defer_foreign_keys = ON")
    run(session.connection(), f"INSERT INTO endi_ext_{table} VALUES ({account}, {values})")
    assert breaks(session) == code


def test_an_entry_before_the_first_is_found(session):
    a_book(session, 2)
    run(session.connection(), "PRAGMA defer_foreign_keys = ON")
    insert_entry(session.connection(), 0, number=900)
    assert audit.verify(session).breaks[0] == ("entry_missing", {"sequence": 0})
