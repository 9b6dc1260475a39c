"""Is this installation sound? Each check answers with one line; `endi-ext doctor` prints them."""

import re
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from . import migrations
from .hosts.clock import SystemClock
from .installation import Installation
from .kernel import notices
from .kernel.history import Event
from .kernel.paris import PARIS
from .kernel.parties import COOPERATIVE, INTERNAL, Party
from .kernel.preferences import Preference
from .ledger.models import Entry, Seal

SUPPORTED_ENDI = "2026.4."
WORKER_PATIENCE_S = 2.0
NAMES_SHOWN = 5
LONGEST_REST = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """What a check found: whether it is in order, what was looked at, and what to know or to do."""

    sound: bool
    subject: str
    sentence: str

    def __str__(self) -> str:
        return f"{'ok ' if self.sound else 'NON'}  {self.subject} : {self.sentence}"


def examine(installation: Installation) -> Iterator[Finding]:
    """Look at everything, cheapest and most fundamental first."""
    yield host_version(installation)
    yield plugin_included(installation)
    yield signing_key(Path(installation.settings["endi_ext.signing_key"]))
    try:
        engine = installation.engine()
        with engine.connect() as connection:
            yield Finding(True, "base de données", f"{installation.shown_database()} répond")
            yield from examine_database(connection)
        engine.dispose()
    except (DBAPIError, NoSuchModuleError, ModuleNotFoundError) as problem:
        reason = problem.orig if isinstance(problem, DBAPIError) else problem
        yield Finding(False, "base de données", f"{installation.shown_database()} ne répond pas ({reason})")
    if installation.broker_url:
        yield worker(installation.broker_url)


def examine_database(connection: Connection) -> Iterator[Finding]:
    """Look at what the database holds; what needs our tables is left out where there are none."""
    if connection.dialect.name != "sqlite":
        yield trigger_privilege(connection)
        yield binary_log(connection)
        yield snapshot_isolation(connection)
    yield tables(connection)
    if migrations.problem(connection) in (migrations.NO_TABLES, migrations.UNKNOWN_SCHEMA):
        return
    yield triggers(connection)
    yield sealed(connection)
    yield cooperative_known(connection)
    yield analytic_codes(connection)
    if migrations.problem(connection) is None:
        now = SystemClock().now()
        yield daily_duties(connection, now)
        yield letters(connection, now)


def host_version(installation: Installation) -> Finding:
    """The host is one we were tried with."""
    if not installation.is_endi:
        return Finding(True, "hôte", "démonstration")
    try:
        found = version("endi")
    except PackageNotFoundError:
        return Finding(
            False, "hôte", "l'ini est celui d'enDI, mais enDI n'est pas installé dans cet environnement"
        )
    if not found.startswith(SUPPORTED_ENDI):
        return Finding(False, "hôte", f"enDI {found} n'est pas prise en charge, seulement {SUPPORTED_ENDI}x")
    return Finding(True, "hôte", f"enDI {found}")


def plugin_included(installation: Installation) -> Finding:
    """The host loads the plugin."""
    key = "caerp.includes" if installation.is_endi else "demo.includes"
    if installation.includes_us:
        return Finding(True, "activation", f"{key} contient endi_ext")
    return Finding(False, "activation", f"ajoutez endi_ext à {key} dans {installation.ini.name}")


def signing_key(path: Path) -> Finding:
    """The key that signs checkpoints is its owner's alone; it is made at first use."""
    subject = "clé de signature"
    if not path.exists():
        return Finding(True, subject, f"{path} sera créée à la première signature")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding(False, subject, f"{path} est lisible par d'autres : chmod 600 {path}")
    return Finding(True, subject, f"{path} n'est lisible que par son propriétaire")


