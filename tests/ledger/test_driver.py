"""Statements given to the driver: together or one by one, they say and answer the same."""

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError

from endi_ext.ledger.driver import Driver

OPEN = "INSERT INTO endi_ext_journal (code, label) VALUES (?, ?)"
FOUND = "SELECT code, label FROM endi_ext_journal WHERE code = ?"


def said(driver, sql):
    return sql if driver.sqlite else sql.replace("?", "%s")


def test_what_is_said_together_is_answered_in_its_order(connection):
    driver = Driver(connection)
    driver.insert(said(driver, OPEN), [("AA", "100 %; %s"), ("BB", "l'été \\' \\")])
    asked = [driver.ask(said(driver, FOUND), code) for code in ("BB", "none", "AA")]
    assert [[tuple(row) for row in one.rows()] for one in asked] == [
        [("BB", "l'été \\' \\")],
        [],
        [("AA", "100 %; %s")],
    ]
    assert (asked[0].value(), asked[1].value(), asked[1].first()) == ("BB", None, None)


def test_many_rows_go_by_themselves_in_the_same_words(connection):
    driver = Driver(connection)
    driver.insert(said(driver, OPEN), [(f"J{number}", f"l'été {number} %") for number in range(1_300)])
    assert driver.ask(said(driver, FOUND), "J1299").rows()[0][1] == "l'été 1299 %"
    with pytest.raises(IntegrityError):
        driver.insert(said(driver, OPEN), [(f"J{number}", "") for number in range(1_400, 1_000, -1)])


def test_rows_too_long_for_one_statement_go_in_several(mariadb_engine):
    with mariadb_engine.connect() as connection:
        connection.exec_driver_sql("CREATE TEMPORARY TABLE long_ones (id INT, label TEXT)")
        driver = Driver(connection)
        rows = [(number, f"{number}{'é' * 700}") for number in range(1_000)]
        driver.insert("INSERT INTO long_ones (id, label) VALUES (%s, %s)", rows)
        assert list(driver.ask("SELECT id, label FROM long_ones ORDER BY id").rows()) == rows
        assert driver.ask("SHOW SESSION STATUS LIKE 'Com_insert'").first()[1] == "2"


def test_nothing_after_an_error_is_said_and_the_error_is_that_of_sqlalchemy(connection):
    driver = Driver(connection)
    for code in ("AA", "AA", "BB"):
        driver.ask(said(driver, OPEN), code, "Achats")
    with pytest.raises(IntegrityError) as refused:
        driver.send()
    assert "endi_ext_journal" in refused.value.statement
    assert [driver.ask(said(driver, FOUND), code).first() is None for code in ("AA", "BB")] == [False, True]


def test_whoever_listens_hears_each_statement(connection):
    heard = []
    event.listen(connection, "before_cursor_execute", lambda *told: heard.append(told[2]))
    driver = Driver(connection)
    driver.ask(said(driver, OPEN), "AA", "Achats")
    assert tuple(driver.ask(said(driver, FOUND), "AA").first()) == ("AA", "Achats")
    assert heard == [said(driver, OPEN), said(driver, FOUND)]


def test_a_server_that_takes_one_statement_at_a_time_is_told_them_so(mariadb_engine):
    alone = create_engine(mariadb_engine.url, future=True, connect_args={"multi_statements": False})
    with alone.connect() as connection:
        driver = Driver(connection)
        driver.ask(said(driver, OPEN), "AA", "Achats")
        assert tuple(driver.ask(said(driver, FOUND), "AA").first()) == ("AA", "Achats")
    alone.dispose()


def test_a_connection_lost_between_two_statements_is_let_go(mariadb_engine):
    with mariadb_engine.connect() as connection:
        driver = Driver(connection)
        driver.ask("SELECT 1")
        driver.ask("KILL CONNECTION_ID()")
        driver.ask("SELECT 2")
        with pytest.raises(OperationalError) as lost:
            driver.send()
        assert lost.value.connection_invalidated
        connection.rollback()
        assert Driver(connection).ask("SELECT 3").value() == 3
