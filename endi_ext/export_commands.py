"""The commands `endi-ext export …`: what the books hold, as files for other programs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from .terminal import Chosen, act, progress, require_tables

if TYPE_CHECKING:
    from .installation import Installation

OUT = click.Path(writable=True, path_type=Path)
SHAPES = click.Choice(["fec", "sage", "csv", "xlsx"])


@click.group("export")
def exports() -> None:
    """Écrire dans des fichiers ce que tiennent les livres."""


@exports.command("journal")
@click.option("--period", "named", required=True, metavar="2026-11|2026", help="Un mois, ou un exercice.")
@click.option("--format", "shape", type=SHAPES, default="fec", show_default=True)
@click.option("--out", type=OUT, required=True, help="Le fichier, qui ne doit pas exister, ou son dossier.")
@click.option("--siren", default="", help="Le SIREN de la coopérative, si ses informations ne le disent pas.")
@click.option("--only-new", "scope", flag_value="rest", help="Seulement ce qui n'a pas encore été exporté.")
@click.option("--again", "scope", flag_value="again", help="Tout, même ce qui a déjà été exporté.")
@click.pass_obj
def journal(chosen: Chosen, *, named: str, shape: str, out: Path, siren: str, scope: str | None) -> None:
    """Écrire le journal d'un mois ou d'un exercice : FEC, Sage (quatre fichiers dans un ZIP), CSV ou XLSX.

    Un exercice est nommé par l'année où il finit. Si --out est un dossier, le fichier y prend son nom.
    FEC et Sage vont au logiciel comptable : ces exports sont notés, et ne se répètent que sur demande.
    """
    from .installation import reading
    from .ledger import spans
    from .web import journal_files
    from .web.speech import Speech

    installation = chosen.installation()
    require_tables(installation)
    with reading(installation) as session:
        span = spans.span_of(session, named)
        number = _siren(installation, session, siren) if shape == journal_files.FEC else ""
        name = journal_files.name_of(span, shape, number)
        path = out / name if out.is_dir() else out
        planned = _planned(session, span, shape, scope)
        with new_file(path) as file, progress("Export") as bar:
            told = {"only": planned and planned.only, "accounting": _accounting(installation)}
            count = journal_files.write(session, span, shape, file, Speech().text, bar, **told)
            if planned:
                _mark(installation, planned, path.name, file)
    days = f"du {span.starts_on:%d/%m/%Y} au {span.ends_on:%d/%m/%Y}"
    click.echo(f"{count} écriture(s) du journal, {days} : {path}")
    if planned and planned.repeated_count:
        click.echo(f"{planned.repeated_count} écriture(s) avaient déjà été exportées.")
    if shape == journal_files.FEC and path.name != name:
        click.echo(f"L'administration attend un fichier nommé {name}.")


def _planned(session: Any, span: Any, shape: str, scope: str | None) -> Any:
    """Return what to export for the accounting software; nothing for what people read.

    Raises AlreadyExported, NothingToExport.
    """
    from .ledger import export_marks
    from .web.journal_files import FOR_THE_SOFTWARE

    if shape not in FOR_THE_SOFTWARE:
        return None
    return export_marks.plan(session, span, shape, scope or export_marks.FIRST)


def _mark(installation: "Installation", planned: Any, name: str, file: BinaryIO) -> None:
    """Note the export, in a transaction of its own: the file took long to write, and nobody waited for it."""
    from .installation import writing
    from .ledger import export_marks

    digest = export_marks.digest_of(file)
    with writing(installation) as session:
        export_marks.record(session, planned, file_name=name, file_digest=digest, act=act())


def _accounting(installation: "Installation") -> Any:
    """Return how the host writes entries for its accounting software, without starting it."""
    if installation.is_endi:
        from .hosts.endi.accounting import EndiAccounting

        return EndiAccounting()
    from .hosts.demo.accounting import DemoAccounting

    return DemoAccounting()


@exports.command("certificate")
@click.option("--period", "named", required=True, metavar="2026-11", help="Un mois clôturé.")
@click.option("--out", type=OUT, required=True, help="Le fichier, qui ne doit pas exister, ou son dossier.")
@click.pass_obj
def certificate(chosen: Chosen, *, named: str, out: Path) -> None:
    """Écrire le certificat signé d'un mois clôturé : comptes, balance, empreinte du journal.

    tools/verify_certificate.py le vérifie ailleurs, seul ou avec le journal du mois exporté en CSV.
    """
    import json

    from .installation import reading
    from .ledger import certificates, spans

    installation = chosen.installation()
    require_tables(installation)
    with reading(installation) as session:
        span = spans.span_of(session, named)
        text = certificates.of_span(session, span)
    path = out / f"certificat-{span.name}.json" if out.is_dir() else out
    with new_file(path) as file:
        file.write(text.encode())
    facts = json.loads(text)
    click.echo(f"Certificat du mois {span.name}, {facts['entries']} écriture(s) : {path}")
    click.echo(f"Clé publique : {facts['public_key'] or 'aucune, il n’est pas signé'}")


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a file that becomes `path` once it is whole, and nothing before; what exists is not replaced."""
    if path.exists():
        raise FileExistsError(0, "", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(0, "", str(path.parent))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        _readable_by_others(partial)
        # A link refuses to replace what somebody else put there meanwhile; a rename would not.
        os.link(partial, path)
    finally:
        partial.unlink()


def _readable_by_others(path: Path) -> None:
    """Give a file the rights a new one has: those of a temporary file are its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _siren(installation: "Installation", session: Any, given: str) -> str:
    """Return the SIREN that was given, or the cooperative's own. Raises SirenUnknown, SirenWrong."""
    from .ledger import fec
    from .tenders import identity

    return fec.siren_of(given or identity.read(session, _known(installation, session)).siret)


def _known(installation: "Installation", session: Any) -> dict[str, str]:
    """Return what the host knows of the cooperative, without starting it."""
    if installation.is_endi:
        from .hosts.endi import directory

        return directory.identity_of(session.connection())
    from .hosts.demo import people

    return dict(people.COOPERATIVE_IDENTITY)
