"""The Celery worker starts with the plugin on, and does what we ask of it once it is committed."""

import time
from email import message_from_bytes
from email.policy import default

import pytest
import transaction
from celery import Celery

from endi_ext import doctor, installation
from tests.hosts.endi import commands

PATIENCE_S = 60


@pytest.fixture(scope="module")
def worker(worker_ini, tmp_path_factory):
    """A worker of these tests' own broker; its folder gets the letters."""
    folder = tmp_path_factory.mktemp("worker")
    options = ("--ini", worker_ini, "--concurrency", "1", "--pool", "solo", "-l", "INFO")
    process = commands.start("celery", "-A", "pyramid_celery.celery_app", "worker", *options, folder=folder)
    ping = Celery("tests", broker=installation.read(worker_ini).broker_url).control.ping
    try:
        wait_until(lambda: ping(timeout=1) or process.poll() is not None)
        assert process.poll() is None, (folder / "celery.log").read_text()
        yield folder
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_the_worker_knows_our_tasks_and_the_hosts(worker):
    log = (worker / "celery.log").read_text()
    assert ". endi_ext.send_letter" in log
    assert ". caerp.celery.tasks.tasks.async_internalinvoice_valid_callback" in log
    assert "/endi_ext/hosts/" not in log  # no traceback goes through us; the host has some of its own


def test_doctor_says_whether_a_worker_answers(worker, worker_ini):
    broker_url = installation.read(worker_ini).broker_url
    assert doctor.worker(broker_url).sound
    nobody_listens = f"{broker_url.rpartition('/')[0]}/63"
    assert "aucun worker celery ne répond" in doctor.worker(nobody_listens).sentence


def test_a_letter_leaves_after_the_commit_and_only_then(hosted, worker):
    with hosted.request_of("helene") as request:
        send(hosted, request, "Annulée")
        transaction.abort()
        transaction.begin()
        send(hosted, request, "Livraison à vérifier")
    wait_until(lambda: letters(worker))
    (letter,) = letters(worker)
    assert letter["Subject"] == "Livraison à vérifier"
    assert letter["To"] == "karim@passerelles.example"
    assert "Une livraison vous attend." in letter.get_content()


def test_a_company_written_by_the_worker_is_a_party(worker_ini, tmp_path):
    said = commands.run("python", "-m", "tests.hosts.endi.in_the_worker", worker_ini, folder=tmp_path)
    assert "party: Écrite par le worker" in said
    assert "actor: worker" in said


def send(hosted, request, subject):
    hosted.host.mailer.send(request, ["karim@passerelles.example"], subject, "Une livraison vous attend.")


def letters(folder):
    return [message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("mail/*.eml")]


def wait_until(condition):
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.2)
