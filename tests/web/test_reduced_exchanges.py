"""An exchange part of which was taken back, as accountants read it."""

from endi_ext.exchanges import reductions
from endi_ext.exchanges.models import Exchange
from endi_ext.ledger import service as ledger


def test_the_entry_that_takes_a_part_back_is_among_those_of_its_exchange(as_user, books, dealings, an_act):
    exchange, act = books.get(Exchange, dealings.exchange), an_act("odile")
    facts = {"amount_cents": 100, "reason": "Une vis de moins.", "on": act.today}
    made = reductions.reduce(books, exchange, request_key="r-1", act=act, **facts)
    entry_id = ledger.entry_of(books, reductions.source_of(made.request_key)).id
    books.commit()
    page = as_user("odile").get(f"/exchanges/{dealings.exchange}")
    assert f"/exchanges/entries/{entry_id}" in page.text
