"""The command `endi-ext`; each command imports what it runs, so that `--help` answers at once."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import (
    adoption_commands,
    export_commands,
    letter_commands,
    month_commands,
    reconciliation_commands,
    simulation_commands,
    tender_commands,
)
from .terminal import Chosen, Commands, Failure, act, progress, require_tables, sentence_of

if TYPE_CHECKING:
    from .installation import Installation

PORT = click.IntRange(1, 65535)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="endi_ext", prog_name="endi-ext", message="%(prog)s %(version)s")
@click.option("-c", "--config", "ini", default="development.ini", show_default=True, help="Le fichier ini.")
@click.pass_context
def main(context: click.Context, ini: str) -> None:
    """Sous-traitance et échanges internes pour enDI, sur des livres que personne ne peut altérer."""
    # A remark of one library about another, on stderr where our sentences go.
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)
    context.obj = Chosen(ini)


@main.command()
@click.option("--port", type=PORT, default=6543, show_default=True, help="Port du service.")
@click.option("--fresh", is_flag=True, help="Effacer les données de la démonstration et recommencer.")
@click.option("--no-serve", is_flag=True, help="Préparer seulement, sans servir de pages.")
@click.pass_obj
def demo(chosen: Chosen, *, port: int, fresh: bool, no_serve: bool) -> None:
    """Préparer une petite coopérative de démonstration et la servir."""
    from .hosts.demo import serve

    try:
        serve.run(chosen.ini, port=port, fresh=fresh, serve=not no_serve)
    except serve.CannotServe as problem:
        raise Failure(str(problem)) from None


@main.command()
@click.pass_obj
def upgrade(chosen: Chosen) -> None:
    """Créer ou mettre à jour nos tables, puis relire l'annuaire de l'hôte."""
    from . import migrations

    installation = chosen.installation()
    engine = installation.engine()
    with _one_at_a_time():
        migrations.upgrade(engine)
    engine.dispose()
    click.echo(f"Tables à jour (version {migrations.head()}) : {installation.shown_database()}")
    if installation.includes_us:
        _sync(installation)
    else:
        click.echo(
            "L'application ne charge pas encore endi_ext : ajoutez-le à ses includes, puis lancez sync."
        )


@main.command()
@click.option("--to", "revision", default="base", show_default=True, help="Version à laquelle revenir.")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
@click.pass_obj
def downgrade(chosen: Chosen, *, revision: str, yes: bool) -> None:
    """Revenir à une version plus ancienne de nos tables ; « base » les retire, livres compris."""
    from . import migrations

    installation = chosen.installation()
    if not yes:
        question = f"Revenir à la version « {revision} » de nos tables, en perdant ce qu'elles contiennent"
        click.confirm(f"{question} ({installation.shown_database()}) ?", abort=True)
    engine = installation.engine()
    with _one_at_a_time():
        migrations.downgrade(engine, revision)
    engine.dispose()
    click.echo(f"Tables ramenées à la version « {revision} » : {installation.shown_database()}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    from . import migration_steps

    try:
        yield
    except migration_steps.BrokenOff:
        raise Failure(
            "Un changement de version interrompu doit d'abord être terminé : relancez la commande "
            "interrompue, avec la version d'endi_ext qui l'avait commencé."
        ) from None
    except migration_steps.Occupied:
        raise Failure(
            "Un autre changement de version de cette base est en cours : attendez sa fin."
        ) from None


@main.command()
@click.pass_obj
def sync(chosen: Chosen) -> None:
    """Relire l'annuaire de l'hôte : enseignes créées, renommées, désactivées, codes analytiques."""
    installation = chosen.installation()
    require_tables(installation)
    _sync(installation)


@main.command()
@click.pass_obj
def doctor(chosen: Chosen) -> None:
    """Dire si cette installation est saine : une ligne par vérification."""
    from .doctor import examine

    wrong = 0
    for finding in examine(chosen.installation()):
        click.echo(str(finding))
        wrong += not finding.sound
    if wrong:
        raise Failure(f"{wrong} point(s) à corriger.")


@main.command()
@click.option(
    "--checkpoint", type=FILE, help="Point de contrôle signé que les livres doivent encore contenir."
)
@click.pass_obj
def verify(chosen: Chosen, *, checkpoint: Path | None) -> None:
    """Prouver les livres : chaîne, soldes, totaux, numéros, sceaux ; s'arrête à la première rupture."""
    from .installation import reading, writing
    from .ledger import audit_halves, seals, verifications

    installation = chosen.installation()
    require_tables(installation)
    document = None if checkpoint is None else checkpoint.read_text("utf-8")
    seals.keep_key_at(installation.settings["endi_ext.signing_key"])
    began = time.monotonic()
    with reading(installation) as session, progress("Vérification") as bar:
        verdict = audit_halves.verify(session, checkpoint=document, progress=bar)
    with writing(installation) as session:  # the accountants' page shows it
        verifications.keep(session, verifications.of_verdict(verdict, time.monotonic() - began), act())
    if not verdict.sound:
        raise Failure(sentence_of(*verdict.breaks[0]))
    click.echo(f"Les livres sont sains : {verdict.entries} écritures, {verdict.lines} lignes.")
    click.echo(f"Empreinte : {verdict.digest}")