def tables(connection: Connection) -> Finding:
    """Our tables are there, in the version this code expects."""
    reached, command = migrations.current(connection), "lancez endi-ext -c INI upgrade"
    sentences = {
        migrations.NO_TABLES: f"absentes : {command}",
        migrations.OLD_SCHEMA: f"version {reached}, ce programme attend {migrations.head()} : {command}",
        migrations.UNKNOWN_SCHEMA: f"version {reached} inconnue de ce programme : la base est plus récente",
    }
    problem = migrations.problem(connection)
    if problem is None:
        return Finding(True, "tables", f"version {reached}, à jour")
    return Finding(False, "tables", sentences[problem])


def triggers(connection: Connection) -> Finding:
    """The triggers by which the database itself refuses to alter the books are all there."""
    expected = migrations.expected_triggers(migrations.current(connection))
    missing = sorted(expected - triggers_present(connection))
    if missing:
        listed = ", ".join(missing)
        return Finding(False, "déclencheurs", f"manquants, les livres ne sont plus protégés : {listed}")
    return Finding(True, "déclencheurs", f"les {len(expected)} qui protègent les livres sont en place")


def triggers_present(connection: Connection) -> set[str]:
    """Return the names of the triggers on our tables."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
    return set(connection.execute(text(query)).scalars())


def trigger_privilege(connection: Connection) -> Finding:
    """On MariaDB, creating and even seeing triggers needs a privilege of its own."""
    grants = [str(grant) for grant in connection.execute(text("SHOW GRANTS")).scalars()]
    database = str(connection.execute(text("SELECT DATABASE()")).scalar_one())
    if any(_gives_triggers(grant, database) for grant in grants):
        return Finding(True, "privilège TRIGGER", "accordé")
    remedy = f"GRANT TRIGGER ON `{database}`.* TO l'utilisateur de la base"
    return Finding(False, "privilège TRIGGER", f"manquant : {remedy}")


def binary_log(connection: Connection) -> Finding:
    """Where MariaDB keeps a binary log, only some accounts may create triggers."""
    row = connection.execute(text("SELECT @@log_bin, @@log_bin_trust_function_creators")).one()
    if not row[0] or row[1]:
        return Finding(True, "journal binaire", "n'empêche pas de créer les déclencheurs")
    grants = " ".join(str(grant) for grant in connection.execute(text("SHOW GRANTS")).scalars())
    if "SUPER" in grants or "GRANT ALL PRIVILEGES ON *.*" in grants:
        return Finding(True, "journal binaire", "actif, et ce compte peut créer les déclencheurs")
    remedy = "SET GLOBAL log_bin_trust_function_creators = 1"
    return Finding(False, "journal binaire", f"actif, il interdit à ce compte les déclencheurs : {remedy}")


def snapshot_isolation(connection: Connection) -> Finding:
    """MariaDB lets a transaction lock a row that changed since it began (from 11.6 on it refuses by default).

    Writers wait for the head of the book and then read it as it is; the host retries nothing.
    """
    subject, name = "isolation", "innodb_snapshot_isolation"
    row = connection.execute(text(f"SHOW VARIABLES LIKE '{name}'")).one_or_none()
    if row is None or row[1] == "OFF":
        return Finding(True, subject, "deux enregistrements simultanés s'attendent")
    remedy = f"SET GLOBAL {name} = OFF"
    return Finding(False, subject, f"{name} est actif, deux saisies simultanées échoueront : {remedy}")


def sealed(connection: Connection) -> Finding:
    """Every entry carries its seal."""
    unsealed = (
        select(func.count(), func.min(Entry.id))
        .select_from(Entry.__table__.outerjoin(Seal.__table__, Seal.entry_id == Entry.id))
        .where(Seal.entry_id.is_(None))
    )
    count, first = connection.execute(unsealed).one()
    if count:
        return Finding(False, "scellés", f"{count} écriture(s) sans sceau, la première est la n° {first}")
    return Finding(True, "scellés", "toutes les écritures sont scellées")


def cooperative_known(connection: Connection) -> Finding:
    """The directory was read once: the cooperative itself is there."""
    known = connection.execute(select(func.count()).where(Party.kind == COOPERATIVE)).scalar_one()
    if known:
        return Finding(True, "annuaire", "la coopérative et ses enseignes sont connues")
    return Finding(False, "annuaire", "la coopérative n'est pas connue : lancez endi-ext -c INI sync")


def analytic_codes(connection: Connection) -> Finding:
    """Every active party has an analytic code: imports and exports name it so."""
    without = (
        select(Party.name)
        .where(Party.active, Party.kind == INTERNAL, Party.analytic_code == "")
        .order_by(Party.name)
    )
    names = list(connection.execute(without).scalars())
    if not names:
        return Finding(True, "codes analytiques", "toutes les enseignes actives en ont un")
    listed = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    return Finding(False, "codes analytiques", f"{len(names)} enseigne(s) sans code analytique : {listed}")


def daily_duties(connection: Connection, now: datetime) -> Finding:
    """The duties of the day were done lately; what is in use for less than two days may wait for them."""
    subject, remedy = "tâches du jour", "lancez endi-ext -c INI daily chaque jour (cron)"
    noted = connection.execute(select(Preference.value).where(Preference.name == "daily_ran_at")).scalar()
    if noted is None:
        began = connection.execute(select(func.min(Event.at))).scalar()
        return Finding(began is None or now - began <= LONGEST_REST, subject, f"jamais faites : {remedy}")
    last = datetime.fromisoformat(noted)
    said = f"faites le {last.astimezone(PARIS):%d/%m/%Y à %H:%M}"
    if now - last > LONGEST_REST:
        return Finding(False, subject, f"{said}, il y a plus de deux jours : {remedy}")
    return Finding(True, subject, said)


def letters(connection: Connection, now: datetime) -> Finding:
    """Letters leave."""
    with Session(connection, future=True) as session:
        given_up, uncertain = notices.troubles(session, now)
    if given_up:
        return Finding(False, "lettres", f"{given_up} n'ont pas pu partir : vérifiez le serveur de courrier")
    if uncertain:
        return Finding(
            True, "lettres", f"{uncertain} sont peut-être parties : le programme s'est arrêté alors"
        )
    return Finding(True, "lettres", "toutes sont parties")


def worker(broker_url: str) -> Finding:
    """A worker answers at the other end of the broker."""
    subject, place = "tâches de fond", urlsplit(broker_url)
    where = f"{place.hostname or 'localhost'}:{place.port or 6379}"
    try:
        socket.create_connection(
            (place.hostname or "localhost", place.port or 6379), WORKER_PATIENCE_S
        ).close()
    except OSError:
        return Finding(False, subject, f"le serveur de messages ({where}) ne répond pas")
    try:
        from celery import Celery
    except ModuleNotFoundError:
        return Finding(False, subject, "celery n'est pas installé dans cet environnement")
    answers = Celery(broker=broker_url).control.ping(timeout=WORKER_PATIENCE_S)
    if not answers:
        return Finding(False, subject, "aucun worker celery ne répond : démarrez-le")
    return Finding(True, subject, f"{len(answers)} worker(s) celery répondent")


def _gives_triggers(grant: str, database: str) -> bool:
    privileges, _, rest = grant.removeprefix("GRANT ").partition(" ON ")
    scope = rest.partition(" TO ")[0].replace("`", "")
    named = scope == "*.*" or (scope.endswith(".*") and _pattern(scope[:-2]).fullmatch(database))
    return bool(named) and (privileges == "ALL PRIVILEGES" or "TRIGGER" in privileges.split(", "))


def _pattern(scope: str) -> re.Pattern[str]:
    """Return what a database name in a grant matches: `%` and `_` are wildcards unless escaped."""
    parts = re.split(r"(\\_|\\%|%|_)", scope)
    wild = {"%": ".*", "_": "."}
    return re.compile("".join(wild.get(part, re.escape(part.removeprefix("\\"))) for part in parts))
