"""The command `endi-ext simulate`: a cooperative's year, lived and proved step by step."""

from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from .terminal import Failure, progress, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

    from .simulation.run import Failed, Told

SHRINKING_S = 120


@click.command()
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Deux fois le même nombre : la même année."
)
@click.option("--months", type=click.IntRange(1, 60), default=12, show_default=True, help="Nombre de mois.")
@click.option("--parties", type=click.IntRange(3, 2_000), default=50, show_default=True, help="Enseignes.")
@click.option(
    "--database", "url", default=None, help="Base vide où la vivre ; sinon un fichier SQLite jetable."
)
@click.option("--faults", is_flag=True, help="Ajouter pannes, coupures, disque plein, horloge qui saute.")
@click.option("--only", default="", help="Ne vivre que ces pas, par leurs numéros : 3,17,40.")
def simulate(*, seed: int, months: int, parties: int, url: str | None, faults: bool, only: str) -> None:
    """Vivre l'année d'une coopérative inventée et vérifier les livres après chaque pas.

    Un échec donne la graine, le pas et la plus courte histoire qui le montre.
    """
    from .simulation.run import Failed, Year

    facts: dict[str, Any] = {"seed": seed, "months": months, "party_count": parties, "with_faults": faults}
    kept = _numbers(only)
    with lent_book(url) as engine, progress(f"Année de graine {seed}") as step:
        try:
            told = Year(engine, **facts, only=kept).live(step)
        except Failed as failure:
            raise Failure(_story_of(failure, facts)) from None
    _print(told)


def _numbers(only: str) -> set[int] | None:
    try:
        return {int(number) for number in only.split(",")} if only else None
    except ValueError:
        raise Failure("--only attend des numéros séparés par des virgules, par exemple 3,17,40.") from None


@contextmanager
def lent_book(url: str | None) -> "Iterator[Engine]":
    """Lend a migrated database: the one at `url`, which must hold no entry, or one thrown away afterwards."""
    from sqlalchemy import text

    from . import migrations
    from .kernel.engine import make_engine
    from .ledger import seals

    with TemporaryDirectory() as folder:
        seals.keep_key_at(Path(folder) / "signing_key.pem")
        engine = make_engine(url or f"sqlite:///{folder}/year.db")
        with engine.connect() as connection:
            reached = migrations.current(connection)
            if reached and connection.execute(text("SELECT COUNT(*) FROM endi_ext_party")).scalar_one():
                raise Failure(
                    "Cette base contient déjà des enseignes : la simulation n'entre que dans une base vide."
                )
        migrations.upgrade(engine)
        try:
            yield engine
        finally:
            engine.dispose()


def _story_of(failure: "Failed", facts: dict[str, Any]) -> str:
    """Return what failed, with the shortest history found that fails the same way on a book of its own."""
    from .simulation import run, shrink

    def fails(steps: Sequence[int]) -> bool:
        with lent_book(None) as engine:
            try:
                run.Year(engine, **facts, only=set(steps)).live()
            except run.Failed as other:
                return _named(other) == _named(failure)
            return False

    lived = [int(line.split()[0]) for line in failure.told.history]
    short = shrink.shortest(lived, fails, seconds=SHRINKING_S) if lived and fails(lived) else lived
    numbers = ",".join(map(str, short))
    lines = [line for line in failure.told.history if int(line.split()[0]) in set(short)]
    options = f"--seed {facts['seed']} --months {facts['months']} --parties {facts['party_count']}"
    options += " --faults" if facts["with_faults"] else ""
    return "\n".join(
        (
            f"Graine {failure.seed}, pas {failure.step} : {failure}",
            *lines[-40:],
            f"À revoir avec : endi-ext simulate {options} --only {numbers}",
        )
    )


def _named(failure: "Failed") -> str:
    return str(failure.broken.args[0]) if failure.broken.args else type(failure.broken).__name__


def _print(told: "Told") -> None:
    click.echo(f"Pas : {told.steps}. Écritures : {told.entries}. Preuves : {told.proofs}, toutes tenues.")
    table(("Fait", "Fois"), sorted(told.done.items()))
    table(("Refusé", "Fois"), sorted((name, count) for name, count in told.refused.items() if count))
    if +told.faults:
        table(("Panne", "Fois"), sorted((+told.faults).items()))
