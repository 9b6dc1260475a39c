"""The commands of tenders: `endi-ext import notice` and `endi-ext import decp`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .terminal import Chosen, Failure, act, progress, require_tables, sentence

if TYPE_CHECKING:
    from .tenders.notice_store import Kept
    from .tenders.notices.model import Notice
    from .tenders.notices.reading import Reading

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = click.Choice(["text", "json"])

OUTCOMES = {
    "new": "Nouvel avis",
    "same": "Avis déjà connu, rien n'a changé",
    "changed": "Avis mis à jour",
    "older": "Avis gardé pour mémoire, un plus récent est en vigueur",
}


LACKING = {
    "id": "sans numéro",
    "buyer": "sans acheteur",
    "title": "sans objet",
    "day": "sans date de notification",
}


@click.command()
@click.argument("file", type=FILE, metavar="FICHIER")
@click.pass_obj
def decp(chosen: Chosen, *, file: Path) -> None:
    """Retenir des marchés déjà attribués : données essentielles (DECP) de 2019 et v2.0.3, JSON ou XML.

    Le même fichier deux fois ne change rien ; un marché publié de nouveau prend la place de l'ancien.
    """
    from .installation import writing
    from .tenders import awards
    from .tenders.notices import decp as reader

    installation = chosen.installation()
    require_tables(installation)
    with writing(installation) as session, file.open("rb") as stream, progress("Import") as bar:
        counted = awards.counted(reader.read(stream), lambda done: bar(done, None))
        kept = awards.keep(session, counted, act().at)
    for lacks, number in sorted(kept.left_out.items()):
        click.echo(f"Laissés de côté : {number} marché(s) {LACKING[lacks]}.", err=True)
    if not kept.usable:
        raise Failure(f"Rien n'a été retenu : {file.name} ne tient pas de données essentielles (DECP).")
    told = f"{kept.new} marché(s) retenu(s), {kept.changed} mis à jour, {kept.same} déjà connu(s)"
    click.echo(f"{told}, sur {kept.read} lu(s).")


@click.command()
@click.argument("file", type=FILE, metavar="FICHIER")
@click.option(
    "--format", "form", type=FORMATS, default="text", show_default=True,
    help="json : écrire ce qui est lu, sans rien enregistrer.",
)  # fmt: skip
@click.pass_obj
def notice(chosen: Chosen, *, file: Path, form: str) -> None:
    """Reprendre un avis de marché publié : XML eForms (TED, BOAMP), JSON ou XML du BOAMP.

    Le contenu décide, non le nom du fichier. Le même avis deux fois ne change rien ; un rectificatif met à
    jour les réponses en cours. Ce qui n'est pas un appel d'offres est refusé en disant ce que c'est.
    """
    reading = _read(file)
    if form == "json":
        _print(reading)
    else:
        _keep(chosen, reading)
    for refusal in reading.refused:
        click.echo(f"Laissé de côté : {sentence(refusal)}", err=True)


def _read(file: Path) -> "Reading":
    from .tenders.notices import reading

    with file.open("rb") as stream:
        # One byte too many is enough to know: the rest is never read.
        return reading.read_all(stream.read(reading.MOST_BYTES + 1))


def _print(reading: "Reading") -> None:
    import json

    from .tenders.notices.model import plain

    listed = [plain(one.notice) for one in reading.notices]
    shown = listed[0] if len(listed) == 1 else listed
    # As bytes: a terminal that is not in UTF-8 must not stop it.
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2).encode())


def _keep(chosen: Chosen, reading: "Reading") -> None:
    from .installation import writing
    from .tenders import notice_store

    installation = chosen.installation()
    require_tables(installation)
    with writing(installation) as session:
        told = [_told(notice_store.keep(session, one, act()), one.notice) for one in reading.notices]
    for line in told:
        click.echo(line)


def _told(kept: "Kept", notice: "Notice") -> str:
    from .kernel.paris import PARIS

    named = notice.title or notice.notice_id or "sans titre"
    due = notice.deadline and f"à remettre avant le {notice.deadline.astimezone(PARIS):%d/%m/%Y à %H:%M}"
    facts = ", ".join(part for part in (f"« {named} »", notice.buyer_name, due) if part)
    updated = f" ; réponses en cours mises à jour : {len(kept.updated)}" if kept.updated else ""
    return f"{OUTCOMES[kept.outcome]} : {facts}{updated}."
