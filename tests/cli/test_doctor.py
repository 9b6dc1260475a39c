"""`endi-ext doctor` names each thing missing, on SQLite and on MariaDB."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from endi_ext import doctor, installation, migrations
from endi_ext.cli import main
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import service as ledger
from tests.builders import a_cooperative, a_draft, a_party, an_act
from tests.cli.inis import an_ini, url_of
from tests.mariadb import Server, free_port


@pytest.fixture
def books(engine):
    """A sound installation's database: the cooperative, two parties and an entry between them."""
    with Session(engine, future=True) as session, session.begin():
        a_cooperative(session)
        ledger.post(session, a_draft(a_party(session).id, a_party(session).id), an_act())
    return engine


def examined(ini):
    """The lines of doctor that are not in order."""
    return [str(finding) for finding in doctor.examine(installation.read(ini)) if not finding.sound]


def the_only_problem(ini):
    (problem,) = examined(ini)
    return problem


def change(engine, statement):
    with engine.begin() as connection:
        connection.execute(text(statement))


def test_a_sound_installation_has_nothing_to_correct(books, tmp_path):
    outcome = CliRunner().invoke(main, ["-c", str(an_ini(tmp_path, url_of(books))), "doctor"])
    assert outcome.exit_code == 0, outcome.output
    assert all(line.startswith("ok ") for line in outcome.output.splitlines())


def test_whatever_is_wrong_the_exit_status_says_so(empty_engine, tmp_path):
    outcome = CliRunner().invoke(main, ["-c", str(an_ini(tmp_path, url_of(empty_engine))), "doctor"])
    assert outcome.exit_code == 1
    assert "1 point(s) à corriger." in outcome.output


def test_it_names_missing_tables(empty_engine, tmp_path):
    assert "tables : absentes" in the_only_problem(an_ini(tmp_path, url_of(empty_engine)))


def test_it_names_an_old_schema(empty_engine, tmp_path):
    migrations.upgrade(empty_engine, "0001")
    # As it was written then: our models have more columns now.
    change(
        empty_engine,
        "INSERT INTO endi_ext_party (id, host_key, kind, name, analytic_code, trade, email, active)"
        " VALUES (1, 'cooperative:0', 'cooperative', 'Coopérative', 'CAE', '', '', 1)",
    )
    problem = the_only_problem(an_ini(tmp_path, url_of(empty_engine)))
    assert f"version 0001, ce programme attend {migrations.head()}" in problem


