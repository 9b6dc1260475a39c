"""A private enDI with the plugin on, for this clone alone: everything under var/endi, on the loopback.

    .venv-endi/bin/python tools/endi_host.py serve          bring it up and say where
    .venv-endi/bin/python tools/endi_host.py stop           stop what was started here, and nothing else
    .venv-endi/bin/python tools/endi_host.py test [...]     the tests that need enDI; arguments go to pytest
    .venv-endi/bin/python tools/endi_host.py ini            print the ini of a fresh database

tools/prepare.sh endi makes the virtual environment. ENDI_PORT chooses the port of the pages.
"""

import subprocess
import sys
import urllib.error
import urllib.request

import endi_processes as processes
from endi_processes import ROOT, Missing, clean_environment, run, start
from endi_servers import BIN, PASSWORD, load_pristine, start_servers, tables, write_ini

# What must hold with the host's pinned libraries, and what needs the host itself.
TESTS = ("tests/kernel", "tests/ledger", "tests/exchanges", "tests/subcontracts", "tests/hosts")


def main(arguments):
    command, *rest = arguments or ["serve"]
    chosen = {"serve": serve, "stop": stop, "test": test, "ini": ini}.get(command)
    if chosen is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return chosen(*rest)
    except Missing as sentence:
        print(sentence, file=sys.stderr)
        return 1


def serve():
    """Bring up the servers, the database, the worker and the pages."""
    chosen = start_servers()
    address = f"http://127.0.0.1:{chosen['http']}"
    web, worker = write_ini(chosen, "endi")
    if not tables(chosen, "endi"):
        load_pristine(chosen, "endi")
    run(BIN / "endi-ext", "-c", web, "upgrade", log="upgrade.log")
    celery = ("-A", "pyramid_celery.celery_app", "worker", "--ini", worker, "--concurrency", "1")
    start("worker", BIN / "celery", *celery)
    start("pserve", BIN / "pserve", web)
    wait_for_pages(address)
    print(f"enDI avec le plugin : {address}/")
    print(
        f"Comptes : helene, karim (entrepreneurs), odile (comptable), marc (admin), sylvie (suivi) ; "
        f"mot de passe : {PASSWORD}"
    )
    print("Arrêter : .venv-endi/bin/python tools/endi_host.py stop")
    return 0


def stop():
    """Stop the processes whose number was noted here, if they are still ours."""
    for name in ("pserve", "worker", "redis", "mariadb"):
        processes.stop(name)
    print("Arrêté.")
    return 0


def test(*arguments):
    """Run the tests that need enDI, on a database of their own."""
    ours = arguments or TESTS
    web, worker = fresh_database()
    environment = {
        **clean_environment(),
        "ENDI_EXT_ENDI_INI": str(web),
        "ENDI_EXT_ENDI_WORKER_INI": str(worker),
    }
    # The host's libraries warn about each other.
    command = [sys.executable, "-m", "pytest", "-p", "no:warnings", *ours]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def ini():
    """Make a fresh database and print the ini that leads to it."""
    web, _ = fresh_database()
    print(web)
    return 0


def fresh_database():
    chosen = start_servers()
    load_pristine(chosen, "tests")
    return write_ini(chosen, "tests")


def wait_for_pages(address):
    def answer():
        if processes.running("pserve") is None:
            raise Missing("enDI s'est arrêté (voir var/endi/pserve.log) : le port est-il pris ?")
        try:
            return urllib.request.urlopen(address, timeout=5).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    processes.wait_until(answer, "enDI ne répond pas (voir var/endi/pserve.log).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
