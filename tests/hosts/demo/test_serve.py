"""`endi-ext demo`: what a first run makes, what a second keeps, and what it says when it cannot."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from endi_ext.exchanges.models import Exchange
from endi_ext.hosts.demo import serve, story
from endi_ext.hosts.demo.models import Company, User
from endi_ext.hosts.demo.people import PEOPLE
from endi_ext.kernel.engine import make_engine
from endi_ext.kernel.parties import Party

ROOT = Path(__file__).parents[3]
COMMAND = Path(sys.executable).parent / "endi-ext"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A folder where the demo was prepared once."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copy(ROOT / "development.ini", folder)
    demo(folder, "--no-serve", check=True)
    return folder


@pytest.fixture
def site(told, tmp_path):
    """A folder of the test's own where the demo is prepared."""
    return Path(shutil.copytree(told, tmp_path / "site"))


def demo(folder, *options, check=False):
    command = [str(COMMAND), "-c", str(folder / "development.ini"), "demo", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=check)


def session_on(folder):
    return Session(make_engine(f"sqlite:///{folder}/var/demo.sqlite"), future=True)


def test_a_first_run_makes_people_their_activities_and_a_year_of_exchanges(site):
    with session_on(site) as session:
        assert session.execute(select(func.count(User.id))).scalar() == len(PEOPLE)
        companies = session.execute(select(func.count(Company.id))).scalar()
        assert session.execute(select(func.count(Party.id))).scalar() == companies + 1
        assert session.execute(select(func.count(Exchange.id))).scalar() > 100


def test_it_says_who_can_log_in_and_with_which_password(site):
    said = demo(site, "--no-serve", check=True).stdout
    for word in ("helene", "odile", "marc", "sylvie", "passerelle"):
        assert word in said


def test_a_second_run_keeps_what_was_changed(site):
    rename(site, "Menuiserie du Col")
    demo(site, "--no-serve", check=True)
    assert name_of_the_first(site) == "Menuiserie du Col"


def test_fresh_starts_over(site):
    rename(site, "Menuiserie du Col")
    demo(site, "--no-serve", "--fresh", check=True)
    assert name_of_the_first(site) == "Menuiserie du Lac"


def test_a_story_interrupted_leaves_nothing_behind(monkeypatch, tmp_path):
    def interrupted(session, today, *plans):
        session.execute(select(User.id))
        raise KeyboardInterrupt

    shutil.copy(ROOT / "development.ini", tmp_path)
    monkeypatch.setattr(story, "tell", interrupted)
    with pytest.raises(KeyboardInterrupt):
        serve.run(tmp_path / "development.ini", serve=False)
    with session_on(tmp_path) as session:
        for model in (User, Company, Party):
            assert session.execute(select(func.count(model.id))).scalar() == 0


def test_the_demo_is_served_on_this_computer_only(site):
    port = free_port()
    process = subprocess.Popen(
        [str(COMMAND), "-c", str(site / "development.ini"), "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert "Connexion" in page_at(f"http://127.0.0.1:{port}/login")
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/" in said


def test_a_port_taken_is_said_in_one_sentence_before_anything_is_touched(tmp_path):
    shutil.copy(ROOT / "development.ini", tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = demo(tmp_path, "--port", str(port), "--fresh")
    assert answer.returncode == 1
    assert f"Le port {port} est déjà pris" in answer.stderr
    assert one_sentence(answer.stderr)
    assert not (tmp_path / "var").exists()


def test_no_right_to_the_network_is_said_in_one_sentence(monkeypatch, tmp_path):
    def refuse(self, address):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(serve.socket, "socket", type("Closed", (socket.socket,), {"bind": refuse}))
    with pytest.raises(serve.CannotServe, match="pas le droit d'écouter sur le port 6543"):
        serve.run(ROOT / "development.ini", port=6543)


def test_a_library_missing_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(serve.LIBRARIES, "no_such_module_here", "no-such-distribution")
    with pytest.raises(serve.CannotServe, match=re.escape("no-such-distribution : installez")):
        serve.run(ROOT / "development.ini", serve=False)


def test_settings_that_do_not_exist_are_said_in_one_sentence(tmp_path):
    answer = demo(tmp_path, "--no-serve")
    assert answer.returncode == 1
    assert "n'existe pas" in answer.stderr
    assert one_sentence(answer.stderr)


def test_the_demo_runs_on_mariadb_by_its_address(mariadb, tmp_path):
    address = mariadb.new_database()
    (tmp_path / "development.ini").write_text(ini_with(address))
    demo(tmp_path, "--no-serve", check=True)
    demo(tmp_path, "--no-serve", check=True)
    with Session(make_engine(address), future=True) as session:
        assert session.execute(select(func.count(User.id))).scalar() == len(PEOPLE)
        assert session.execute(select(func.count(Exchange.id))).scalar() > 100


def test_fresh_empties_nothing_but_a_sqlite_file(tmp_path):
    (tmp_path / "development.ini").write_text(ini_with("mysql://u:p@127.0.0.1:1/demo"))
    answer = demo(tmp_path, "--no-serve", "--fresh")
    assert answer.returncode == 1
    assert "--fresh n'efface qu'un fichier SQLite" in answer.stderr


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path):
    (tmp_path / "development.ini").write_text(ini_with("mysql://u:s3cret@127.0.0.1:1/demo"))
    answer = demo(tmp_path, "--no-serve")
    assert answer.returncode == 1
    assert one_sentence(answer.stderr)
    assert "s3cret" not in answer.stderr


def ini_with(address):
    ini = (ROOT / "development.ini").read_text()
    return re.sub(r"(?m)^sqlalchemy.url = .*$", lambda _: f"sqlalchemy.url = {address}", ini)


def rename(folder, name):
    with session_on(folder) as session:
        session.get(Company, 1).name = name
        session.commit()


def name_of_the_first(folder):
    with session_on(folder) as session:
        return session.get(Company, 1).name


def one_sentence(said):
    lines = said.strip().splitlines()
    return len(lines) == 1 and "Traceback" not in said


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page_at(address):
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")
