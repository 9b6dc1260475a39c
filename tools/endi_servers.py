"""MariaDB and Redis of the private enDI, and the databases prepared for it."""

import hashlib
import importlib.util
import json
import locale
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import endi_ini
from endi_processes import ROOT, STATE, Missing, free_port, listens, run, running, start, wait_until

from endi_ext.hosts.demo.seeding import PASSWORD

BIN = Path(sys.executable).parent
PROGRAMS = {"mariadbd": "mariadb-server", "mariadb": "mariadb-client", "redis-server": "redis-server"}
REDIS_DATABASES = 64
HOST_ALONE, WITH_PLUGIN = "host-alone.sql", "with-plugin.sql"
# What a prepared database depends on: when one of these changes, it is made again.
INGREDIENTS = (
    "tools/endi_seed.py",
    "tools/endi_ini.py",
    "endi_ext/hosts/demo/people.py",
    "alembic/versions/*.py",
)


def start_servers():
    """Start MariaDB and Redis if they do not run, and return what was chosen for them."""
    check_machine()
    STATE.mkdir(parents=True, exist_ok=True)
    chosen = choices()
    if running("mariadb") is None:
        start_mariadb(chosen)
    if running("redis") is None:
        where = ("--bind", "127.0.0.1", "--port", chosen["redis"], "--dir", STATE)
        many = ("--databases", REDIS_DATABASES, "--save", "", "--appendonly", "no")
        start("redis", shutil.which("redis-server"), *where, *many)
        wait_until(lambda: listens(chosen["redis"]), "Redis ne démarre pas (voir var/endi/redis.log).")
    return chosen


def check_machine():
    """Raises Missing for a program, the host or the French locale."""
    lacking = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if lacking:
        raise Missing(f"Il manque des paquets du système : apt-get install {' '.join(lacking)}")
    if importlib.util.find_spec("pyramid_celery") is None:
        raise Missing("enDI n'est pas installé dans cet environnement : lancez tools/prepare.sh endi")
    try:
        locale.setlocale(locale.LC_ALL, "fr_FR.UTF-8")
    except locale.Error:
        make_locale()


def make_locale():
    # enDI asks for this locale when it is imported.
    command = ("localedef", "-i", "fr_FR", "-f", "UTF-8", "fr_FR.UTF-8")
    if os.geteuid() != 0 or shutil.which("localedef") is None:
        raise Missing(f"enDI demande la langue fr_FR.UTF-8. En root : {' '.join(command)}")
    run(*command, log="locale.log")


def choices():
    """Return ports and a password, chosen once and kept with the data they belong to."""
    kept = STATE / "choices.json"
    if not kept.exists():
        found = {"mariadb": free_port(), "redis": free_port(), "password": secrets.token_hex(12)}
        kept.touch(mode=0o600)
        kept.write_text(json.dumps({**found, "http": int(os.environ.get("ENDI_PORT") or free_port())}))
    chosen = json.loads(kept.read_text())
    return {**chosen, "http": int(os.environ.get("ENDI_PORT") or chosen["http"])}


def start_mariadb(chosen):
    # As root rather than as the user mysql, who may have no way into this clone.
    run_as = ("--user=root",) if os.geteuid() == 0 else ()
    data = STATE / "mysql"
    if not (data / "mysql").is_dir():
        shutil.rmtree(data, ignore_errors=True)
        quick = ("--auth-root-authentication-method=normal", "--skip-test-db")
        run(
            "mariadb-install-db",
            "--no-defaults",
            *run_as,
            f"--datadir={data}",
            *quick,
            log="mariadb-install.log",
        )
    first = STATE / "first.sql"
    first.touch(mode=0o600)
    first.write_text(  # one statement a line, run at each start
        f"CREATE USER IF NOT EXISTS endi@'127.0.0.1' IDENTIFIED BY '{chosen['password']}';\n"
        "GRANT ALL PRIVILEGES ON `endi%`.* TO endi@'127.0.0.1';\n"
    )
    where = (f"--datadir={data}", f"--socket={socket_path()}", "--bind-address=127.0.0.1")
    # Tests do without waiting for the disk; tools/storm.py does not.
    flush = 1 if os.environ.get("ENDI_DURABLE") else 2
    quick = (
        "--skip-name-resolve",
        f"--innodb-flush-log-at-trx-commit={flush}",
        "--innodb-file-per-table=0",
    )
    also = (
        f"--port={chosen['mariadb']}",
        f"--init-file={first}",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_general_ci",
    )
    start("mariadb", shutil.which("mariadbd"), "--no-defaults", *run_as, *where, *also, *quick)
    wait_until(lambda: listens(chosen["mariadb"]), "MariaDB ne démarre pas (voir var/endi/mariadb.log).")


def socket_path():
    # Paths of sockets are short, those of clones need not be.
    return Path("/tmp") / f"endi_ext-{hashlib.sha256(str(STATE).encode()).hexdigest()[:12]}.sock"


def load(chosen, database, dump=WITH_PLUGIN):
    """Put a prepared host in `database`: its tables, people and companies, with our tables or without."""
    stamp = STATE / "prepared.of"
    if not stamp.exists() or stamp.read_text() != fingerprint():
        stamp.unlink(missing_ok=True)
        prepare(chosen)
        stamp.write_text(fingerprint())
    create(chosen, database)
    with (STATE / dump).open("rb") as rows:
        subprocess.run(client(chosen, "mariadb", f"endi_{database}"), stdin=rows, check=True)


def prepare(chosen):
    print("Préparation de la base d'enDI (une demi-minute, la première fois)", file=sys.stderr)
    create(chosen, "prepared")
    web, _ = write_ini(chosen, "prepared", includes="")
    run(sys.executable, "-P", "-W", "ignore", ROOT / "tools" / "endi_seed.py", web, PASSWORD, log="seed.log")
    dump_of(chosen, HOST_ALONE)
    web, _ = write_ini(chosen, "prepared")
    run(BIN / "endi-ext", "-c", web, "upgrade", log="upgrade.log")
    dump_of(chosen, WITH_PLUGIN)


def dump_of(chosen, dump):
    with (STATE / dump).open("wb") as rows:
        subprocess.run(client(chosen, "mariadb-dump", "endi_prepared"), stdout=rows, check=True)


def fingerprint():
    found = sorted(path for pattern in INGREDIENTS for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()


def create(chosen, database):
    name = f"endi_{database}"
    statement = f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name}"
    subprocess.run([*client(chosen, "mariadb"), "-e", statement], check=True)


def drop(chosen, database):
    subprocess.run([*client(chosen, "mariadb"), "-e", f"DROP DATABASE IF EXISTS endi_{database}"], check=True)


def tables(chosen, database):
    counted = f"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'endi_{database}'"
    answer = subprocess.run([*client(chosen, "mariadb"), "-Ne", counted], check=True, capture_output=True)
    return int(answer.stdout)


def client(chosen, program, *arguments):
    secret = f"--password={chosen['password']}"
    return [program, "--no-defaults", "-h127.0.0.1", f"-P{chosen['mariadb']}", "-uendi", secret, *arguments]


def write_ini(chosen, name, **options):
    """Write the ini files of the host in `database` and return the web server's and the worker's."""
    url = f"mysql://endi:{chosen['password']}@127.0.0.1:{chosen['mariadb']}/endi_{name}?charset=utf8mb4"
    where = {"url": url, "http_port": chosen["http"], "redis_port": chosen["redis"]}
    return endi_ini.write(STATE, name=name, **where, **options)
