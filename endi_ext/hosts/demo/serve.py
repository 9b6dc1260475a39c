"""What `endi-ext demo` does: tables, people and a year of exchanges, then a server on this computer only."""

import errno
import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HOST = "127.0.0.1"

# What the demo needs beside what the plugin needs (the extra "demo"): module and distribution.
LIBRARIES = {
    "argon2": "argon2-cffi",
    "pyramid_layout": "pyramid_layout",
    "waitress": "waitress",
    "weasyprint": "WeasyPrint",
}


# What suits people who try rather than tests.
AS_SERVED = {"demo.hide_failures": "true", "demo.show_logins": "true"}


class CannotServe(Exception):
    """The demo cannot be served; the message is the sentence to show."""


def run(ini: str | Path, *, port: int = 6543, fresh: bool = False, serve: bool = True) -> None:
    """Migrate, seed at the first run, say the address and the logins, and serve until interrupted.

    Raises CannotServe when a library is missing, the port is taken, or `fresh` is asked of another database
    than SQLite.
    """
    console = Console(highlight=False)
    _require_libraries()
    if serve:
        _require_port(port)
    settings, here = _settings_of(Path(ini))
    if fresh:
        _start_over(settings["sqlalchemy.url"])
    _prepare(settings, console)
    _say_who(console, f"http://{HOST}:{port}/" if serve else None)
    if serve:
        _serve(settings, here, port)


def _require_libraries() -> None:
    missing = [name for module, name in LIBRARIES.items() if find_spec(module) is None]
    if missing:
        names = ", ".join(missing)
        raise CannotServe(f"Il manque {names} : installez-les par pip install 'endi_ext[demo]'.")


def _require_port(port: int) -> None:
    """Find out before the tables are touched: a second demo on the same file would only confuse the first."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise CannotServe(
                f"Le port {port} n'existe pas : choisissez-en un entre 1024 et 65535."
            ) from None
        except OSError as error:
            raise CannotServe(_why_no_port(error, port)) from error


def _why_no_port(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Le port {port} est déjà pris : arrêtez ce qui l'occupe ou choisissez-en un autre avec --port."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Vous n'avez pas le droit d'écouter sur le port {port} : choisissez-en un autre avec --port."
    return f"On ne peut pas écouter sur {HOST}, port {port} : {error.strerror}."


def _settings_of(ini: Path) -> tuple[dict[str, str], str]:
    from pyramid.paster import get_appsettings, setup_logging

    from .settings import read

    if not ini.is_file():
        raise CannotServe(f"Le fichier de réglages {ini} n'existe pas : indiquez-le avec -c.")
    here = str(ini.absolute().parent)
    try:
        found = get_appsettings(str(ini))
    except LookupError as error:
        raise CannotServe(f"{ini} ne décrit pas l'application de démonstration : {error}.") from error
    setup_logging(str(ini))
    return read(found, here=here), here


def _start_over(url: str) -> None:
    from sqlalchemy.engine import make_url

    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise CannotServe("--fresh n'efface qu'un fichier SQLite : videz cette base vous-même.")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{address.database}{suffix}").unlink(missing_ok=True)


def _prepare(settings: dict[str, str], console: Console) -> None:
    from sqlalchemy.exc import OperationalError

    from ...kernel.engine import make_engine

    engine = make_engine(settings["sqlalchemy.url"])
    try:
        _prepare_tables(engine, console)
    except OperationalError as error:
        raise CannotServe(f"La base de données ne répond pas comme prévu : {error.orig}.") from error
    finally:
        engine.dispose()


def _prepare_tables(engine: Any, console: Console) -> None:
    from sqlalchemy.orm import Session

    from ... import migrations
    from . import seeding
    from .app import create_tables

    create_tables(engine)
    migrations.upgrade(engine)
    with Session(engine, future=True) as session:
        if not seeding.is_empty(session):
            return
        with console.status("Premier lancement : une année d'échanges se prépare…"):
            seeding.tell_story(session)
        # One transaction for the whole story: interrupted, it begins again from nothing.
        session.commit()


def _say_who(console: Console, address: str | None) -> None:
    from .people import COOPERATIVE_NAME, PEOPLE
    from .seeding import PASSWORD, TO_TRY

    table = Table(title=f"{COOPERATIVE_NAME} – mot de passe de tous : {PASSWORD}", title_justify="left")
    table.add_column("identifiant")
    table.add_column("qui")
    names = {person.login: person.name for person in PEOPLE}
    for login, role in TO_TRY.items():
        table.add_row(login, f"{names[login]}, {role}")
    console.print(table)
    console.print("Aussi : " + ", ".join(login for login in names if login not in TO_TRY))
    if address:
        console.print(f"Servi à l'adresse {address} (Ctrl-C pour arrêter)")


def _serve(settings: dict[str, str], here: str, port: int) -> None:
    import waitress

    from .app import main

    app = main({"here": here}, **{**settings, **AS_SERVED})
    try:
        waitress.serve(app, host=HOST, port=port, threads=6, ident=None, _quiet=True)
    except OSError as error:
        raise CannotServe(_why_no_port(error, port)) from error
