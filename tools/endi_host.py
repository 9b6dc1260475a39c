"""A private enDI with the plugin on, for this clone alone: everything under var/endi, on the loopback.

    .venv-endi/bin/python tools/endi_host.py serve          bring it up and say where
    .venv-endi/bin/python tools/endi_host.py stop           stop what was started here, and nothing else
    .venv-endi/bin/python tools/endi_host.py test [...]     the tests that need enDI; arguments go to pytest
    .venv-endi/bin/python tools/endi_host.py ini            print the ini of a fresh database

tools/prepare.sh endi makes the virtual environment. ENDI_PORT chooses the port of the pages. Tests that run
side by side need Redis databases of their own: ENDI_TEST_REDIS is the first of nine.
"""

import os
import subprocess
import sys
import urllib.error
import urllib.request

import endi_processes as processes
from endi_processes import ROOT, STATE, Missing, clean_environment, run, start
from endi_servers import BIN, HOST_ALONE, PASSWORD, drop, load, start_servers, tables, write_ini

# What must hold with the host's pinned libraries, and what needs the host itself.
TESTS = ("tests/kernel", "tests/ledger", "tests/exchanges", "tests/subcontracts", "tests/hosts")
# The served enDI has the three before.
FIRST_REDIS = 3


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
    refuse_a_taken_port(chosen["http"])
    address = f"http://127.0.0.1:{chosen['http']}"
    web, worker = write_ini(chosen, "endi")
    if not tables(chosen, "endi"):
        load(chosen, "endi")
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


def refuse_a_taken_port(port):
    # Someone else's page would answer in place of ours.
    if processes.running("pserve") is None and processes.listens(port):
        raise Missing(f"Le port {port} est déjà pris : choisissez-en un autre, ENDI_PORT=… make endi.")


def stop():
    """Stop the processes whose number was noted here, if they are still ours."""
    for name in ("pserve", "worker", "redis", "mariadb"):
        processes.stop(name)
    print("Arrêté.")
    return 0


def test(*arguments):
    """Run the tests that need enDI, on databases of their own: with the plugin, without, and of the past."""
    chosen = start_servers()
    name = f"t{os.getpid()}"
    try:
        environment = clean_environment() | test_databases(chosen, name)
        # The host's libraries warn about each other.
        command = [sys.executable, "-m", "pytest", "-p", "no:warnings", *(arguments or TESTS)]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    finally:
        forget(chosen, name, f"{name}_alone", f"{name}_past")


def test_databases(chosen, name):
    """Return the environment that leads the tests to their databases."""
    load(chosen, name)
    load(chosen, f"{name}_alone", HOST_ALONE)
    # What a cooperative did before the plugin came is made there.
    load(chosen, f"{name}_past")
    # A broker of their own: the worker of the served enDI leaves their tasks alone.
    first = int(os.environ.get("ENDI_TEST_REDIS") or FIRST_REDIS)
    web, worker = write_ini(chosen, name, first_redis=first)
    alone, _ = write_ini(chosen, f"{name}_alone", first_redis=first + 3)
    past, past_worker = write_ini(chosen, f"{name}_past", first_redis=first + 6)
    inis = {"ENDI_EXT_ENDI_INI": web, "ENDI_EXT_ENDI_WORKER_INI": worker, "ENDI_EXT_ENDI_ALONE_INI": alone}
    inis |= {"ENDI_EXT_ENDI_PAST_INI": past, "ENDI_EXT_ENDI_PAST_WORKER_INI": past_worker}
    return {variable: str(ini) for variable, ini in inis.items()}


def forget(chosen, *names):
    for name in names:
        drop(chosen, name)
        for ini in STATE.glob(f"{name}*.ini"):
            ini.unlink()


def ini():
    """Make a fresh database and print the ini that leads to it."""
    chosen = start_servers()
    load(chosen, "tests")
    print(write_ini(chosen, "tests", first_redis=FIRST_REDIS)[0])
    return 0


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