@main.command()
@click.option(
    "--out", type=NEW_FILE, required=True, help="Où écrire le point de contrôle ; ne doit pas exister."
)
@click.pass_obj
def checkpoint(chosen: Chosen, *, out: Path) -> None:
    """Signer où en sont les livres ; gardé ailleurs, il montre si leur fin a été coupée."""
    from .installation import writing
    from .ledger import seals
    from .ledger import service as ledger

    installation = chosen.installation()
    require_tables(installation)
    seals.keep_key_at(installation.settings["endi_ext.signing_key"])
    with writing(installation) as session:
        signed = ledger.sign_checkpoint(session, act())
        with export_commands.new_file(out) as file:  # whole before it is committed: none without the other
            file.write(signed.document.encode())
    click.echo(f"Point de contrôle signé à l'écriture n° {signed.sequence} : {out}")


@main.command()
@click.pass_obj
def daily(chosen: Chosen) -> None:
    """Faire ce qui est dû chaque jour : échéances, rappels, retenues, lettres ; deux fois sans effet.

    À lancer une fois par jour, par cron ou par le planificateur d'enDI.
    """
    from pyramid.paster import bootstrap

    from .terminal import table
    from .web import daily as duties
    from .web.speech import Speech

    installation = chosen.installation()
    require_tables(installation)
    if not installation.includes_us:
        raise Failure("L'application ne charge pas encore endi_ext : ajoutez-le à ses includes.")
    with bootstrap(str(installation.ini)) as environment:
        done = duties.run(environment["request"])
    speech = Speech()
    table(("Ce qui est fait", "Nombre"), [(speech.text(duties.NAMES[one.name]), one.count) for one in done])
    troubles = [f"{speech.text(duties.NAMES[one.name])} : {said}" for one in done for said in one.troubles]
    for trouble in troubles:
        click.echo(trouble, err=True)
    if troubles:
        raise Failure(
            f"{len(troubles)} chose(s) n'ont pas pu être faites ; le prochain passage les reprendra."
        )


@main.group("import")
def imports() -> None:
    """Reprendre ce que la coopérative tient dans des tableurs, et les avis et marchés publiés."""


imports.add_command(tender_commands.notice)
imports.add_command(tender_commands.decp)
main.add_command(adoption_commands.adopt)
main.add_command(reconciliation_commands.reconcile)
main.add_command(simulation_commands.simulate)
main.add_command(export_commands.exports)
main.add_command(month_commands.close)
main.add_command(letter_commands.letter)


@imports.command("exchanges")
@click.argument("file", type=FILE, metavar="FICHIER")
@click.option("--dry-run", is_flag=True, help="Vérifier seulement, sans rien enregistrer.")
@click.pass_obj
def import_exchanges(chosen: Chosen, *, file: Path, dry_run: bool) -> None:
    """Enregistrer les échanges d'un fichier .csv ou .xlsx : tout ou rien, deux fois sans effet.

    Colonnes, dans n'importe quel ordre : date, vendeur, acheteur (code analytique ou nom exact), montant_ht,
    libelle, reference ; facultatives : echeance, regle_le.
    """
    from .exchanges.imports import Limits, import_file
    from .installation import writing

    installation = chosen.installation()
    require_tables(installation)
    limits = Limits(file_bytes=int(installation.settings["endi_ext.upload_limit_bytes"]))
    options: Any = {"dry_run": dry_run, "limits": limits}
    with writing(installation) as session, file.open("rb") as stream, progress("Import") as bar:
        report = import_file(session, stream, file.name, act(), progress=bar, **options)
    for refusal in report.refused:
        click.echo(
            f"{_place(refusal.line, refusal.column)}{sentence_of(refusal.code, dict(refusal.facts))}",
            err=True,
        )
    if not report.sound:
        raise Failure(f"Rien n'a été enregistré : {len(report.refused)} refus dans {file.name}.")
    verb = "seraient enregistrés" if dry_run else "enregistrés"
    known = f"{report.existing} déjà connu(s), {report.settled} réglé(s)"
    click.echo(f"{report.accepted} échange(s) {verb}, {known}.")


def _place(line: int, column: str) -> str:
    place = ", ".join(part for part in (f"ligne {line}" if line else "", column) if part)
    return f"{place} : " if place else ""


def _sync(installation: "Installation") -> None:
    changed = _sync_endi(installation) if installation.is_endi else _sync_through_the_host(installation)
    click.echo(f"Annuaire relu : {changed} enseigne(s) créée(s) ou modifiée(s).")


def _sync_endi(installation: "Installation") -> int:
    # Straight from its tables: enDI takes ten seconds to start.
    from .hosts.endi.directory import EndiDirectory
    from .installation import writing

    with writing(installation) as session:
        return EndiDirectory().sync(session)


def _sync_through_the_host(installation: "Installation") -> int:
    from pyramid.paster import bootstrap

    with bootstrap(str(installation.ini)) as environment:
        request = environment["request"]
        with request.tm:
            return request.registry.endi_ext_host.directory.sync(request.dbsession)
