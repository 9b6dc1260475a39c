"""The command `endi-ext`: what it answers, where, and with which exit status."""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from endi_ext import installation, migrations
from endi_ext.cli import main
from endi_ext.installation import writing
from endi_ext.kernel.engine import make_engine
from endi_ext.ledger import verifications
from tests.builders import a_party
from tests.cli.inis import an_ini

COMMAND = Path(sys.executable).parent / "endi-ext"


def run_alone(*arguments):
    """Run the command in a process of its own, as an administrator does: it takes a second to start."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


def run(*arguments):
    """Run it here, and say the same of it."""
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments], prog_name="endi-ext")
    return SimpleNamespace(returncode=ended.value.code, stdout=said.getvalue(), stderr=complained.getvalue())


@pytest.fixture
def ini(tmp_path):
    return an_ini(tmp_path, f"sqlite:///{tmp_path}/books.sqlite")


def test_upgrade_makes_the_tables_and_reads_the_directory(ini, tmp_path):
    outcome = run_alone("-c", ini, "upgrade")
    assert outcome.returncode == 0, outcome.stderr
    assert f"version {migrations.head()}" in outcome.stdout
    assert "Annuaire relu : 1 enseigne(s)" in outcome.stdout
    with make_engine(f"sqlite:///{tmp_path}/books.sqlite").connect() as connection:
        assert migrations.problem(connection) is None


def test_upgrade_twice_changes_nothing_more(installed, ini):
    assert "Annuaire relu : 0 enseigne(s)" in run("-c", ini, "upgrade").stdout


def test_downgrade_leaves_nothing_of_ours(installed, ini, tmp_path):
    assert run("-c", ini, "downgrade", "--yes").returncode == 0
    with make_engine(f"sqlite:///{tmp_path}/books.sqlite").connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert not [name for name in names if name.startswith("endi_ext_")]


def test_downgrade_asks_first(installed, ini):
    outcome = CliRunner().invoke(main, ["-c", str(ini), "downgrade"], input="n\n")
    assert outcome.exit_code == 1
    assert CliRunner().invoke(main, ["-c", str(ini), "sync"]).exit_code == 0


@pytest.mark.parametrize("command", ["verify", "sync"])
def test_without_tables_a_command_says_which_one_to_run(ini, command):
    outcome = run_alone("-c", ini, command)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.splitlines() == [
        "Les tables d'endi_ext manquent ou ne sont pas à jour : lancez endi-ext -c app.ini upgrade."
    ]


def test_a_missing_ini_is_one_sentence_on_stderr(tmp_path):
    outcome = run("-c", tmp_path / "none.ini", "doctor")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert len(outcome.stderr.splitlines()) == 1
    assert "introuvable" in outcome.stderr


def test_an_ini_without_database_is_refused(tmp_path):
    (tmp_path / "app.ini").write_text("[app:main]\nuse = egg:endi\n")
    outcome = run("-c", tmp_path / "app.ini", "upgrade")
    assert outcome.returncode == 1
    assert "sqlalchemy.url" in outcome.stderr


def test_a_database_that_refuses_is_one_sentence(tmp_path):
    outcome = run("-c", an_ini(tmp_path, "mysql://nobody:secret@127.0.0.1:1/none"), "upgrade")
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("La base de données refuse : ")
    assert "secret" not in outcome.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_each_command_has_its_help(command):
    outcome = CliRunner().invoke(main, [command, "--help"])
    assert outcome.exit_code == 0
    assert main.commands[command].help


def test_help_needs_no_web_framework():
    code = "import sys; from endi_ext.cli import main; main(['--help'], standalone_mode=False)"
    check = f"{code}; print([name for name in ('pyramid', 'sqlalchemy', 'rich') if name in sys.modules])"
    outcome = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert outcome.stdout.splitlines()[-1] == "[]"


@pytest.fixture
def books(installed, ini):
    """A database with our tables, two enseignes and the cooperative."""
    with writing(installation.read(ini)) as session:
        a_party(session, "Menuiserie du Lac", analytic_code="MENLAC")
        a_party(session, "Atelier Trait Juste", analytic_code="TRAITJ")
    return ini


HEADERS = "date;vendeur;acheteur;montant_ht;libelle;reference\n"


def a_file(folder, *rows):
    file = folder / "exchanges.csv"
    file.write_text(HEADERS + "".join(f"{row}\n" for row in rows))
    return file


def test_a_file_of_exchanges_is_imported_once(books, tmp_path):
    file = a_file(tmp_path, "12/11/2026;MENLAC;Atelier Trait Juste;1 234,50;Étagères;F-1")
    assert "1 échange(s) enregistrés, 0 déjà connu(s)" in run("-c", books, "import", "exchanges", file).stdout
    assert "0 échange(s) enregistrés, 1 déjà connu(s)" in run("-c", books, "import", "exchanges", file).stdout
    assert "sains : 1 écritures" in run("-c", books, "verify").stdout


def test_a_dry_run_records_nothing(books, tmp_path):
    file = a_file(tmp_path, "12/11/2026;MENLAC;TRAITJ;10,00;Étagères;F-1")
    assert (
        "1 échange(s) seraient enregistrés"
        in run("-c", books, "import", "exchanges", file, "--dry-run").stdout
    )
    assert "sains : 0 écritures" in run("-c", books, "verify").stdout


def test_refused_rows_are_named_by_line_and_column_and_nothing_is_recorded(books, tmp_path):
    rows = ["12/11/2026;MENLAC;TRAITJ;10,00;Étagères;F-1", "12/11/2026;MENLAC;TRAITJ;0,00;Étagères;F-2"]
    outcome = run("-c", books, "import", "exchanges", a_file(tmp_path, *rows))
    assert (outcome.returncode, outcome.stdout) == (1, "")
    first, last = outcome.stderr.splitlines()
    assert first.startswith("ligne 3, montant_ht : ")
    assert last == "Rien n'a été enregistré : 1 refus dans exchanges.csv."
    assert "sains : 0 écritures" in run("-c", books, "verify").stdout


def test_verify_names_the_first_break_and_fails(books, tmp_path):
    file = a_file(tmp_path, *(f"12/11/2026;MENLAC;TRAITJ;{n},00;Étagères;F-{n}" for n in (1, 2, 3)))
    run("-c", books, "import", "exchanges", file)
    tampered(books, "endi_ext_line_is_not_updated", "UPDATE endi_ext_line SET debit_cents = 999 WHERE id = 1")
    outcome = run("-c", books, "verify")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert len(outcome.stderr.splitlines()) == 1


def test_the_page_of_accountants_shows_what_the_command_found(books, tmp_path):
    run("-c", books, "import", "exchanges", a_file(tmp_path, "12/11/2026;MENLAC;TRAITJ;1,00;Étagères;F-1"))
    run("-c", books, "verify")
    with writing(installation.read(books)) as session:
        found, _at, by = verifications.last(session)
    assert (found.sound, found.entries) == (True, 1)
    assert by.endswith("(endi-ext)")
    tampered(books, "endi_ext_line_is_not_updated", "UPDATE endi_ext_line SET debit_cents = 999 WHERE id = 1")
    run("-c", books, "verify")
    with writing(installation.read(books)) as session:
        found, _at, _by = verifications.last(session)
    assert not found.sound


def test_a_checkpoint_shows_that_the_tail_was_cut_off(books, tmp_path):
    run("-c", books, "import", "exchanges", a_file(tmp_path, "12/11/2026;MENLAC;TRAITJ;1,00;Étagères;F-1"))
    before = (tmp_path / "books.sqlite").read_bytes()
    run("-c", books, "import", "exchanges", a_file(tmp_path, "12/11/2026;MENLAC;TRAITJ;2,00;Étagères;F-2"))
    assert run("-c", books, "checkpoint", "--out", tmp_path / "signed.json").returncode == 0
    assert run("-c", books, "verify", "--checkpoint", tmp_path / "signed.json").returncode == 0
    (tmp_path / "books.sqlite").write_bytes(before)  # the file of the day before, sound in itself
    assert run("-c", books, "verify").returncode == 0
    assert run("-c", books, "verify", "--checkpoint", tmp_path / "signed.json").returncode == 1


def test_a_checkpoint_never_replaces_another(books, tmp_path):
    out = tmp_path / "signed.json"
    out.write_text("yesterday's")
    outcome = run("-c", books, "checkpoint", "--out", out)
    assert outcome.returncode == 1
    assert "existe déjà" in outcome.stderr
    assert out.read_text() == "yesterday's"


def tampered(ini, trigger, statement):
    with writing(installation.read(ini)) as session:
        session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(text(statement))
