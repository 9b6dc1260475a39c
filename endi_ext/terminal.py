"""How commands speak: refusals and troubles in one sentence on stderr, an exit status, a progress bar."""

import errno
import getpass
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .installation import Installation
    from .kernel.errors import DomainError
    from .kernel.history import Act
    from .ports import Reading


FULL_DISK = "Le disque est plein : rien n'a été enregistré. Faites de la place, puis relancez la commande."


class Failure(click.ClickException):
    """A command that could not do what was asked: one plain sentence on stderr, exit status 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=file is None, file=file)


@dataclass
class Chosen:
    """The ini the user chose, read when a command first needs it."""

    ini: str

    def installation(self) -> "Installation":
        from . import installation

        return installation.read(self.ini)


class Commands(click.Group):
    """Commands whose refusals end in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        from sqlalchemy.exc import DBAPIError, NoSuchModuleError

        from .kernel.errors import DomainError

        try:
            return super().invoke(ctx)
        except DomainError as refusal:
            raise Failure(sentence(refusal)) from None
        except DBAPIError as problem:
            raise Failure(_trouble_with_the_database(problem)) from None
        except (NoSuchModuleError, ModuleNotFoundError) as problem:
            raise Failure(f"Il manque une bibliothèque à cette installation : {problem}") from None
        except BrokenPipeError:
            sys.exit(1)
        except OSError as problem:
            raise Failure(_trouble_with_a_file(problem)) from None


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar on stderr where somebody looks at it; yield what to call with (done, total if known)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a short table on stdout; numbers stand right."""
    from rich.console import Console
    from rich.table import Table

    shown = Table()
    listed = [list(row) for row in rows]
    for position, heading in enumerate(headings):
        numbers = bool(listed) and all(isinstance(row[position], int) for row in listed)
        shown.add_column(heading, justify="right" if numbers else "left")
    for row in listed:
        shown.add_row(*(str(cell) for cell in row))
    Console().print(shown)


def _trouble_with_the_database(problem: Any) -> str:
    from .web import troubles

    if troubles.trouble_of(problem) == troubles.FULL:
        return f"{FULL_DISK} La base de données dit : {problem.orig}"
    return f"La base de données refuse : {problem.orig}"


def _trouble_with_a_file(problem: OSError) -> str:
    name = problem.filename or ""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL_DISK
    if isinstance(problem, FileExistsError):
        return f"Le fichier {name} existe déjà : choisissez un autre nom."
    if isinstance(problem, FileNotFoundError):
        return f"Le fichier ou le dossier {name} est introuvable."
    if isinstance(problem, PermissionError):
        return f"Vous n'avez pas le droit d'accéder à {name}."
    return f"{problem.strerror or problem} {name}".rstrip()


def sentence(refusal: "DomainError") -> str:
    """Return what to tell of a refusal, in French, as the pages do."""
    from .web import messages
    from .web.speech import Speech

    return messages.sentence(refusal, Speech())


def sentence_of(code: str, facts: dict[str, Any]) -> str:
    """Return the sentence of a code that nothing raised."""
    from .kernel.errors import DomainError

    named = DomainError(**facts)
    named.code = code
    return sentence(named)


def require_tables(installation: "Installation") -> None:
    """Refuse to go on where our tables are missing or of another version."""
    from . import migrations

    engine = installation.engine()
    with engine.connect() as connection:
        problem = migrations.problem(connection)
    engine.dispose()
    if problem is not None:
        ini = installation.ini.name
        raise Failure(
            f"Les tables d'endi_ext manquent ou ne sont pas à jour : lancez endi-ext -c {ini} upgrade."
        )


def host_reading(installation: "Installation") -> "Reading":
    """Return what reads the internal documents of the host, without starting it."""
    if installation.is_endi:
        from .hosts.endi.reading import EndiReading

        return EndiReading()
    from .hosts.demo.internal_documents import DemoReading

    return DemoReading()


def act() -> "Act":
    """Return who runs the command, and when."""
    from .kernel import paris
    from .kernel.history import Act

    now = datetime.now(UTC)
    return Act("cli", f"{getpass.getuser()} (endi-ext)", now, paris.day_of(now))
