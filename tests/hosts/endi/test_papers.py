"""The real enDI and its real worker make the papers of our exchanges: once, whole, and on both sides."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import Celery

from endi_ext import installation
from tests.hosts.endi import commands, papers

PATIENCE_S = 90


@pytest.fixture(scope="module")
def asked(hosted):
    """Exchanges accepted while no worker runs: by name, their ids."""
    return {
        "plain": papers.record(hosted, "helene", "papers:1", "Atelier Trait Juste", "Menuiserie du Lac", 123_457),
    }


@pytest.fixture(scope="module")
def worker(asked, worker_ini, tmp_path_factory):
    """The worker, started once the exchanges above were accepted."""
    folder = tmp_path_factory.mktemp("worker")
    options = ("--ini", worker_ini, "--concurrency", "2", "-l", "INFO")
    process = commands.start("celery", "-A", "pyramid_celery.celery_app", "worker", *options, folder=folder)
    try:
        yield Worker(process, folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass
class Worker:
    """A worker that runs, and what it said."""

    process: subprocess.Popen
    folder: Path

    def log(self):
        return (self.folder / "celery.log").read_text()[-5000:]


@pytest.fixture(scope="module")
def made(hosted, asked, worker):
    """The same exchanges, when nothing waits any more."""
    limit = time.monotonic() + PATIENCE_S
    while papers.unfinished(hosted):
        assert worker.process.poll() is None, worker.log()
        assert time.monotonic() < limit, worker.log()
        time.sleep(0.3)
    return asked


def test_one_acceptance_makes_one_invoice_and_one_purchase(hosted, made, worker):
    found = papers.sides(hosted, made["plain"])
    print(papers.states(hosted, made["plain"]), found, worker.log())
    assert papers.states(hosted, made["plain"]) == {"invoice": ("done", "")}
    ((_, units, sale_status, number),) = found.sales
    ((_, cents, purchase_status, purchase_number, type_id),) = found.purchases
    assert (units, cents) == (123_457 * papers.UNITS_PER_CENT, 123_457)
    assert (sale_status, purchase_status) == ("valid", "valid")
    assert number and purchase_number and type_id
    assert papers.findings(hosted, made["plain"]) == {}


assert Celery and installation
