"""What the database itself refuses, whoever writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .builders import a_delivery, an_agreement

REFUSED = {
    "more delivered than agreed": "UPDATE endi_ext_subcontract_line SET delivered_thousandths = 10001",
    "more accepted than delivered": "UPDATE endi_ext_subcontract_line SET accepted_thousandths = 4001",
    "a line worth more than its total": "UPDATE endi_ext_subcontract_line SET delivered_cents = 45001",
    "less than nothing delivered": "UPDATE endi_ext_subcontract_line SET delivered_cents = -1",
    "a free line": "UPDATE endi_ext_subcontract_line SET unit_price_cents = 0",
    "a line of nothing": "UPDATE endi_ext_subcontract_line SET quantity_thousandths = 0",
    "a version of less than nothing": "UPDATE endi_ext_subcontract_version SET total_cents = -1",
    "less than nothing accepted": "UPDATE endi_ext_subcontract SET accepted_cents = -1",
    "a subcontract with oneself": "UPDATE endi_ext_subcontract SET seller_id = buyer_id",
    "an unknown state": "UPDATE endi_ext_subcontract SET state = 'lost'",
    "an unknown state of a delivery": "UPDATE endi_ext_delivery SET state = 'lost'",
    "a free delivery": "UPDATE endi_ext_delivery SET net_cents = 0",
    "a free part": "UPDATE endi_ext_delivery_line SET net_cents = 0",
    "a part of nothing": "UPDATE endi_ext_delivery_line SET quantity_thousandths = 0",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(either_session, statement):
    a_delivery(either_session, an_agreement(either_session), 4000)
    either_session.flush()
    with pytest.raises(DBAPIError):
        either_session.execute(text(statement))
