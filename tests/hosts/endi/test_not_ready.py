"""The plugin in a host whose database has never seen it: it says what to run, and the host works."""

import json

import pytest

from tests.hosts.endi import commands

OURS, THEIRS = (
    ("/exchanges", "/companies/1/exchanges", "/admin/exchanges"),
    ("/manage", "/admin", "/companies/1"),
)


@pytest.fixture(scope="module")
def answers(alone_ini, tmp_path_factory):
    """What a host without our tables answers, and what it said at start."""
    folder = tmp_path_factory.mktemp("alone")
    program = ("-m", "tests.hosts.endi.pages_of", alone_ini, "marc", *OURS, *THEIRS)
    done = commands.attempt("python", *program, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


@pytest.mark.parametrize("page", OURS)
def test_our_pages_say_which_command_to_run(answers, page):
    status, text = answers[0][page]
    assert status == 503
    assert "endi-ext -c app.ini upgrade" in text
    assert 'id="caerp_base_menu"' in text


@pytest.mark.parametrize("page", THEIRS)
def test_the_hosts_pages_work(answers, page):
    assert answers[0][page][0] == 200


def test_the_log_says_it_at_start(answers):
    assert "Les tables des échanges internes n'existent pas encore" in answers[1]


def test_the_host_still_writes_companies_and_records_payments_its_own_way(alone_ini, tmp_path):
    said = commands.run(
        "python", "-m", "tests.hosts.endi.write_company", alone_ini, "Sans nos tables", folder=tmp_path
    )
    assert "Sans nos tables" in said
    assert "pair of ours: None" in said