def test_it_names_a_schema_from_the_future(books, tmp_path):
    change(books, f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'")
    assert "version 9999 inconnue" in the_only_problem(an_ini(tmp_path, url_of(books)))


@pytest.mark.parametrize(
    "trigger",
    ["endi_ext_line_is_not_updated", "endi_ext_seal_closes_a_sound_entry", "endi_ext_entry_is_not_deleted"],
)
def test_it_names_the_trigger_that_is_gone(books, tmp_path, trigger):
    change(books, f"DROP TRIGGER {trigger}")
    problem = the_only_problem(an_ini(tmp_path, url_of(books)))
    assert problem.startswith("NON  déclencheurs")
    assert problem.endswith(trigger)


def test_it_names_an_entry_without_seal(books, tmp_path):
    change(books, "DROP TRIGGER endi_ext_seal_is_not_deleted")
    change(books, "DELETE FROM endi_ext_seal")
    problems = examined(an_ini(tmp_path, url_of(books)))
    assert any("1 écriture(s) sans sceau" in problem for problem in problems)


def test_it_names_parties_without_analytic_code_and_only_those_that_trade(books, tmp_path):
    with Session(books, future=True) as session, session.begin():
        a_party(session, "Menuiserie du Lac", analytic_code="")
        a_party(session, "Fermée depuis", analytic_code="", active=False)
    problem = the_only_problem(an_ini(tmp_path, url_of(books)))
    assert problem.endswith("1 enseigne(s) sans code analytique : Menuiserie du Lac")


def test_it_says_when_the_directory_was_never_read(engine, tmp_path):
    assert "lancez endi-ext -c INI sync" in the_only_problem(an_ini(tmp_path, url_of(engine)))


def test_it_names_a_signing_key_that_others_can_read(books, tmp_path):
    ini = an_ini(tmp_path, url_of(books))
    key = tmp_path / "var" / "endi_ext_signing.pem"
    key.parent.mkdir()
    key.write_text("a key")
    key.chmod(0o640)
    assert f"chmod 600 {key}" in the_only_problem(ini)


def test_it_names_a_plugin_that_is_not_switched_on(books, tmp_path):
    assert "ajoutez endi_ext à demo.includes" in the_only_problem(
        an_ini(tmp_path, url_of(books), includes="")
    )


def test_it_names_a_host_version_it_was_not_tried_with(books, tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "version", lambda _package: "2025.1.3")
    problem = the_only_problem(an_ini(tmp_path, url_of(books), use="egg:endi"))
    assert "enDI 2025.1.3 n'est pas prise en charge" in problem


def test_it_names_a_broker_that_does_not_answer(books, tmp_path):
    port = free_port()
    ini = an_ini(tmp_path, url_of(books), more=f"[celery]\nbroker_url = redis://127.0.0.1:{port}/0\n")
    assert f"127.0.0.1:{port}) ne répond pas" in the_only_problem(ini)


def test_it_names_a_database_that_does_not_answer_and_hides_the_password(tmp_path):
    url = f"mysql://somebody:secret@127.0.0.1:{free_port()}/nowhere"
    problem = the_only_problem(an_ini(tmp_path, url))
    assert "ne répond pas" in problem
    assert "secret" not in problem


def test_it_names_the_missing_trigger_privilege(mariadb, tmp_path):
    url = make_url(mariadb.new_database())
    mariadb.execute("CREATE OR REPLACE USER plain@'127.0.0.1' IDENTIFIED BY 'plain'")
    mariadb.execute(
        f"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, INDEX ON {url.database}.* TO plain@'127.0.0.1'"
    )
    ini = an_ini(tmp_path, url.set(username="plain", password="plain").render_as_string(hide_password=False))
    assert f"GRANT TRIGGER ON `{url.database}`.*" in examined(ini)[0]


def test_a_grant_on_all_databases_of_a_pattern_is_enough(mariadb, tmp_path):
    url = make_url(mariadb.new_database())
    mariadb.execute("CREATE OR REPLACE USER pattern@'127.0.0.1' IDENTIFIED BY 'pattern'")
    mariadb.execute("GRANT SELECT, TRIGGER ON `endi\\_ext\\_test%`.* TO pattern@'127.0.0.1'")
    ini = an_ini(
        tmp_path, url.set(username="pattern", password="pattern").render_as_string(hide_password=False)
    )
    assert "tables : absentes" in the_only_problem(ini)


def test_it_names_an_isolation_that_refuses_to_wait(tmp_path, mariadb):
    ini = an_ini(tmp_path, mariadb.new_database())
    assert not any("innodb_snapshot_isolation" in line for line in examined(ini))
    mariadb.execute("SET GLOBAL innodb_snapshot_isolation = ON")
    try:
        assert any("SET GLOBAL innodb_snapshot_isolation = OFF" in line for line in examined(ini))
    finally:
        mariadb.execute("SET GLOBAL innodb_snapshot_isolation = OFF")


def test_it_names_a_binary_log_that_forbids_triggers(tmp_path):
    server = Server.start(tmp_path, f"--log-bin={tmp_path}/binary", "--server-id=1")
    try:
        url = make_url(server.new_database())
        server.execute("CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'plain'")
        server.execute(f"GRANT ALL ON {url.database}.* TO plain@'127.0.0.1'")
        plain = url.set(username="plain", password="plain").render_as_string(hide_password=False)
        assert "log_bin_trust_function_creators" in examined(an_ini(tmp_path, plain))[0]
        assert cannot_upgrade(plain)
        server.execute("GRANT SUPER ON *.* TO plain@'127.0.0.1'")
        migrations.upgrade(make_engine(plain, pooled=False))
    finally:
        server.stop()


def cannot_upgrade(url):
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError, match="SUPER"):
        migrations.upgrade(make_engine(url, pooled=False))
    return True
