"""What a party and an accountant read, page by page, and nothing of others."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from endi_ext.exchanges import queries
from endi_ext.exchanges import service as exchanges
from endi_ext.exchanges.models import OPEN, SETTLED
from tests.builders import a_party, an_act
from tests.exchanges.makers import ON, an_exchange, settled


@pytest.fixture
def noise(world):
    """Two others deal with each other; none of it may appear."""
    one, other = a_party(world.session), a_party(world.session)
    world.noise = an_exchange(world, seller_id=one.id, buyer_id=other.id)
    return world


def pages(ask, **options):
    """Return the ids page by page, forwards; and check that the way back shows the same pages."""
    page, found, back = ask(**options), [], []
    while True:
        found.append([row.id for row in page.rows])
        if page.next_cursor is None:
            break
        page = ask(cursor=page.next_cursor, **options)
    while page.previous_cursor is not None:
        page = ask(cursor=page.previous_cursor, **options)
        back.append([row.id for row in page.rows])
    assert back == found[-2::-1]
    return found


def test_an_exchange_is_found_by_its_parties_only(noise):
    exchange = an_exchange(noise)
    for party in (noise.seller, noise.buyer):
        assert queries.exchange_of(noise.session, exchange.id, party_id=party.id) is exchange
        assert queries.exchange_of(noise.session, noise.noise.id, party_id=party.id) is None
    assert queries.exchange_of(noise.session, noise.noise.id) is noise.noise
    assert queries.exchange_of(noise.session, 10**9) is None


@pytest.mark.parametrize("size", [1, 2, 3, 4, 50])
def test_a_party_reads_what_it_sold_and_bought_newest_first(noise, size):
    days = [3, 1, 2, 2, 2, 5]
    both = [(noise.seller.id, noise.buyer.id), (noise.buyer.id, noise.seller.id)]
    made = [
        an_exchange(
            noise, seller_id=both[n % 2][0], buyer_id=both[n % 2][1], accepted_on=ON + timedelta(days=day)
        )
        for n, day in enumerate(days)
    ]
    expected = [one.id for one in sorted(made, key=lambda one: (one.accepted_on, one.id), reverse=True)]
    found = pages(lambda **more: queries.of_party(noise.session, noise.seller.id, size=size, **more))
    assert [row for page in found for row in page] == expected
    assert all(len(page) == size for page in found[:-1])


def test_the_filters_of_a_party_s_exchanges(noise):
    third = a_party(noise.session)
    sold = an_exchange(noise)
    bought = an_exchange(noise, seller_id=noise.buyer.id, buyer_id=noise.seller.id)
    elsewhere = an_exchange(noise, buyer_id=third.id, accepted_on=date(2026, 12, 1))
    paid = an_exchange(noise, accepted_on=date(2026, 10, 1))
    settled(noise, paid)

    def ids(**filters):
        return {row.id for row in queries.of_party(noise.session, noise.seller.id, **filters).rows}

    assert ids() == {sold.id, bought.id, elsewhere.id, paid.id}
    assert ids(role=queries.SELLER) == {sold.id, elsewhere.id, paid.id}
    assert ids(role=queries.BUYER) == {bought.id}
    assert ids(states=[SETTLED]) == {paid.id}
    assert ids(states=[OPEN]) == {sold.id, bought.id, elsewhere.id}
    assert ids(partner_id=third.id) == {elsewhere.id}
    assert ids(since=ON) == {sold.id, bought.id, elsewhere.id}
    assert ids(until=ON) == {sold.id, bought.id, paid.id}
    assert ids(partner_id=noise.noise.seller_id) == set()


@pytest.mark.parametrize(
    "cursor", ["", "x", "n", "nope", "n2026-11-02", "n2026-99-02_1", "p_", "n2026-11-02_x"]
)
def test_a_damaged_cursor_shows_the_first_page(world, cursor):
    exchange = an_exchange(world)
    assert queries.of_party(world.session, world.seller.id, cursor=cursor).rows == [exchange]


def test_an_accountant_reads_what_is_to_be_settled_the_longest_due_first(noise):
    late = an_exchange(noise, due_on=date(2026, 11, 3))
    part = an_exchange(noise, due_on=date(2026, 11, 10))
    settled(noise, part, 1)
    cancelled, paid = an_exchange(noise), an_exchange(noise)
    exchanges.reverse(noise.session, cancelled, reason="Erreur", on=ON, act=an_act())
    settled(noise, paid)
    expected = [late.id, part.id, noise.noise.id]
    for size in (1, 2, 50):
        found = pages(lambda **more: queries.open_exchanges(noise.session, **more), size=size)
        assert [row for page in found for row in page] == expected
    of_seller = queries.open_exchanges(noise.session, party_id=noise.seller.id).rows
    assert [row.id for row in of_seller] == [late.id, part.id]
    due = queries.open_exchanges(noise.session, due_until=date(2026, 11, 9)).rows
    assert [row.id for row in due] == [late.id]


def test_the_balance_with_each_partner(noise):
    third = a_party(noise.session, "Zoé Peinture")
    settled(noise, an_exchange(noise, net_cents=95_000), 20_000)
    an_exchange(noise, net_cents=5_000, seller_id=noise.buyer.id, buyer_id=noise.seller.id)
    an_exchange(noise, net_cents=700, buyer_id=third.id)
    settled(noise, an_exchange(noise, net_cents=700, buyer_id=third.id))
    found = queries.partner_balances(noise.session, noise.seller.id)
    assert [
        (*one.partner, one.owed_to_us_cents, one.owed_by_us_cents, one.balance_cents) for one in found
    ] == [
        (noise.buyer.id, noise.buyer.name, 75_000, 5_000, 70_000),
        (third.id, third.name, 700, 0, 700),
    ]
    (only,) = queries.partner_balances(noise.session, noise.seller.id, partner_id=third.id)
    assert only.partner == (third.id, third.name)
    assert queries.partner_balances(noise.session, noise.cooperative.id) == []


def test_a_page_is_read_in_as_many_queries_however_many_rows_it_has(world):
    counts = []
    for _ in range(2):
        for _ in range(4):
            an_exchange(world)
        world.session.expire_all()
        with counting(world.session) as queries_sent:
            for row in queries.of_party(world.session, world.seller.id).rows:
                assert row.seller.name
                assert row.buyer.name
        counts.append(len(queries_sent))
    assert counts[0] == counts[1]


class counting:  # noqa: N801 - used as a verb
    def __init__(self, session):
        self.bind, self.sent = session.get_bind(), []

    def note(self, _connection, _cursor, statement, *_):
        self.sent.append(statement)

    def __enter__(self):
        event.listen(self.bind, "before_cursor_execute", self.note)
        return self.sent

    def __exit__(self, *_):
        event.remove(self.bind, "before_cursor_execute", self.note)


def plan(connection, statement):
    if connection.dialect.name == "sqlite":
        return " ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))
    return " ".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN {statement}"))


def test_a_balance_is_read_from_an_index_that_holds_all_it_needs(connection):
    statement = (
        "SELECT buyer_id, SUM(net_cents - settled_cents) FROM endi_ext_exchange "
        "WHERE seller_id = 1 AND state IN ('open', 'partly_settled') GROUP BY buyer_id"
    )
    said = plan(connection, statement)
    assert "ix_endi_ext_exchange_owed" in said
    assert "COVERING INDEX" in said or "Using index" in said


def test_a_page_of_a_party_is_read_along_its_index(connection):
    statement = (
        "SELECT * FROM endi_ext_exchange WHERE seller_id = 1 "
        "AND (accepted_on < '2026-11-02' OR (accepted_on = '2026-11-02' AND id < 5)) "
        "ORDER BY accepted_on DESC, id DESC LIMIT 51"
    )
    said = plan(connection, statement)
    assert "ix_endi_ext_exchange_seller" in said
    assert "TEMP B-TREE" not in said
    assert "filesort" not in said
