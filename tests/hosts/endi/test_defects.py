"""Every defect of the host that leaves a trace is named among sound exchanges, and nothing else.

ENDI_EXT_ALL_SOUND=yes makes two hundred of those, as docs/findings.md tells; here a tenth will do.

The exchanges are made in an enDI without the plugin, as a cooperative's past made them (defects/world.py says
what is left out for time); the plugin then comes to that database.
"""

import json
import os
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from endi_ext import installation
from endi_ext.reconciliation import finding_codes as codes
from tests.hosts.endi import commands

PATIENCE_S = 600
BLANK = "caerp.services.task_pdf_rendering_service = tests.hosts.endi.defects.blank.BlankPage"


@pytest.fixture(scope="module")
def past_ini():
    """The ini of an enDI with the plugin, on the database of the past."""
    return os.environ["ENDI_EXT_ENDI_PAST_INI"]


@pytest.fixture(scope="module")
def made(past_ini, tmp_path_factory):
    """The cases, made by a host that does not know the plugin and by its worker."""
    folder = tmp_path_factory.mktemp("past")
    web = without_plugin(past_ini, folder / "web.ini", BLANK)
    worker_ini = without_plugin(os.environ["ENDI_EXT_ENDI_PAST_WORKER_INI"], folder / "worker.ini")
    # Not one process alone: it must answer that it lives while it draws a page.
    options = ("--ini", worker_ini, "--concurrency", "1")
    worker = commands.start("celery", "-A", "pyramid_celery.celery_app", "worker", *options, folder=folder)
    try:
        build = ("-m", "tests.hosts.endi.defects", web, folder / "cases.json", worker.pid)
        commands.run("python", *build, folder=folder, patience_s=PATIENCE_S)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return json.loads((folder / "cases.json").read_text()) | {"file": folder / "cases.json"}


def without_plugin(ini, path, *lines):
    instead = "\n".join(("caerp.includes =", *lines))
    path.write_text(re.sub(r"(?m)^caerp.includes = .*$", instead, Path(ini).read_text()))
    return path


@pytest.fixture
def just_validated(past_ini, made):
    """One sale was validated this moment: its mirror is still on its way."""
    validate_now(past_ini, made)


def validate_now(past_ini, made):
    engine = installation.read(past_ini).engine()
    with engine.begin() as connection:
        now = text("UPDATE status_log_entry SET datetime = NOW() WHERE node_id = :id")
        for document_id in made["recent"]:
            connection.execute(now, {"id": document_id})
    engine.dispose()


# What is left when all that is offered, and all that the sentences say, was done: what people let pass.
LEFT = {
    "B3b": {codes.PAYMENT_CHANGED},
    "B5, payée d'abord": {codes.VALIDATED_BY_PAYMENT},
    "B5, payée d'abord, encaissement modifié": {codes.VALIDATED_BY_PAYMENT},
    "B13, no type": {codes.VALIDATED_BY_PAYMENT},
    "B13, refused then paid": {codes.REFUSED_THEN_PAID},
    "B13, type chosen": {codes.VALIDATED_BY_PAYMENT},
    "B15": {codes.ORDER_TIED},
}


def reconcile(ini, folder, *options):
    done = commands.attempt("endi-ext", "-c", ini, "reconcile", *options, folder=folder)
    assert not done.stderr
    return done


def test_every_defect_is_named_by_its_code_and_nothing_else_is(past_ini, made, just_validated, tmp_path):
    assert made["sound"] in (24, 200)
    said = json.loads(reconcile(past_ini, tmp_path, "--format", "json").stdout)
    found = {(one["key"], one["code"]) for one in said["findings"]}
    expected = {(case["key"], code): case["name"] for case in made["cases"] for code in case["codes"]}
    assert {expected[missed] for missed in expected.keys() - found} == set()
    assert found - expected.keys() == set()
    assert all(one["amount_cents"] > 0 for one in said["findings"])


def test_a_month_is_told_alone_and_a_scheduled_task_sees_that_something_was_found(past_ini, made, tmp_path):
    done = reconcile(past_ini, tmp_path, "--period", "2026-11", "--check")
    assert done.returncode == 1
    assert "Mauvais exercice (year_differs" in done.stdout
    assert done.stdout.count("Enjeu") == 1
    assert reconcile(past_ini, tmp_path, "--period", "2026-12", "--check").returncode == 0


def test_repairs_and_the_hosts_own_pages_put_right_what_they_say_and_nothing_else_breaks(
    past_ini, made, tmp_path
):
    mend = ("-m", "tests.hosts.endi.defects.mending", past_ini, made["file"])
    commands.run("python", *mend, folder=tmp_path, patience_s=PATIENCE_S)
    names = {case["key"]: case["name"] for case in made["cases"]}
    # Repaired once it is late, or on its way still: how long the above takes must not matter.
    validate_now(past_ini, made)
    left = {}
    for one in json.loads(reconcile(past_ini, tmp_path, "--format", "json").stdout)["findings"]:
        left.setdefault(names.get(one["key"], one["key"]), set()).add(one["code"])
    assert left == LEFT
