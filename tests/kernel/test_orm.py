"""What a column becomes in each database."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import make_url

from endi_ext.kernel.orm import Instant, Json, LongText, exact

SQLITE, MYSQL, MARIADB = (make_url(url).get_dialect()() for url in ("sqlite://", "mysql://", "mariadb://"))


@pytest.mark.parametrize("server", [MYSQL, MARIADB], ids=["mysql", "maria"])
def test_a_server_compares_byte_by_byte_holds_long_texts_and_microseconds(server):
    assert exact(60).compile(dialect=server) == "VARCHAR(60) COLLATE utf8mb4_bin"
    assert LongText().compile(dialect=server) == "MEDIUMTEXT"
    assert Instant().compile(dialect=server) == "DATETIME(6)"


def test_sqlite_does_so_by_itself():
    assert [kind.compile(dialect=SQLITE) for kind in (exact(60), LongText(), Instant())] == [
        "VARCHAR(60)",
        "TEXT",
        "DATETIME",
    ]


def test_an_instant_is_kept_in_utc_whatever_zone_it_was_said_in_and_the_computer_is_in(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    said = datetime(2026, 7, 14, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    kept = Instant().process_bind_param(said, SQLITE)
    assert kept == datetime(2026, 7, 14, 10, 30)
    monkeypatch.undo()
    time.tzset()
    assert Instant().process_result_value(kept, SQLITE) == said
    assert Instant().process_result_value(kept, SQLITE).tzinfo is UTC
    assert Instant().process_bind_param(None, SQLITE) is Instant().process_result_value(None, SQLITE) is None


def test_facts_are_kept_as_the_same_text_in_whatever_order_they_were_said():
    text = '{"nom":"Été","parts":[1,2]}'
    assert Json().process_bind_param({"parts": [1, 2], "nom": "Été"}, SQLITE) == text
    assert Json().process_result_value(text, SQLITE) == {"nom": "Été", "parts": [1, 2]}
    assert Json().process_bind_param(None, SQLITE) is Json().process_result_value(None, SQLITE) is None
